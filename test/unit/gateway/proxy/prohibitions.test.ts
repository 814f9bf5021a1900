import t from 'tap'
import type { Test } from 'tap'
import { SecretKey, statementId, toHex } from '@epione/crypto'
import { DECISION_RULES, streamIdOf, TRANSACTIONS } from '@epione/protocol'
import type { AccessCase, AccessEvent, RecordState, SignedStatement, StandingState, StoredStatement } from '@epione/protocol'
import type { CommittedTransaction } from '../../../../ledger/src/fabric/ledger-connection.ts'
import { LyingPeers, READER_MSP, Sharing, post, until } from '../../../helpers/sharing.ts'
import { bindPractitioner, publishPatient, registerRecord, sign, signProhibition } from '../../../helpers/ledger-fixtures.ts'
import type { ConsentMembers, TestRecord } from '../../../helpers/ledger-fixtures.ts'
import { TestStream } from '../../../helpers/streaming.ts'
import { addDevice, addSegment, proveWindows } from '../../../helpers/window-fixtures.ts'

/* What a patient forbids, and the terms of a consent, at the proxy of the reader's own hospital. */

const peers = new LyingPeers()
const sharing = await Sharing.create(t, {
  running: [READER_MSP],
  special: (_mspId, consortium) => ({ ports: peers.ports(consortium) })
})
const { world, patient, record } = sharing
const { app } = sharing.of(READER_MSP)
const consentId = await activate()
type BlockEvent = NonNullable<CommittedTransaction['event']>
const HOSPITAL = { organizations: [READER_MSP] }

async function activate (members: Partial<ConsentMembers> = {}): Promise<string> {
  const grant = await sharing.createGrant(members)
  await sharing.commit(grant, 'CoreMSP')
  await app.proxy.acceptCustody(grant.consentId, grant.kfrags.filter((k) => k.mspId === READER_MSP))
  return grant.consentId
}

async function ask (eventId: string, { recordId, version, wrap }: TestRecord = record): Promise<string> {
  try {
    const { answers } = await app.proxy.answerEvent(eventId, READER_MSP, [{ recordId, version, wrap: toHex(wrap) }])
    return answers.length === 1 ? 'answered' : 'incomplete'
  } catch (error) {
    return (error as { code: string }).code
  }
}

async function say (statement: SignedStatement): Promise<string> {
  const { status, body } = await post(app, `/v1/patients/${patient.patientId}/prohibitions`, { statement })
  if (status !== 201) throw new Error(JSON.stringify(body))
  return String(body['prohibitionId'])
}
const forbid = async (forbids: object): Promise<string> => await say(signProhibition(world, patient, { forbids }))
const end = async (ends: string): Promise<string> => await say(signProhibition(world, patient, { ends }))

/** What the gateway itself has read in blocks. */
async function remembered (): Promise<string[]> {
  const rows = await app.store.db.selectFrom('prohibitions').select('statement_id').where('patient_id', '=', patient.patientId).execute()
  return rows.map((row) => row.statement_id)
}

function lie (t: Test, lies: Partial<Pick<LyingPeers, 'state' | 'block'>>): void {
  const honest = { state: peers.state, block: peers.block }
  Object.assign(peers, lies)
  t.teardown(() => Object.assign(peers, honest))
}

const showing = (prohibitions: StoredStatement[]): Partial<Pick<LyingPeers, 'state'>> => ({
  state: (transaction, value) =>
    transaction === TRANSACTIONS.consentsGetStanding ? { ...(value as StandingState), prohibitions } : undefined
})

/** State and blocks that agree on another event than there is. */
function retell (found: AccessCase, change: (event: AccessEvent) => AccessEvent): Partial<Pick<LyingPeers, 'state' | 'block'>> {
  const { txId } = found.event
  const payload = new TextEncoder().encode(JSON.stringify(change(found.event)))
  return {
    state: (transaction, value) =>
      transaction === TRANSACTIONS.accessGet ? { ...(value as AccessCase), event: change(found.event) } : undefined,
    block: (transaction, asked): CommittedTransaction | undefined =>
      asked !== txId || transaction?.event === undefined ? transaction : { ...transaction, event: { ...transaction.event, payload } }
  }
}

