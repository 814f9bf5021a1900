import { randomBytes, SecretKey, signAsAdmin, toHex } from '@epione/crypto'
import type { OrganizationKeys, SignedStatement } from '@epione/protocol'
import { activateConsent, HOUR_MS, keyHex, requestMembers, sign } from './ledger-fixtures.ts'
import type { ConsentMembers, TestConsent, TestPatient, TestPractitioner, TestRecord } from './ledger-fixtures.ts'
import type { LedgerWorld } from './ledger-world.ts'

/** An emergency key of an organisation as its admin published it, with its secret. */
export interface EmergencyKey { mspId: string, version: number, secret: SecretKey, statementId: string }

/** What the admin of `by` signs of an emergency key. */
export function signEmergencyKeys (
  world: LedgerWorld,
  members: Partial<OrganizationKeys> & { mspId: string },
  by = members.mspId
): SignedStatement {
  const issuedAt = world.now()
  const body = { nonce: toHex(randomBytes(16)), issuedAt, submitBefore: issuedAt + HOUR_MS, version: 1, ...members }
  return signAsAdmin({ type: 'OrganizationKeys', ...said(body) }, world.networkId, world.adminSecret(by))
}

/** A body without what is left out by `undefined`. */
function said<B extends object> (body: B): B {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as B
}

/** Publishes the next emergency key of an organisation. */
export async function publishEmergencyKey (world: LedgerWorld, mspId: string): Promise<EmergencyKey> {
  const { ledger } = world.gateway(mspId)
  const newest = await ledger.getEmergencyKeys(mspId).catch(() => undefined)
  const former = newest === undefined ? undefined : JSON.parse(newest.statement.body) as OrganizationKeys
  const secret = SecretKey.random()
  const version = (former?.version ?? 0) + 1
  const statement = signEmergencyKeys(world, { mspId, version, ...(newest && { previous: newest.id }), emergencyKey: keyHex(secret) })
  return { mspId, version, secret, statementId: (await ledger.publishEmergencyKeys(statement)).value.id }
}

/** Members that make a consent one for emergencies. */
export function depositMembers ({ mspId, version, secret }: EmergencyKey): Partial<ConsentMembers> {
  const grantee = { kind: 'organization' as const, mspId, keyVersion: version, receivingKey: keyHex(secret) }
  return { grantee, purposes: ['BTG'], emergency: true }
}

/** An emergency consent that is active: kfrags for the patient's first compartment, unless `members` say otherwise. */
export async function activateDeposit (
  world: LedgerWorld, patient: TestPatient, key: EmergencyKey, members: Partial<ConsentMembers> = {}
): Promise<TestConsent> {
  const holder = { mspId: key.mspId, receiving: key.secret } as TestPractitioner
  return await activateConsent(world, patient, holder, { ...depositMembers(key), ...members })
}

export interface EmergencyAsked {
  requester: TestPractitioner
  patient: TestPatient
  records: readonly TestRecord[]
  deposit: Pick<TestConsent, 'consentId' | 'body'>
  /** Who signs, too, and is named unless `members` say otherwise. */
  second?: TestPractitioner
  opening?: string
  reason?: string
  members?: object
}

export function signEmergency (world: LedgerWorld, asked: EmergencyAsked): SignedStatement {
  const { requester, patient, records, deposit, second, opening, reason = 'cannot-consent', members } = asked
  const emergency = { reason, ...(opening !== undefined && { opening }), ...(second && { second: second.staffId }) }
  return sign(world, 'AccessRequest', said({
    ...requestMembers(requester, patient, records, deposit.consentId),
    purpose: 'BTG',
    emergency,
    receivingKey: deposit.body.grantee.receivingKey,
    ...members
  }), requester.requestSigning, ...(second === undefined || second.staffId === requester.staffId ? [] : [second.requestSigning]))
}
