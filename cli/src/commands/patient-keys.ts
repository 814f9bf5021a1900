import type { Command } from 'commander'
import type { Act } from './act.ts'
import {
  activateKeys, checkGuardians, ClientError, findPatient, freezePatient, keysOfPhrase, parseGuardianKey, readOverview, rewrapRecords,
  rotateKeys, setGuardians, unfreezePatient
} from '@epione/sdk'
import { readText } from '../files.ts'
import { parseWhole } from './arguments.ts'
import { findKeystoreState, readPhrase, requireNetwork, sealPhrase } from './setup.ts'
import type { CommandRun } from './run.ts'

interface RotateOptions { category?: string[], kfragSigning?: boolean, identity?: boolean }

/** What keeps a patient's keys in order for a lifetime. */
export function addPatientKeyCommands (patient: Command, act: Act): void {
  patient.command('status')
    .description('everything of this patient: keys, records, consents, guardians, recoveries, log')
    .action((_options, command: Command) => act(async (run) => readOverview(await run.loadPatient()), command))

  patient.command('restore')
    .description('find everything again from the phrase alone, and set up this home with it')
    .requiredOption('--phrase-file <file>', 'file with the phrase')
    .action(({ phraseFile }: { phraseFile: string }, command: Command) => act((run) => restore(run, phraseFile), command))

  patient.command('rotate')
    .description('publish new keys: raise epochs (default: of all categories), a new kfrag-signing or identity key')
    .option('--category <names...>', 'raise the epochs of these')
    .option('--kfrag-signing', 'a new key for signing kfrags')
    .option('--identity', 'a new identity key; it waits, and counts after "patient activate"')
    .action((
      { category, kfragSigning, identity }: RotateOptions,
      command: Command
    ) => act(async (run) => rotateKeys(await run.loadPatient(), {
      kfragSigning: kfragSigning === true, identity: identity === true, ...(category === undefined ? {} : { categories: category })
    }), command))

  patient.command('activate')
    .description('put a new identity key in force once its wait is over')
    .action((_options, command: Command) => act(activate, command))

  patient.command('rewrap')
    .description('bring records of older epochs over to the newest; the contents stay where they are')
    .action((_options, command: Command) => act(async (run) => rewrapRecords(await run.loadPatient()), command))

  patient.command('freeze')
    .description('stop all access and all changes until unfrozen; revocation and recovery go on')
    .action((_options, command: Command) => act(async (run) => freezePatient(await run.loadPatient()), command))

  patient.command('unfreeze')
    .description('end a freeze of one\'s own; guardians end theirs')
    .action((_options, command: Command) => act(async (run) => unfreezePatient(await run.loadPatient()), command))

  const guardians = patient.command('guardians').description('who can give the phrase back together')
  guardians.command('set <files...>')
    .description('name guardians by their key files, or name them anew; earlier shares are void')
    .requiredOption('--threshold <t>', 'how many of them are needed, at least 2')
    .action((files: string[], { threshold }: { threshold: string }, command: Command) => act(async (run) => {
      const guardians = await readGuardianKeys(files)
      return setGuardians(await run.loadPatient(), await run.openPhrase(), { threshold: parseWhole(threshold, '--threshold'), guardians })
    }, command))

  guardians.command('check')
    .description('ask every hospital whether a recovery would work today; ends with 3 when it would not')
    .option('--repair', 'give hospitals again what they lack, as far as others keep it')
    .action(
      (
        { repair }: { repair?: boolean },
        command: Command
      ) => act(async (run) => checkGuardians(await run.loadPatient(), { repair: repair === true }), command)
    )
}

export function readGuardianKeys (files: readonly string[]): Promise<Array<ReturnType<typeof parseGuardianKey>>> {
  return Promise.all(files.map(async (file) => parseGuardianKey(await readText(file), file)))
}

async function restore (run: CommandRun, phraseFile: string): Promise<object> {
  const known = await run.home.findConfig({ restoring: true })
  const keystore = await findKeystoreState(run)
  if (known !== undefined && keystore === 'opens') throw new ClientError('ALREADY_INITIALIZED', `${run.home.folder} is set up already.`)
  const phrase = await readPhrase(phraseFile)
  const network = await run.loadNetwork()
  const connected = run.connect(network)
  await requireNetwork(run, connected)
  const context = await findPatient(connected, keysOfPhrase(phrase))
  if (context === undefined) {
    throw new ClientError(
      'NOT_FOUND',
      'This phrase is not registered on this network: a registration desk can do that ("patient init --restore").'
    )
  }
  const { patientId, identityNumber = 1 } = context
  if (known !== undefined && (known.role !== 'patient' || known.patientId !== patientId)) {
    throw new ClientError('ALREADY_INITIALIZED', `${run.home.folder} is another person's home.`)
  }
  // An earlier restore may have ended after the keystore was written.
  if (keystore !== 'opens') await sealPhrase(run, phrase, { damaged: keystore === 'damaged' })
  else if (await run.openPhrase() !== phrase) {
    throw new ClientError('ALREADY_INITIALIZED', `${run.home.folder} has another person's keystore.`)
  }
  await run.home.writeConfig({ version: 1, role: 'patient', patientId, identityNumber, ...network })
  return { home: run.home.folder, ...await readOverview(context) }
}

async function activate (run: CommandRun): Promise<object> {
  const config = await run.home.readConfig()
  const activated = await activateKeys(await run.loadPatient())
  if (config.role === 'patient') await run.home.writeConfig({ ...config, identityNumber: activated.identityNumber })
  return activated
}
