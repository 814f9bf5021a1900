import type { Command } from 'commander'
import type { Consent } from '@epione/protocol'
import type { Act } from './act.ts'
import { grantConsent, listConsents, revokeConsent } from '@epione/sdk'
import type { GranteeShown } from '@epione/sdk'
import { parseConsentId, parseDays, parsePerson, parseWhole } from './arguments.ts'
import type { Io } from './io.ts'
import { canAsk, saysYes } from './prompt.ts'
import type { CommandRun } from './run.ts'
import { EXCEPTION_KEYS, parseTerms } from './terms.ts'
import type { TermOptions } from './terms.ts'

interface GrantOptions extends TermOptions {
  practitioner: string
  category: string[]
  purpose: string[]
  days: string
  threshold?: string
  fingerprint?: string
  role?: string[]
  department?: string[]
}

export function addConsentCommands (consent: Command, act: Act): void {
  consent.command('grant')
    .description('let a practitioner read whole categories, for a purpose and a time')
    .requiredOption('--practitioner <mspId/staffId>', 'who')
    .requiredOption('--category <names...>', 'what')
    .requiredOption('--purpose <codes...>', 'what for, for example TREAT')
    .requiredOption('--days <n>', 'for how long')
    .option('--threshold <m>', 'proxies that must answer together (default: a majority of all)')
    .option('--fingerprint <digits>', 'the key\'s fingerprint as the practitioner reads it to you')
    .option('--role <roles...>', 'only while the practitioner is certified in one of these roles')
    .option('--department <codes...>', 'only while certified in one of these departments')
    .option('--levels <levels>', 'only records of these confidentiality levels, for example N,R')
    .option('--data-from <time>', 'only records that the ledger took from then on')
    .option('--data-until <time>', 'only records that the ledger took until then')
    .option('--except <what...>', `but not what fits, for example author=MSP/STAFF,level=V; keys: ${EXCEPTION_KEYS.join(', ')}`)
    .action((options: GrantOptions, command: Command) => act((run) => grant(run, options), command))

  consent.command('revoke <consent>')
    .description('end a consent: from its block on nothing is permitted by it')
    .action(
      (
        consentId: string,
        _options: unknown,
        command: Command
      ) => act(async (run) => revokeConsent(await run.loadPatient(), parseConsentId(consentId)), command)
    )

  consent.command('list')
    .description('list the own consents, their state by the proxies\' own signatures')
    .action((_options, command: Command) => act(async (run) => ({ items: await listConsents(await run.loadPatient()) }), command))
}

async function grant (run: CommandRun, options: GrantOptions): Promise<object> {
  return grantConsent(await run.loadPatient(), {
    grantee: parsePerson(options.practitioner),
    categories: options.category,
    purposes: options.purpose,
    days: parseDays(options.days),
    terms: parseTerms(options),
    conditions: [...condition('role', options.role), ...condition('department', options.department)],
    ...(options.threshold === undefined ? {} : { threshold: parseWhole(options.threshold, '--threshold') }),
    ...(options.fingerprint === undefined ? {} : { fingerprint: options.fingerprint }),
    ...(canAsk(run.io) ? { approve: (grantee: GranteeShown) => askForYes(run.io, grantee) } : {})
  })
}

function condition (attribute: 'role' | 'department', anyOf: string[] | undefined): Consent['conditions'] {
  return anyOf === undefined ? [] : [{ attribute, anyOf }]
}

async function askForYes (io: Io, { organization, mspId, staffId, fingerprint, boundSince }: GranteeShown): Promise<boolean> {
  io.stderr.write(
    `  organisation  ${organization} (${mspId})\n  person        ${staffId}\n  fingerprint   ${fingerprint}\n  bound since   ${new Date(boundSince).toISOString()}\n`
  )
  return await saysYes(io, 'Is this the fingerprint that the practitioner read to you? Type yes: ')
}
