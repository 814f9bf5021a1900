import { writeFile } from 'node:fs/promises'
import {
  batchBytes, concatBytes, createWrap, generateKfrags, parseWrap, Place, patientIdOf, provePrecursor, reencryptBatch, SecretKey, signAnswer,
  signStatement,
  statementId, toHex, wrapHash
} from '@epione/crypto'
import { recordPlace } from '@epione/protocol'
import type { AnswerBody, VerifiedKfrag } from '@epione/crypto'
import type {
  BindingHistory, ConsentState, DelegateState, PatientDirectory, PatientSafety, RecordState, RepresentationState, StatementType,
  StoredStatement
} from '@epione/protocol'
import { hex, MINUTE, seededStatements, START } from './seeded-statements.ts'

/**
 * Writes judges.json and answers.json: statements and answers with the one verdict that everybody who judges them must give: `accepted`,
 * or the code of the first check that fails.
 * Usage: node test/vectors/judges.generate.ts
 */
const { rng, networkId, hash, key, sign, stored } = seededStatements('epione/judges', { lifeMs: 15 * MINUTE })

interface Keys { identity: SecretKey, signing: SecretKey, compartment: SecretKey }
interface Patient extends Keys { id: string, label: string }

const newKeys = (): Keys => ({ identity: key(), signing: key(), compartment: key() })
function newPatient (): Patient {
  const keys = newKeys()
  return { ...keys, id: patientIdOf(keys.identity.publicKey()), label: hash() }
}

type Compartments = { label: string, level: string, epoch: number, key: string }[]
const listed = (
  { label, compartment }: { label: string, compartment: SecretKey },
  epoch = 1
): Compartments => [{ label, level: 'N', epoch, key: hex(compartment) }]

/** A version, signed by its identity key and the one before; `change` breaks it. */
function version (
  { id, label }: Patient,
  keys: Keys,
  number: number,
  {
    former,
    time = START,
    issuedAt = time,
    change = {},
    cosigner
  }: { former?: StoredStatement & { identity: SecretKey }, time?: number, issuedAt?: number, change?: object, cosigner?: SecretKey } = {}
): StoredStatement & { identity: SecretKey } {
  const members = {
    patientId: id,
    version: number,
    ...(former === undefined
      ? {}
      : {
          previous: former.id
        }),
    identityKey: hex(keys.identity),
    kfragSigningKey: hex(keys.signing),
    compartments: listed({ label, ...keys }),
    ...change
  }
  const signers = former === undefined || former.identity === keys.identity ? [keys.identity] : [former.identity, keys.identity]
  return {
    ...stored(sign('KeyDirectory', members, cosigner === undefined ? signers : [...signers, cosigner], issuedAt), time),
    identity: keys.identity
  }
}

const plain = ({ identity: _, ...rest }: StoredStatement & { identity: SecretKey }): StoredStatement => rest
const directoryOf = (
  patient: Patient,
  ...versions: (StoredStatement & { identity: SecretKey })[]
): PatientDirectory => ({ patientId: patient.id, versions: versions.map(plain) })

/** Who acts for a patient from START on, for 100 minutes; `change` and `keys` break it. */
function representationOf (
  patient: Patient, representative: SecretKey, { change = {}, keys = [patient.identity, representative], end }:
  { change?: object, keys?: SecretKey[], end?: { time: number, keys: SecretKey[], change?: object } } = {}
): RepresentationState {
  const members = {
    patientId: patient.id,
    representativeKey: hex(representative),
    receivingKey: hex(key()),
    relation: 'prn',
    notAfter: START + 100 * MINUTE,
    ...change
  }
  const representation = stored(sign('Representation', members, keys), START)
  if (end === undefined) return { representation }
  const type = 'RepresentationEnd'
  const body = { type, nonce: toHex(rng(16)), issuedAt: START, patientId: patient.id, representationId: representation.id, ...end.change }
  return { representation, end: { statement: stored(signStatement({ type, networkId, body, keys: end.keys }), end.time) } }
}

/** A limited key of a patient from START on, for 100 minutes; `change` and `keys` break it. */
function delegateOf (
  patient: Patient, delegate: SecretKey, { change = {}, keys = [patient.identity], endedAt }:
  { change?: object, keys?: SecretKey[], endedAt?: number } = {}
): DelegateState {
  const limited = { key: hex(delegate), powers: ['revoke'], notAfter: START + 100 * MINUTE, ...change }
  const named = stored(sign('Delegate', { patientId: patient.id, delegate: limited }, keys), START)
  if (endedAt === undefined) return { delegate: named }
  return { delegate: named, end: stored(sign('Delegate', { patientId: patient.id, ends: named.id }, [patient.identity]), endedAt) }
}

