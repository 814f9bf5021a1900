import { SecretKey, createWrap, randomBytes, statementId, toHex, wrapHash } from '@epione/crypto'
import { HOUR_MS, keyHex, randomHash, sign } from './ledger-fixtures.ts'
import { DELEGATE_POWERS } from '@epione/protocol'
import type { Delegate, Guardians, Representation, SignedStatement, WrapRewrap } from '@epione/protocol'
import type { TestCompartment, TestPatient, TestRecord } from './ledger-fixtures.ts'
import type { LedgerWorld } from './ledger-world.ts'

export interface TestGuardian { signing: SecretKey, receiving: SecretKey }
/** An issue of guardians on the ledger; by default two of three count. */
export interface TestGuardians { issue: number, threshold: number, all: [TestGuardian, TestGuardian, TestGuardian], issueId: string }

export const createGuardian = (): TestGuardian => ({ signing: SecretKey.random(), receiving: SecretKey.random() })

/** Members of an issue; spread over them to break it. */
export function guardiansMembers (
  { patientId }: TestPatient,
  all: readonly TestGuardian[],
  former?: TestGuardians
): Omit<Guardians, 'type' | 'nonce' | 'issuedAt' | 'submitBefore'> {
  return {
    patientId,
    issue: (former?.issue ?? 0) + 1,
    ...(former !== undefined && { previous: former.issueId }),
    threshold: 2,
    guardians: all.map((
      { signing, receiving }
    ) => ({ signingKey: keyHex(signing), receivingKey: keyHex(receiving), shareHash: randomHash(), sealedHash: randomHash() })),
    backupHash: randomHash()
  }
}

/** Three new guardians on the ledger, `former` being the issue that they replace. */
export async function publishGuardians (world: LedgerWorld, patient: TestPatient, former?: TestGuardians): Promise<TestGuardians> {
  const all: TestGuardians['all'] = [createGuardian(), createGuardian(), createGuardian()]
  const members = guardiansMembers(patient, all, former)
  const { value } = await world.gateway(world.members[0]).ledger.publishGuardians(sign(world, 'Guardians', members, patient.identity))
  return { issue: members.issue, threshold: members.threshold, all, issueId: value.id }
}

/** The first two guardians' signing keys: as many as count. */
export const twoOf = ({ all: [first, second] }: TestGuardians): [SecretKey, SecretKey] => [first.signing, second.signing]

export function signRecovery (world: LedgerWorld, { patientId }: TestPatient, issue: number, ...keys: SecretKey[]): SignedStatement {
  return sign(world, 'RecoveryRequest', { patientId, issue, receivingKey: keyHex(SecretKey.random()) }, ...keys)
}

export function signStop (world: LedgerWorld, { patientId }: TestPatient, target: string, ...keys: SecretKey[]): SignedStatement {
  return sign(world, 'RecoveryStop', { patientId, target }, ...keys)
}

export function signFreeze (world: LedgerWorld, { patientId }: TestPatient, ...keys: SecretKey[]): SignedStatement {
  return sign(world, 'Freeze', { patientId }, ...keys)
}

export function signUnfreeze (world: LedgerWorld, { patientId }: TestPatient, freezeId: string, ...keys: SecretKey[]): SignedStatement {
  return sign(world, 'Unfreeze', { patientId, freezeId }, ...keys)
}

export function signSuccession (world: LedgerWorld, former: TestPatient, successor: TestPatient, ...keys: SecretKey[]): SignedStatement {
  return sign(world, 'Succession', { patientId: former.patientId, successor: successor.patientId }, ...keys)
}

/** Members of a rewrap of a record into a compartment of `patient`, and the wrap that it names. */
export function createRewrap (
  { patientId }: TestPatient,
  record: TestRecord,
  { label, epoch, secret }: TestCompartment
): { members: Omit<WrapRewrap, 'type' | 'nonce' | 'issuedAt' | 'submitBefore'>, wrap: Uint8Array } {
  const wrap = createWrap(secret.publicKey(), randomBytes(32), record.place)
  const members = {
    patientId,
    recordId: record.recordId,
    version: record.version,
    previousWrapHash: record.wrapHash,
    label,
    epoch,
    wrapHash: toHex(wrapHash(wrap, record.place))
  }
  return { members, wrap }
}

