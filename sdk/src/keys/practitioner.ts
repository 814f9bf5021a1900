import type { KeyRing, PublicKey } from '@epione/crypto'
import type { PersonId, VerifiedBinding } from '@epione/protocol/verify'
import { findBinding } from './bindings.ts'
import { findKeyNumber } from './own-keys.ts'
import type { BearerToken, ClientContext, PractitionerContext, TokenContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'
import { makeStatement } from '../context/statements.ts'
import { submitThroughOwn } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'

/** `keys`: where the key of their certificate is, or will be. */
export interface Enrolled extends PersonId { subject: string, role: string, department?: string, keys: 'gateway' | 'device' }

/** The hospital's admin enrols a member of staff with the hospital's CA; no key of that person is involved. */
export async function enrolPractitioner (
  context: TokenContext,
  person: { subject: string, role: string, department?: string, keys?: 'gateway' | 'device' }
): Promise<Enrolled> {
  const { mspId, staffId, role, department, keys } = await context.gateways.own.enrolPractitioner(person, context.token.authorize)
  return { subject: person.subject, mspId, staffId, role, ...(department === undefined ? {} : { department }), keys }
}

/** Who the hospital says the holder of this token is. @throws {ClientError} ECHO_MISMATCH for another hospital's person */
export async function readSelf (context: ClientContext, token: BearerToken): Promise<PersonId> {
  const { info } = context.gateways.own
  const { mspId, staffId } = await context.gateways.own.getSelf(token.authorize)
  if (mspId !== info.mspId) {
    throw new ClientError('ECHO_MISMATCH', `The gateway of ${info.mspId} says that you belong to ${mspId}.`, {
      party: { kind: 'gateway', mspId: info.mspId }
    })
  }
  return { mspId, staffId }
}

/**
 * Which pair of a phrase is bound to this person, found by trying, so that phrase and ledger suffice; 1 where none is bound yet.
 * @throws {ClientError} BINDING_FOREIGN when none of the phrase's is
 */
export async function findBoundNumber (context: ClientContext, person: PersonId, keys: KeyRing): Promise<number> {
  const binding = await findBinding(context, person)
  if (binding === undefined) return 1
  const number = findKeyNumber((n) => keys.receiving(n), binding.receivingKey.toHex())
  if (number !== undefined) return number
  throw new ClientError('BINDING_FOREIGN', `The keys bound to ${person.mspId}/${person.staffId} are not of this phrase: they are of another home of yours ("init --restore" with its phrase), or somebody else bound them in your name.`, {
    party: { kind: 'gateway', mspId: person.mspId },
    fingerprint: fingerprintOf(binding.receivingKey)
  })
}

export interface BindResult extends Written {
  mspId: string
  staffId: string
  version: number
  statementId: string
  fingerprint: string
  keyNumber: number
}

/**
 * Binds the workstation's keys to the person on the ledger, signed with both keys, and with `rotate` a new pair, signed also with
 * the request key before. Bound already, it says so and does nothing. @throws {ClientError} BINDING_FOREIGN
 */
export async function bindKeys (context: PractitionerContext, { rotate = false } = {}): Promise<Done<BindResult>> {
  const { person } = context
  const former = await findBinding(context, person)
  if (former === undefined && rotate) throw new ClientError('USAGE', 'No keys are bound yet: bind the first ones without --rotate.')
  const boundNumber = former === undefined ? undefined : boundKeyNumber(context, former)
  const isDue = boundNumber === undefined || (rotate && boundNumber === context.keyNumber)
  if (former !== undefined && boundNumber !== undefined && !isDue) return alreadyBound(context, former, boundNumber)
  return bind(context, former, rotate)
}

async function bind (context: PractitionerContext, former: VerifiedBinding | undefined, rotate: boolean): Promise<Done<BindResult>> {
  const { keys, person } = context
  const keyNumber = rotate ? context.keyNumber + 1 : context.keyNumber
  const [request, receiving] = [keys.requestSigning(keyNumber), keys.receiving(keyNumber)]
  const version = (former?.newest.version ?? 0) + 1
  const { id, statement } = makeStatement(context, 'KeyBinding', {
    ...person,
    version,
    receivingKey: receiving.publicKey().toHex(),
    requestKey: request.publicKey().toHex(),
    envelopeKey: keys.envelope(keyNumber).publicKey().toHex()
  },
  [request, receiving, ...(rotate ? [keys.requestSigning(context.keyNumber)] : [])])
  const own = { ...person, version, statementId: id, fingerprint: fingerprintOf(receiving.publicKey()), keyNumber }
  return submitThroughOwn(context, {
    statementId: id,
    send: async (gateway) => ({ ...await gateway.bindKeys(statement, id, context.token.authorize), ...own }),
    recover: (written) => ({ ...own, ...written })
  })
}

async function alreadyBound (context: PractitionerContext, binding: VerifiedBinding, keyNumber: number): Promise<Done<BindResult>> {
  const { version } = binding.newest
  const statementId = binding.versions.at(-1)?.id ?? ''
  const { txId } = await context.gateways.own.getStatement(statementId)
  return {
    ...context.person,
    version,
    statementId,
    fingerprint: fingerprintOf(binding.receivingKey),
    keyNumber,
    txId,
    confirmedElsewhere: true
  }
}

/**
 * Which of this phrase's key pairs is bound: the one in use, or the next when a rotation was interrupted before it was
 * written down. Any other is somebody else's. @throws {ClientError} BINDING_FOREIGN
 */
function boundKeyNumber ({ keys, keyNumber, person }: PractitionerContext, { newest, receivingKey }: VerifiedBinding): number {
  const found = [keyNumber, keyNumber + 1].find((n) =>
    newest.requestKey === keys.requestSigning(n).publicKey().toHex() && newest.receivingKey === keys.receiving(n).publicKey().toHex())
  if (found !== undefined) return found
  throw new ClientError(
    'BINDING_FOREIGN',
    `The ledger binds other keys to ${person.mspId}/${person.staffId} than those of this home. If you bound them from another home, use that one, or bring its phrase here with "epione practitioner init --restore FILE"; new keys take their place with "bind --rotate" from the home that has the present ones. If you did not, tell your hospital and every patient who may trust that binding.`,
    { party: { kind: 'gateway', mspId: person.mspId }, fingerprint: fingerprintOf(receivingKey) }
  )
}

/** Refuses to act while the ledger binds other keys to this person than those in use: then the hospital lets somebody else act for them. */
export async function requireOwnBinding (context: PractitionerContext): Promise<void> {
  const binding = await findBinding(context, context.person)
  if (binding === undefined) throw new ClientError('NOT_FOUND', 'Your keys are not bound yet: run "epione practitioner bind".')
  const number = boundKeyNumber(context, binding)
  if (number !== context.keyNumber) {
    throw new ClientError('NOT_INITIALIZED', 'A rotation of your keys was interrupted: run "epione practitioner bind" once more.')
  }
}

/** What a practitioner reads to a patient, who compares it before consenting. */
export function fingerprintOf (receivingKey: PublicKey): string {
  return receivingKey.fingerprint()
}