/* Directories: the chain from the patient id on, its keys, what a version may change, and what waits. */
function directoryCases (): object[] {
  const patient = newPatient()
  const first = version(patient, patient, 1)
  const renewed: Keys = { identity: key(), signing: patient.signing, compartment: patient.compartment }
  const time = START + MINUTE
  const one = (
    change: object,
    cosigner?: SecretKey
  ): PatientDirectory => directoryOf(patient, version(patient, patient, 1, { change, ...(cosigner === undefined ? {} : { cosigner }) }))
  const two = (
    change: object,
    keys: Keys = patient
  ): PatientDirectory => directoryOf(patient, first, version(patient, keys, 2, { former: first, time, change }))
  const alone = (
    signer: SecretKey,
    of = renewed
  ): PatientDirectory => directoryOf(patient, first, {
    ...stored(
      sign('KeyDirectory', JSON.parse(version(patient, of, 2, { former: first, time }).statement.body) as object, [signer], time),
      time
    ),
    identity: of.identity
  })
  const waiting = (
    directory: StoredStatement
  ): PatientDirectory => ({ ...directoryOf(patient, first), pending: { directory, activeFrom: START + 100 * MINUTE } })
  const second = version(patient, renewed, 2, { former: first, time })
  const next = plain(second)
  const noPoint = `02${'00'.repeat(31)}05`
  const stranger = newPatient()
  const grown = [...listed(patient), ...listed({ label: hash(), compartment: key() })]
  const ended = (
    members: object,
    keys: SecretKey[]
  ): PatientDirectory => ({ ...directoryOf(patient, first), succession: stored(sign('Succession', members, keys, time), time) })
  return [
    { name: 'a directory of one version', verdict: 'accepted', directory: directoryOf(patient, first) },
    {
      name: 'an epoch raised with a new key',
      verdict: 'accepted',
      directory: two({ compartments: listed({ label: patient.label, compartment: key() }, 2) })
    },
    { name: 'a compartment more', verdict: 'accepted', directory: two({ compartments: grown }) },
    { name: 'a new identity key signed by both', verdict: 'accepted', directory: two({}, renewed) },
    {
      name: 'an identity key that was exchanged before',
      verdict: 'KEYS_UNFIT',
      directory: directoryOf(patient, first, second, version(patient, patient, 3, { former: second, time: time + MINUTE }))
    },
    { name: 'a new identity key signed by the former one alone', verdict: 'SIGNER_WRONG', directory: alone(patient.identity) },
    { name: 'a new identity key signed by itself alone', verdict: 'SIGNER_WRONG', directory: alone(renewed.identity) },
    { name: 'a version that a stranger signs, too', verdict: 'SIGNER_WRONG', directory: one({}, key()) },
    {
      name: 'a version whose signature is broken',
      verdict: 'SIGNATURE_INVALID',
      directory: { patientId: patient.id, versions: [brokenly(plain(first))] }
    },
    { name: 'a version with a member too many', verdict: 'STATEMENT_MALFORMED', directory: one({ remark: 'none' }) },
    {
      name: 'a version kept under another id',
      verdict: 'ID_MISMATCH',
      directory: { patientId: patient.id, versions: [{ ...plain(first), id: hash() }] }
    },
    { name: 'no version', verdict: 'MISSING', directory: { patientId: patient.id, versions: [] } },
    { name: 'another patient\'s directory', verdict: 'FOREIGN', directory: directoryOf(stranger, version(stranger, stranger, 1)) },
    {
      name: 'another patient\'s keys under this patient id',
      verdict: 'PATIENT_ID_MISMATCH',
      directory: directoryOf(patient, version(patient, stranger, 1))
    },
    { name: 'a second version that follows none', verdict: 'CHAIN_BROKEN', directory: two({ previous: hash() }) },
    { name: 'a third version after the first', verdict: 'CHAIN_BROKEN', directory: two({ version: 3 }) },
    { name: 'a kfrag-signing key that is no point', verdict: 'KEYS_UNFIT', directory: one({ kfragSigningKey: noPoint }) },
    {
      name: 'a compartment key that is no point',
      verdict: 'KEYS_UNFIT',
      directory: one({ compartments: [{ label: patient.label, level: 'N', epoch: 1, key: noPoint }] })
    },
    {
      name: 'two compartments with one key',
      verdict: 'KEYS_UNFIT',
      directory: one({ compartments: [...listed(patient), ...listed({ label: hash(), compartment: patient.compartment })] })
    },
    {
      name: 'a compartment with the kfrag-signing key',
      verdict: 'KEYS_UNFIT',
      directory: one({ compartments: listed({ label: patient.label, compartment: patient.signing }) })
    },
    {
      name: 'one label twice',
      verdict: 'KEYS_UNFIT',
      directory: one({ compartments: [...listed(patient), ...listed({ label: patient.label, compartment: key() }, 2)] })
    },
    {
      name: 'two keys for one epoch of a label',
      verdict: 'KEYS_UNFIT',
      directory: two({ compartments: listed({ label: patient.label, compartment: key() }) })
    },
    { name: 'an epoch raised with the key it had', verdict: 'KEYS_UNFIT', directory: two({ compartments: listed(patient, 2) }) },
    {
      name: 'an epoch raised by two',
      verdict: 'KEYS_UNFIT',
      directory: two({ compartments: listed({ label: patient.label, compartment: key() }, 3) })
    },
    { name: 'a compartment that begins with epoch 2', verdict: 'KEYS_UNFIT', directory: one({ compartments: listed(patient, 2) }) },
    {
      name: 'a compartment left out',
      verdict: 'KEYS_UNFIT',
      directory: two({ compartments: listed({ label: hash(), compartment: key() }) })
    },
    { name: 'another custodian than before', verdict: 'KEYS_UNFIT', directory: two({ custodian: 'CoreMSP' }) },
    { name: 'a new identity key that waits', verdict: 'accepted', directory: waiting(next) },
    {
      name: 'one that waits and that the former key did not sign',
      verdict: 'SIGNER_WRONG',
      directory: waiting(alone(renewed.identity).versions[1] ?? next)
    },
    {
      name: 'one that another version made void',
      verdict: 'accepted',
      directory: { ...two({ compartments: grown }), pending: { directory: next, activeFrom: START } }
    },
    {
      name: 'handed over',
      verdict: 'accepted',
      directory: ended({ patientId: patient.id, successor: stranger.id }, [patient.identity, stranger.identity])
    },
    {
      name: 'another\'s hand-over',
      verdict: 'FOREIGN',
      directory: ended({ patientId: stranger.id, successor: patient.id }, [patient.identity, stranger.identity])
    },
    {
      name: 'handed over by a stranger',
      verdict: 'SIGNER_WRONG',
      directory: ended({ patientId: patient.id, successor: stranger.id }, [stranger.identity])
    },
    ...representedCases(patient, directoryOf(patient, first))
  ].map((each) => ({ patientId: patient.id, ...each }))
}

function representedCases (patient: Patient, directory: PatientDirectory): object[] {
  const [representative, stranger] = [key(), key()]
  const of = (name: string, verdict: string, ...representations: RepresentationState[]): object =>
    ({ name, verdict, directory: { ...directory, representations } })
  const by = (...args: [object?]): RepresentationState => representationOf(patient, representative, ...args)
  const ended = (keys: SecretKey[], change: object = {}): RepresentationState => by({ end: { time: START + MINUTE, keys, change } })
  return [
    of('a representative whom both named', 'accepted', by()),
    of('one whom the patient did not name is left out', 'accepted', by({ keys: [representative] })),
    of('ended by the patient', 'accepted', ended([patient.identity])),
    of('ended by the representative', 'accepted', ended([representative])),
    of('ended by a stranger', 'accepted', ended([stranger]))
  ]
}

