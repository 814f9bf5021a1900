import { rm } from 'node:fs/promises'
import type { Command } from 'commander'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { SecretKey, deriveKeyRing, exportSecret, fromHex, toHex } from '@epione/crypto'
import type { Act } from './act.ts'
import type { ClientContext, OwnRecovery, PatientContext } from '@epione/sdk'
import {
  ApprovalFile, beginRecovery, ClientError, findPatient, findRecovery, finishRecovery, isClientError, NetworkKnown, openRequest,
  parseApproval, parseJsonFile, rotateKeys, setGuardians, stopInPerson, stopRecovery, submitRecovery
} from '@epione/sdk'
import { readText, readTextIfThere, replaceFile, requireFree, writeNewFile } from '../files.ts'
import { openKeystore, sealKeystore } from '../keystore.ts'
import { parsePatientId, parseStatementId, parseWhole } from './arguments.ts'
import { readGuardianKeys } from './patient-keys.ts'
import type { CommandRun } from './run.ts'
import { readNewPassphrase, readPassphrase } from './secrets.ts'
import { findKeystoreState, requireNetwork, sealPhrase } from './setup.ts'

/** A recovery under way, as its home keeps it; its key lies encrypted beside it. */
const RecoveryHome = Type.Object({ ...NetworkKnown, request: Type.String(), approvals: Type.Array(ApprovalFile, { maxItems: 16 }) })
type RecoveryHome = Static<typeof RecoveryHome>

interface FinishOptions { threshold?: string, guardian?: string[] }

export function addRecoveryCommands (recovery: Command, act: Act): void {
  recovery.command('begin')
    .description('make a request for guardians to approve; this home keeps its key')
    .requiredOption('--patient <id>', 'whose phrase was lost')
    .requiredOption('--out <file>', 'new file for the request')
    .action(
      (
        { patient, out }: { patient: string, out: string },
        command: Command
      ) => act((run) => begin(run, parsePatientId(patient), out), command)
    )

  recovery.command('submit <approvals...>')
    .description('put the request on the ledger, approved by enough guardians; then the wait begins')
    .action((files: string[], _options: unknown, command: Command) => act((run) => submit(run, files), command))

  recovery.command('status')
    .description('how the request stands on the ledger')
    .action((_options, command: Command) => act(async (run) => {
      const { context, request } = await loadRecovery(run)
      const found = await findRecovery(context, openRequest(request))
      const { id, body: { patientId, issue } } = openRequest(request)
      return found === undefined
        ? { requestId: id, patientId, issue, submitted: false }
        : { requestId: id, patientId, issue, submitted: true, availableFrom: found.availableFrom, stopped: found.stopped }
    }, command))

  recovery.command('finish')
    .description('after the wait: the phrase, a keystore, new epochs; with guardians\' key files they are named anew')
    .option('--threshold <t>', 'how many of the new guardians are needed')
    .option('--guardian <files...>', 'key files of the new guardians')
    .action((options: FinishOptions, command: Command) => act((run) => finish(run, options), command))

  recovery.command('stop <id>')
    .description(
      'stop a recovery or a waiting identity key, with the own phrase; --patient for a registrar before whom the patient appeared'
    )
    .option('--patient <id>', 'stop in person, with the registration desk\'s token')
    .action((id: string, { patient }: { patient?: string }, command: Command) => act(async (run) => {
      const target = parseStatementId(id)
      return patient === undefined
        ? stopRecovery(await run.loadPatient(), target)
        : stopInPerson(await run.loadToken(), parsePatientId(patient), target)
    }, command))
}

async function begin (run: CommandRun, patientId: string, out: string): Promise<object> {
  await requireFree(out)
  if (await run.home.findKeystore() !== undefined) {
    throw new ClientError('ALREADY_INITIALIZED', `${run.home.folder} has a keystore: recover into a new home.`)
  }
  const network = await run.loadNetwork()
  const context = run.connect(network)
  await requireNetwork(run, context)
  const { request, secret, ...begun } = await beginRecovery(context, patientId)
  const bytes = exportSecret(secret)
  await replaceFile(run.home.recoveryKeyFile, await sealKeystore(toHex(bytes), await readNewPassphrase(run.secrets)))
  bytes.fill(0)
  await writeRecovery(run, { ...network, request: request.body, approvals: [] })
  await writeNewFile(out, `${JSON.stringify(request)}\n`)
  return { ...begun, out }
}

