import type { Command } from 'commander'
import { deriveKeyRing } from '@epione/crypto'
import type { Act } from './act.ts'
import type { PatientContext, Succeeded } from '@epione/sdk'
import { ClientError, findPatient, keysOfPhrase, succeedPatient } from '@epione/sdk'
import { readText } from '../files.ts'
import { openKeystore } from '../keystore.ts'
import { initPatient } from './patient-init.ts'
import { readPassphrase } from './secrets.ts'
import { readPhrase } from './setup.ts'
import type { PhraseOptions } from './setup.ts'
import type { CommandRun } from './run.ts'

interface SucceedOptions { from?: string[], fromPhrase?: string[], fromPassphraseFile?: string }

/** Patients who cannot act themselves: their phrase in custody, and its hand-over. */
export function addCustodyCommands (patient: Command, act: Act): void {
  patient.command('register')
    .description('register a new patient; with --provisional for one without a device, whose phrase this organisation keeps')
    .option('--provisional', 'name the own organisation as custodian until a hand-over')
    .option('--phrase-file <file>', 'write the new phrase to this new file, to be printed and sealed')
    .option('--words <count>', '12 or 24 words', '24')
    .action((options: PhraseOptions & { provisional?: boolean }, command: Command) => act((run) => initPatient(run, options), command))

  patient.command('succeed')
    .description('take over another phrase\'s patient id: both sign, and its records are wrapped for this phrase')
    .option('--from <keystores...>', 'keystore.json of the former phrase')
    .option('--from-phrase <files...>', 'or a file with the former phrase')
    .option('--from-passphrase-file <file>', 'file with the pass-phrase of the former keystores (default: the same as of the own)')
    .action((options: SucceedOptions, command: Command) => act((run) => succeed(run, options), command))
}

async function succeed (
  run: CommandRun,
  { from = [], fromPhrase = [], fromPassphraseFile }: SucceedOptions
): Promise<{ items: Succeeded[] }> {
  if (from.length + fromPhrase.length === 0) {
    throw new ClientError('USAGE', 'Say whose records are handed over: --from KEYSTORE or --from-phrase FILE.')
  }
  const successor = await run.loadPatient()
  const items: Succeeded[] = []
  for (const phrase of [...await openKeystores(run, from, fromPassphraseFile), ...await Promise.all(fromPhrase.map(readPhrase))]) {
    items.push(await succeedPatient(await requireRegistered(successor, phrase), successor))
  }
  return { items }
}

async function openKeystores (run: CommandRun, files: readonly string[], passphraseFile: string | undefined): Promise<string[]> {
  if (files.length === 0) return []
  const passphrase = await readPassphrase({ ...run.secrets, ...(passphraseFile === undefined ? {} : { passphraseFile }) })
  return Promise.all(files.map(async (file) => openKeystore(await readText(file), passphrase)))
}

async function requireRegistered ({ networkId, gateways, patientId }: PatientContext, phrase: string): Promise<PatientContext> {
  keysOfPhrase(phrase)
  const former = await findPatient({ networkId, gateways }, deriveKeyRing(phrase))
  if (former === undefined) throw new ClientError('NOT_FOUND', 'The former phrase is not registered on this network.')
  if (former.patientId === patientId) throw new ClientError('USAGE', 'The former phrase is this home\'s own.')
  return former
}
