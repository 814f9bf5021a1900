import { writeFile } from 'node:fs/promises'
import {
  concatBytes, createWrap, generateKfrags, parseWrap, patientIdOf, provePrecursor, reencrypt, SecretKey, signAnswer, signStatement, statementId, toHex, wrapHash
} from '@epione/crypto'
import type { AnswerBody, RandomSource, SignedStatement, VerifiedKfrag } from '@epione/crypto'
import type { BindingHistory, ConsentState, PatientDirectory, RecordState, StatementType, StoredStatement } from '@epione/chaincode/model'
import { seeded } from '../unit/crypto/support.ts'

/**
 * Writes judges.json and answers.json: statements and answers with the one verdict that everybody who judges them must give.
 * Usage: node test/vectors/judges.generate.ts
 */
const rng: RandomSource = seeded('epione/judges')
const networkId = rng(32)
const hash = (): string => toHex(rng(32))
const key = (): SecretKey => SecretKey.random(rng)
const hex = (secret: SecretKey): string => secret.publicKey().toHex()
const MINUTE = 60_000
const START = 1_790_000_000_000

function sign (type: StatementType, members: object, keys: readonly SecretKey[], issuedAt = START): SignedStatement {
  return signStatement({ type, networkId, body: { type, nonce: toHex(rng(16)), issuedAt, submitBefore: issuedAt + 15 * MINUTE, ...members }, keys: [...keys] })
}

function stored (statement: SignedStatement, time: number, submittedBy = 'CoreMSP'): StoredStatement {
  return { id: statementId(statement.body), statement, txId: hash(), time, submittedBy }
}

interface Keys { identity: SecretKey, signing: SecretKey, compartment: SecretKey }
interface Patient extends Keys { id: string, label: string }

const newKeys = (): Keys => ({ identity: key(), signing: key(), compartment: key() })
function newPatient (): Patient {
  const keys = newKeys()
  return { ...keys, id: patientIdOf(keys.identity.publicKey()), label: hash() }
}

type Compartments = { label: string, level: string, epoch: number, key: string }[]
const listed = ({ label, compartment }: { label: string, compartment: SecretKey }, epoch = 1): Compartments => [{ label, level: 'N', epoch, key: hex(compartment) }]

/** A version, signed by its identity key and the one before; `change` breaks it. */
function version ({ id, label }: Patient, keys: Keys, number: number, { former, time = START, issuedAt = time, change = {} }: { former?: StoredStatement & { identity: SecretKey }, time?: number, issuedAt?: number, change?: object } = {}): StoredStatement & { identity: SecretKey } {
  const members = {
    patientId: id, version: number, ...(former === undefined ? {} : { previous: former.id }), identityKey: hex(keys.identity), kfragSigningKey: hex(keys.signing), compartments: listed({ label, ...keys }), ...change
  }
  const signers = former === undefined || former.identity === keys.identity ? [keys.identity] : [former.identity, keys.identity]
  return { ...stored(sign('KeyDirectory', members, signers, issuedAt), time), identity: keys.identity }
}

const plain = ({ identity: _, ...rest }: StoredStatement & { identity: SecretKey }): StoredStatement => rest
const directoryOf = (patient: Patient, ...versions: (StoredStatement & { identity: SecretKey })[]): PatientDirectory => ({ patientId: patient.id, versions: versions.map(plain) })

/* Directories: keys that are no points, shared keys, two keys of one epoch. */
function directoryCases (): object[] {
  const patient = newPatient()
  const first = version(patient, patient, 1)
  const one = (change: object): PatientDirectory => directoryOf(patient, version(patient, patient, 1, { change }))
  const two = (change: object, keys: Keys = patient): PatientDirectory => directoryOf(patient, first, version(patient, keys, 2, { former: first, time: START + MINUTE, change }))
  const noPoint = `02${'00'.repeat(31)}05`
  return [
    { name: 'a directory of one version', verdict: 'accepted', directory: directoryOf(patient, first) },
    { name: 'an epoch raised with a new key', verdict: 'accepted', directory: two({ compartments: listed({ label: patient.label, compartment: key() }, 2) }) },
    { name: 'a kfrag-signing key that is no point', verdict: 'refused', directory: one({ kfragSigningKey: noPoint }) },
    { name: 'a compartment key that is no point', verdict: 'refused', directory: one({ compartments: [{ label: patient.label, level: 'N', epoch: 1, key: noPoint }] }) },
    { name: 'two compartments with one key', verdict: 'refused', directory: one({ compartments: [...listed(patient), ...listed({ label: hash(), compartment: patient.compartment })] }) },
    { name: 'a compartment with the kfrag-signing key', verdict: 'refused', directory: one({ compartments: listed({ label: patient.label, compartment: patient.signing }) }) },
    { name: 'one label twice', verdict: 'refused', directory: one({ compartments: [...listed(patient), ...listed({ label: patient.label, compartment: key() }, 2)] }) },
    { name: 'two keys for one epoch of a label', verdict: 'refused', directory: two({ compartments: listed({ label: patient.label, compartment: key() }) }) }
  ].map((each) => ({ patientId: patient.id, ...each }))
}