/** Rewraps a record on the ledger; returns it as it is then. */
export async function rewrapRecord (
  world: LedgerWorld,
  patient: TestPatient,
  record: TestRecord,
  compartment: TestCompartment
): Promise<TestRecord> {
  const { members, wrap } = createRewrap(patient, record, compartment)
  await world.gateway(world.members[0]).ledger.rewrapRecord(sign(world, 'Rewrap', members, patient.identity))
  return { ...record, wrap, wrapHash: members.wrapHash, compartment }
}

/** Somebody who acts for a patient; `acting` signs in their stead wherever a patient is asked for. */
export interface TestRepresentative { id: string, key: SecretKey, receiving: SecretKey, acting: TestPatient }

/** Members of a representation of an hour, and its keys; spread over them to break it. */
export function createRepresentation (
  world: LedgerWorld, { patientId }: TestPatient
): { key: SecretKey, receiving: SecretKey, members: Omit<Representation, 'type' | 'nonce' | 'issuedAt' | 'submitBefore'> } {
  const [key, receiving] = [SecretKey.random(), SecretKey.random()]
  const members = {
    patientId, representativeKey: keyHex(key), receivingKey: keyHex(receiving), relation: 'prn', notAfter: world.now() + HOUR_MS
  }
  return { key, receiving, members }
}

/** A representation that both signed and a registrar, of the first member unless said otherwise, confirmed. */
export async function confirmRepresentative (
  world: LedgerWorld, patient: TestPatient, change: object = {}, mspId: string = world.members[0]
): Promise<TestRepresentative> {
  const { key, receiving, members } = createRepresentation(world, patient)
  const statement = sign(world, 'Representation', { ...members, ...change }, patient.identity, key)
  await world.registrar(mspId).ledger.representPatient(statement)
  return { id: statementId(statement.body), key, receiving, acting: { ...patient, identity: key } }
}

export function signRepresentationEnd (
  world: LedgerWorld, { patientId }: TestPatient, representationId: string, ...keys: SecretKey[]
): SignedStatement {
  return sign(world, 'RepresentationEnd', { patientId, representationId }, ...keys)
}

/** A limited key on the ledger; `acting` signs with it wherever a patient is asked for. */
export interface TestDelegate { id: string, key: SecretKey, acting: TestPatient }

/** Members of a statement that names a limited key for an hour, with all powers; spread over `delegate` to break it. */
export function createDelegate (
  world: LedgerWorld, { patientId }: TestPatient, change: Partial<NonNullable<Delegate['delegate']>> = {}
): { key: SecretKey, members: Omit<Delegate, 'type' | 'nonce' | 'issuedAt' | 'submitBefore'> } {
  const key = SecretKey.random()
  const delegate = { key: keyHex(key), powers: [...DELEGATE_POWERS], notAfter: world.now() + HOUR_MS, ...change }
  return { key, members: { patientId, delegate } }
}

/** A limited key that its patient named. */
export async function nameDelegate (
  world: LedgerWorld, patient: TestPatient, change: Partial<NonNullable<Delegate['delegate']>> = {}
): Promise<TestDelegate> {
  const { key, members } = createDelegate(world, patient, change)
  const statement = sign(world, 'Delegate', members, patient.identity)
  await world.gateway(world.members[0]).ledger.changeDelegates(statement)
  return { id: statementId(statement.body), key, acting: { ...patient, identity: key } }
}

export function signDelegateEnd (world: LedgerWorld, { patientId }: TestPatient, ends: string, ...keys: SecretKey[]): SignedStatement {
  return sign(world, 'Delegate', { patientId, ends }, ...keys)
}
