import type { Command } from 'commander'
import type { Consent } from '@epione/protocol'
import type { Act } from './act.ts'
import { ClientError, grantConsent, listOutdated, previewConsent, regrantOutdated, reviewConsents, revokeConsent } from '@epione/sdk'
import type { GranteeShown, GrantRequest } from '@epione/sdk'
import { parseChoice, parseConsentId, parseDays, parseDepartment, parsePerson, parseWhole } from './arguments.ts'
import type { Io } from './io.ts'
import { canAsk, requireYes, saysYes } from './prompt.ts'
import type { CommandRun } from './run.ts'
import { EXCEPTION_KEYS, parseTerms } from './terms.ts'
import type { TermOptions } from './terms.ts'

const ACTIONS = ['read', 'search', 'follow'] as const

interface GrantOptions extends TermOptions {
  practitioner?: string
  toDepartment?: string
  category: string[]
  purpose: string[]
  days: string
  action?: string[]
  threshold?: string
  fingerprint?: string
  role?: string[]
  department?: string[]
  preview?: boolean
}

export function addConsentCommands (consent: Command, act: Act): void {
  consent.command('grant')
    .description('let a practitioner, or the members of a department, read whole categories, for a purpose and a time')
    .option('--practitioner <mspId/staffId>', 'who; or --to-department')
    .option('--to-department <mspId/department>', 'whose members')
    .requiredOption('--category <names...>', 'what')
    .requiredOption('--purpose <codes...>', 'what for, for example TREAT')
    .requiredOption('--days <n>', 'for how long')
    .option('--action <actions...>', 'read, search, follow (streams, live), or several (default: read); whoever searches can guess keywords of all that is indexed')
    .option('--threshold <m>', 'proxies that must answer together (default: a majority of all)')
    .option('--fingerprint <digits>', 'the key\'s fingerprint as the practitioner reads it to you')
    .option('--role <roles...>', 'only while the practitioner is certified in one of these roles')
    .option('--department <codes...>', 'only while certified in one of these departments')
    .option('--levels <levels>', 'only records of these confidentiality levels, for example N,R')
    .option('--data-from <time>', 'only records that the ledger took from then on')
    .option('--data-until <time>', 'only records that the ledger took until then')
    .option('--preview', 'only say what it would open of the records that there are; nothing is signed')
    .option('--except <what...>', `but not what fits, for example author=MSP/STAFF,level=V; keys: ${EXCEPTION_KEYS.join(', ')}`)
    .action((options: GrantOptions, command: Command) => act((run) => grant(run, options), command))

  consent.command('revoke <consent>')
    .description('end a consent: from its block on nothing is permitted by it')
    .action(
      (
        consentId: string,
        _options: unknown,
        command: Command
      ) => act(async (run) => {
        const [context, id] = [await run.loadPatient(), parseConsentId(consentId)]
        return await run.revoke(() => revokeConsent(context, id), id)
      }, command)
    )

  consent.command('list')
    .description('list the own consents, their state by the proxies\' own signatures; search keys that a broken-off revocation left are raised')
    .action((_options, command: Command) => act((run) => list(run), command))

  consent.command('regrant')
    .description('give consents anew to departments whose key changed since')
    .option('--yes', 'do not ask')
    .action(({ yes }: { yes?: boolean }, command: Command) => act((run) => regrant(run, yes === true), command))
}

async function list (run: CommandRun): Promise<object> {
  const context = await run.loadPatient()
  const { items, searchKeysRaised, warnings = [] } = await reviewConsents(context)
  const outdated = items.some(({ grantee }) => grantee.startsWith('department ')) ? await listOutdated(context) : []
  const names = outdated.map(({ department }) => department).join(', ')
  const told = outdated.length === 0
    ? warnings
    : [...warnings, `Nobody reads by your consents to ${names}: the key changed with the members. Run "epione consent regrant".`]
  return {
    items,
    ...(searchKeysRaised === undefined ? {} : { searchKeysRaised }),
    ...(told.length === 0 ? {} : { warnings: told })
  }
}

async function grant (run: CommandRun, { preview, ...options }: GrantOptions): Promise<object> {
  const context = await run.loadPatient()
  const request = requestOf(run, options)
  if (preview !== true) return await grantConsent(context, request)
  const { records, ...told } = await previewConsent(context, request)
  return {
    ...told,
    items: records.map(({ recordId, version, category, outcome, already, sentences }) =>
      ({ recordId, version, category, outcome, already, sentences }))
  }
}

function requestOf (run: CommandRun, options: Omit<GrantOptions, 'preview'>): GrantRequest {
  return {
    grantee: parseGrantee(options),
    categories: options.category,
    purposes: options.purpose,
    days: parseDays(options.days),
    terms: parseTerms(options),
    conditions: [...condition('role', options.role), ...condition('department', options.department)],
    ...(options.action === undefined ? {} : { actions: [...new Set(options.action)].map((name) => parseChoice(name, ACTIONS, '--action')) }),
    ...(options.threshold === undefined ? {} : { threshold: parseWhole(options.threshold, '--threshold') }),
    ...(options.fingerprint === undefined ? {} : { fingerprint: options.fingerprint }),
    ...(canAsk(run.io) ? { approve: (grantee: GranteeShown) => askForYes(run.io, grantee) } : {})
  }
}

function parseGrantee ({ practitioner, toDepartment }: Omit<GrantOptions, 'preview'>): GrantRequest['grantee'] {
  if (practitioner !== undefined && toDepartment === undefined) return parsePerson(practitioner)
  if (toDepartment !== undefined && practitioner === undefined) return parseDepartment(toDepartment)
  throw new ClientError('USAGE', 'Say to whom: --practitioner mspId/staffId or --to-department mspId/department, one of them.')
}

async function regrant (run: CommandRun, yes: boolean): Promise<object> {
  const context = await run.loadPatient()
  const outdated = await listOutdated(context)
  if (outdated.length === 0) return { items: [] }
  const names = outdated.map(({ department, fingerprint }) => `${department} (${fingerprint})`).join(', ')
  if (!yes) await requireYes(run.io, `These departments have another key, as their members changed; consents to them are given anew: ${names}.`)
  return { items: await regrantOutdated(context, canAsk(run.io) ? (grantee) => askForYes(run.io, grantee) : undefined) }
}

function condition (attribute: 'role' | 'department', anyOf: string[] | undefined): Consent['conditions'] {
  return anyOf === undefined ? [] : [{ attribute, anyOf }]
}

async function askForYes (io: Io, shown: GranteeShown): Promise<boolean> {
  const { organization, mspId, staffId, department, members, fingerprint, boundSince } = shown
  const who = department === undefined ? `person        ${staffId ?? ''}` : `department    ${department}, ${members ?? 0} members`
  io.stderr.write(
    `  organisation  ${organization} (${mspId})\n  ${who}\n  fingerprint   ${fingerprint}\n  bound since   ${new Date(boundSince).toISOString()}\n`
  )
  return await saysYes(io, 'Is this the fingerprint that the grantee read to you? Type yes: ')
}
