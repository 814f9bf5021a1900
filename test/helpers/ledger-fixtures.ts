import {
  SecretKey, createWrap, generateKfrags, patientIdOf, provePrecursor, randomBytes, signStatement, statementId, toHex,
  wrapHash
} from '@epione/crypto'
import { recordPlace } from '@epione/protocol'
import type { Consent, ContentManifest, KeyDirectory, SignedStatement, StatementType } from '@epione/protocol'
import type { Place, ProvenPrecursor, VerifiedKfrag } from '@epione/crypto'
import type { Enrollment, LedgerActor, LedgerWorld } from './ledger-world.ts'

export const HOUR_MS = 3_600_000
/** Statements that end something, which have no upper bound. */
const UNBOUNDED: readonly StatementType[] = [
  'Revocation', 'RecoveryStop', 'RepresentationEnd', 'Freeze', 'Session', 'WriteCard', 'Suspension', 'EmergencyClose', 'DeviceEnd',
  'WindowReceipt'
]

export interface TestCompartment { label: string, level: 'N' | 'R' | 'V', epoch: number, secret: SecretKey }
export interface TestPatient {
  patientId: string
  identity: SecretKey
  kfragSigning: SecretKey
  compartments: [TestCompartment, TestCompartment]
  directoryId: string
  /** Of the network on which the directory was published: wraps are of places there. */
  networkId: Uint8Array
}
export interface TestPractitioner extends LedgerActor { receiving: SecretKey, requestSigning: SecretKey, envelope?: SecretKey }
export interface TestRecord {
  recordId: string
  version: number
  manifestId: string
  wrap: Uint8Array
  wrapHash: string
  /** For which the wrap was made. */
  place: Place
  compartment: TestCompartment
}
export interface TestConsent { consentId: string, body: Consent, kfrags: Map<string, VerifiedKfrag[]>, patient: TestPatient }

export const keyHex = (secret: SecretKey): string => secret.publicKey().toHex()
export const randomHash = (): string => toHex(randomBytes(32))

/** A body of `type` with nonce and times; `members` may replace them. */
export function createBody (world: LedgerWorld, type: StatementType, members: object): object {
  const issuedAt = world.now()
  const bounds = UNBOUNDED.includes(type) ? { issuedAt } : { issuedAt, submitBefore: issuedAt + HOUR_MS }
  return { type, nonce: toHex(randomBytes(16)), ...bounds, ...members }
}

/** A signed statement of `type`. */
export function sign (world: LedgerWorld, type: StatementType, members: object, ...keys: SecretKey[]): SignedStatement {
  return signStatement({ type, networkId: world.networkId, body: createBody(world, type, members), keys })
}

export function createPatient (): TestPatient {
  const identity = SecretKey.random()
  const compartment = (level: 'N' | 'V'): TestCompartment => ({ label: randomHash(), level, epoch: 1, secret: SecretKey.random() })
  return {
    patientId: patientIdOf(identity.publicKey()),
    identity,
    kfragSigning: SecretKey.random(),
    compartments: [compartment('N'), compartment('V')],
    directoryId: '',
    networkId: new Uint8Array(32)
  }
}

/** Members of a patient's first directory; spread over them to break or follow it. */
export function directoryMembers (
  { patientId, identity, kfragSigning, compartments }: TestPatient
): Pick<KeyDirectory, 'patientId' | 'version' | 'identityKey' | 'kfragSigningKey' | 'compartments'> {
  const listed = compartments.map(({ label, level, epoch, secret }) => ({ label, level, epoch, key: keyHex(secret) }))
  return { patientId, version: 1, identityKey: keyHex(identity), kfragSigningKey: keyHex(kfragSigning), compartments: listed }
}

/** A new patient whose directory is on the ledger. */
export async function publishPatient (world: LedgerWorld): Promise<TestPatient> {
  const patient = createPatient()
  const { value } = await world.registrar(world.members[0]).ledger.publishDirectory(
    sign(world, 'KeyDirectory', directoryMembers(patient), patient.identity)
  )
  return { ...patient, directoryId: value.id, networkId: world.networkId }
}

