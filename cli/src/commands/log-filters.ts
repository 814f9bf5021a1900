import type { Command } from 'commander'
import { EMERGENCY_PURPOSE, PURPOSES } from '@epione/protocol'
import type { LogQuery } from '@epione/protocol'
import { ClientError } from '@epione/sdk'
import { parseChoice, parseMspId, parsePatientId, parsePerson } from './arguments.ts'
import { parseInterval } from './times.ts'

export interface LogFilters {
  patient?: string
  actor?: string
  organization?: string
  from?: string
  to?: string
  decision?: string
  purpose?: string
  outside?: boolean
  writtenAt?: string
}

/** Options that say which events of the log are meant. */
export function addLogFilters (command: Command): Command {
  return addNoticeFilters(command)
    .option('--from <time>', 'not before this time, ISO 8601; a bare date starts at 00:00 UTC')
    .option('--to <time>', 'not after this time, ISO 8601 with its zone; a bare date is included to its end in UTC')
}

/** The same of what is yet to come. */
export function addNoticeFilters (command: Command): Command {
  return command
    .option('--patient <id>', 'of this patient')
    .option('--actor <mspId/staffId>', 'of this person')
    .option('--organization <mspId>', 'of people of this organisation')
    .option('--decision <decision>', 'permit or deny')
    .option('--purpose <purpose>', 'asked for this purpose; BTG is breaking the glass')
    .option('--outside', 'only of data that another organisation wrote than the one that asked')
    .option('--written-at <mspId>', 'only where people of another organisation asked for data that this one wrote')
}

/** @throws {ClientError} USAGE */
export function parseLogQuery ({ patient, actor, organization, from, to, decision, purpose, outside, writtenAt }: LogFilters): LogQuery {
  if (actor !== undefined && organization !== undefined) throw new ClientError('USAGE', 'Name --actor or --organization: a person is of one organisation.')
  return {
    ...(patient === undefined ? {} : { patientId: parsePatientId(patient) }),
    ...(actor === undefined ? {} : parsePerson(actor)),
    ...(organization === undefined ? {} : { mspId: parseMspId(organization) }),
    ...parseInterval({ from, to }),
    ...(decision === undefined ? {} : { decision: parseChoice(decision, ['permit', 'deny'] as const, '--decision') }),
    ...(purpose === undefined ? {} : { purpose: parseChoice(purpose, [...PURPOSES, EMERGENCY_PURPOSE], '--purpose') }),
    ...(outside === true && { origin: 'other' }),
    ...(writtenAt === undefined ? {} : { writtenAt: parseMspId(writtenAt) })
  }
}