const author = { mspId: 'CoreMSP', staffId: 'staff-author' }
interface Bound { receiving: SecretKey, request: SecretKey }
const bound = (): Bound => ({ receiving: key(), request: key() })

function binding (number: number, { receiving, request }: Bound, time: number, former?: Bound, issuedAt = time): StoredStatement {
  const keys = [request, receiving, ...(former === undefined ? [] : [former.request])]
  return stored(sign('KeyBinding', { ...author, version: number, receivingKey: hex(receiving), requestKey: hex(request) }, keys.filter((k, i) => keys.indexOf(k) === i), issuedAt), time)
}

function manifest (patient: Patient, signer: SecretKey, time: number, issuedAt = time): RecordState {
  const recordId = toHex(rng(16))
  const members = {
    recordId, version: 1, patientId: patient.id, author: { kind: 'practitioner', ...author }, label: patient.label, epoch: 1, contentHash: hash(), sizeClass: 10, cid: `b${'a'.repeat(58)}`, wrapHash: hash(), mediaClass: 'document'
  }
  return { recordId, version: 1, level: 'N', manifest: stored(sign('RecordManifest', members, [signer], issuedAt), time) }
}

/* Records: the author's key in force when the ledger took the manifest, and hand-overs up to the limit. */
function recordCases (): object[] {
  const patient = newPatient()
  const directories = { [patient.id]: directoryOf(patient, version(patient, patient, 1, { time: START - 100 * MINUTE })) }
  const [first, second] = [bound(), bound()]
  const change = START + 10 * MINUTE
  // Signed five minutes before the ledger took it: in between the former key counts, whatever the signers' clocks say.
  const history: BindingHistory = { ...author, versions: [binding(1, first, START - 50 * MINUTE), binding(2, second, change, first, change - 5 * MINUTE)] }
  const shared = bound()
  const oneKey: BindingHistory = { ...author, versions: [binding(1, { receiving: shared.request, request: shared.request }, START - 50 * MINUTE)] }
  const of = (name: string, verdict: string, record: RecordState, binding = history): object => ({ name, verdict, owner: patient.id, directories, binding, record })
  return [
    of('the key in force', 'accepted', manifest(patient, first.request, START)),
    of('the former key, taken by the ledger before the change though signed after the new binding was', 'accepted', manifest(patient, first.request, change - MINUTE, change - 2 * MINUTE)),
    of('the former key within the tolerance of two clocks', 'accepted', manifest(patient, first.request, change + MINUTE)),
    of('the former key after it', 'refused', manifest(patient, first.request, change + MINUTE + 1)),
    of('the former key long after, dated back', 'refused', manifest(patient, first.request, change + 20 * MINUTE, START)),
    of('the new key', 'accepted', manifest(patient, second.request, change + MINUTE)),
    of('the new key within the tolerance', 'accepted', manifest(patient, second.request, change - MINUTE)),
    of('the new key before it', 'refused', manifest(patient, second.request, change - MINUTE - 1)),
    of('a receiving key', 'refused', manifest(patient, first.receiving, START)),
    of('one key for both uses', 'refused', manifest(patient, shared.request, START), oneKey),
    handedOver(16, 'accepted'),
    handedOver(17, 'refused')
  ]
}

