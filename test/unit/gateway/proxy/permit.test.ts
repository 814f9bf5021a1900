import t from 'tap'
import type { Test } from 'tap'
import { SecretKey, randomBytes, statementId, toHex, wrapHash as hashWrap } from '@epione/crypto'
import { TRANSACTIONS } from '@epione/protocol'
import type {
  AccessCase, AccessEvent, BindingHistory, ConsentState, PatientDirectory, RecordState, SignedStatement, StatementType
} from '@epione/protocol'
import { LyingPeers, READER_MSP, Sharing } from '../../../helpers/sharing.ts'
import { createManifest, createPatient, directoryMembers, keyHex, sign, signRequest } from '../../../helpers/ledger-fixtures.ts'
import type { TestRecord } from '../../../helpers/ledger-fixtures.ts'

/* Invariant I2 at the proxy of the reader's own hospital, which is asked as another gateway would ask it. */

const peers = new LyingPeers()
let skewMs = 0
const sharing = await Sharing.create(t, {
  running: [READER_MSP],
  special: (_mspId, consortium) => ({ ports: { ...peers.ports(consortium), clock: () => Date.now() + skewMs } })
})
const { world, reader } = sharing
const consentId = await activate()

/** A consent whose kfrags this proxy holds, confirmed by itself and one more. */
async function activate (members = {}): Promise<string> {
  const grant = await sharing.createGrant(members)
  await sharing.commit(grant, 'CoreMSP')
  await sharing.of(READER_MSP).app.proxy.acceptCustody(grant.consentId, grant.kfrags.filter((k) => k.mspId === READER_MSP))
  return grant.consentId
}

function wrapOf ({ recordId, version, wrap }: TestRecord): { recordId: string, version: number, wrap: string } {
  return { recordId, version, wrap: toHex(wrap) }
}

/** Code of the proxy's refusal, or `answered`. */
async function ask (eventId: string, { caller = READER_MSP, wraps = [wrapOf(sharing.record)] } = {}): Promise<string> {
  try {
    const { answers, refused } = await sharing.of(READER_MSP).app.proxy.answerEvent(eventId, caller, wraps)
    return answers.flatMap(({ body }) => body.wrapHashes).length === wraps.length && refused.length === 0 ? 'answered' : 'incomplete'
  } catch (error) {
    return (error as { code: string }).code
  }
}

/** Lets the peers lie during one test only. */
function lie (t: Test, lies: Partial<Pick<LyingPeers, 'state' | 'block'>>): void {
  const honest = { state: peers.state, block: peers.block }
  Object.assign(peers, lies)
  t.teardown(() => Object.assign(peers, honest))
}

/** A lie about the result of one transaction. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- names what the transaction returns
function about<T> (transaction: string, change: (value: T) => unknown): LyingPeers['state'] {
  return (asked, value) => asked === transaction ? change(value as T) : undefined
}

/** The same body under another key's signature: the id stays, since signatures are no part of it. */
function resigned (statement: SignedStatement, key: SecretKey): SignedStatement {
  const body = JSON.parse(statement.body) as { type: StatementType }
  return sign(world, body.type, body, key)
}

t.test('a live permit of the caller\'s own staff is answered, again within its life', async (t) => {
  const eventId = await sharing.permit(consentId)
  t.equal(await ask(eventId), 'answered')
  t.equal(await ask(eventId), 'answered')
})

t.test('a person who was suspended since the permit gets nothing', async (t) => {
  const eventId = await sharing.permit(consentId)
  t.equal(await ask(eventId), 'answered')
  const { mspId, staffId } = sharing.reader
  const suspension = { mspId, staffId, target: { kind: 'person' }, cause: 'left', txId: toHex(randomBytes(32)), time: Date.now() }
  lie(t, {
    state: about<BindingHistory>(TRANSACTIONS.directoryGetBinding, (history) => history.staffId === staffId
      ? { ...history, suspensions: [{ ...suspension, by: { registrar: 'registrar' } }] }
      : history)
  })
  t.equal(await ask(eventId), 'EVENT_DENIED')
})