const author = { mspId: 'CoreMSP', staffId: 'staff-author' }
interface Bound { receiving: SecretKey, request: SecretKey }
const bound = (): Bound => ({ receiving: key(), request: key() })

function binding (
  number: number,
  { receiving, request }: Bound,
  time: number,
  former?: Bound,
  issuedAt = time,
  change: object = {}
): StoredStatement {
  const keys = [request, receiving, ...(former === undefined ? [] : [former.request])]
  return stored(
    sign(
      'KeyBinding',
      { ...author, version: number, receivingKey: hex(receiving), requestKey: hex(request), ...change },
      keys.filter((k, i) => keys.indexOf(k) === i),
      issuedAt
    ),
    time
  )
}

function manifest (patient: Patient, signer: SecretKey | SecretKey[], time: number, issuedAt = time, change: object = {}): RecordState {
  const recordId = toHex(rng(16))
  const members = {
    recordId,
    version: 1,
    patientId: patient.id,
    author: {
      kind: 'practitioner',
      ...author
    },
    label: patient.label,
    epoch: 1,
    contentHash: hash(),
    sizeClass: 10,
    cid: `b${'a'.repeat(
      58
    )}`,
    wrapHash: hash(),
    mediaClass: 'document',
    ...change
  }
  return {
    recordId,
    version: 1,
    level: 'N',
    manifest: stored(sign('RecordManifest', members, Array.isArray(signer) ? signer : [signer], issuedAt), time)
  }
}

/* Records: the author's key in force when the ledger took the manifest, and hand-overs up to the limit. */
function recordCases (): object[] {
  const patient = newPatient()
  const directories = { [patient.id]: directoryOf(patient, version(patient, patient, 1, { time: START - 100 * MINUTE })) }
  const [first, second] = [bound(), bound()]
  const change = START + 10 * MINUTE
  // Signed five minutes before the ledger took it: in between the former key counts, whatever the signers' clocks say.
  const history: BindingHistory = {
    ...author,
    versions: [binding(1, first, START - 50 * MINUTE), binding(2, second, change, first, change - 5 * MINUTE)]
  }
  const shared = bound()
  const oneKey: BindingHistory = {
    ...author,
    versions: [binding(1, { receiving: shared.request, request: shared.request }, START - 50 * MINUTE)]
  }
  const of = (
    name: string,
    verdict: string,
    record: RecordState,
    binding = history
  ): object => ({ name, verdict, owner: patient.id, directories, binding, record })
  const rewrapped = (record: RecordState, signers: SecretKey[], change: object = {}): RecordState => {
    const { wrapHash } = JSON.parse(record.manifest.statement.body) as { wrapHash: string }
    const members = {
      patientId: patient.id,
      recordId: record.recordId,
      version: 1,
      previousWrapHash: wrapHash,
      label: patient.label,
      epoch: 1,
      wrapHash: hash(),
      ...change
    }
    return { ...record, rewrap: stored(sign('Rewrap', members, signers), START) }
  }
  const own = manifest(patient, patient.identity, START, START, { author: { kind: 'patient' } })
  const plainRecord = manifest(patient, first.request, START)
  return [
    of('the key in force', 'accepted', plainRecord),
    of(
      'the former key, taken by the ledger before the change though signed after the new binding was',
      'accepted',
      manifest(patient, first.request, change - MINUTE, change - 2 * MINUTE)
    ),
    of('the former key within the tolerance of two clocks', 'accepted', manifest(patient, first.request, change + MINUTE)),
    of('the former key after it', 'SIGNER_WRONG', manifest(patient, first.request, change + MINUTE + 1)),
    of('the former key long after, dated back', 'SIGNER_WRONG', manifest(patient, first.request, change + 20 * MINUTE, START)),
    of('the new key', 'accepted', manifest(patient, second.request, change + MINUTE)),
    of('the new key within the tolerance', 'accepted', manifest(patient, second.request, change - MINUTE)),
    of('the new key before it', 'SIGNER_WRONG', manifest(patient, second.request, change - MINUTE - 1)),
    of('a receiving key', 'SIGNER_WRONG', manifest(patient, first.receiving, START)),
    of('the key in force and a stranger\'s', 'SIGNER_WRONG', manifest(patient, [first.request, key()], START)),
    of('one key for both uses', 'KEYS_UNFIT', manifest(patient, shared.request, START), oneKey),
    of('another person\'s binding', 'FOREIGN', plainRecord, {
      ...author,
      versions: [binding(1, first, START - 50 * MINUTE, undefined, undefined, { staffId: 'staff-other' })]
    }),
    of('a binding that the former request key did not sign', 'SIGNER_WRONG', plainRecord, {
      ...author,
      versions: [binding(1, first, START - 50 * MINUTE), binding(2, second, change)]
    }),
    of('a binding version left out', 'CHAIN_BROKEN', plainRecord, { ...author, versions: [binding(2, second, change, first)] }),
    of('no binding', 'MISSING', plainRecord, { ...author, versions: [] }),
    of('the patient\'s own', 'accepted', own),
    of(
      'the patient\'s own, by a practitioner\'s key',
      'SIGNER_WRONG',
      manifest(patient, first.request, START, START, { author: { kind: 'patient' } })
    ),
    of('shown as another version', 'FOREIGN', { ...plainRecord, version: 2 }),
    of('shown as another record', 'FOREIGN', { ...plainRecord, recordId: toHex(rng(16)) }),
    of('a compartment that the directory lacks', 'COMPARTMENT_UNKNOWN', manifest(patient, first.request, START, START, { epoch: 2 })),
    of('a rewrap of its patient', 'accepted', rewrapped(plainRecord, [patient.identity])),
    of('a rewrap of its author', 'SIGNER_WRONG', rewrapped(plainRecord, [first.request])),
    of('a rewrap of its patient that its author signs, too', 'SIGNER_WRONG', rewrapped(plainRecord, [patient.identity, first.request])),
    of('another record\'s rewrap', 'FOREIGN', rewrapped(plainRecord, [patient.identity], { recordId: toHex(rng(16)) })),
    of(
      'a rewrap to a compartment that the directory lacks',
      'COMPARTMENT_UNKNOWN',
      rewrapped(plainRecord, [patient.identity], { epoch: 2 })
    ),
    of(
      'a rewrap of a record in a compartment that never was',
      'COMPARTMENT_UNKNOWN',
      rewrapped(manifest(patient, first.request, START, START, { label: hash() }), [patient.identity])
    ),
    handedOver(16, 'accepted'),
    handedOver(17, 'HANDOVERS_TOO_MANY'),
    handedOver(1, 'SIGNER_WRONG', {
      name: 'a hand-over that the successor did not sign',
      signers: (from) => [from.identity],
      isListed: false
    }),
    handedOver(1, 'SIGNER_WRONG', {
      name: 'a hand-over that a third party signed, too',
      signers: (from, heir) => [from.identity, heir.identity, key()]
    }),
    handedOver(1, 'FOREIGN', { name: 'a record that was never handed over', isShown: false })
  ]
}

