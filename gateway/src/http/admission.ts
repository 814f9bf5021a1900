import { STATEMENT_LIFE_MS, TIMESTAMP_TOLERANCE_MS } from '@epione/protocol'
import type { SignedStatement } from '@epione/protocol'
import { verifyDirectory } from '@epione/protocol/verify'
import type { VerifiedDirectory } from '@epione/protocol/verify'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { GatewayError } from '../errors.ts'
import { judged } from '../judge.ts'
import type { Actor } from '../proxy/actor-ends.ts'
import type { InStead } from './caller.ts'
import { originOf } from './origin.ts'
import { checkStatementOf } from '../ledger/statements.ts'
import type { CheckedStatement, StatementOfPatient } from '../ledger/statements.ts'

/**
 * Whether nobody but the patient in force, or a representative in force, or also a limited key in force, may have signed; of `others too`
 * the route or the ledger judges who did.
 */
export type Signers = 'patient' | 'patient or representative' | 'patient or whoever acts' | 'patient or limited key' | 'others too'

/**
 * Judges at the door a statement that authenticates itself, before anything is written for it: its times, that its patient
 * is on the ledger and, where nobody else may say it, signed it. Only what the patient signed counts as one of that patient's.
 * @throws {GatewayError} STATEMENT_INVALID, STATEMENT_EXPIRED, STATEMENT_NOT_YET_VALID, SIGNATURE_INVALID, TOO_MANY_REQUESTS @throws
 * {LedgerError} PATIENT_UNKNOWN, REPRESENTATION_ENDED, DELEGATE_ENDED
 */
export async function admitStatement<T extends StatementOfPatient> (
  app: FastifyInstance,
  request: FastifyRequest,
  { id, body, signers }: CheckedStatement<T>,
  by: Signers
): Promise<void> {
  const { patientId, ...times } = body as { patientId: string, issuedAt: number, submitBefore?: number }
  const [reads, origin] = [request.routeOptions.config.stops === true ? app.stopReads : app.currentReads, originOf(request)]
  const isLate = checkTimes(times, app.ports.clock())
  const isKnown = await reads.read(`statement ${id}`, origin, () => app.ledger.gateway.findStatement(id)) !== undefined
  // What the ledger took in time can be sent again at any later one.
  if (isLate && !isKnown) {
    throw new GatewayError('STATEMENT_EXPIRED', `the statement could be submitted until ${String(times.submitBefore)}: sign a new one`)
  }
  const { reader, ledger } = app.proxy.context
  const directory = await reads.read(`directory ${patientId}`, origin, () => ledger.getDirectory(patientId))
  const signer = signerAmong(judged(() => verifyDirectory(directory, patientId, reader)), signers, by)
  // Statements on the ledger are public: who sends one again must not use up what the patient may still say.
  if (isKnown || signer === undefined) return
  if (signer === 'patient') {
    await app.countPatient(request, { patientId }, id)
    return
  }
  const { actor, as } = signer
  await app.proxy.actorEnds.requireInForce(patientId, actor, as, app.ports.clock())
  await app.countPatient(request, { patientId, inStead: { as, id: actor.id } }, id)
}

interface Acting { actor: Actor, as: InStead['as'] }

/** Whose statement it is; undefined where others may sign, too, and did. @throws {GatewayError} SIGNATURE_INVALID */
function signerAmong (directory: VerifiedDirectory, signers: readonly string[], by: Signers): 'patient' | Acting | undefined {
  if (signers.includes(directory.identityKey)) return 'patient'
  const acting = signers.length === 1 ? findActing(directory, signers.join(), by) : undefined
  if (acting !== undefined || by === 'others too') return acting
  throw new GatewayError('SIGNATURE_INVALID', `the statement is not signed with the patient's identity key${OTHERS[by]}`)
}

const OTHERS: Readonly<Record<Exclude<Signers, 'others too'>, string>> = {
  patient: '',
  'patient or representative': ', or a representative\'s',
  'patient or whoever acts': ', or a representative\'s, or a limited key',
  'patient or limited key': ', or the limited key that it ends'
}

function findActing ({ representations, delegates }: VerifiedDirectory, signer: string, by: Signers): Acting | undefined {
  const isOf = (...kinds: Signers[]): boolean => kinds.includes(by)
  const representation = representations.find((r) => r.representativeKey === signer)
  if (representation !== undefined && isOf('patient or representative', 'patient or whoever acts')) {
    return { actor: representation, as: 'representative' }
  }
  const delegate = delegates.find((d) => d.key === signer)
  if (delegate === undefined || !isOf('patient or limited key', 'patient or whoever acts')) return undefined
  return { actor: delegate, as: 'delegate' }
}

/** What a route of one patient gets that takes one signed statement. */
type OnePatients = FastifyRequest<{ Params: { patientId: string }, Body: { statement: SignedStatement } }>

/** The statement of a request to a route of one patient, about this patient, and admitted as `admitStatement` does. */
export async function admitStatementOf<T extends StatementOfPatient> (
  app: FastifyInstance,
  request: OnePatients,
  type: T,
  by: Signers
): Promise<CheckedStatement<T>> {
  const checked = checkStatementOf(request.params.patientId, type, request.body.statement, app.networkId)
  await admitStatement(app, request, checked, by)
  return checked
}

/** The times that the ledger will judge, by this gateway's clock; true when the statement is too late for it. */
export function checkTimes ({ issuedAt, submitBefore }: { issuedAt: number, submitBefore?: number }, now: number): boolean {
  if (issuedAt > now + TIMESTAMP_TOLERANCE_MS) {
    throw new GatewayError(
      'STATEMENT_NOT_YET_VALID',
      `the statement is issued ${String(issuedAt - now)} ms from now: set the signer's clock`
    )
  }
  if (submitBefore === undefined) return false
  if (submitBefore < issuedAt || submitBefore - issuedAt > STATEMENT_LIFE_MS) {
    throw new GatewayError('STATEMENT_INVALID', 'choose submitBefore at most 24 h after issuedAt')
  }
  return now > submitBefore + TIMESTAMP_TOLERANCE_MS
}