/** A record that came through `count` hand-overs. */
function handedOver (count: number, verdict: string): object {
  const time = START - 60 * MINUTE
  const patients = Array.from({ length: count + 1 }, newPatient)
  const handOvers = patients.slice(1).map((heir, index) => {
    const from = patients[index] ?? heir
    return stored(sign('Succession', { patientId: from.id, successor: heir.id }, [from.identity, heir.identity], time), time)
  })
  const directories = Object.fromEntries(patients.map((patient, index) => {
    const [before, after] = [handOvers[index - 1], handOvers[index]]
    const directory = directoryOf(patient, version(patient, patient, 1, { time: time - MINUTE }))
    return [patient.id, { ...directory, ...(after === undefined ? {} : { succession: after }), ...(before === undefined ? {} : { predecessors: [before] }) }]
  }))
  const [first, last] = [patients[0], patients.at(-1)] as [Patient, Patient]
  const writer = bound()
  const record = manifest(first, writer.request, time - MINUTE / 2)
  const { wrapHash } = JSON.parse(record.manifest.statement.body) as { wrapHash: string }
  const rewrap = stored(sign('Rewrap', { patientId: last.id, recordId: record.recordId, version: 1, previousWrapHash: wrapHash, label: last.label, epoch: 1, wrapHash: hash() }, [last.identity]), START)
  return { name: `${count} hand-overs`, verdict, owner: last.id, directories, binding: { ...author, versions: [binding(1, writer, time - MINUTE)] }, record: { ...record, rewrap } }
}

const MSPS = ['CoreMSP', 'Regional1MSP', 'Regional2MSP']
const proxyKeys = MSPS.map(key)
const encryptionKey = hex(key())
const proxies = MSPS.map((mspId, i) => ({ mspId, encryptionKey, signingKey: hex(proxyKeys[i] ?? key()), formerSigningKeys: [], gatewayUrl: `https://${mspId.toLowerCase()}.example`, txId: hash(), time: START }))
const reader = bound()

interface Grant { members: object, kfrags: VerifiedKfrag[] }