interface HandOverChange {
  name?: string
  signers?: (from: Patient, heir: Patient) => SecretKey[]
  isShown?: boolean
  /** By the successor's directory. */ isListed?: boolean
}

/** A record that came through `count` hand-overs. */
function handedOver (
  count: number,
  verdict: string,
  {
    name = `${count} hand-overs`,
    signers = (from, heir) => [from.identity, heir.identity],
    isShown = true,
    isListed = true
  }: HandOverChange = {}
): object {
  const time = START - 60 * MINUTE
  const patients = Array.from({ length: count + 1 }, newPatient)
  const handOvers = patients.slice(1).map((heir, index) => {
    const from = patients[index] ?? heir
    return stored(sign('Succession', { patientId: from.id, successor: heir.id }, signers(from, heir), time), time)
  })
  const directories = Object.fromEntries(patients.map((patient, index) => {
    const [before, after] = [handOvers[index - 1], handOvers[index]]
    const directory = directoryOf(patient, version(patient, patient, 1, { time: time - MINUTE }))
    return [
      patient.id,
      {
        ...directory,
        ...(after === undefined || !isShown ? {} : { succession: after }),
        ...(before === undefined || !isListed ? {} : { predecessors: [before] })
      }
    ]
  }))
  const [first, last] = [patients[0], patients.at(-1)] as [Patient, Patient]
  const writer = bound()
  const record = manifest(first, writer.request, time - MINUTE / 2)
  const { wrapHash } = JSON.parse(record.manifest.statement.body) as { wrapHash: string }
  const rewrap = stored(
    sign('Rewrap', {
      patientId: last.id,
      recordId: record.recordId,
      version: 1,
      previousWrapHash: wrapHash,
      label: last.label,
      epoch: 1,
      wrapHash: hash()
    }, [last.identity]),
    START
  )
  return {
    name,
    verdict,
    owner: last.id,
    directories,
    binding: { ...author, versions: [binding(1, writer, time - MINUTE)] },
    record: { ...record, rewrap }
  }
}

const MSPS = ['CoreMSP', 'Regional1MSP', 'Regional2MSP']
const proxyKeys = MSPS.map(key)
const encryptionKey = hex(key())
const proxies = MSPS.map((mspId, i) =>
  ({
    mspId,
    encryptionKey,
    signingKey: hex(proxyKeys[i] ?? key()),
    formerSigningKeys: [],
    gatewayUrl: `https://${mspId.toLowerCase()}.example`,
    txId: hash(),
    time: START
  }))
const reader = bound()

interface Grant { members: object, kfrags: VerifiedKfrag[] }

function grant (patient: Patient, keys: Keys, directoryVersion: number, change: object = {}): Grant {
  const kfrags = generateKfrags({
    delegatingKey: keys.compartment,
    receivingKey: reader.receiving.publicKey(),
    signingKey: keys.signing,
    threshold: 2,
    shares: 3,
    rng
  })
  const [kfrag] = kfrags as [VerifiedKfrag]
  const precursor = provePrecursor(kfrag, { networkId, patientId: patient.id, label: patient.label, epoch: 1 }, rng)
  const shares = kfrags.map((each, i) => ({ mspId: MSPS[i] ?? '', kfragId: toHex(each.id), commitment: toHex(each.commitment) }))
  const members = {
    patientId: patient.id,
    directoryVersion,
    grantee: {
      kind: 'practitioner',
      mspId: 'Regional1MSP',
      staffId: 'staff-reader',
      receivingKey: hex(reader.receiving)
    },
    compartments: [
      { label: patient.label, epoch: 1, precursor, shares }
    ],
    actions: [
      'read'
    ],
    purposes: [
      'TREAT'
    ],
    notBefore: START - MINUTE,
    notAfter: START + 10_000 * MINUTE,
    conditions: [],
    threshold: 2,
    emergency: false,
    ...change
  }
  return { members, kfrags }
}