/** A request that is denied, told as permitted by a majority that does not keep to the rules. */
async function falselyPermitted (t: Test, id: string, asked: TestRecord): Promise<string> {
  const { body } = await sharing.request(id, [asked])
  const found = await world.gateway(READER_MSP).ledger.getAccess(String(body['eventId']))
  lie(t, retell(found, (event) => ({
    ...event,
    decision: 'permit',
    reasons: [
      { rule: DECISION_RULES.roleMayAct, facts: ['physician', 'TREAT'] }, { rule: DECISION_RULES.consentGrants, facts: [id] }
    ],
    expiresAt: event.time + 60_000
  })))
  return found.event.eventId
}

t.test('what the patient forbids since the permit does not leave, not even when the peers hide it later', async (t) => {
  const eventId = await sharing.permit(consentId)
  t.equal(await ask(eventId), 'answered')
  const id = await forbid(HOSPITAL)
  t.equal(await ask(eventId), 'EVENT_DENIED')
  await until(async () => (await remembered()).includes(id))
  lie(t, showing([]))
  t.equal(await ask(eventId), 'EVENT_DENIED')
  await end(id)
  await until(async () => await ask(eventId) === 'answered')
  t.strictSame(await remembered(), [], 'both are forgotten')
})

t.test('a request that is forbidden is denied with the prohibition\'s id, and a prohibition of something else hinders nothing', async (t) => {
  const [own, other] = [await forbid(HOSPITAL), await forbid({ organizations: ['CoreMSP'] })]
  const { status, body } = await sharing.request(consentId)
  t.equal(status, 403)
  t.match(body, { code: 'ACCESS_DENIED', reasons: [{ rule: DECISION_RULES.patientProhibits, facts: [own] }] })
  await end(own)
  t.equal(await ask(await sharing.permit(consentId)), 'answered')
  await end(other)
})

t.test('a prohibition that only the peer shows is honoured, whoever signed it', async (t) => {
  const eventId = await sharing.permit(consentId)
  const statement = sign(world, 'Prohibition', { patientId: patient.patientId, forbids: HOSPITAL }, SecretKey.random())
  lie(t, showing([{ id: statementId(statement.body), statement, txId: '00'.repeat(32), time: world.now(), submittedBy: 'CoreMSP' }]))
  t.equal(await ask(eventId), 'EVENT_DENIED')
})

t.test('an end that the patient did not sign ends nothing, whatever blocks and state say', async (t) => {
  const eventId = await sharing.permit(consentId)
  const id = await forbid(HOSPITAL)
  await until(async () => (await remembered()).includes(id))
  const statement = sign(world, 'Prohibition', { patientId: patient.patientId, ends: id }, SecretKey.random())
  const stored = { id: statementId(statement.body), statement, txId: '00'.repeat(32), time: world.now(), submittedBy: 'CoreMSP' }
  await app.proxy.prohibitions.remember(stored, patient.patientId, app.store.db)
  lie(t, showing([]))
  t.equal(await ask(eventId), 'EVENT_DENIED')
  await end(id)
  await until(async () => await ask(eventId) === 'answered')
})

t.test('a prohibition of another patient hinders nothing', async (t) => {
  const other = await publishPatient(world)
  const statement = signProhibition(world, other, { forbids: HOSPITAL })
  const { status } = await post(app, `/v1/patients/${other.patientId}/prohibitions`, { statement })
  t.equal(status, 201)
  t.equal((await post(app, `/v1/patients/${patient.patientId}/prohibitions`, { statement })).body.code, 'REQUEST_INVALID')
  t.equal(await ask(await sharing.permit(consentId)), 'answered')
})

t.test('refusals of the ledger reach whoever brings a prohibition', async (t) => {
  const send = async (members: object, key = patient.identity): Promise<string | undefined> => {
    const statement = sign(world, 'Prohibition', { patientId: patient.patientId, ...members }, key)
    return (await post(app, `/v1/patients/${patient.patientId}/prohibitions`, { statement })).body.code
  }
  t.equal(await send({ ends: '00'.repeat(32) }), 'PROHIBITION_UNKNOWN')
  t.equal(await send({ forbids: HOSPITAL, notAfter: world.now() - 1000 }), 'PROHIBITION_INVALID')
  t.equal(await send({ forbids: HOSPITAL }, SecretKey.random()), 'SIGNATURE_INVALID')
  t.equal(await send({ forbids: {} }), 'STATEMENT_INVALID')
})

