import type { Command } from 'commander'
import type { Act } from './act.ts'
import { approveRecovery, checkShare, ClientError, makeGuardianKey, networkIdHex, parseRequest, signAsGuardian } from '@epione/sdk'
import { readText, requireFree, writeNewFile } from '../files.ts'
import type { GuardedType, RecoveryShown } from '@epione/sdk'
import { parsePatientId, parseStatementId } from './arguments.ts'
import type { Io } from './io.ts'
import { canAsk, saysYes } from './prompt.ts'
import type { CommandRun } from './run.ts'
import { requireNetwork, requireUnset, takeUpKeys } from './setup.ts'
import type { PhraseOptions } from './setup.ts'

interface GuardedOptions { patient: string, out?: string, with?: string, target?: string }

export function addGuardianCommands (guardian: Command, act: Act): void {
  guardian.command('init')
    .description('make keys for somebody who is neither patient nor practitioner here')
    .option('--phrase-file <file>', 'write the new phrase to this new file instead of showing it once')
    .option('--restore <file>', 'use the phrase in this file instead of a new one')
    .option('--words <count>', '12 or 24 words', '24')
    .action((options: PhraseOptions, command: Command) => act((run) => initGuardian(run, options), command))

  guardian.command('key')
    .description('write the public keys with which to guard one patient, to be handed over in person')
    .requiredOption('--patient <id>', 'whom')
    .requiredOption('--out <file>', 'new file for the keys')
    .action(({ patient, out }: { patient: string, out: string }, command: Command) => act(async (run) => {
      const key = makeGuardianKey(await run.loadGuardian(), parsePatientId(patient))
      await writeNewFile(out, `${JSON.stringify(key)}\n`)
      return { ...key, out }
    }, command))

  guardian.command('check')
    .description('whether hospitals keep the own share of a patient, and whether it opens with the keys of this home')
    .requiredOption('--patient <id>', 'whom')
    .action(
      (
        { patient }: { patient: string },
        command: Command
      ) => act(async (run) => checkShare(await run.loadGuardian(), parsePatientId(patient)), command)
    )

  guardian.command('approve <request>')
    .description('sign a recovery request and give the own share, sealed to the device that asks')
    .requiredOption('--out <file>', 'new file for the approval')
    .option('--fingerprint <digits>', 'the device\'s fingerprint as the recovering person reads it to you')
    .action(
      (
        request: string,
        options: { out: string, fingerprint?: string },
        command: Command
      ) => act((run) => approve(run, request, options), command)
    )

  addGuarded(guardian, act, 'Freeze', 'freeze', 'stop all access to a patient\'s records and all changes, together with other guardians')
  addGuarded(guardian, act, 'Unfreeze', 'unfreeze', 'end a freeze, together with other guardians')
  addGuarded(guardian, act, 'RecoveryStop', 'stop', 'stop a change of the patient\'s identity key, together with other guardians')
}

function addGuarded (guardian: Command, act: Act, type: GuardedType, name: string, description: string): void {
  const command = guardian.command(name).description(description)
    .requiredOption('--patient <id>', 'whom')
    .option('--with <file>', 'file of a guardian who signed before')
    .option('--out <file>', 'new file for the next guardian, while signatures are missing')
  if (type === 'RecoveryStop') command.requiredOption('--target <id>', 'statement id of the waiting directory version')
  command.action((options: GuardedOptions, command: Command) => act((run) => sign(run, type, options), command))
}

async function sign (run: CommandRun, type: GuardedType, { patient, out, with: before, target }: GuardedOptions): Promise<object> {
  if (out !== undefined) await requireFree(out)
  const signed = await signAsGuardian(await run.loadGuardian(), {
    type,
    patientId: parsePatientId(patient),
    ...(before === undefined ? {} : { begun: await readText(before) }),
    ...(target === undefined ? {} : { target: parseStatementId(target) })
  })
  if (!('statement' in signed)) return { submitted: true, ...signed }
  const { statement, ...begun } = signed
  if (out === undefined) {
    throw new ClientError(
      'USAGE',
      `${begun.threshold} guardians must sign, here are ${begun.signatures}: say --out FILE, and give that to the next.`,
      begun
    )
  }
  await writeNewFile(out, `${JSON.stringify(statement)}\n`)
  return { submitted: false, ...begun, out }
}

async function approve (run: CommandRun, request: string, { out, fingerprint }: { out: string, fingerprint?: string }): Promise<object> {
  await requireFree(out)
  const opened = parseRequest(await readText(request))
  const context = await run.loadGuardian()
  if (opened.networkId !== networkIdHex(context)) {
    throw new ClientError('NETWORK_MISMATCH', `The request is of network ${opened.networkId}, this home of ${networkIdHex(context)}.`)
  }
  const { approval, warnings } = await approveRecovery(context, opened, {
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...(canAsk(run.io) ? { approve: (shown: RecoveryShown) => askForYes(run.io, shown) } : {})
  })
  await writeNewFile(out, `${JSON.stringify(approval)}\n`)
  const { requestId, index } = approval
  return { requestId, patientId: opened.body.patientId, guardian: index + 1, out, ...(warnings.length === 0 ? {} : { warnings }) }
}

async function askForYes (io: Io, { patientId, issue, fingerprint }: RecoveryShown): Promise<boolean> {
  io.stderr.write(`  patient      ${patientId}\n  issue        ${issue}\n  fingerprint  ${fingerprint}\n`)
  return await saysYes(io, 'Does this person, whom you know, read the same fingerprint to you? Type yes: ')
}

async function initGuardian (run: CommandRun, options: PhraseOptions): Promise<object> {
  await requireUnset(run, 'guardian', options)
  const network = await run.loadNetwork()
  await requireNetwork(run, run.connect(network))
  await takeUpKeys(run, options)
  await run.home.writeConfig({ version: 1, role: 'guardian', ...network })
  return { home: run.home.folder }
}