/* Consents: the directory version that was signed, proven precursors, and custody of exactly the listed kfrags. */
function consentCases (): object[] {
  const patient = newPatient()
  // Identity and kfrag-signing key rotate together; the consent is granted while they wait.
  const next: Keys = { identity: key(), signing: key(), compartment: patient.compartment }
  const first = version(patient, patient, 1, { time: START - 100 * MINUTE })
  const second = version(patient, next, 2, { former: first, time: START + 100 * MINUTE, issuedAt: START - 50 * MINUTE })
  const directory = directoryOf(patient, first, second)
  const custodyOf = (consentId: string, i: number, kfragIds: string[], signer = proxyKeys[i] ?? key()): StoredStatement =>
    stored(sign('CustodyConfirmation', { mspId: MSPS[i] ?? '', consentId, kfragIds }, [signer]), START, MSPS[i])
  const state = (
    { members, kfrags }: Grant,
    custody: (id: string, ids: string[]) => StoredStatement[] = () => [],
    signers = [patient.identity]
  ): ConsentState => {
    const statement = sign('Consent', members, signers)
    return {
      consent: stored(statement, START),
      custody: custody(statementId(statement.body), kfrags.map((k) => toHex(k.id))),
      destructions: []
    }
  }
  const own = (): Grant => grant(patient, patient, 1)
  const of = (
    name: string,
    verdict: string,
    shown: ConsentState,
    more: object = {}
  ): object => ({
    name,
    verdict,
    patientId: patient.id,
    directory,
    consentId: shown.consent.id,
    state: shown,
    custody: [],
    revoked: false,
    ...more
  })
  const other = newPatient()
  const copied = (grant(other, other, 1).members as { compartments: { precursor: object }[] }).compartments[0]?.precursor
  const withPrecursor = (precursor: object | undefined): Grant => {
    const made = own()
    const [compartment] = (made.members as { compartments: object[] }).compartments
    return { ...made, members: { ...made.members, compartments: [{ ...compartment, precursor }] } }
  }
  const saying = (terms: object): Grant => {
    const made = own()
    return { ...made, members: { ...made.members, ...terms } }
  }
  const twice = (): ConsentState => {
    const made = own()
    const { compartments } = made.members as { compartments: object[] }
    return state({ ...made, members: { ...made.members, compartments: [...compartments, ...compartments] } })
  }
  const revoked = (change: object, signer: SecretKey): ConsentState => {
    const shown = state(own())
    const members = {
      type: 'Revocation',
      nonce: toHex(rng(16)),
      issuedAt: START,
      patientId: patient.id,
      consentId: shown.consent.id,
      ...change
    }
    return { ...shown, revocation: stored(signStatement({ type: 'Revocation', networkId, body: members, keys: [signer] }), START) }
  }
  const byRepresentatives = (): object[] => {
    const representative = key()
    const [taken, late] = [START + MINUTE, START + 101 * MINUTE]
    const at = (time: number, signers = [representative]): ConsentState => {
      const shown = state(own(), undefined, signers)
      return { ...shown, consent: { ...shown.consent, time } }
    }
    const acting = (how: Parameters<typeof representationOf>[2] = {}): object =>
      ({ directory: { ...directoryOf(patient, first), representations: [representationOf(patient, representative, how)] } })
    const endedAt = (time: number): object => acting({ end: { time, keys: [patient.identity] } })
    return [
      of('granted by a representative in force', 'accepted', at(taken), acting()),
      of('granted by nobody\'s representative', 'SIGNER_WRONG', at(taken, [key()]), acting()),
      of('granted by patient and representative', 'SIGNER_WRONG', at(taken, [patient.identity, representative]), acting()),
      of('granted by one whom the patient did not name', 'SIGNER_WRONG', at(taken), acting({ keys: [representative] })),
      of('granted by one who did not take it on', 'SIGNER_WRONG', at(taken), acting({ keys: [patient.identity] })),
      of('granted by one whom a stranger names, too', 'SIGNER_WRONG', at(taken), acting({ keys: [patient.identity, representative, key()] })),
      of('granted by another patient\'s representative', 'SIGNER_WRONG', at(taken), acting({ change: { patientId: newPatient().id } })),
      of('granted by a representative whom a stranger had ended', 'SIGNER_WRONG', at(START + 10 * MINUTE), acting({
        end: { time: taken, keys: [key()] }
      })),
      of('granted before there was a representative', 'SIGNER_WRONG', at(START - 2 * MINUTE), acting()),
      of('granted by a representative whose time is over', 'SIGNER_WRONG', at(late), acting()),
      of('granted by a representative who ended later', 'accepted', at(taken), endedAt(late)),
      of('granted by a representative who had ended', 'SIGNER_WRONG', at(START + 10 * MINUTE), endedAt(taken)),
      of('granted by a representative whom a former identity key named', 'SIGNER_WRONG', at(START + 90 * MINUTE), {
        directory: {
          ...directoryOf(patient, first, version(patient, next, 2, { former: first, time: START + 10 * MINUTE })),
          representations: [representationOf(patient, representative)]
        }
      })
    ]
  }
  const byDelegates = (): object[] => {
    const delegate = key()
    const at = (time: number, signers = [delegate]): ConsentState => {
      const shown = state(own())
      const members = { type: 'Revocation', nonce: toHex(rng(16)), issuedAt: START, patientId: patient.id, consentId: shown.consent.id }
      return { ...shown, revocation: stored(signStatement({ type: 'Revocation', networkId, body: members, keys: signers }), time) }
    }
    const limited = (how: Parameters<typeof delegateOf>[2] = {}): object =>
      ({ directory: { ...directoryOf(patient, first), delegates: [delegateOf(patient, delegate, how)] } })
    const taken = START + MINUTE
    const revoked = (how: Parameters<typeof delegateOf>[2] = {}): object => ({ ...limited(how), revoked: true })
    return [
      of('ended by a limited key', 'accepted', at(taken), revoked()),
      of('ended by a limited key that ended later', 'accepted', at(taken), revoked({ endedAt: START + 10 * MINUTE })),
      of('ended by a limited key that had ended by the clocks', 'accepted', at(START + 10 * MINUTE), revoked({ endedAt: taken })),
      of('ended by a limited key whose time is over by the clocks', 'accepted', at(START + 101 * MINUTE), revoked()),
      of('ended by a limited key that may only freeze', 'SIGNER_WRONG', at(taken), limited({ change: { powers: ['freeze'] } })),
      of('ended by one that a stranger named', 'SIGNER_WRONG', at(taken), limited({ keys: [key()] })),
      of('ended by one that named itself', 'SIGNER_WRONG', at(taken), limited({ keys: [delegate] })),
      of('ended by a limited key with a stranger', 'SIGNER_WRONG', at(taken, [delegate, key()]), limited()),
      of('granted by a limited key', 'SIGNER_WRONG', state(own(), undefined, [delegate]), limited()),
      of('ended by a limited key that a former identity key named', 'accepted', at(START + 90 * MINUTE), {
        revoked: true,
        directory: {
          ...directoryOf(patient, first, version(patient, next, 2, { former: first, time: START + 10 * MINUTE })),
          delegates: [delegateOf(patient, delegate)]
        }
      })
    ]
  }
  return [
    of('granted while a rotation of identity and kfrag-signing key waits', 'accepted', state(own()), { signingKey: hex(patient.signing) }),
    of('made from a version that does not exist', 'GRANT_UNPROVEN', state(grant(patient, patient, 3))),
    of('signed by the key that only waits', 'SIGNER_WRONG', state(own(), undefined, [next.identity])),
    of('a precursor copied from another patient\'s grant', 'GRANT_UNPROVEN', state(withPrecursor(copied))),
    of('signed by a stranger, too', 'SIGNER_WRONG', state(own(), undefined, [patient.identity, key()])),
    of('another patient\'s', 'FOREIGN', state(grant(other, other, 1), undefined, [other.identity])),
    of('another consent than was asked for', 'FOREIGN', state(own()), { consentId: hash() }),
    of('two compartments with one precursor', 'GRANT_UNPROVEN', twice()),
    of('ended by its patient', 'accepted', revoked({}, patient.identity), { revoked: true }),
    of('ended by a stranger', 'SIGNER_WRONG', revoked({}, key())),
    of('shown with the end of another consent', 'FOREIGN', revoked({ consentId: hash() }, patient.identity)),
    of(
      'a compartment that the named version lacks',
      'COMPARTMENT_UNKNOWN',
      state(grant(patient, patient, 1, { compartments: [{ ...(own().members as { compartments: object[] }).compartments[0], epoch: 2 }] }))
    ),
    of('custody of two proxies', 'accepted', state(own(), (id, [a = '', b = '']) => [custodyOf(id, 0, [a]), custodyOf(id, 1, [b])]), {
      custody: ['CoreMSP', 'Regional1MSP']
    }),
    of('a custody statement that another key signed is left out', 'accepted', state(own(), (id, [a = '', b = '']) =>
      [custodyOf(id, 0, [a]), custodyOf(id, 1, [b], key())]), { custody: ['CoreMSP'] }),
    of('one that another proxy signs, too, is left out', 'accepted', state(own(), (id, [a = '', b = '']) =>
      [
        custodyOf(id, 0, [a]),
        {
          ...custodyOf(id, 1, [b]),
          ...stored(
            sign('CustodyConfirmation', {
              mspId: MSPS[1] ?? '',
              consentId: id,
              kfragIds: [b]
            }, [proxyKeys[1] ?? key(), proxyKeys[0] ?? key()]),
            START,
            MSPS[1]
          )
        }
      ]), { custody: ['CoreMSP'] }),
    of('one about another consent is left out', 'accepted', state(own(), (id, [a = '', b = '']) =>
      [custodyOf(hash(), 0, [a]), custodyOf(id, 1, [b])]), { custody: ['Regional1MSP'] }),
    of('one about other kfrags is left out', 'accepted', state(own(), (id, [a = '', b = '']) =>
      [custodyOf(id, 0, [b]), custodyOf(id, 1, [b])]), { custody: ['Regional1MSP'] }),
    of('one about more kfrags than listed is left out', 'accepted', state(own(), (id, [a = '', b = '']) =>
      [custodyOf(id, 0, [a, b]), custodyOf(id, 1, [b])]), { custody: ['Regional1MSP'] }),
    of('one whose signature is broken is left out', 'accepted', state(own(), (id, [a = '', b = '']) =>
      [brokenly(custodyOf(id, 0, [a])), custodyOf(id, 1, [b])]), { custody: ['Regional1MSP'] }),
    of('one that is shown twice counts once', 'accepted', state(own(), (id, [a = '']) => [custodyOf(id, 0, [a]), custodyOf(id, 0, [a])]), {
      custody: ['CoreMSP']
    }),
    of('with terms', 'accepted', state(saying({ grade: 'advanced', levels: ['N'], exceptions: [{ purposes: ['TREAT'] }] }))),
    of('with terms of a lower grade', 'STATEMENT_MALFORMED', state(saying({ grade: 'intermediate', levels: ['N'] }))),
    of('that allows to follow', 'accepted', state(saying({ actions: ['read', 'follow'] }))),
    ...byRepresentatives(),
    ...byDelegates()
  ]
}