async function submit (run: CommandRun, files: readonly string[]): Promise<object> {
  const { context, recovery, kept } = await openRecovery(run)
  const approvals = await Promise.all(files.map(async (file) => parseApproval(await readText(file), file)))
  const submitted = await submitRecovery(context, { ...recovery, approvals })
  await writeRecovery(run, { ...kept, approvals })
  return submitted
}

async function finish (run: CommandRun, { threshold, guardian = [] }: FinishOptions): Promise<object> {
  if ((threshold === undefined) !== (guardian.length === 0)) {
    throw new ClientError('USAGE', 'Name new guardians with both --threshold T and --guardian FILE...')
  }
  const { context, recovery, kept } = await openRecovery(run)
  const guardians = await readGuardianKeys(guardian)
  // An earlier finish may have ended after the keystore was written: it is taken up again.
  const keystore = await findKeystoreState(run)
  const { phrase, warnings } = keystore === 'opens'
    ? { phrase: await run.openPhrase(), warnings: [] }
    : await finishRecovery(context, recovery)
  const patient = await requirePatient(context, phrase)
  if (keystore !== 'opens') await sealPhrase(run, phrase, { damaged: keystore === 'damaged' })
  const { patientId, identityNumber = 1 } = patient
  const { networkId, networkName, document, gateways } = kept
  await run.home.writeConfig({ version: 1, role: 'patient', patientId, identityNumber, networkId, networkName, document, gateways })
  const rotated = await rotateUnlessFrozen(patient, warnings)
  const nameGuardians = (): ReturnType<typeof setGuardians> =>
    setGuardians(patient, phrase, { threshold: parseWhole(threshold ?? '', '--threshold'), guardians })
  const issued = guardians.length === 0 || rotated === undefined ? undefined : await nameGuardians()
  if (issued === undefined) {
    warnings.push('Shares of the present issue are with guardians and were used: name guardians anew with "epione patient guardians set".')
  }
  await rm(run.home.recoveryFile)
  await rm(run.home.recoveryKeyFile)
  const done = {
    ...(rotated === undefined ? {} : { raised: rotated.raised, txId: rotated.txId }),
    ...(issued === undefined ? {} : { guardians: issued })
  }
  warnings.push('Records are still wrapped for the former epochs: "epione patient rewrap" brings them over.')
  return { patientId, home: run.home.folder, ...done, warnings }
}

/** Whose phrase it is. @throws {ClientError} DIRECTORY_INVALID */
async function requirePatient (context: ClientContext, phrase: string): Promise<PatientContext> {
  const patient = await findPatient(context, deriveKeyRing(phrase))
  if (patient === undefined) throw new ClientError('DIRECTORY_INVALID', 'The recovered phrase is not that of the directory on the ledger.')
  return patient
}

/** After a recovery nobody knows who else holds the phrase: all epochs are raised. */
async function rotateUnlessFrozen (
  patient: PatientContext,
  warnings: string[]
): Promise<Awaited<ReturnType<typeof rotateKeys>> | undefined> {
  try {
    return await rotateKeys(patient)
  } catch (error) {
    if (!isClientError(error, 'PATIENT_FROZEN')) throw error
    warnings.push('You are frozen: after your guardians have ended that, run "epione patient rotate".')
    return undefined
  }
}

async function loadRecovery (run: CommandRun): Promise<RecoveryHome & { context: ReturnType<CommandRun['connect']> }> {
  const text = await readTextIfThere(run.home.recoveryFile)
  if (text === undefined) {
    throw new ClientError('NOT_INITIALIZED', `No recovery is under way in ${run.home.folder}: run "epione recovery begin" first.`)
  }
  const kept = parseJsonFile(RecoveryHome, text, `${run.home.recoveryFile} is damaged: begin again.`)
  return { ...kept, context: run.connect(kept) }
}

async function openRecovery (run: CommandRun): Promise<{
  context: ReturnType<CommandRun['connect']>
  recovery: OwnRecovery
  kept: RecoveryHome
}> {
  const { context, ...kept } = await loadRecovery(run)
  const secret = fromHex(await openKeystore(await readText(run.home.recoveryKeyFile), await readPassphrase(run.secrets)), 32)
  return { context, kept, recovery: { request: openRequest(kept.request), approvals: kept.approvals, secret: SecretKey.fromBytes(secret) } }
}

async function writeRecovery (
  run: CommandRun,
  { networkId, networkName, document, gateways, request, approvals }: RecoveryHome
): Promise<void> {
  await replaceFile(
    run.home.recoveryFile,
    `${JSON.stringify({ networkId, networkName, document, gateways, request, approvals }, undefined, 2)}\n`
  )
}