t.test('an unknown event is refused', async (t) => {
  const [patientId = '', time = ''] = (await sharing.permit(consentId)).split('.')
  t.equal(await ask(`${patientId}.${String(Number(time) - 20_000)}.${toHex(randomBytes(32))}`), 'EVENT_UNKNOWN')
  t.equal(await ask('nonsense'), 'EVENT_UNKNOWN')
})

t.test('an event that only the state shows, and no block, is refused', async (t) => {
  const eventId = await sharing.permit(consentId)
  const [patientId = '', time = ''] = eventId.split('.')
  const [txId, earlier] = [toHex(randomBytes(32)), Number(time) - 20_000]
  const invented = `${patientId}.${String(earlier)}.${txId}`
  const found = await world.gateway(READER_MSP).ledger.getAccess(eventId)
  lie(t, {
    state: about<AccessCase>(TRANSACTIONS.accessGet, () =>
      ({ ...found, event: { ...found.event, eventId: invented, txId, time: earlier, expiresAt: earlier + 60_000 } }))
  })
  t.equal(await ask(invented), 'EVENT_UNKNOWN')
})

t.test('an event whose transaction was invalidated is refused', async (t) => {
  const eventId = await sharing.permit(consentId)
  skewMs = 15_000
  t.teardown(() => { skewMs = 0 })
  lie(t, { block: (transaction) => transaction === undefined ? undefined : { ...transaction, valid: false } })
  t.equal(await ask(eventId), 'EVENT_UNKNOWN')
})

t.test('an event that its block tells otherwise is refused', async (t) => {
  const eventId = await sharing.permit(consentId)
  skewMs = 15_000
  t.teardown(() => { skewMs = 0 })
  lie(t, {
    state: about<AccessCase>(TRANSACTIONS.accessGet, (found) =>
      ({ ...found, event: { ...found.event, actor: { ...found.event.actor, role: 'emergency' } } }))
  })
  t.equal(await ask(eventId), 'EVENT_UNKNOWN')
})

t.test('a denied request is refused', async (t) => {
  const { body } = await sharing.request()
  t.equal(body.code, 'ACCESS_DENIED')
  t.equal(await ask(String(body['eventId'])), 'EVENT_DENIED')
})

t.test('another organisation\'s event is refused', async (t) => {
  t.equal(await ask(await sharing.permit(consentId), { caller: 'CoreMSP' }), 'EVENT_OF_ANOTHER')
})

t.test('a permit lives a minute by the proxy\'s own clock', async (t) => {
  const eventId = await sharing.permit(consentId)
  t.teardown(() => { skewMs = 0 })
  skewMs = 50_000
  t.equal(await ask(eventId), 'answered')
  skewMs = 61_000
  t.equal(await ask(eventId), 'PERMIT_EXPIRED')
  skewMs = -25_000
  t.equal(await ask(eventId), 'answered', 'a proxy whose clock is behind within the tolerance')
  skewMs = -40_000
  t.equal(await ask(eventId), 'PERMIT_EXPIRED', 'a permit from the future')
})

t.test('a permit does not live longer because its event says so', async (t) => {
  const eventId = await sharing.permit(consentId)
  skewMs = 61_000
  t.teardown(() => { skewMs = 0 })
  const forever = (event: AccessEvent): AccessEvent => ({ ...event, expiresAt: event.time + 3_600_000 })
  lie(t, {
    state: about<AccessCase>(TRANSACTIONS.accessGet, (found) => ({ ...found, event: forever(found.event) })),
    block: (transaction) => transaction?.event === undefined
      ? transaction
      : {
          ...transaction,
          event: {
            ...transaction.event,
            payload: new TextEncoder().encode(
              JSON.stringify(forever(JSON.parse(new TextDecoder().decode(transaction.event.payload)) as AccessEvent))
            )
          }
        }
  })
  t.equal(await ask(eventId), 'PERMIT_EXPIRED')
})

t.test('a wrap that the event does not name is refused', async (t) => {
  const other = await sharing.addRecord()
  const eventId = await sharing.permit(consentId)
  t.equal(await ask(eventId, { wraps: [wrapOf(other)] }), 'WRAP_UNKNOWN', 'another record')
  t.equal(
    await ask(eventId, { wraps: [{ ...wrapOf(sharing.record), wrap: toHex(other.wrap) }] }),
    'WRAP_UNKNOWN',
    'another wrap under the record\'s name'
  )
  t.equal(await ask(eventId, { wraps: [wrapOf(sharing.record), wrapOf(other)] }), 'WRAP_UNKNOWN', 'one too many')
})