/* What protects a patient: guardians by the patient, recoveries and freezes by enough of them. */
function safetyCases (): object[] {
  const patient = newPatient()
  const directory = directoryOf(patient, version(patient, patient, 1, { time: START - MINUTE }))
  const guards = [1, 2, 3].map(() => ({ signing: key(), receiving: key() }))
  const [one, two, three] = guards.map((g) => g.signing) as [SecretKey, SecretKey, SecretKey]
  const statement = (
    type: StatementType,
    members: object,
    keys: SecretKey[]
  ): StoredStatement => stored(
    signStatement({ type, networkId, body: { type, nonce: toHex(rng(16)), issuedAt: START, patientId: patient.id, ...members }, keys }),
    START
  )
  const bounded = { submitBefore: START + 15 * MINUTE }
  const named = (
    keys: SecretKey[],
    change: object = {}
  ): StoredStatement => statement(
    'Guardians',
    {
      ...bounded,
      issue: 2,
      previous: hash(),
      threshold: 2,
      guardians: guards.map((
        { signing, receiving }
      ) => ({ signingKey: hex(signing), receivingKey: hex(receiving), shareHash: hash(), sealedHash: hash() })),
      backupHash: hash(),
      ...change
    },
    keys
  )
  const guardians = named([patient.identity])
  const safety = (
    more: Partial<PatientSafety>
  ): PatientSafety => ({ patientId: patient.id, guardians, recoveries: [], ...more })
  const recovery = (
    keys: SecretKey[],
    change: object = {}
  ): PatientSafety => safety({
    recoveries: [
      {
        request: statement('RecoveryRequest', { ...bounded, issue: 2, receivingKey: hex(one), ...change }, keys),
        availableFrom: START + 1000 * MINUTE
      }
    ]
  })
  const frozen = (keys: SecretKey[], change: object = {}): PatientSafety => safety({ freeze: statement('Freeze', change, keys) })
  const of = (
    name: string,
    verdict: string,
    shown: PatientSafety
  ): object => ({ name, verdict, patientId: patient.id, directory, safety: shown })
  const elsewhere = { patientId: newPatient().id }
  return [
    of('guardians that the patient named', 'accepted', safety({})),
    of('guardians that a stranger named', 'SIGNER_WRONG', safety({ guardians: named([key()]) })),
    of('guardians that a stranger named with the patient', 'SIGNER_WRONG', safety({ guardians: named([patient.identity, key()]) })),
    of('another patient\'s guardians', 'FOREIGN', safety({ guardians: named([patient.identity], elsewhere) })),
    of('a recovery by two of three guardians', 'accepted', recovery([one, three])),
    of('a recovery by one', 'SIGNER_WRONG', recovery([two])),
    of('a recovery by two and a stranger', 'SIGNER_WRONG', recovery([one, two, key()])),
    of('another patient\'s recovery', 'FOREIGN', recovery([one, two], elsewhere)),
    of('a recovery of an issue that was replaced', 'accepted', recovery([key()], { issue: 1 })),
    of('a recovery of an issue that is not there', 'MISSING', recovery([one, two], { issue: 3 })),
    of('a freeze by the patient', 'accepted', frozen([patient.identity])),
    of('a freeze by two guardians', 'accepted', frozen([two, three])),
    of('a freeze by one guardian', 'SIGNER_WRONG', frozen([two])),
    of('a freeze by strangers', 'SIGNER_WRONG', frozen([key(), key()])),
    of('another patient\'s freeze', 'FOREIGN', frozen([patient.identity], elsewhere))
  ]
}