t.test('endorsers who permit what an exception forbids are found out', async (t) => {
  const id = await activate({ grade: 'intermediate', exceptions: [{ levels: ['N'] }] })
  t.equal(await ask(await falselyPermitted(t, id, record)), 'DECISION_MISMATCH')
})

t.test('the author whom an exception names is the one of the signed manifest', async (t) => {
  const colleague = await bindPractitioner(world)
  const theirs = await registerRecord(world, colleague, patient)
  const id = await activate({ grade: 'intermediate', exceptions: [{ authors: [{ mspId: colleague.mspId, staffId: colleague.staffId }] }] })
  t.equal(await ask(await sharing.permit(id)), 'answered')
  t.equal(await ask(await falselyPermitted(t, id, theirs), theirs), 'DECISION_MISMATCH')
})

t.test('a level that the patient never gave the compartment is refused', async (t) => {
  const id = await activate({ grade: 'advanced', levels: ['V'] })
  const { body } = await sharing.request(id)
  t.match(body, { code: 'ACCESS_DENIED', reasons: [{ rule: DECISION_RULES.levelNotGranted, facts: ['N'] }] })
  const found = await world.gateway(READER_MSP).ledger.getAccess(String(body['eventId']))
  const told = retell(found, (event) => ({
    ...event,
    decision: 'permit',
    reasons: [],
    expiresAt: event.time + 60_000,
    records: event.records.map((r) => ({ ...r, level: 'V' }))
  }))
  lie(t, {
    ...told,
    state: (transaction, value) => transaction === TRANSACTIONS.recordsGet
      ? { ...(value as RecordState), level: 'V' }
      : told.state?.(transaction, value)
  })
  t.equal(await ask(found.event.eventId), 'STATEMENT_UNPROVEN')
})

t.test('when the ledger took a record is what the block says that registered it', async (t) => {
  const { manifest: { time, txId } } = await world.gateway(READER_MSP).ledger.getRecord(record.recordId, 1)
  const period = { grade: 'intermediate' as const, dataPeriod: { from: time, until: time + 1 } }
  const id = await activate(period)
  const eventId = await sharing.permit(id)
  t.equal(await ask(eventId), 'answered')
  t.test('a time that only the state shows', async (t) => {
    const told = await falselyPermitted(t, await activate({ ...period, dataPeriod: { from: time + 1, until: time + 2 } }), record)
    const { state } = peers
    lie(t, {
      state: (transaction, value) => transaction === TRANSACTIONS.recordsGet
        ? { ...(value as RecordState), manifest: { ...(value as RecordState).manifest, time: time + 1 } }
        : state(transaction, value)
    })
    t.equal(await ask(told), 'STATEMENT_UNPROVEN')
  })
  t.test('a record that no block registers', async (t) => {
    lie(t, { block: (transaction, asked) => asked === txId ? undefined : transaction })
    t.equal(await ask(eventId), 'STATEMENT_UNPROVEN')
  })
  t.test('a period that does not cover it', async (t) => {
    t.equal(
      await ask(await falselyPermitted(t, await activate({ ...period, dataPeriod: { from: time + 1, until: time + 2 } }), record)),
      'DECISION_MISMATCH'
    )
  })
})

