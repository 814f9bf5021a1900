import type { Command } from 'commander'
import type { Act } from '../cli.ts'
import { makeCard } from '../card.ts'
import type { TokenContext } from '../context.ts'
import { requireCategory } from '../directory.ts'
import { ClientError } from '../errors.ts'
import { writeNewFile } from '../files.ts'
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
  const known = await run.home.findConfig()
  if (known !== undefined && known.role !== 'patient') throw new ClientError('ALREADY_INITIALIZED', `${run.home.folder} is a practitioner's home already.`)
  if (known !== undefined && await run.home.findKeystore() !== undefined) return resumePatient(run)
  // A patient's phrase is all there is: lost with the keystore, every record of theirs would be.
  if (!hasPhraseOutlet(run, options)) throw new ClientError('USAGE', 'There is no terminal to show the new phrase on: say --phrase-file FILE.')
  const token = options.restore === undefined || run.hasToken ? await readToken(run.secrets) : undefined
  const network = await run.loadNetwork()
  const context = run.connect(network)
  await requireNetwork(context)
  const keys = await makeKeys(run, options)
  const patientId = patientIdOfKeys(keys)
  await run.home.writeConfig({ version: 1, role: 'patient', patientId, ...network })
  const found = options.restore === undefined ? undefined : await findOwnDirectory(context, keys)
  const shown = { home: run.home.folder, fingerprint: keys.identity().publicKey().fingerprint() }
  if (found !== undefined) return { patientId, version: found.newest.version, restored: true, ...shown }
  if (token === undefined) throw new ClientError('TOKEN_REQUIRED', 'This phrase is not registered; the keystore is made, run init again with the registration desk\'s --token-file.')
  return { ...await registerPatient({ ...context, role: 'token', token }, keys), ...shown }
}

/** An earlier init made the keys and did not get as far as the ledger. */
async function resumePatient (run: CommandRun): Promise<object> {
  const context = await run.loadPatient()
  const { patientId, keys } = context
  if (await findOwnDirectory(context, keys) !== undefined) throw new ClientError('ALREADY_INITIALIZED', `${run.home.folder} is set up for patient ${patientId}.`, { patientId })
  const desk: TokenContext = { networkId: context.networkId, gateways: context.gateways, role: 'token', token: await readToken(run.secrets) }
  return { ...await registerPatient(desk, keys), home: run.home.folder, fingerprint: keys.identity().publicKey().fingerprint(), resumed: true }
}