function grant (patient: Patient, keys: Keys, directoryVersion: number, change: object = {}): Grant {
  const kfrags = generateKfrags({ delegatingKey: keys.compartment, receivingKey: reader.receiving.publicKey(), signingKey: keys.signing, threshold: 2, shares: 3, rng })
  const [kfrag] = kfrags as [VerifiedKfrag]
  const precursor = provePrecursor(kfrag, { networkId, patientId: patient.id, label: patient.label, epoch: 1 }, rng)
  const shares = kfrags.map((each, i) => ({ mspId: MSPS[i] ?? '', kfragId: toHex(each.id), commitment: toHex(each.commitment) }))
  const members = {
    patientId: patient.id, directoryVersion, grantee: { kind: 'practitioner', mspId: 'Regional1MSP', staffId: 'staff-reader', receivingKey: hex(reader.receiving) }, compartments: [{ label: patient.label, epoch: 1, precursor, shares }], actions: ['read'], purposes: ['TREAT'], notBefore: START - MINUTE, notAfter: START + 10_000 * MINUTE, conditions: [], threshold: 2, emergency: false, ...change
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
  const state = ({ members, kfrags }: Grant, custody: (id: string, ids: string[]) => StoredStatement[] = () => [], signer = patient.identity): ConsentState => {
    const statement = sign('Consent', members, [signer])
    return { consent: stored(statement, START), custody: custody(statementId(statement.body), kfrags.map((k) => toHex(k.id))), destructions: [] }
  }
  const own = (): Grant => grant(patient, patient, 1)
  const of = (name: string, verdict: string, shown: ConsentState, more: object = {}): object => ({ name, verdict, patientId: patient.id, directory, state: shown, custody: [], ...more })
  const other = newPatient()
  const copied = (grant(other, other, 1).members as { compartments: { precursor: object }[] }).compartments[0]?.precursor
  const withPrecursor = (precursor: object | undefined): Grant => {
    const made = own()
    const [compartment] = (made.members as { compartments: object[] }).compartments
    return { ...made, members: { ...made.members, compartments: [{ ...compartment, precursor }] } }
  }
  return [
    of('granted while a rotation of identity and kfrag-signing key waits', 'accepted', state(own()), { signingKey: hex(patient.signing) }),
    of('made from a version that does not exist', 'refused', state(grant(patient, patient, 3))),
    of('signed by the key that only waits', 'refused', state(own(), undefined, next.identity)),
    of('a precursor copied from another patient\'s grant', 'refused', state(withPrecursor(copied))),
    of('a compartment that the named version lacks', 'refused', state(grant(patient, patient, 1, { compartments: [{ ...(own().members as { compartments: object[] }).compartments[0], epoch: 2 }] }))),
    of('custody of two proxies', 'accepted', state(own(), (id, [a = '', b = '']) => [custodyOf(id, 0, [a]), custodyOf(id, 1, [b])]), { custody: ['CoreMSP', 'Regional1MSP'] }),
    of('a custody statement that another key signed is left out', 'accepted', state(own(), (id, [a = '', b = '']) => [custodyOf(id, 0, [a]), custodyOf(id, 1, [b], key())]), { custody: ['CoreMSP'] }),
    of('one about another consent is left out', 'accepted', state(own(), (id, [a = '', b = '']) => [custodyOf(hash(), 0, [a]), custodyOf(id, 1, [b])]), { custody: ['Regional1MSP'] }),
    of('one about other kfrags is left out', 'accepted', state(own(), (id, [a = '', b = '']) => [custodyOf(id, 0, [b]), custodyOf(id, 1, [b])]), { custody: ['Regional1MSP'] }),
    of('one about more kfrags than listed is left out', 'accepted', state(own(), (id, [a = '', b = '']) => [custodyOf(id, 0, [a, b]), custodyOf(id, 1, [b])]), { custody: ['Regional1MSP'] }),
    of('one whose signature is broken is left out', 'accepted', state(own(), (id, [a = '', b = '']) => [brokenly(custodyOf(id, 0, [a])), custodyOf(id, 1, [b])]), { custody: ['Regional1MSP'] }),
    of('one that is shown twice counts once', 'accepted', state(own(), (id, [a = '']) => [custodyOf(id, 0, [a]), custodyOf(id, 0, [a])]), { custody: ['CoreMSP'] })
  ]
}

function brokenly (statement: StoredStatement): StoredStatement {
  const signatures = statement.statement.signatures.map((s) => ({ ...s, signature: s.signature.replace(/..$/, (end) => end === '00' ? '01' : '00') }))
  return { ...statement, statement: { ...statement.statement, signatures } }
}

/* Answers of the second proxy to one event with two records; what is asked about is the first, unless said otherwise. */
function answerVectors (): object {
  const patient = newPatient()
  const directory = JSON.parse(version(patient, patient, 1).statement.body) as object
  const { members, kfrags } = grant(patient, patient, 1)
  const consent = { type: 'Consent', nonce: toHex(rng(16)), issuedAt: START, submitBefore: START + MINUTE, ...members }
  const consentId = hash()
  const wraps = [0, 1, 2].map(() => createWrap(patient.compartment.publicKey(), rng(32), rng)) as [Uint8Array, Uint8Array, Uint8Array]
  const [asked, second, foreign] = wraps
  const swapped = concatBytes(asked.slice(33, 66), asked.slice(0, 33), asked.slice(66))
  const records = [asked, second, swapped].map((wrap) => ({ recordId: toHex(rng(16)), version: 1, label: patient.label, epoch: 1, level: 'N', mediaClass: 'document', sizeClass: 10, wrapHash: toHex(wrapHash(wrap)), origin: 'CoreMSP' }))
  const event = { eventId: `${patient.id}.${START}.${hash()}`, txId: hash(), time: START, patientId: patient.id, actor: { mspId: 'Regional1MSP', staffId: 'staff-reader', role: 'physician' }, action: 'read', purpose: 'TREAT', records, consentId, requestId: hash(), receivingKey: hex(reader.receiving), decision: 'permit', reasons: [], policyVersion: '1' }
  const [mine, theirs] = [kfrags[1], kfrags[2]] as [VerifiedKfrag, VerifiedKfrag]
  const [, elsewhere] = grant(patient, patient, 1).kfrags as [VerifiedKfrag, VerifiedKfrag]
  const cfragOf = (wrap: Uint8Array, kfrag = mine): string => toHex(reencrypt(parseWrap(wrap).capsule, kfrag, rng).toBytes())
  const honest: AnswerBody = { eventId: event.eventId, wrapHash: toHex(wrapHash(asked)), consentId, kfragId: toHex(mine.id), receivingKey: event.receivingKey, cfrag: cfragOf(asked) }
  const of = (name: string, [verdict, ledger, offline]: [string, string, string], change: Partial<AnswerBody> = {}, more: { wrap?: Uint8Array, accused?: Uint8Array, signer?: SecretKey, decision?: string } = {}): object => {
    const { wrap = asked, accused = wrap, signer = proxyKeys[1] ?? key(), decision = 'permit' } = more
    return { name, verdict, ledger, offline, decision, wrap: toHex(wrap), accusedWrap: toHex(accused), answer: signAnswer({ ...honest, ...change }, networkId, signer) }
  }
  /* `verdict` of whoever asks about one wrap of a permit (gateway, reader); `ledger` of Access:Accuse under that wrap's record; `offline` of judgeEvidence. */
  const cases = [
    of('a good answer', ['good', 'ACCUSATION_REFUSED', 'none']),
    of('signed by another key', ['ANSWER_INVALID', 'ACCUSATION_REFUSED', 'refused'], {}, { signer: key() }),
    of('to another event', ['EVENT_MISMATCH', 'ARGUMENT_INVALID', 'refused'], { eventId: `${patient.id}.${START + 1}.${hash()}` }),
    of('under another consent', ['CONSENT_MISMATCH', 'CONSENT_MISMATCH', 'refused'], { consentId: hash() }),
    of('for another reader', ['RECEIVING_KEY_MISMATCH', 'RECEIVING_KEY_MISMATCH', 'refused'], { receivingKey: hex(key()) }),
    of('for a wrap that the event does not name', ['WRAP_MISMATCH', 'WRAP_NOT_REQUESTED', 'refused'], { wrapHash: toHex(wrapHash(foreign)), cfrag: cfragOf(foreign) }, { accused: foreign }),
    of('for another wrap of the event', ['WRAP_MISMATCH', 'ACCUSATION_REFUSED', 'refused'], { wrapHash: toHex(wrapHash(second)), cfrag: cfragOf(second) }, { accused: second }),
    of('with a kfrag listed for another proxy', ['KFRAG_NOT_LISTED', 'KFRAG_NOT_LISTED', 'proxy'], { kfragId: toHex(theirs.id), cfrag: cfragOf(asked, theirs) }),
    of('for a wrap that its author broke', ['WRAP_BROKEN', 'ACCUSATION_REFUSED', 'author'], { wrapHash: toHex(wrapHash(swapped)) }, { wrap: swapped }),
    of('with a malformed cfrag', ['CFRAG_MALFORMED', 'CFRAG_MALFORMED', 'proxy'], { cfrag: '00'.repeat(359) }),
    of('with another proxy\'s cfrag', ['CFRAG_MISMATCH', 'CFRAG_MISMATCH', 'proxy'], { cfrag: cfragOf(asked, theirs) }),
    of('with a cfrag of another precursor', ['CFRAG_MISMATCH', 'CFRAG_MISMATCH', 'proxy'], { cfrag: withPart(cfragOf(asked), cfragOf(asked, elsewhere), 98, 33) }),
    of('with a cfrag of another capsule', ['CFRAG_PROOF_INVALID', 'CFRAG_PROOF_INVALID', 'proxy'], { cfrag: cfragOf(second) }),
    of('with every member wrong: the first counts', ['CONSENT_MISMATCH', 'CONSENT_MISMATCH', 'refused'], { consentId: hash(), receivingKey: hex(key()), kfragId: hash(), cfrag: '00'.repeat(359) }),
    of('to a denied event', ['EVENT_DENIED', 'EVENT_DENIED', 'none'], {}, { decision: 'deny' })
  ]
  return { source: SOURCE, networkId: toHex(networkId), event, consentId, consent, directory, proxy: proxies[1], proxies, cases }
}

/** `text` with `length` bytes from `offset` taken from `other`; all hex. */
function withPart (text: string, other: string, offset: number, length: number): string {
  return text.slice(0, 2 * offset) + other.slice(2 * offset, 2 * (offset + length)) + text.slice(2 * (offset + length))
}

const SOURCE = 'this repository, by judges.generate.ts'
const judges = { source: SOURCE, networkId: toHex(networkId), proxies, members: MSPS, directories: directoryCases(), records: recordCases(), consents: consentCases() }
await writeFile(new URL('judges.json', import.meta.url), JSON.stringify(judges, null, 1) + '\n')
await writeFile(new URL('answers.json', import.meta.url), JSON.stringify(answerVectors(), null, 1) + '\n')
