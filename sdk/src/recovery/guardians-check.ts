import type { VerifiedGuardians, VerifiedSafety } from '@epione/protocol/verify'
import type { SignedStatement } from '@epione/crypto'
import { identityKeyOf } from '../context/context.ts'
import type { PatientContext } from '../context/context.ts'
import { proveDirectory } from '../keys/directory.ts'
import { ClientError } from '../errors.ts'
import { assembleEscrow, failed, holdersNeeded, lookAtEscrow } from './escrow.ts'
import type { HospitalCheck, LookedAt } from './escrow.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { describeGaps, placeEscrow } from './guardians.ts'
import { proveNetwork } from '../keys/network.ts'
import { describeRecoveries, warnOfChanges } from './overview.ts'
import type { Overview } from './overview.ts'
import { proveSafety } from '../keys/safety.ts'
import { together } from '../gateways/together.ts'

/** Whether a recovery would work today, hospital by hospital and guardian by guardian. */
export interface GuardiansCheck {
  patientId: string
  works: boolean
  statementId: string
  issue: number
  threshold: number
  /** By the hospitals that show the newest issue. */
  recoveryDelaySeconds: number[]
  hospitals: HospitalCheck[]
  backup: { keptBy: string[] }
  /** In the statement's order, counted from 1. */
  guardians: Array<{ guardian: number, signingKey: string, keptBy: string[] }>
  frozen: boolean
  succeededBy?: string
  /** A new identity key that waits. */
  pending?: { statementId: string, activeFrom: number, stopped: boolean }
  recoveries: Overview['recoveries']
  /** Hospitals that were given again what they lacked. */
  repaired?: string[]
  warnings?: string[]
}

interface Shown { gateway: GatewayApi, safety: VerifiedSafety, statement: SignedStatement | undefined, delaySeconds: number }
interface Silent { gateway: GatewayApi, error: unknown }
type Issue = VerifiedGuardians & { statement: SignedStatement }

/**
 * Asks every hospital for what a recovery needs: the newest statement on its ledger, the backup and each guardian's share, byte for byte
 * by the hashes that the patient signed. `repair` gives hospitals again what they lack, as far as others keep it.
 * @throws {ClientError} RECOVERY_IMPOSSIBLE with the whole check as details, GUARDIAN_UNKNOWN, IDENTITY_CHANGED, UNAVAILABLE when none
 * answers
 */
export async function checkGuardians (context: PatientContext, { repair = false }: { repair?: boolean } = {}): Promise<GuardiansCheck> {
  const asked = await Promise.all(context.gateways.all.map((gateway) => askHospital(context, gateway)))
  const shown = asked.filter((answer) => 'safety' in answer)
  const { issue, safety } = findNewest(context, shown, asked)
  const showing = shown.filter((hospital) => hospital.safety.guardians?.id === issue.id)
  const before = await Promise.all(asked.map((answer) => lookAt(context, answer, issue)))
  const { looks, repaired } = repair ? await repairAll(context, issue, before) : { looks: before.map(({ look }) => look), repaired: [] }
  const check = {
    ...judge(context, issue, safety, looks.map(({ check }) => check)),
    recoveryDelaySeconds: [...new Set(showing.map((s) => s.delaySeconds))].sort((a, b) => a - b)
  }
  const warnings = [
    ...describeGaps(check.hospitals), ...advise(check, repair),
    ...warnOfChanges(safety.directory, safety, check.recoveries)
  ]
  const full: GuardiansCheck = { ...check, ...(repair ? { repaired } : {}), ...(warnings.length === 0 ? {} : { warnings }) }
  if (!full.works) {
    throw new ClientError('RECOVERY_IMPOSSIBLE', `A recovery would not work today: ${reasons(full).join('; ')}.`, { ...full })
  }
  return full
}

async function askHospital (context: PatientContext, gateway: GatewayApi): Promise<Shown | Silent> {
  const { patientId, networkId } = context
  try {
    const [directory, safety, network] = await together(
      gateway.getDirectory(patientId), gateway.lifetime.getSafety(patientId), gateway.getNetwork()
    )
    const verified = proveSafety(safety, proveDirectory(directory, patientId, networkId), networkId)
    return {
      gateway,
      safety: verified,
      statement: safety.guardians?.statement,
      delaySeconds: (await proveNetwork(context, gateway, network.document)).settings.recoveryDelaySeconds
    }
  } catch (error) {
    failed(gateway, error)
    return { gateway, error }
  }
}

