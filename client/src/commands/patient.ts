import type { Command } from 'commander'
import type { Act } from '../cli.ts'
import { makeCard } from '../card.ts'
import type { BearerToken, PatientContext } from '../context.ts'
import { requireCategory } from '../directory.ts'
import { ClientError } from '../errors.ts'
import { writeNewFile } from '../files.ts'
import type { HomeConfig } from '../home.ts'
import { findOwnDirectory, listPatientKeys, patientIdOfKeys, registerPatient } from '../patient.ts'
import { readToken } from './secrets.ts'
import { makeKeys, requireNetwork, hasPhraseOutlet } from './setup.ts'
import type { PhraseOptions } from './setup.ts'
import type { CommandRun } from './run.ts'

export function addPatientCommands (program: Command, act: Act): void {
  const patient = program.command('patient').description('a patient\'s own keys')

  patient.command('init')
    .description('make a seed phrase and keystore, and have the registration desk register the public keys')
    .option('--phrase-file <file>', 'write the new phrase to this new file instead of showing it once')
    .option('--restore <file>', 'use the phrase in this file instead of a new one')
    .option('--words <count>', '12 or 24 words', '24')
    .action((options: PhraseOptions, command: Command) => act((run) => initPatient(run, options), command))

  patient.command('keys')
    .description('show the public keys on the ledger, by category')
    .action((_options, command: Command) => act(async (run) => listPatientKeys(await run.loadPatient()), command))

  patient.command('card')
    .description('write the signed card with which a hospital writes records for this patient')
    .requiredOption('--out <file>', 'new file for the card')
    .option('--category <names...>', 'only these categories, and inbox (default: all)')
    .action((options: { out: string, category?: string[] }, command: Command) => act(async (run) => {
      const { card, ...made } = await makeCard(await run.loadPatient(), options.category?.map(requireCategory))
      await writeNewFile(options.out, card)
      return { ...made, out: options.out }
    }, command))
}

async function initPatient (run: CommandRun, options: PhraseOptions): Promise<object> {
  const [known, keystore] = await Promise.all([run.home.findConfig(), run.home.findKeystore()])
  const isNew = keystore === undefined && options.restore === undefined
  checkHome(run, known, isNew, options)
  const token = isNew || run.hasToken ? await readToken(run.secrets) : undefined
  const network = await run.loadNetwork()
  const context = run.connect(network)
  await requireNetwork(context)
  // An earlier init may have ended anywhere after the keystore was written: its keys are taken up again.
  const keys = keystore === undefined ? await makeKeys(run, options) : await run.openKeys()
  const patientId = patientIdOfKeys(keys)
  if (known === undefined) await run.home.writeConfig({ version: 1, role: 'patient', patientId, ...network })
  const shown = { home: run.home.folder, fingerprint: keys.identity().publicKey().fingerprint() }
  const found = isNew ? undefined : await findOwnDirectory(context, keys)
  if (found === undefined) return { ...await registerWith({ ...context, role: 'patient', patientId, keys }, token), ...shown, resumed: keystore !== undefined }
  if (keystore !== undefined && known !== undefined) throw new ClientError('ALREADY_INITIALIZED', `${run.home.folder} is set up for patient ${patientId}.`, { patientId })
  return { patientId, version: found.newest.version, restored: true, ...shown }
}

/** Refuses a home that is another's, or where a new phrase would be lost. */
function checkHome (run: CommandRun, known: HomeConfig | undefined, isNew: boolean, options: PhraseOptions): void {
  if (known?.role === 'practitioner') throw new ClientError('ALREADY_INITIALIZED', `${run.home.folder} is a practitioner's home already.`)
  if (isNew && known !== undefined) throw new ClientError('KEYSTORE_MISSING', `The keystore of patient ${known.patientId} is gone: restore it with --restore FILE.`)
  // A patient's phrase is all there is: lost with the keystore, every record of theirs would be.
  if (isNew && !hasPhraseOutlet(run, options)) throw new ClientError('USAGE', 'There is no terminal to show the new phrase on: say --phrase-file FILE.')
}

function registerWith (context: PatientContext, token: BearerToken | undefined): ReturnType<typeof registerPatient> {
  if (token === undefined) throw new ClientError('TOKEN_REQUIRED', 'This phrase is not registered yet: run init again with the registration desk\'s --token-file.')
  return registerPatient({ networkId: context.networkId, gateways: context.gateways, role: 'token', token }, context.keys)
}