/** A new practitioner, by default a physician, whose keys are bound. */
export async function bindPractitioner (world: LedgerWorld, who: Partial<Enrollment> = {}): Promise<TestPractitioner> {
  const actor = await world.enroll({ mspId: world.members[0], role: 'physician', ...who })
  const practitioner = { ...actor, receiving: SecretKey.random(), requestSigning: SecretKey.random() }
  await actor.ledger.bindKeys(signBinding(world, practitioner))
  return practitioner
}

export function signBinding (
  world: LedgerWorld,
  { mspId, staffId, receiving, requestSigning, envelope }: TestPractitioner,
  version = 1,
  ...former: SecretKey[]
): SignedStatement {
  return sign(
    world,
    'KeyBinding',
    {
      mspId,
      staffId,
      version,
      receivingKey: keyHex(receiving),
      requestKey: keyHex(requestSigning),
      ...(envelope === undefined ? {} : { envelopeKey: keyHex(envelope) })
    },
    requestSigning,
    receiving,
    ...former
  )
}

/** Members of a first manifest, or of that record version and author, and the wrap that it names. */
export function createManifest (
  { mspId, staffId }: Pick<LedgerActor, 'mspId' | 'staffId'>,
  patient: TestPatient,
  compartment = patient.compartments[0],
  of: { recordId?: string, version?: number, author?: ContentManifest['author'] } = {}
): { members: Omit<ContentManifest, 'type' | 'nonce' | 'issuedAt' | 'submitBefore'>, wrap: Uint8Array, place: Place } {
  const { recordId = toHex(randomBytes(16)), version = 1, author = { kind: 'practitioner' as const, mspId, staffId } } = of
  const place = recordPlace(patient.networkId, { recordId, version, author })
  const wrap = createWrap(compartment.secret.publicKey(), randomBytes(32), place)
  const members = {
    recordId,
    version,
    patientId: patient.patientId,
    author,
    label: compartment.label,
    epoch: compartment.epoch,
    contentHash: randomHash(),
    sizeClass: 20,
    cid: `b${'a'.repeat(58)}`,
    wrapHash: toHex(wrapHash(wrap, place)),
    mediaClass: 'document' as const
  }
  return { members, wrap, place }
}

/** The precursor of kfrags made for one compartment, with its proof. */
function proveCompartment (
  { networkId }: LedgerWorld,
  { patientId }: TestPatient,
  { label, epoch }: TestCompartment,
  [kfrag]: readonly VerifiedKfrag[]
): ProvenPrecursor {
  if (kfrag === undefined) throw new Error('at least one kfrag')
  return provePrecursor(kfrag, { networkId, patientId, label, epoch })
}

export async function registerRecord (
  world: LedgerWorld,
  author: TestPractitioner,
  patient: TestPatient,
  compartment = patient.compartments[0]
): Promise<TestRecord> {
  const { members, wrap, place } = createManifest(author, patient, compartment)
  const { value } = await author.ledger.registerRecord(sign(world, 'RecordManifest', members, author.requestSigning))
  return { recordId: members.recordId, version: 1, manifestId: value.manifest.id, wrap, wrapHash: members.wrapHash, place, compartment }
}

export type ConsentMembers = Omit<Consent, 'type' | 'nonce' | 'issuedAt' | 'submitBefore'>

/** A consent to a practitioner, 2-of-3 unless said otherwise, with kfrags for the first compartment. */
export function createConsent (
  world: LedgerWorld,
  patient: TestPatient,
  grantee: TestPractitioner,
  members: Partial<ConsentMembers> = {}
): { members: ConsentMembers, kfrags: Map<string, VerifiedKfrag[]> } {
  const [compartment] = patient.compartments
  const proxies = world.members.slice(0, 3)
  const made = generateKfrags({
    delegatingKey: compartment.secret,
    receivingKey: grantee.receiving.publicKey(),
    signingKey: patient.kfragSigning,
    threshold: 2,
    shares: proxies.length
  })
  const shares = made.map((kfrag, i) => ({ mspId: proxies[i] ?? '', kfragId: toHex(kfrag.id), commitment: toHex(kfrag.commitment) }))
  const consent: ConsentMembers = {
    patientId: patient.patientId,
    directoryVersion: 1,
    grantee: { kind: 'practitioner', mspId: grantee.mspId, staffId: grantee.staffId, receivingKey: keyHex(grantee.receiving) },
    compartments: [
      { label: compartment.label, epoch: compartment.epoch, precursor: proveCompartment(world, patient, compartment, made), shares }
    ],
    actions: ['read'],
    purposes: ['TREAT'],
    notBefore: world.now() - HOUR_MS,
    notAfter: world.now() + 100 * HOUR_MS,
    conditions: [],
    threshold: 2,
    emergency: false,
    ...members
  }
  return { members: consent, kfrags: new Map(proxies.map((p, i) => [p, made.slice(i, i + 1)])) }
}