/** The newest issue that any hospital proves: of two with one number, the one that more hospitals show. */
function findNewest (
  context: PatientContext,
  shown: readonly Shown[],
  asked: ReadonlyArray<Shown | Silent>
): { issue: Issue, safety: VerifiedSafety } {
  const [first] = asked
  if (shown.length === 0) {
    throw first !== undefined && 'error' in first ? first.error : new ClientError('UNAVAILABLE', 'No hospital can be reached.')
  }
  const own = identityKeyOf(context).publicKey().toHex()
  if (!shown.some(({ safety }) => safety.directory.identityKey === own)) {
    throw new ClientError(
      'IDENTITY_CHANGED',
      'Another identity key of this phrase is in force now: run "epione patient activate", which takes it up.',
      { patientId: context.patientId }
    )
  }
  const named = shown.flatMap((
    { safety, statement }
  ) => safety.guardians === undefined || statement === undefined ? [] : [{ issue: { ...safety.guardians, statement }, safety }])
  const votes = (id: string): number => named.filter(({ issue }) => issue.id === id).length
  const [newest] = named.toSorted((a, b) => b.issue.body.issue - a.issue.body.issue || votes(b.issue.id) - votes(a.issue.id))
  if (newest === undefined) {
    throw new ClientError(
      'GUARDIAN_UNKNOWN',
      'You have named no guardians: a lost phrase could not be recovered. See "epione patient guardians set".',
      { patientId: context.patientId }
    )
  }
  return newest
}

async function lookAt (context: PatientContext, answer: Shown | Silent, issue: Issue): Promise<{ gateway: GatewayApi, look: LookedAt }> {
  const { gateway } = answer
  if ('error' in answer) return { gateway, look: { check: failed(gateway, answer.error) } }
  const { guardians } = answer.safety
  if (guardians?.id === issue.id) return { gateway, look: await lookAtEscrow(context, gateway, issue) }
  const problem = guardians === undefined
    ? 'shows no guardians'
    : `shows guardians of issue ${guardians.body.issue}, statement ${guardians.id}`
  return { gateway, look: { check: { mspId: gateway.info.mspId, state: 'outdated', problem } } }
}

/** Gives each hospital that lacks something the whole escrow again, put together from what hospitals keep. */
async function repairAll (
  context: PatientContext,
  issue: Issue,
  before: ReadonlyArray<{ gateway: GatewayApi, look: LookedAt }>
): Promise<{ looks: LookedAt[], repaired: string[] }> {
  const escrow = assembleEscrow(issue, before.map(({ look }) => look))
  if (escrow === undefined) return { looks: before.map(({ look }) => look), repaired: [] }
  const looks = await Promise.all(
    before.map(async ({ gateway, look }) =>
      look.check.state === 'incomplete' ? { check: await placeEscrow(context, gateway, issue, escrow) } : look)
  )
  const repaired = looks.filter(({ check }, index) =>
    check.state === 'complete' && before[index]?.look.check.state === 'incomplete').map(({ check }) =>
    check.mspId)
  return { looks, repaired }
}

type Judged = Omit<GuardiansCheck, 'warnings' | 'repaired' | 'recoveryDelaySeconds'>

function judge ({ patientId }: PatientContext, { id, body }: Issue, safety: VerifiedSafety, hospitals: HospitalCheck[]): Judged {
  const { directory: { pending, succeededBy }, freeze } = safety
  const keptBy = (has: (hospital: HospitalCheck) => boolean): string[] => hospitals.filter(has).map(({ mspId }) => mspId)
  const report = {
    patientId,
    statementId: id,
    issue: body.issue,
    threshold: body.threshold,
    hospitals,
    backup: { keptBy: keptBy(({ backup }) => backup === 'held') },
    guardians: body.guardians.map(({ signingKey }, index) =>
      ({ guardian: index + 1, signingKey, keptBy: keptBy(({ shares }) => shares?.[index] === 'held') })),
    frozen: freeze !== undefined,
    recoveries: describeRecoveries(safety),
    ...(succeededBy === undefined ? {} : { succeededBy }),
    ...(pending === undefined ? {} : { pending: { statementId: pending.id, activeFrom: pending.activeFrom, stopped: pending.stopped } })
  }
  return { ...report, works: reasons(report).length === 0 }
}

/** Why a recovery would not work; none when it would. */
function reasons (
  { hospitals, backup, guardians, threshold }: Pick<GuardiansCheck, 'hospitals' | 'backup' | 'guardians' | 'threshold'>
): string[] {
  const showing = hospitals.filter(({ state }) => state === 'complete' || state === 'incomplete').length
  const withShare = guardians.filter(({ keptBy }) => keptBy.length > 0).length
  return [
    ...(showing >= holdersNeeded(hospitals.length)
      ? []
      : [
        `${showing} of ${hospitals.length} hospitals show the newest guardians and can be asked, ${holdersNeeded(hospitals.length)} must`
        ]),
    ...(backup.keptBy.length > 0 ? [] : ['no hospital that can be reached keeps the backup']),
    ...(withShare >= threshold ? [] : [`shares of ${withShare} guardians are kept, ${threshold} are needed`])
  ]
}

function advise ({ hospitals, guardians, backup, works }: Judged, repaired: boolean): string[] {
  const gaps = hospitals.filter(({ state }) => state === 'incomplete')
  const isWhole = backup.keptBy.length > 0 && guardians.every(({ keptBy }) => keptBy.length > 0)
  if (gaps.length === 0) return []
  if (!isWhole) return ['What is kept nowhere cannot be brought back: name guardians anew with "epione patient guardians set".']
  return repaired && works ? [] : ['Give hospitals again what they lack: "epione patient guardians check --repair".']
}