t.test('a state that lies about the decision\'s grounds is found out by deciding again', async (t) => {
  const eventId = await sharing.permit(consentId)
  lie(t, { state: about<ConsentState>(TRANSACTIONS.consentsGet, (state) => ({ ...state, custody: [] })) })
  t.equal(await ask(eventId), 'DECISION_MISMATCH')
})

t.test('custody that no proxy signed does not count', async (t) => {
  const eventId = await sharing.permit(consentId)
  const forger = SecretKey.random()
  lie(t, {
    state: about<ConsentState>(TRANSACTIONS.consentsGet, (state) =>
      ({ ...state, custody: state.custody.map((c) => ({ ...c, statement: resigned(c.statement, forger) })) }))
  })
  t.equal(await ask(eventId), 'DECISION_MISMATCH')
})

t.test('endorsers who permit what the consent does not are found out', async (t) => {
  const { body } = await sharing.request(await activate({ purposes: ['ETREAT'] }))
  const eventId = String(body['eventId'])
  const permitted = (event: AccessEvent): AccessEvent => ({ ...event, decision: 'permit', reasons: [], expiresAt: event.time + 60_000 })
  lie(t, {
    state: about<AccessCase>(TRANSACTIONS.accessGet, (found) => ({ ...found, event: permitted(found.event) })),
    block: (transaction) => transaction?.event === undefined
      ? transaction
      : {
          ...transaction,
          event: {
            ...transaction.event,
            payload: new TextEncoder().encode(
              JSON.stringify(permitted(JSON.parse(new TextDecoder().decode(transaction.event.payload)) as AccessEvent))
            )
          }
        }
  })
  t.equal(await ask(eventId), 'DECISION_MISMATCH')
})

t.test('a consent that its patient did not sign is refused', async (t) => {
  const eventId = await sharing.permit(consentId)
  lie(t, {
    state: about<ConsentState>(TRANSACTIONS.consentsGet, (state) =>
      ({ ...state, consent: { ...state.consent, statement: resigned(state.consent.statement, SecretKey.random()) } }))
  })
  t.equal(await ask(eventId), 'STATEMENT_UNPROVEN')
})

t.test('a directory of another identity key is refused', async (t) => {
  const eventId = await sharing.permit(consentId)
  const impostor = { ...createPatient(), patientId: sharing.patient.patientId, compartments: sharing.patient.compartments }
  const forged = sign(world, 'KeyDirectory', directoryMembers(impostor), impostor.identity)
  lie(t, {
    state: about<PatientDirectory>(TRANSACTIONS.directoryGetPatient, (d) =>
      ({ ...d, versions: [{ ...d.versions[0], id: statementId(forged.body), statement: forged }] }))
  })
  t.equal(await ask(eventId), 'STATEMENT_UNPROVEN')
})

t.test('a request that the practitioner did not sign is refused, whatever binding the state shows', async (t) => {
  const eventId = await sharing.permit(consentId)
  const forger = SecretKey.random()
  const forgedRequest = signRequest(world, { ...reader, requestSigning: forger }, sharing.patient, [sharing.record], consentId)
  const forgedRequestOnly = about<AccessCase>(TRANSACTIONS.accessGet, (found) => ({ ...found, request: resigned(found.request, forger) }))
  const binding = sign(
    world,
    'KeyBinding',
    { mspId: reader.mspId, staffId: reader.staffId, version: 1, receivingKey: keyHex(reader.receiving), requestKey: keyHex(forger) },
    forger
  )
  t.test('under the true binding', async (t) => {
    lie(t, { state: forgedRequestOnly })
    t.equal(await ask(eventId), 'STATEMENT_UNPROVEN')
  })
  t.test('under a binding that lacks the receiving key\'s signature', async (t) => {
    const forgedBinding = about<BindingHistory>(TRANSACTIONS.directoryGetBinding, (h) =>
      ({ ...h, versions: [{ ...h.versions[0], id: statementId(binding.body), statement: binding }] }))
    lie(t, { state: (transaction, value) => forgedRequestOnly(transaction, value) ?? forgedBinding(transaction, value) })
    t.equal(await ask(eventId), 'STATEMENT_UNPROVEN')
  })
  t.test('in place of the one that the event names', async (t) => {
    lie(t, { state: about<AccessCase>(TRANSACTIONS.accessGet, (found) => ({ ...found, request: forgedRequest })) })
    t.equal(await ask(eventId), 'STATEMENT_UNPROVEN')
  })
})

