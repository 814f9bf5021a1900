import { PublicKey, fromHex, makeBackup, toHex } from '@epione/crypto'
import type { SignedStatement } from '@epione/crypto'
import type { VerifiedGuardians } from '@epione/protocol/verify'
import { identityKeyOf, networkIdHex } from '../context/context.ts'
import type { PatientContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'
import { failed, holdersNeeded, lookAtEscrow } from './escrow.ts'
import type { HospitalCheck } from './escrow.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import type { GuardianKey } from './guardian-key.ts'
import type { Escrow } from '@epione/protocol/api'
import { requireOwnDirectory } from '../keys/patient.ts'
import { readSafety } from '../keys/safety.ts'
import { makeStatement } from '../context/statements.ts'
import type { MadeStatement } from '../context/statements.ts'
import { submitAnywhere } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'
import { pause } from '../gateways/pause.ts'

/** How long in ms a hospital gets to keep what it was given and to show it: its peer may be a block behind. */
const KEEP_MS = 8_000
const POLL_MS = 100

export interface GuardiansSet extends Written {
  patientId: string
  issue: number
  threshold: number
  guardians: number
  statementId: string
  /** Hospitals that showed, read back, every byte that the statement names. */
  keptBy: string[]
  /** How many of them must: see `holdersNeeded`. */
  needed: number
  hospitals: HospitalCheck[]
}

/**
 * Names guardians, or names them anew: splits a fresh recovery key among them, so that shares of earlier issues are of no use any
 * more. The encrypted backup of the phrase and the sealed shares go to every hospital first; only when a majority took them does the
 * ledger hear of the issue, so that until then the former one counts and is kept. Then they are read back from each hospital.
 * @throws {ClientError} ESCROW_INCOMPLETE, whose `counts` is false when nothing has changed, and true when the issue counts but fewer
 * show it
 */
export async function setGuardians (
  context: PatientContext,
  phrase: string,
  { threshold, guardians }: { threshold: number, guardians: readonly GuardianKey[] }
): Promise<Done<GuardiansSet>> {
  requireGuardians(context, threshold, guardians)
  const { patientId } = context
  const { directory, guardians: former } = await readSafety(context, patientId)
  requireOwnDirectory(context, directory)
  const issue = (former?.body.issue ?? 0) + 1
  const {
    backup,
    backupHash,
    shares
  } = await makeBackup({ patientId, issue, threshold, guardians: guardians.map((g) => PublicKey.fromHex(g.receivingKey)), phrase })
  const made = makeStatement(context, 'Guardians', {
    patientId,
    issue,
    ...(former === undefined ? {} : { previous: former.id }),
    threshold,
    guardians: shares.map((
      { shareHash, sealedHash },
      index
    ) => ({ ...keysOf(guardians[index]), shareHash: toHex(shareHash), sealedHash: toHex(sealedHash) })),
    backupHash: toHex(backupHash)
  }, [identityKeyOf(context)])
  const escrow: Escrow = { backup: toHex(backup), shares: shares.map(({ sealed }) => toHex(sealed)) }
  await deposit(context, made, escrow, former?.body.issue)
  return publish(context, made, escrow)
}

/** Gives every hospital what the new issue needs, before anything of the former one is replaced. */
async function deposit (
  context: PatientContext,
  { body, statement }: MadeStatement<'Guardians'>,
  escrow: Escrow,
  former: number | undefined
): Promise<void> {
  const { patientId } = context
  const hospitals = await Promise.all(context.gateways.all.map(async (gateway): Promise<{ check: HospitalCheck, error?: unknown }> => {
    try {
      await gateway.lifetime.depositEscrow(patientId, statement, escrow)
      return { check: { mspId: gateway.info.mspId, state: 'complete' } }
    } catch (error) {
      return { check: failed(gateway, error), error }
    }
  }))
  const keptBy = hospitals.flatMap(({ check: { mspId, state } }) => state === 'complete' ? mspId : []).sort()
  const needed = holdersNeeded(hospitals.length)
  if (keptBy.length >= needed) return
  const refusal = hospitals.find(({ check: { state } }) => state === 'refused') ?? hospitals[0]
  if (keptBy.length === 0) throw refusal?.error
  const stays = former === undefined ? 'you have no guardians yet' : `issue ${former} of your guardians still counts`
  throw new ClientError('ESCROW_INCOMPLETE', `Only ${keptBy.length} of ${hospitals.length} hospitals took what a recovery needs, and ${needed} must. Nothing has changed: ${stays}. Name guardians again when the others can be reached.`, {
    patientId, issue: body.issue, counts: false, keptBy, needed, hospitals: hospitals.map(({ check }) => check)
  })
}

async function publish (context: PatientContext, made: MadeStatement<'Guardians'>, escrow: Escrow): Promise<Done<GuardiansSet>> {
  const { id, body, statement } = made
  const { patientId, issue, threshold, guardians } = body
  const own = { patientId, issue, threshold, guardians: guardians.length, statementId: id }
  const done = await submitAnywhere(context, {
    statementId: id,
    send: async (gateway) => ({ ...await gateway.lifetime.putGuardians(patientId, statement, escrow, id), ...own }),
    recover: (written) => ({ ...own, ...written })
  })
  const hospitals = await Promise.all(context.gateways.all.map((gateway) => placeEscrow(context, gateway, { id, body, statement }, escrow)))
  const keptBy = hospitals.filter(({ state }) => state === 'complete').map(({ mspId }) => mspId).sort()
  const needed = holdersNeeded(hospitals.length)
  if (keptBy.length < needed) throw tooFewKeep({ ...own, keptBy, needed, hospitals })
  const warnings = [...done.warnings ?? [], ...describeGaps(hospitals)]
  return { ...done, keptBy, needed, hospitals, ...(warnings.length === 0 ? {} : { warnings }) }
}

function tooFewKeep (set: Omit<GuardiansSet, keyof Written>): ClientError {
  const again = set.keptBy.length === 0
    ? 'Name guardians once more'
    : 'When the others can be reached, run "epione patient guardians check --repair"'
  return new ClientError(
    'ESCROW_INCOMPLETE',
    `Issue ${set.issue} of your guardians counts now, but only ${set.keptBy.length} of ${set.hospitals.length} hospitals keep what a recovery needs, and ${set.needed} must. ${again}.`,
    { ...set, counts: true }
  )
}

/** Gives one hospital the escrow of a statement that is on the ledger, and reads it back until it shows every byte, or long enough. */
export async function placeEscrow (
  context: PatientContext,
  gateway: GatewayApi,
  issue: VerifiedGuardians & { statement: SignedStatement },
  escrow: Escrow
): Promise<HospitalCheck> {
  const deadline = performance.now() + (context.confirmMs ?? KEEP_MS)
  for (;;) {
    const check = await place(context, gateway, issue, escrow)
    if (check.state === 'complete' || check.state === 'away' || performance.now() >= deadline) return check
    await pause(POLL_MS)
  }
}

async function place (
  context: PatientContext,
  gateway: GatewayApi,
  issue: VerifiedGuardians & { statement: SignedStatement },
  escrow: Escrow
): Promise<HospitalCheck> {
  try {
    await gateway.lifetime.putGuardians(context.patientId, issue.statement, escrow, issue.id)
  } catch (error) {
    return failed(gateway, error)
  }
  return (await lookAtEscrow(context, gateway, issue)).check
}

/** What is not as it should be, hospital by hospital. */
export function describeGaps (hospitals: readonly HospitalCheck[]): string[] {
  return hospitals.flatMap(({ mspId, state, backup, shares = [], problem }) => {
    if (state === 'complete') return []
    if (state !== 'incomplete') return [`${mspId} is ${state}: ${problem ?? 'no reason given'}`]
    const parts = [
      ...(backup === undefined || backup === 'held' ? [] : [`the backup is ${backup}`]),
      ...shares.flatMap((held, index) => held === 'held' ? [] : [`the share of guardian ${index + 1} is ${held}`])
    ]
    return [`${mspId}: ${parts.join(', ')}`]
  })
}

function keysOf (guardian: GuardianKey | undefined): Pick<GuardianKey, 'signingKey' | 'receivingKey'> {
  if (guardian === undefined) throw new TypeError('there are as many shares as guardians')
  return { signingKey: guardian.signingKey, receivingKey: guardian.receivingKey }
}

function requireGuardians (context: PatientContext, threshold: number, guardians: readonly GuardianKey[]): void {
  const foreign = guardians.find((g) => g.patientId !== context.patientId || g.networkId !== networkIdHex(context))
  if (foreign !== undefined) {
    throw new ClientError(
      'USAGE',
      `A guardian's key file is for patient ${foreign.patientId}, not for you: each guardian runs "epione guardian key --patient ${context.patientId}".`
    )
  }
  if (new Set(guardians.flatMap((g) => [g.signingKey, g.receivingKey])).size !== guardians.length * 2) {
    throw new ClientError('USAGE', 'Name each guardian once.')
  }
  if (threshold < 2 || threshold > guardians.length) {
    throw new ClientError(
      'USAGE',
      `Choose a threshold from 2 to ${guardians.length}: two guardians at least, so that none of them alone can recover your phrase.`
    )
  }
  // Throws for a key that is no point before anything is made.
  guardians.forEach((g) => PublicKey.fromBytes(fromHex(g.signingKey)))
}
