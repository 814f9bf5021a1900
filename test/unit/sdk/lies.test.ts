import { existsSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import {
  SecretKey, createWrap, deriveKeyRing, generatePhrase, randomBytes, sha256, signStatement, statementId, toHex, utf8 as bytesOf
} from '@epione/crypto'
import type { SignedStatement } from '@epione/crypto'
import {
  addRecord, bindKeys, getRecord, grantConsent, listAccessEvents, listConsents, makeCard, openCard, openRecord,
  requestAccess, revokeConsent, suspendSelf
} from '@epione/sdk'
import type { PatientContext } from '@epione/sdk'
import { about } from '../../helpers/client/front.ts'
import { bytes } from '../../helpers/client/bytes.ts'
import { addWithForeignWrap } from '../../helpers/client/foreign-wrap.ts'
import { Hospitals, grantTo, writeRecord } from '../../helpers/client/hospitals.ts'
import type { Hospital } from '../../helpers/client/hospitals.ts'
import { FileDestination } from '@epione/cli'
import { PLACE } from '../../helpers/places.ts'

const hospitals = await Hospitals.open(t)
const { core, regional1, regional2 } = hospitals
const patient = await hospitals.patient()
const author = await hospitals.physician(core)
const reader = await hospitals.physician(regional1)
const recordId = await writeRecord(author, patient, 'what the record says')
const { consentId } = await grantTo(reader, patient)
const wanted = { patientId: patient.patientId, records: [{ recordId }], purpose: 'TREAT' }

t.afterEach(() => { for (const { front } of hospitals.all) { front.lies = []; front.corrupt = undefined } })

interface Stored { id: string, statement: SignedStatement, time: number }
interface Versions { versions: Stored[] }
type Body = Record<string, unknown>

const bodyOf = (stored: Stored): Body => JSON.parse(stored.statement.body) as Body
const nonce = (): string => toHex(randomBytes(16))

/** The statement of `stored` with members replaced, signed with other keys. */
function forged (stored: Stored, members: Body, keys: SecretKey[]): Stored {
  const body = { ...bodyOf(stored), ...members }
  const statement = signStatement({ type: String(body['type']), networkId: patient.networkId, body, keys })
  return { ...stored, statement }
}

/** The patient's directory with compartment keys of the gateway's own, signed as well as it can. */
function withOwnCompartmentKeys (mallory: SecretKey): (answer: Versions) => Versions {
  const own = new Map<unknown, string>()
  const keyOf = (label: unknown): string => {
    const key = own.get(label) ?? SecretKey.random().publicKey().toHex()
    own.set(label, key)
    return key
  }
  return ({ versions, ...rest }) => ({
    ...rest,
    versions: versions.map((stored) =>
      forged(stored, {
        compartments: (bodyOf(stored)['compartments'] as Body[]).map((c) => ({ ...c, key: keyOf(c['label']) }))
      }, [mallory]))
  })
}

function lie (who: readonly Hospital[], ...lies: Hospital['front']['lies']): void {
  for (const { front } of who) front.lies = lies
}

const DIRECTORY = /\/directory$/
const KEYS = /\/v1\/practitioners\/.*\/keys$/

const addWith = (card: string): Promise<unknown> =>
  addRecord(author, { source: bytes('x'), category: 'summary', mediaClass: 'document', card })

t.test('I9: an author seals nothing for a compartment key that one gateway made up', async (t) => {
  const { card } = await makeCard(patient)
  lie([core], about('GET', DIRECTORY, withOwnCompartmentKeys(SecretKey.random())))
  await t.rejects(addWith(card), { code: 'ORGANIZATIONS_DIFFER', exitCode: 4, details: { party: { mspIds: ['CoreMSP', 'Regional1MSP'] } } })
})

t.test('I9: nor for one that all gateways agree on', async (t) => {
  const { card } = await makeCard(patient)
  const mallory = SecretKey.random()
  lie(hospitals.all, about('GET', DIRECTORY, withOwnCompartmentKeys(mallory)))
  await t.rejects(addWith(card), { code: 'DIRECTORY_INVALID', exitCode: 4 })
  lie(
    hospitals.all,
    about('GET', DIRECTORY, (
      { versions, ...rest }: Versions
    ) => ({ ...rest, versions: versions.map((s) => forged(s, { identityKey: mallory.publicKey().toHex() }, [mallory])) }))
  )
  await t.rejects(addWith(card), { code: 'DIRECTORY_INVALID' })
})

t.test('a card that was tampered with is refused', async (t) => {
  const { card } = await makeCard(patient)
  const statement = JSON.parse(card) as SignedStatement
  t.throws(() => openCard(author, JSON.stringify({ ...statement, body: statement.body.replace('summary', 'summery') })), {
    code: 'CARD_INVALID',
    exitCode: 4
  })
  const mallory = deriveKeyRing(generatePhrase())
  const resigned = signStatement({
    type: 'WriteCard',
    networkId: patient.networkId,
    body: { ...JSON.parse(statement.body) as object, identityKey: mallory.identity().publicKey().toHex() },
    keys: [mallory.identity()]
  })
  t.throws(() => openCard(author, JSON.stringify(resigned)), { code: 'CARD_INVALID' })
  t.throws(() => openCard({ ...author, networkId: randomBytes(32) }, card), { code: 'CARD_INVALID' }, 'a card of another network')
  t.throws(() => openCard(author, 'no card'), { code: 'FILE_DAMAGED', exitCode: 2 })
})

t.test('a gateway that shows an older directory is found out', async (t) => {
  const other = await hospitals.patient()
  const epoch2 = await raiseEpoch(other)
  const { card } = await makeCard(other)
  const older = ({ versions, ...rest }: Versions): Versions => ({ ...rest, versions: versions.slice(0, 1) })
  lie([core], about('GET', DIRECTORY, older))
  await t.rejects(addWith(card), { code: 'ORGANIZATIONS_DIFFER' })
  lie(hospitals.all, about('GET', DIRECTORY, older))
  await t.rejects(addWith(card), { code: 'COMPARTMENT_MISMATCH', exitCode: 4 })
  lie(hospitals.all)
  const added = await addRecord(author, { source: bytes('x'), category: 'summary', mediaClass: 'document', card })
  t.match(await getRecord(other, { recordId: added.recordId }), { manifest: { epoch: epoch2 } })
})

/** The patient's next directory: a new key for every compartment. */
async function raiseEpoch ({ patientId, keys, networkId, gateways }: PatientContext): Promise<number> {
  const { versions: [first] } = await gateways.own.getDirectory(patientId) as unknown as Versions
  if (first === undefined) throw new Error('no directory')
  const labels = new Map(['inbox', 'summary'].map((c) => [toHex(keys.compartmentLabel(c)), c]))
  const compartments = (bodyOf(first)['compartments'] as Array<{ label: string, key: string, epoch: number }>).map((c) => {
    const category = labels.get(c.label)
    return category === undefined ? c : { ...c, epoch: 2, key: keys.compartment(category, 2).publicKey().toHex() }
  })
  const issuedAt = Date.now()
  const body = { ...bodyOf(first), nonce: nonce(), issuedAt, submitBefore: issuedAt + 60_000, version: 2, previous: first.id, compartments }
  const statement = signStatement({ type: 'KeyDirectory', networkId, body, keys: [keys.identity()] })
  await hospitals.consortium.world.gateway('CoreMSP').ledger.publishDirectory({
    body: statement.body,
    signatures: [...statement.signatures]
  })
  return 2
}

t.test('a patient grants nothing to a suspended person of whom one gateway tells that only a certificate ended', async (t) => {
  const left = await hospitals.physician(regional1)
  await suspendSelf(left, { target: { kind: 'person' }, cause: 'left' })
  await t.rejects(grantTo(left, patient), { code: 'SUSPENDED' })
  const softened = ({ suspensions, ...rest }: { suspensions: object[] }): object => ({
    ...rest,
    suspensions: suspensions.map((s) => ({ ...s, target: { kind: 'certificate', serial: '0101' }, by: { registrar: 'registrar' } }))
  })
  lie([core], about('GET', KEYS, softened))
  await t.rejects(grantTo(left, patient), { code: 'ORGANIZATIONS_DIFFER', exitCode: 4 })
})

t.test('I9: a patient signs nothing for a receiving key that a gateway passes off as the reader\'s', async (t) => {
  const mallory = deriveKeyRing(generatePhrase())
  const [request, receiving] = [mallory.requestSigning(), mallory.receiving()]
  const ownKey = (
    { versions, ...rest }: Versions
  ): Versions => ({
    ...rest,
    versions: versions.map((s) =>
      forged(s, { requestKey: request.publicKey().toHex(), receivingKey: receiving.publicKey().toHex() }, [request, receiving]))
  })
  const consistent = (answer: Versions): Versions => {
    const { versions, ...rest } = ownKey(answer); return {
      ...rest,
      versions: versions.map((s) => ({ ...s, id: statementId(s.statement.body) }))
    }
  }
  const grant = (fingerprint?: string): Promise<unknown> =>
    grantConsent(patient, {
      grantee: reader.person,
      categories: ['summary'],
      purposes: ['TREAT'],
      days: 1,
      ...(fingerprint === undefined ? {} : { fingerprint })
    })
  const fingerprint = reader.keys.receiving().publicKey().fingerprint()
  lie([core], about('GET', KEYS, consistent))
  await t.rejects(grant(fingerprint), { code: 'ORGANIZATIONS_DIFFER', exitCode: 4 })
  lie(hospitals.all, about('GET', KEYS, ownKey))
  await t.rejects(grant(fingerprint), { code: 'BINDING_INVALID', exitCode: 4 })
  lie(hospitals.all, about('GET', KEYS, consistent))
  await t.rejects(grant(fingerprint), {
    code: 'FINGERPRINT_MISMATCH',
    exitCode: 2,
    details: { fingerprint: receiving.publicKey().fingerprint() }
  })
  await t.rejects(grant(), { code: 'FINGERPRINT_REQUIRED', exitCode: 2 })
  await t.rejects(requestAccess(reader, wanted), { code: 'BINDING_FOREIGN', exitCode: 4 }, 'the reader notices too')
})

t.test('proxy keys that only one organisation shows are not used', async (t) => {
  const own = SecretKey.random().publicKey().toHex()
  lie(
    [core],
    about('GET', /\/organizations$/, ({ items }: { items: Body[] }) => ({ items: items.map((o) => ({ ...o, encryptionKey: own })) }))
  )
  await t.rejects(grantTo(reader, patient), { code: 'ORGANIZATIONS_DIFFER', details: { what: 'list of organisations' } })
})

t.test('a store that keeps other bytes than were sent registers nothing', async (t) => {
  lie([core], about('POST', /\/contents$/, (body: Body) => ({ ...body, contentHash: '0'.repeat(64) })))
  await t.rejects(writeRecord(author, patient, 'x'), {
    code: 'CONTENT_MODIFIED',
    exitCode: 4,
    details: { party: { kind: 'store', mspId: 'CoreMSP' } }
  })
})

t.test('a gateway that answers of another record than was sent is named', async (t) => {
  lie([core], about('POST', /\/records$/, (body: Body) => ({ ...body, recordId: '0'.repeat(32) })))
  await t.rejects(writeRecord(author, patient, 'x'), {
    code: 'ECHO_MISMATCH',
    exitCode: 4,
    details: { party: { kind: 'gateway', mspId: 'CoreMSP' } }
  })
})

t.test('a statement that no other organisation shows does not count', async (t) => {
  const revoke = (): Promise<unknown> => revokeConsent(patient, nonce() + nonce())
  lie([regional1, regional2], ({ path }) =>
    path.startsWith('/v1/statements/') ? { status: 404, body: { code: 'STATEMENT_UNKNOWN' } } : undefined)
  await t.rejects(revoke(), { code: 'STATEMENT_NOT_COMMITTED', exitCode: 4, details: { party: { kind: 'gateway', mspId: 'CoreMSP' } } })
  lie([regional1, regional2])
  lie([core], about('POST', /\/revocations$/, (body: Body) => ({ ...body, txId: '0'.repeat(64) })))
  await t.rejects(revoke(), { code: 'RECEIPT_MISMATCH', exitCode: 4 })
})

t.test('without another organisation in reach a statement stands, unconfirmed, with a warning', async (t) => {
  const alone = { ...patient, ...hospitals.client(core, [core]) }
  t.match(await revokeConsent(alone, nonce() + nonce()), { confirmedElsewhere: false, warnings: [/Only CoreMSP/] })
  await t.rejects(grantTo(reader, alone), { code: 'SECOND_ORGANIZATION_UNREACHABLE', exitCode: 5 })
})

t.test('an event that one hospital hides is reported as shown by the other alone', async (t) => {
  const { eventId } = await requestAccess(reader, wanted)
  lie([core],
    about('GET', /\/access-events$/, (
      { items }: { items: Array<{ eventId: string }> }
    ) => ({ items: items.filter((e) => e.eventId !== eventId) })),
    ({ path }) => path.endsWith(`/access-events/${eventId}`) ? { status: 404, body: { code: 'EVENT_UNKNOWN' } } : undefined)
  const log = await listAccessEvents(patient, {})
  t.strictSame(log.onlyShownBy, [{ eventId, mspId: 'Regional1MSP' }])
  t.ok(log.items.some((e) => e.eventId === eventId))
})

t.test('an event that two hospitals tell differently is reported', async (t) => {
  const { eventId } = await requestAccess(reader, wanted)
  lie(
    [core],
    about('GET', /\/access-events$/, (
      { items, ...rest }: { items: Body[] }
    ) => ({ ...rest, items: items.map((e) => e['eventId'] === eventId ? { ...e, purpose: 'ETREAT' } : e) }))
  )
  t.strictSame((await listAccessEvents(patient, {})).differing, [eventId])
})

t.test('custody that is made up does not count, and a consent whose revocation is made up is refused', async (t) => {
  type State = { consent: Stored, custody: Stored[], revocation?: Stored }
  const mallory = SecretKey.random()
  lie(
    hospitals.all,
    about('GET', /\/consents$/, (
      { items }: { items: State[] }
    ) => ({ items: items.map((s) => ({ ...s, custody: s.custody.map((c) => forged(c, { nonce: nonce() }, [mallory])) })) }))
  )
  t.match(await listConsents(patient), [{ consentId, status: 'pending', custody: [] }])
  const revocation = (s: State): Stored => {
    const statement = signStatement({
      type: 'Revocation',
      networkId: patient.networkId,
      body: { type: 'Revocation', nonce: nonce(), issuedAt: Date.now(), patientId: patient.patientId, consentId: s.consent.id },
      keys: [mallory]
    })
    return { ...s.consent, id: statementId(statement.body), statement }
  }
  lie(
    hospitals.all,
    about('GET', /\/consents$/, ({ items }: { items: State[] }) => ({ items: items.map((s) => ({ ...s, revocation: revocation(s) })) }))
  )
  await t.rejects(listConsents(patient), { code: 'CONSENT_INVALID', exitCode: 4 })
})

t.test('I4: a flipped byte of the ciphertext is the store\'s doing, and leaves no file', async (t) => {
  const { eventId } = await requestAccess(reader, wanted)
  const out = join(t.testdir(), 'opened')
  for (const at of [3, 40, 100, 122, 123, 140]) {
    regional1.front.corrupt = (piece) => { const copy = Buffer.from(piece); copy[at] = (copy[at] ?? 0) ^ 0x20; return copy }
    await t.rejects(
      openRecord(reader, { eventId, to: new FileDestination(out) }),
      { code: 'CONTENT_MODIFIED', exitCode: 4, details: { party: { kind: 'store', mspId: 'Regional1MSP' } } },
      `byte ${at}`
    )
  }
  regional1.front.corrupt = (piece) => piece.subarray(0, -1)
  await t.rejects(openRecord(reader, { eventId, to: new FileDestination(out) }), { code: 'CONTENT_MODIFIED' }, 'truncated')
  t.notOk(existsSync(out))
  regional1.front.corrupt = undefined
  t.match(await openRecord(reader, { eventId, to: new FileDestination(out) }), { sizeBytes: 20 })
})

t.test('a store that gives wrong or half a content is followed by another hospital\'s, and all who were asked are named', async (t) => {
  const flip = (piece: Buffer): Buffer => { const copy = Buffer.from(piece); copy[140] = (copy[140] ?? 0) ^ 0x20; return copy }
  for (const corrupt of [flip, (piece: Buffer) => piece.subarray(0, -1)]) {
    core.front.corrupt = corrupt
    const to = new FileDestination(join(t.testdir(), 'opened'))
    t.match(await getRecord(patient, { recordId, to }), { opened: { sizeBytes: 20 } })
    t.equal(to.sha256(), toHex(sha256(bytesOf('what the record says'))))
  }
  for (const { front } of hospitals.all) front.corrupt = flip
  await t.rejects(getRecord(patient, { recordId, to: new FileDestination(join(t.testdir(), 'never')) }), {
    code: 'CONTENT_MODIFIED',
    details: { party: { kind: 'store', mspId: 'Regional1MSP' }, asked: ['CoreMSP', 'Regional1MSP', 'Regional2MSP'] }
  })
})

t.test('I4: another wrap or manifest than the author signed is refused', async (t) => {
  const { eventId } = await requestAccess(reader, wanted)
  const open = (): Promise<unknown> => openRecord(reader, { eventId, to: new FileDestination(join(t.testdir(), 'opened')) })
  const wrap = toHex(createWrap(patient.keys.compartment('summary').publicKey(), randomBytes(32), PLACE))
  lie([regional1], about('POST', /\/cfrags$/, (body: { wraps: Body[] }) => ({ ...body, wraps: body.wraps.map((w) => ({ ...w, wrap })) })))
  await t.rejects(open(), { code: 'WRAP_MISMATCH', exitCode: 4 })
  const mallory = SecretKey.random()
  lie(
    [regional1],
    about('GET', /\/records\/[0-9a-f]+$/, (
      state: { manifest: Stored }
    ) => ({ ...state, manifest: forged(state.manifest, { cid: `b${'a'.repeat(58)}` }, [mallory]) }))
  )
  await t.rejects(open(), { code: 'MANIFEST_INVALID', exitCode: 4 })
  const flipped = (stored: Stored): Stored =>
    ({ ...stored, statement: { ...stored.statement, body: stored.statement.body.replace('"sizeClass":', '"sizeClass":1') } })
  lie(
    [regional1],
    about('GET', /\/records\/[0-9a-f]+$/, (state: { manifest: Stored }) => ({ ...state, manifest: flipped(state.manifest) }))
  )
  await t.rejects(open(), { code: 'MANIFEST_INVALID' })
})

t.test('an event of another\'s request is not redeemed', async (t) => {
  const { eventId } = await requestAccess(reader, wanted)
  const mallory = SecretKey.random()
  lie(
    [regional1],
    about('GET', /\/access-events\/[^/]+$/, (
      answer: { request: SignedStatement }
    ) => ({
      ...answer,
      request: signStatement({
        type: 'AccessRequest',
        networkId: reader.networkId,
        body: JSON.parse(answer.request.body) as object,
        keys: [mallory]
      })
    }))
  )
  await t.rejects(openRecord(reader, { eventId, to: new FileDestination(join(t.testdir(), 'opened')) }), {
    code: 'EVENT_INVALID',
    exitCode: 4
  })
})

t.test('I4: an author who seals wrongly is told from a store that changes bytes', async (t) => {
  const { card } = await makeCard(patient)
  const { recordId: broken } = await addWithForeignWrap(author, patient, card)
  const permit = await requestAccess(reader, { ...wanted, records: [{ recordId: broken }] })
  await t.rejects(openRecord(reader, { eventId: permit.eventId, to: new FileDestination(join(t.testdir(), 'opened')) }), {
    code: 'SEALED_WRONGLY',
    exitCode: 4,
    details: { party: { kind: 'author', ...author.person } }
  })
})

t.test('a gateway that is off does not keep a patient from revoking through another', async (t) => {
  const two = await Hospitals.open(t)
  const other = await two.patient()
  await two.core.front.stop()
  t.match(await revokeConsent(other, consentId), { confirmedElsewhere: true })
})

t.test('a workstation whose keys are bound already says so and does nothing', async (t) => {
  t.match(await bindKeys(reader), { version: 1, confirmedElsewhere: true, fingerprint: reader.keys.receiving().publicKey().fingerprint() })
})

t.test('nothing secret and nothing plain reaches a gateway', (t) => {
  const received = Buffer.concat(hospitals.all.flatMap((h) => h.front.received))
  t.ok(received.includes(patient.patientId), 'the search finds what is there')
  // One word may stand in any request, as `identity` or `document` does: two in a row are the phrase.
  const words = patient.phrase.split(' ')
  const pairs = words.slice(1).flatMap((word, index) => [`${words[index] ?? ''} ${word}`, `${words[index] ?? ''}","${word}`])
  const secrets = [patient.phrase, ...pairs, 'what the record says']
  for (const secret of secrets) {
    for (const form of [
      secret, Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('base64')
    ]) t.notOk(received.includes(form))
  }
  t.end()
})
