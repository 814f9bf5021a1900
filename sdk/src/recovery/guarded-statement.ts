import { SignedStatement as SignedStatementSchema } from '@epione/protocol'
import type { StatementBody } from '@epione/protocol'
import { cosignStatement, statementId } from '@epione/crypto'
import type { SecretKey, SignedStatement } from '@epione/crypto'
import { openStatement } from '@epione/protocol/verify'
import type { VerifiedSafety } from '@epione/protocol/verify'
import { identityKeyOf } from '../context/context.ts'
import type { ClientContext, PatientContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import type { GuardianContext } from './guardian-key.ts'
import { judgedWith } from '../context/judge.ts'
import type { Blame } from '../context/judge.ts'
import { parseJsonFile } from '../files/json-file.ts'
import { readSafety } from '../keys/safety.ts'
import { makeStatement } from '../context/statements.ts'
import type { StatementFields } from '../context/statements.ts'
import { submitAnywhere } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'

/** Statements that the patient's identity key signs alone, or enough guardians together. */
export type GuardedType = 'Freeze' | 'Unfreeze' | 'RecoveryStop'
export interface Guarded extends Written { patientId: string, statementId: string }

/** Signs one of these as the patient and puts it on the ledger. */
export async function submitAsPatient<T extends GuardedType> (
  context: PatientContext,
  type: T,
  fields: StatementFields<T>
): Promise<Done<Guarded>> {
  const { statement } = makeStatement(context, type, fields, [identityKeyOf(context)])
  return submit(context, type, context.patientId, statement)
}

/** Freezes the own patient id: until unfrozen nothing but revocation and recovery is accepted, and no access is permitted. */
export async function freezePatient (context: PatientContext): Promise<Done<Guarded>> {
  return submitAsPatient(context, 'Freeze', { patientId: context.patientId })
}

/** Ends a freeze that the patient or a representative made; guardians end their own. @throws {ClientError} NOT_FOUND, PATIENT_FROZEN */
export async function unfreezePatient (context: PatientContext): Promise<Done<Guarded>> {
  const { patientId } = context
  const safety = await readSafety(context, patientId)
  const freezeId = requireFreeze(safety)
  if (safety.freeze?.signedBy.kind === 'guardians') {
    throw new ClientError('PATIENT_FROZEN', 'Your guardians have frozen you: they end that together ("epione guardian unfreeze").', {
      patientId,
      freezeId
    })
  }
  return submitAsPatient(context, 'Unfreeze', { patientId, freezeId })
}

/** Stops a recovery or a change of the identity key, by its statement id; also one that is yet to come. */
export async function stopRecovery (context: PatientContext, target: string): Promise<Done<Guarded>> {
  return submitAsPatient(context, 'RecoveryStop', { patientId: context.patientId, target })
}

/** A registrar stops a recovery for a patient who appeared in person. */
export async function stopInPerson (
  context: ClientContext & { token: { authorize: Parameters<GatewayApi['lifetime']['stopInPerson']>[2] } },
  patientId: string,
  target: string
): Promise<Written & { patientId: string, target: string }> {
  return { ...await context.gateways.own.lifetime.stopInPerson(patientId, target, context.token.authorize), patientId, target }
}

export interface GuardedWanted {
  type: GuardedType
  patientId: string
  /** What a `RecoveryStop` stops. */ target?: string
  /** Text of the file of a guardian who began. */ begun?: string
}
/** Not yet enough signatures: the statement goes on to the next guardian. */
export interface GuardedBegun { patientId: string, statementId: string, signatures: number, threshold: number, statement: SignedStatement }

/**
 * Signs as a guardian what another began, or begins it; with enough signatures it goes to the ledger. @throws {ClientError}
 * GUARDIAN_UNKNOWN, USAGE
 */
export async function signAsGuardian (context: GuardianContext, wanted: GuardedWanted): Promise<Done<Guarded> | GuardedBegun> {
  const { type, patientId, begun } = wanted
  const safety = await readSafety(context, patientId)
  const keys = (safety.guardians?.body.guardians ?? []).map((g) => g.signingKey)
  const own = context.keys.guardian(patientId).signing
  if (!keys.includes(own.publicKey().toHex())) {
    throw new ClientError('GUARDIAN_UNKNOWN', `You are no guardian of patient ${patientId} now.`, { patientId })
  }
  const statement = begun === undefined ? begin(context, wanted, safety, own) : cosign(context, begun, wanted, own)
  const threshold = safety.guardians?.body.threshold ?? 0
  const signatures = statement.signatures.filter((s) => keys.includes(s.key)).length
  if (signatures < threshold) return { patientId, statementId: statementId(statement.body), signatures, threshold, statement }
  return submit(context, type, patientId, statement)
}

function begin (
  context: GuardianContext,
  { type, patientId, target }: GuardedWanted,
  safety: VerifiedSafety,
  own: SecretKey
): SignedStatement {
  if (type === 'Freeze') return makeStatement(context, type, { patientId }, [own]).statement
  if (type === 'Unfreeze') return makeStatement(context, type, { patientId, freezeId: requireFreeze(safety) }, [own]).statement
  if (target === undefined) throw new ClientError('USAGE', 'Say what is to be stopped.')
  return makeStatement(context, type, { patientId, target }, [own]).statement
}

function requireFreeze ({ freeze, directory: { patientId } }: VerifiedSafety): string {
  if (freeze === undefined) throw new ClientError('NOT_FOUND', `Patient ${patientId} is not frozen.`, { patientId })
  return freeze.id
}

function cosign (context: GuardianContext, text: string, { type, patientId }: GuardedWanted, own: SecretKey): SignedStatement {
  const begun = parseJsonFile(SignedStatementSchema, text, 'This file holds no signed statement of a guardian.')
  const blame: Blame = { code: 'USAGE', what: 'The statement that another guardian began', party: { kind: 'guardian' } }
  const { body, signers }: {
    body: StatementBody<GuardedType>
    signers: readonly string[]
  } = judgedWith(blame, () => openStatement(type, begun, context.networkId))
  if (body.patientId !== patientId) throw new ClientError('USAGE', `The file is about patient ${body.patientId}.`, { patientId })
  return signers.includes(own.publicKey().toHex()) ? begun : cosignStatement(begun, context.networkId, own)
}

async function submit (context: ClientContext, type: GuardedType, patientId: string, statement: SignedStatement): Promise<Done<Guarded>> {
  const id = statementId(statement.body)
  const own = { patientId, statementId: id }
  return submitAnywhere<Guarded>(context, {
    statementId: id,
    send: async (gateway) => ({ ...await gateway.lifetime.submitGuarded(type, patientId, statement, id), ...own }),
    recover: (written) => ({ ...own, ...written })
  })
}
