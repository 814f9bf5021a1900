import type { Command } from 'commander'
import type { Act } from './act.ts'
import { listPatientKeys, makeCard, requireCategory } from '@epione/sdk'
import { writeNewFile } from '../files.ts'
import { addCustodyCommands } from './patient-custody.ts'
import { initPatient } from './patient-init.ts'
import { addPatientKeyCommands } from './patient-keys.ts'
import type { PhraseOptions } from './setup.ts'

export function addPatientCommands (patient: Command, act: Act): void {
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

  addPatientKeyCommands(patient, act)
  addCustodyCommands(patient, act)
}
