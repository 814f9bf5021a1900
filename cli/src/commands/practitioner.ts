import type { Command } from 'commander'
import { SUSPENSION_CAUSES } from '@epione/protocol'
import type { Act } from './act.ts'
import {
  bindKeys, ClientError, enrolPractitioner, findBoundNumber, fingerprintOf, isClientError, readSelf, suspendSelf, suspendStaff
} from '@epione/sdk'
import type { SuspensionOf } from '@epione/sdk'
import { parseChoice, parseKeyHex, parseSerial } from './arguments.ts'
import { requireYes } from './prompt.ts'
import type { CommandRun } from './run.ts'
import { takeUpKeys, requireNetwork, requireUnset, hasPhraseOutlet } from './setup.ts'
import type { PhraseOptions } from './setup.ts'

interface SuspendOptions { staff?: string, cause: string, certificate?: string, key?: string, yes?: boolean }

interface EnrolOptions { subject: string, role: string, department?: string, keysAtDevice?: boolean }

export function addPractitionerCommands (practitioner: Command, act: Act): void {
  practitioner.command('enroll')
    .description('enrol a member of staff with the hospital\'s CA (token with user/Practitioner.c)')
    .requiredOption('--subject <sub>', 'the person\'s subject at the identity provider')
    .requiredOption('--role <role>', 'certified role, for example physician or nurse')
    .option('--department <code>', 'opaque code of the department')
    .option('--keys-at-device', 'the key of the certificate is made, and stays, at the person\'s own device')
    .action(({ subject, role, department, keysAtDevice }: EnrolOptions, command: Command) => act(async (run) =>
      enrolPractitioner(await run.loadToken(), {
        subject,
        role,
        ...(department === undefined ? {} : { department }),
        ...(keysAtDevice === true && { keys: 'device' })
      }), command))

  practitioner.command('suspend')
    .description('end a member of staff (token with user/Practitioner.c) or, without --staff, yourself: for good, at every hospital')
    .option('--staff <id>', 'the staff id, as "practitioner enroll" printed it')
    .requiredOption('--cause <cause>', SUSPENSION_CAUSES.join(', '))
    .option('--certificate <serial>', 'only the certificate of this serial number, hex')
    .option('--key <key>', 'only this key, hex: what it is bound to ends')
    .option('--yes', 'do not ask')
    .action((options: SuspendOptions, command: Command) => act((run) => suspend(run, options), command))

  practitioner.command('init')
    .description('make the practitioner\'s own phrase and keystore')
    .option('--phrase-file <file>', 'write the new phrase to this new file instead of showing it once')
    .option('--restore <file>', 'use the phrase in this file instead of a new one')
    .option('--words <count>', '12 or 24 words', '24')
    .action((options: PhraseOptions, command: Command) => act((run) => initPractitioner(run, options), command))

  practitioner.command('certify')
    .description('have the hospital certify a key of this device, which alone signs your transactions from then on')
    .option('--new-key', 'take the next key, because the one before may be known')
    .action(({ newKey }: { newKey?: boolean }, command: Command) => act(async (run) => {
      const { certifyDevice } = await import('@epione/sdk/signing')
      return await certifyDevice(await run.loadPractitioner(), { newKey: newKey === true })
    }, command))

  practitioner.command('bind')
    .description('bind the keys to this person on the ledger, signed with them')
    .option('--rotate', 'bind a new pair, signed also with the one before')
    .action(({ rotate }: { rotate?: boolean }, command: Command) => act(async (run) => {
      const context = await run.loadPractitioner()
      const { keyNumber, ...bound } = await bindKeys(context, { rotate: rotate === true })
      const config = await run.home.readConfig()
      if (config.role === 'practitioner' && config.keyNumber !== keyNumber) await run.home.writeConfig({ ...config, keyNumber })
      return bound
    }, command))
}

async function suspend (run: CommandRun, { staff, cause, yes = false, ...named }: SuspendOptions): Promise<object> {
  const said: SuspensionOf = { target: parseTarget(named), cause: parseChoice(cause, SUSPENSION_CAUSES, '--cause') }
  const { kind } = said.target
  const what = kind === 'person' ? staff ?? 'you' : `this ${kind} of ${staff ?? 'yours'}`
  if (!yes) await requireYes(run.io, `A suspension is for good, at every hospital: it ends ${what}.`)
  if (staff === undefined) return await suspendSelf(await run.loadPractitioner(), said)
  return await suspendStaff(await run.loadToken(), staff, said)
}

function parseTarget ({ certificate, key }: Pick<SuspendOptions, 'certificate' | 'key'>): SuspensionOf['target'] {
  if (certificate !== undefined && key !== undefined) throw new ClientError('USAGE', 'Give --certificate or --key, not both.')
  if (certificate !== undefined) return { kind: 'certificate', serial: parseSerial(certificate) }
  return key === undefined ? { kind: 'person' } : { kind: 'key', key: parseKeyHex(key) }
}

async function initPractitioner (run: CommandRun, options: PhraseOptions): Promise<object> {
  await requireUnset(run, 'practitioner', options)
  const token = await run.token()
  const network = await run.loadNetwork()
  const context = run.connect(network)
  await requireNetwork(run, context)
  const person = await readSelf(context, token)
  // An earlier init may have ended after the keystore was written: its keys are taken up again.
  const { keys, isThere } = await takeUpKeys(run, options, async (restored) => {
    try {
      await findBoundNumber(context, person, restored)
    } catch (error) {
      if (!isClientError(error, 'BINDING_FOREIGN')) throw error
      throw new ClientError(
        'PHRASE_FOREIGN',
        `This phrase is not the one whose keys are bound to ${person.mspId}/${person.staffId}: nothing was changed. If it is yours nevertheless, tell your hospital, for then somebody else has bound keys in your name.`,
        { fingerprint: error.details['fingerprint'] },
        { cause: error }
      )
    }
  })
  const keyNumber = isThere || options.restore !== undefined ? await findBoundNumber(context, person, keys) : 1
  await run.home.writeConfig({ version: 1, role: 'practitioner', ...person, keyNumber, ...network })
  return {
    ...person,
    fingerprint: fingerprintOf(keys.receiving(keyNumber).publicKey()),
    home: run.home.folder,
    ...(hasPhraseOutlet(run, options)
      ? {}
      : { warnings: ['There is no terminal to show the phrase on, so it is in the keystore alone; --phrase-file writes it down.'] })
  }
}