t.test('when the ledger took a segment is what the block says that registered it', async (t) => {
  const stream = new TestStream(world, await addDevice(sharing))
  // Another stream's segment stands before it in the same transaction.
  const beside = new TestStream(world, stream.device, streamIdOf(stream.device.deviceId, 2))
  const windows = await stream.sealMany(2)
  const statements = [beside.close(await beside.sealMany(1)), stream.close(windows)]
  const { value: { items } } = await world.gateway('CoreMSP').ledger.registerSegments(statements)
  t.ok(items.every((item) => 'record' in item), 'both are registered together')
  const first = { recordId: stream.stream, version: 1, windows }
  const { ledger } = world.gateway(READER_MSP)
  const taken = async (version: number): Promise<StoredStatement> => (await ledger.getRecord(stream.stream, version)).manifest
  const { time, txId } = await taken(1)
  await until(() => world.now() > time)
  const second = await addSegment(sharing, stream, 1)
  const later = await taken(2)
  const named = [first, second].map(({ recordId, version }) => ({ recordId, version } as unknown as TestRecord))
  const covering = async (from: number, end: number): Promise<string> =>
    await activate({ grade: 'intermediate', dataPeriod: { from, until: end } })
  const eventId = await sharing.permit(await covering(time, later.time + 1), named)
  const asked = [...proveWindows(first), ...proveWindows(second)]
  const outcome = async (permit: string): Promise<string> => {
    const { proxy } = sharing.of(READER_MSP).app
    return await proxy.provePermit(permit, READER_MSP).then(() => 'proven', (error: unknown) => (error as { code: string }).code)
  }
  t.equal(await outcome(eventId), 'proven')
  const { answers } = await sharing.of(READER_MSP).app.proxy.answerWindows(eventId, READER_MSP, asked)
  t.same(answers.map(({ body }) => body.wrapHashes.length), [3], 'of a later segment as well')
  const asks = async (consent: string, records: readonly TestRecord[]): Promise<unknown> =>
    (await sharing.request(consent, records)).body.code
  const early = await covering(time, time + 1)
  t.equal(await asks(early, named), 'ACCESS_DENIED', 'a period that a later segment is not in')
  t.equal(await outcome(await sharing.permit(early, named.slice(0, 1))), 'proven')
  t.equal(await asks(await covering(time + 1, later.time + 1), named), 'ACCESS_DENIED', 'one that the first is not in')
  for (const [what, streams] of [
    ['no stream', undefined], ['another stream', [{ stream: beside.stream, version: 2, last: 3 }]],
    ['an older segment', [{ stream: stream.stream, version: 1, last: 3 }]], ['a lower number', [{ stream: stream.stream, version: 2, last: 2 }]]
  ] as const) {
    await t.test(`an event that says as the newest ${what}`, async (t) => {
      const found = await ledger.getAccess(await sharing.permit(await covering(time, later.time + 1), named))
      t.strictSame(found.event.streams, [{ stream: stream.stream, version: 2, last: 3 }])
      const { streams: _, ...event } = found.event
      lie(t, retell(found, () => ({ ...event, ...(streams !== undefined && { streams: [...streams] }) })))
      const refused = sharing.of(READER_MSP).app.proxy.provePermit(event.eventId, READER_MSP)
      await t.rejects(refused, { code: 'STATEMENT_UNPROVEN', extensions: { rule: 'streams.heads' } })
    })
  }
  await t.test('a time that only the state shows', async (t) => {
    lie(t, {
      state: (transaction, value) => {
        const record = value as RecordState
        if (transaction !== TRANSACTIONS.recordsGet || record.version !== 1) return undefined
        return { ...record, manifest: { ...record.manifest, time: time + 1 } }
      }
    })
    t.equal(await outcome(eventId), 'STATEMENT_UNPROVEN')
  })
  const others = statements.toReversed().slice(1)
  const told: Record<string, (event: BlockEvent) => BlockEvent | undefined> = {
    'a block that has another count of segments': (event) => withArgument(event, JSON.stringify(others)),
    'a block that has another stream\'s segment twice': (event) => withArgument(event, JSON.stringify([...others, ...others])),
    'a block without the segments': (event) => ({ ...event, args: event.args.slice(0, 1) }),
    'a block that has no such event': () => undefined
  }
  for (const [what, tell] of Object.entries(told)) {
    await t.test(what, async (t) => {
      lie(t, {
        block: (transaction, asked): CommittedTransaction | undefined => {
          if (asked !== txId || transaction?.event === undefined) return transaction
          const { event, ...rest } = transaction
          const other = tell(event)
          return other === undefined ? rest : { ...rest, event: other }
        }
      })
      t.equal(await outcome(eventId), 'STATEMENT_UNPROVEN')
    })
  }
  t.equal(await outcome(eventId), 'proven', 'and again once the peer is honest')
})

function withArgument (event: BlockEvent, argument: string): BlockEvent {
  return { ...event, args: [...event.args.slice(0, 1), new TextEncoder().encode(argument)] }
}