function brokenly (statement: StoredStatement): StoredStatement {
  const signatures = statement.statement.signatures.map((s) =>
    ({ ...s, signature: s.signature.replace(/..$/, (end) => end === '00' ? '01' : '00') }))
  return { ...statement, statement: { ...statement.statement, signatures } }
}

/*
 * Answers of the second proxy to one event with four records of the patient's own, the last two broken; in dispute is the first, unless
 * said otherwise.
 */
function answerVectors (): object {
  const patient = newPatient()
  const directory = JSON.parse(version(patient, patient, 1).statement.body) as object
  const { members, kfrags } = grant(patient, patient, 1)
  const consent = { type: 'Consent', nonce: toHex(rng(16)), issuedAt: START, submitBefore: START + MINUTE, ...members }
  const consentId = hash()
  const ids = Array.from({ length: 5 }, () => toHex(rng(16)))
  const places = new Map<Uint8Array, Place>()
  const placeOf = (wrap: Uint8Array): Place => places.get(wrap) ?? Place.fromBytes(new Uint8Array(32))
  const wraps = [0, 1, 4].map((index) => {
    const place = recordPlace(networkId, { recordId: ids[index] ?? '', version: 1, author: { kind: 'patient' } })
    const wrap = createWrap(patient.compartment.publicKey(), rng(32), place, rng)
    places.set(wrap, place)
    return wrap
  }) as [Uint8Array, Uint8Array, Uint8Array]
  const [asked, second, foreign] = wraps
  const swapped = concatBytes(asked.slice(33, 66), asked.slice(0, 33), asked.slice(66))
  // Whoever has a copy of the first wrap puts its capsule before a ciphertext of their own.
  const copied = concatBytes(asked.slice(0, 98), rng(72))
  for (const [wrap, index] of [[swapped, 2], [copied, 3]] as const) {
    places.set(wrap, recordPlace(networkId, { recordId: ids[index] ?? '', version: 1, author: { kind: 'patient' } }))
  }
  const records = [asked, second, swapped, copied].map((wrap, index) =>
    ({
      recordId: ids[index] ?? '',
      version: 1,
      label: patient.label,
      epoch: 1,
      level: 'N',
      mediaClass: 'document',
      sizeClass: 10,
      wrapHash: toHex(wrapHash(wrap, placeOf(wrap))),
      origin: 'CoreMSP'
    }))
  const event = {
    eventId: `${patient.id}.${START}.${hash()}`,
    txId: hash(),
    time: START,
    patientId: patient.id,
    actor: { mspId: 'Regional1MSP', staffId: 'staff-reader', role: 'physician' },
    action: 'read',
    purpose: 'TREAT',
    records,
    consentId,
    requestId: hash(),
    receivingKey: hex(reader.receiving),
    decision: 'permit',
    reasons: [],
    policyVersion: '1',
    decider: 1
  }
  const [mine, theirs] = [kfrags[1], kfrags[2]] as [VerifiedKfrag, VerifiedKfrag]
  const [, elsewhere] = grant(patient, patient, 1).kfrags as [VerifiedKfrag, VerifiedKfrag]
  const hashOf = (wrap: Uint8Array): string => toHex(wrapHash(wrap, placeOf(wrap)))
  const [first, last] = hashOf(asked) < hashOf(second) ? [asked, second] : [second, asked]
  const batchOf = (answered: readonly Uint8Array[], kfrag = mine): string =>
    toHex(reencryptBatch(answered.map((wrap) => parseWrap(wrap, placeOf(wrap)).capsule), kfrag, rng).toBytes())
  const both = { wrapHashes: [hashOf(first), hashOf(last)], cfrags: batchOf([first, last]) }
  const honest: AnswerBody = {
    eventId: event.eventId,
    wrapHashes: [hashOf(asked)],
    consentId,
    kfragId: toHex(mine.id),
    receivingKey: event.receivingKey,
    cfrags: batchOf([asked])
  }
  const of = (
    name: string,
    [verdict, ledger, offline]: [string, string, string],
    change: Partial<AnswerBody> = {},
    more: { wrap?: Uint8Array, shown?: Uint8Array[], signer?: SecretKey, decision?: string, reader?: string } = {}
  ): object => {
    const { wrap = asked, shown = [asked, second], signer = proxyKeys[1] ?? key(), decision = 'permit', reader = verdict } = more
    return {
      name,
      verdict,
      reader,
      ledger,
      offline,
      decision,
      wrap: toHex(wrap),
      place: placeOf(wrap).toHex(),
      wraps: shown.map((one) => ({ wrap: toHex(one), place: placeOf(one).toHex() })),
      answer: signAnswer({ ...honest, ...change }, networkId, signer)
    }
  }
  const spliced = [hashOf(asked), hashOf(swapped)].sort()
  /*
   * `verdict` of whoever knows the event and was shown `wraps` (crypto, gateway), `reader` of the client, which takes the event from no
   * gateway; `ledger` of Access:Accuse; `offline` of judgeEvidence in a dispute over `wrap`.
   */
  const cases = [
    of('a good answer', ['good', 'ACCUSATION_REFUSED', 'none']),
    of('a good answer for two wraps', ['good', 'ACCUSATION_REFUSED', 'none'], both),
    of('signed by another key', ['ANSWER_INVALID', 'ACCUSATION_REFUSED', 'refused'], {}, { signer: key() }),
    of('to another event', ['EVENT_MISMATCH', 'ARGUMENT_INVALID', 'refused'], { eventId: `${patient.id}.${START + 1}.${hash()}` }),
    of('under another consent', ['CONSENT_MISMATCH', 'CONSENT_MISMATCH', 'refused'], { consentId: hash() }),
    of('for another reader', ['RECEIVING_KEY_MISMATCH', 'RECEIVING_KEY_MISMATCH', 'refused'], { receivingKey: hex(key()) }),
    of('for a wrap that the event does not name', [
      'WRAP_NOT_REQUESTED', 'WRAP_NOT_REQUESTED', 'refused'
    ], { wrapHashes: [hashOf(foreign)], cfrags: batchOf([foreign]) }, { reader: 'WRAP_MISMATCH' }),
    of('for another wrap of the event', [
      'good', 'ACCUSATION_REFUSED', 'refused'
    ], { wrapHashes: [hashOf(second)], cfrags: batchOf([second]) }),
    of('for two wraps of which one is not shown', ['WRAP_MISMATCH', 'ARGUMENT_INVALID', 'refused'], both, { shown: [asked] }),
    of('with a kfrag listed for another proxy', [
      'KFRAG_NOT_LISTED', 'KFRAG_NOT_LISTED', 'proxy'
    ], { kfragId: toHex(theirs.id), cfrags: batchOf([asked], theirs) }),
    of('for a wrap that its author broke', [
      'WRAP_BROKEN', 'WRAP_BROKEN', 'author'
    ], { wrapHashes: [hashOf(swapped)] }, { wrap: swapped, shown: [swapped] }),
    of('for another record\'s capsule with a ciphertext of its own', [
      'WRAP_BROKEN', 'WRAP_BROKEN', 'author'
    ], { wrapHashes: [hashOf(copied)] }, { wrap: copied, shown: [copied] }),
    of('for two wraps of which one is broken', [
      'WRAP_BROKEN', 'WRAP_BROKEN', 'proxy'
    ], { wrapHashes: spliced, cfrags: both.cfrags }, { shown: [asked, swapped] }),
    of('with malformed cfrags', ['CFRAG_MALFORMED', 'CFRAG_MALFORMED', 'proxy'], { cfrags: '00'.repeat(batchBytes(1)) }),
    of('with another proxy\'s cfrags', ['CFRAG_MISMATCH', 'CFRAG_MISMATCH', 'proxy'], { cfrags: batchOf([asked], theirs) }),
    of('with cfrags of another precursor', [
      'CFRAG_MISMATCH', 'CFRAG_MISMATCH', 'proxy'
    ], { cfrags: withPart(honest.cfrags, batchOf([asked], elsewhere), 32, 33) }),
    of('with a cfrag of another capsule', ['CFRAG_PROOF_INVALID', 'CFRAG_PROOF_INVALID', 'proxy'], { cfrags: batchOf([second]) }),
    of('with two cfrags, one of another capsule', [
      'CFRAG_PROOF_INVALID', 'CFRAG_PROOF_INVALID', 'proxy'
    ], { ...both, cfrags: withPart(both.cfrags, batchOf([foreign, foreign]), 326, 33) }),
    of('with two cfrags, each in the other\'s place', [
      'CFRAG_PROOF_INVALID', 'CFRAG_PROOF_INVALID', 'proxy'
    ], { ...both, cfrags: batchOf([last, first]) }),
    of('with every member wrong: the first counts', [
      'CONSENT_MISMATCH', 'CONSENT_MISMATCH', 'refused'
    ], { consentId: hash(), receivingKey: hex(key()), kfragId: hash(), cfrags: '00'.repeat(batchBytes(1)) }),
    of('to a denied event', ['EVENT_DENIED', 'EVENT_DENIED', 'none'], {}, { decision: 'deny' })
  ]
  return { source: SOURCE, networkId: toHex(networkId), event, consentId, consent, directory, proxy: proxies[1], proxies, cases }
}

/** `text` with `length` bytes from `offset` taken from `other`; all hex. */
function withPart (text: string, other: string, offset: number, length: number): string {
  return text.slice(0, 2 * offset) + other.slice(2 * offset, 2 * (offset + length)) + text.slice(2 * (offset + length))
}

const SOURCE = 'this repository, by judges.generate.ts'
const judges = {
  source: SOURCE,
  networkId: toHex(networkId),
  proxies,
  members: MSPS,
  directories: directoryCases(),
  records: recordCases(),
  consents: consentCases(),
  safety: safetyCases()
}
await writeFile(new URL('judges.json', import.meta.url), JSON.stringify(judges, null, 1) + '\n')
await writeFile(new URL('answers.json', import.meta.url), JSON.stringify(answerVectors(), null, 1) + '\n')