/** A consent on the ledger, in nobody's custody yet. */
export async function grantConsent (
  world: LedgerWorld,
  patient: TestPatient,
  grantee: TestPractitioner,
  overrides: Partial<ConsentMembers> = {}
): Promise<TestConsent> {
  const { members, kfrags } = createConsent(world, patient, grantee, overrides)
  const statement = sign(world, 'Consent', members, patient.identity)
  await world.gateway(world.members[0]).ledger.grantConsent(statement)
  return { consentId: statementId(statement.body), body: JSON.parse(statement.body) as Consent, kfrags, patient }
}

/** What an organisation's proxy says about its kfrags of a consent. */
export function signCustody (
  world: LedgerWorld,
  { consentId, body }: TestConsent,
  mspId: string,
  members: object = {},
  key = world.proxySigner(mspId)
): SignedStatement {
  const kfragIds = body.compartments.flatMap((c) => c.shares.filter((s) => s.mspId === mspId).map((s) => s.kfragId))
  return sign(world, 'CustodyConfirmation', { mspId, consentId, kfragIds, ...members }, key)
}

export function signDestruction (
  world: LedgerWorld,
  { consentId, body }: TestConsent,
  mspId: string,
  members: object = {}
): SignedStatement {
  const kfragIds = body.compartments.flatMap((c) => c.shares.filter((s) => s.mspId === mspId).map((s) => s.kfragId))
  return sign(world, 'Destruction', { mspId, consentId, kfragIds, cause: 'revoked', ...members }, world.proxySigner(mspId))
}

export async function confirmCustody (world: LedgerWorld, consent: TestConsent, ...mspIds: string[]): Promise<void> {
  for (const mspId of mspIds) await world.gateway(mspId).ledger.confirmCustody(signCustody(world, consent, mspId))
}

/** A consent whose kfrags are in the custody of two proxies: it is active. */
export async function activateConsent (
  world: LedgerWorld,
  patient: TestPatient,
  grantee: TestPractitioner,
  overrides: Partial<ConsentMembers> = {}
): Promise<TestConsent> {
  const consent = await grantConsent(world, patient, grantee, overrides)
  await confirmCustody(world, consent, ...world.members.slice(0, 2))
  return consent
}

export function signRevocation (world: LedgerWorld, { patientId, identity }: TestPatient, consentId: string): SignedStatement {
  return sign(world, 'Revocation', { patientId, consentId }, identity)
}

/** `members`: what is forbidden, ended, or both. */
export function signProhibition (world: LedgerWorld, { patientId, identity }: TestPatient, members: object): SignedStatement {
  return sign(world, 'Prohibition', { patientId, ...members }, identity)
}

/** Members of a request for treatment; spread over them to ask otherwise. */
export function requestMembers (
  requester: TestPractitioner,
  patient: TestPatient,
  records: readonly TestRecord[],
  consentId?: string
): object {
  return {
    requester: { mspId: requester.mspId, staffId: requester.staffId },
    patientId: patient.patientId,
    ...(consentId !== undefined && { consentId }),
    records: records.map(({ recordId, version }) => ({ recordId, version })),
    action: 'read',
    purpose: 'TREAT',
    receivingKey: keyHex(requester.receiving)
  }
}

export function signRequest (
  world: LedgerWorld,
  requester: TestPractitioner,
  patient: TestPatient,
  records: readonly TestRecord[],
  consentId?: string,
  members: object = {}
): SignedStatement {
  return sign(world, 'AccessRequest', { ...requestMembers(requester, patient, records, consentId), ...members }, requester.requestSigning)
}