t.test('a manifest that its author did not sign is refused', async (t) => {
  const eventId = await sharing.permit(consentId)
  lie(t, {
    state: about<RecordState>(TRANSACTIONS.recordsGet, (record) =>
      ({ ...record, manifest: { ...record.manifest, statement: resigned(record.manifest.statement, SecretKey.random()) } }))
  })
  t.equal(await ask(eventId), 'STATEMENT_UNPROVEN')
})

t.test('a wrap whose author broke its capsule is refused, and only that', async (t) => {
  const { members, wrap, place } = createManifest(sharing.author, sharing.patient)
  const broken = Uint8Array.from([...wrap.subarray(33, 66), ...wrap.subarray(0, 33), ...wrap.subarray(66)])
  const wrapHash = toHex(hashWrap(broken, place))
  await sharing.author.ledger.registerRecord(sign(world, 'RecordManifest', { ...members, wrapHash }, sharing.author.requestSigning))
  const record = { ...sharing.record, recordId: members.recordId, wrap: broken, wrapHash }
  t.equal(await ask(await sharing.permit(consentId, [record]), { wraps: [wrapOf(record)] }), 'WRAP_UNKNOWN')
  const { proxy } = sharing.of(READER_MSP).app
  const eventId = await sharing.permit(consentId, [record, sharing.record])
  const { answers, refused } = await proxy.answerEvent(eventId, READER_MSP, [wrapOf(record), wrapOf(sharing.record)])
  t.match(refused, [{ recordId: record.recordId, version: 1, code: 'WRAP_UNKNOWN' }])
  t.same(answers.map(({ body }) => body.wrapHashes), [[sharing.record.wrapHash]], 'the other is answered for')
})

t.test('a wrap that is asked for twice is answered for once', async (t) => {
  const eventId = await sharing.permit(consentId)
  const wrap = wrapOf(sharing.record)
  const { answers } = await sharing.of(READER_MSP).app.proxy.answerEvent(eventId, READER_MSP, [wrap, wrap])
  t.same(answers.map(({ body }) => body.wrapHashes), [[sharing.record.wrapHash]])
})

t.test('a directory that replaces the identity key, even by its own word, is refused', async (t) => {
  const eventId = await sharing.permit(consentId)
  const { patient } = sharing
  lie(t, {
    state: about<PatientDirectory>(TRANSACTIONS.directoryGetPatient, (d) => {
      const next = sign(
        world,
        'KeyDirectory',
        { ...directoryMembers({ ...patient, identity: SecretKey.random() }), version: 2, previous: patient.directoryId },
        patient.identity
      )
      return { ...d, versions: [...d.versions, { ...d.versions[0], id: statementId(next.body), statement: next }] }
    })
  })
  t.equal(await ask(eventId), 'STATEMENT_UNPROVEN')
})

t.test('a kfrag that the proxy does not hold is a refusal of its own', async (t) => {
  const id = await activate()
  const eventId = await sharing.permit(id)
  await sharing.of(READER_MSP).app.proxy.context.vault.destroy(id)
  t.equal(await ask(eventId), 'KFRAG_MISSING')
})

t.test('after a revocation nothing leaves, not even when the peers hide it later', async (t) => {
  const id = await activate()
  const eventId = await sharing.permit(id)
  t.equal(await ask(eventId), 'answered')
  await sharing.revoke(id, READER_MSP)
  t.equal(await ask(eventId), 'CONSENT_ENDED')
  lie(t, { state: about<ConsentState>(TRANSACTIONS.consentsGet, ({ revocation: _hidden, ...state }) => state) })
  t.equal(await ask(eventId), 'CONSENT_ENDED')
})
