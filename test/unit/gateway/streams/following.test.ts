import t from 'tap'
import { LEDGER_KEYS, streamIdOf } from '@epione/protocol'
import type { RecordState } from '@epione/protocol'
import { PEER_STREAMS, READERS } from '@epione/protocol/api'
import type { FollowedWindows } from '@epione/protocol/api'
import { readServerEvents } from '@epione/sdk'
import type { ServerEvent } from '@epione/sdk'
import { Agent, request } from 'undici'
import { sign } from '../../../helpers/ledger-fixtures.ts'
import type { ConsentMembers } from '../../../helpers/ledger-fixtures.ts'
import { post, READER_MSP, Sharing, until } from '../../../helpers/sharing.ts'
import { TestStream } from '../../../helpers/streaming.ts'
import type { TestWindow } from '../../../helpers/streaming.ts'
import type {} from '../../../../gateway/src/streams/follows-plugin.ts'
import { OpenFollows } from '../../../../gateway/src/streams/open-follows.ts'
import { addDevice, openAnswers } from '../../../helpers/window-fixtures.ts'

let ahead = 0
const clock = (): number => Date.now() + ahead
/** Hospitals whose peers show no new block any more. */
const cut = new Set<string>()
const sharing = await Sharing.create(t, {
  clock,
  special: (mspId, { blocks, network }) => ({
    ports: {
      patience: { graceMs: 2_000, deadlineMs: 10_000 },
      connectLedger: () => {
        const honest = blocks.connect(network.networkId)
        return {
          ...honest,
          blocks: async function * (from, signal) {
            for await (const block of honest.blocks(from, signal)) {
              while (cut.has(mspId) && !signal.aborted) await new Promise((resolve) => { setTimeout(resolve, 20) })
              yield block
            }
          }
        }
      }
    }
  })
})
const { world, patient, consortium } = sharing
const device = await addDevice(sharing)
const core = sharing.of('CoreMSP')
const agent = new Agent({ connect: { ca: consortium.network.organizations.map(({ tlsCaPem }) => tlsCaPem) } })
t.teardown(() => agent.destroy())

async function must (answer: Promise<{ status: number, body: object }>): Promise<Record<string, unknown>> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(JSON.stringify(body))
  return { ...body }
}

async function store (stream: TestStream, windows: readonly TestWindow[]): Promise<void> {
  const url = `/v1/streams/${stream.stream}/windows`
  await must(post(core.app, url, { windows: windows.map(({ sent }) => sent) }, stream.session(core.config.publicUrl)))
}

let streams = 0

/** A stream whose first windows are a segment on the ledger. */
async function begin (count = 3): Promise<TestStream> {
  streams += 1
  const stream = new TestStream({ ...world, now: clock }, device, streamIdOf(device.deviceId, streams))
  const windows = await stream.sealMany(count)
  await store(stream, windows)
  const statement = stream.close(windows)
  await must(post(core.app, `/v1/streams/${stream.stream}/segments`, { statement }, stream.session(core.config.publicUrl)))
  return stream
}

async function grant (): Promise<{ consentId: string, consent: ConsentMembers }> {
  const made = await sharing.createGrant({ actions: ['read', 'follow'] })
  await must(sharing.grant(made))
  return { consentId: made.consentId, consent: JSON.parse(made.statement.body) as ConsentMembers }
}

async function permit ({ stream }: TestStream, consentId: string, lastsMs = 3_600_000): Promise<string> {
  const { reader } = sharing
  const statement = sign(world, 'AccessRequest', {
    requester: { mspId: reader.mspId, staffId: reader.staffId },
    patientId: patient.patientId,
    consentId,
    action: 'follow',
    stream: { stream, lastsMs },
    purpose: 'TREAT',
    receivingKey: reader.receiving.publicKey().toHex()
  }, reader.requestSigning)
  const { event } = await must(post(sharing.of(READER_MSP).app, '/v1/access-requests', { statement }, sharing.token)) as { event: { eventId: string } }
  return event.eventId
}

/** Follows over the network; events gather as they come. */
function open (eventId: string, after?: number): { events: ServerEvent[], status: Promise<number>, close: () => void } {
  const events: ServerEvent[] = []
  const gone = new AbortController()
  const url = `${sharing.of(READER_MSP).config.publicUrl}/v1/access-events/${eventId}/stream${after === undefined ? '' : `?after=${String(after)}`}`
  const status = (async () => {
    const answer = await request(url, { dispatcher: agent, headers: { authorization: sharing.token }, signal: gone.signal })
    const read = async (): Promise<void> => {
      for await (const event of readServerEvents(answer.body as AsyncIterable<Uint8Array>)) events.push(event)
    }
    read().catch((error: unknown) => { if (!gone.signal.aborted) throw error })
    return answer.statusCode
  })()
  return { events, status, close: () => { gone.abort() } }
}

const windowsOf = (events: readonly ServerEvent[]): FollowedWindows[] =>
  events.filter(({ event }) => event === 'windows').map(({ data }) => JSON.parse(data) as FollowedWindows)
const numbersOf = (events: readonly ServerEvent[]): number[] =>
  windowsOf(events).flatMap(({ windows }) => windows.map(({ number }) => number))
const endOf = (events: readonly ServerEvent[]): object | undefined =>
  events.filter(({ event }) => event === 'end').map(({ data }) => JSON.parse(data) as object)[0]

t.test('a stream that state tells otherwise than its device did is not followed', async (t) => {
  const [stream, shorter] = [await begin(), await begin(2)]
  const { consentId } = await grant()
  const eventId = await permit(stream, consentId)
  const [mine, other] = [stream, shorter].map((one) => LEDGER_KEYS.record(one.stream, 1))
  if (mine === undefined || other === undefined) throw new TypeError('there are two')
  const undo = world.memory.alter<RecordState>(other, (state) => state, mine)
  const url = `${sharing.of(READER_MSP).config.publicUrl}/v1/access-events/${eventId}/stream`
  const answer = await request(url, { dispatcher: agent, headers: { authorization: sharing.token } })
  t.equal(answer.statusCode, 403)
  t.match(await answer.body.json(), { code: 'STATEMENT_UNPROVEN', rule: 'stream.not-its-device' })
  undo()
})

t.test('new windows come with answers that open them, and a revocation ends it at once', async (t) => {
  const stream = await begin()
  const { consentId, consent } = await grant()
  const eventId = await permit(stream, consentId)
  const following = open(eventId)
  t.equal(await following.status, 200)
  const sealed = await stream.sealMany(2)
  await store(stream, sealed)
  await until(() => numbersOf(following.events).includes(5))
  t.same(numbersOf(following.events), [4, 5], 'above the head alone')
  const [first] = windowsOf(following.events)
  const shown = sealed.filter(({ number }) => first?.windows.some((w) => w.number === number))
  const opening = { networkId: world.networkId, patient, reader: sharing.reader, consent }
  const keys = openAnswers(opening, shown, (first?.answers ?? []).slice(0, 2))
  t.equal(keys.size, shown.length)
  t.match(await post(sharing.of(READER_MSP).app, `/v1/access-events/${eventId}/window-answers`, {
    windows: [{ recordId: stream.stream, version: 1, first: 1, texts: ['{}'], wraps: [sealed[0]?.sent.wrap], path: [] }]
  }, sharing.token), { status: 403 }, 'a permit to follow reads no segments')
  const again = open(eventId, 4)
  await again.status
  await until(() => numbersOf(again.events).length > 0)
  t.same(numbersOf(again.events), [5], 'who comes again goes on')
  again.close()
  await must(sharing.revoke(consentId))
  await store(stream, await stream.sealMany(1))
  await until(() => endOf(following.events) !== undefined)
  t.match(endOf(following.events), { end: 'refused', code: 'CONSENT_ENDED' })
  t.same(numbersOf(following.events), [4, 5])
  await until(() => sharing.of(READER_MSP).app.follows.count === 0)
})

t.test('a window that comes late is waited for where the next one names it, and not where the device has none', async (t) => {
  const stream = await begin()
  const { consentId } = await grant()
  const following = open(await permit(stream, consentId))
  await following.status
  const [fourth, fifth, sixth] = await stream.sealMany(3)
  if (fourth === undefined || fifth === undefined || sixth === undefined) throw new Error('three were sealed')
  await store(stream, [fourth])
  await until(() => numbersOf(following.events).includes(4))
  // How often the reader's gateway is shown the sixth.
  let shown = 0
  const { peers } = sharing.of(READER_MSP).app
  const honest = peers.of.bind(peers)
  t.teardown(() => { peers.of = honest })
  peers.of = (mspId) => {
    const peer = honest(mspId)
    const call: typeof peer.call = async (...asked) => {
      const answer = await peer.call(...asked)
      if (JSON.stringify(answer).includes('"number":6')) shown += 1
      return answer
    }
    return Object.assign(Object.create(peer) as typeof peer, { call })
  }
  await core.app.peers.of('Regional2MSP').call(PEER_STREAMS.putWindows, { body: { windows: [sixth.sent] } })
  await until(() => shown > 2)
  t.same(numbersOf(following.events), [4])
  await store(stream, [fifth])
  await until(() => numbersOf(following.events).includes(6))
  t.same(numbersOf(following.events), [4, 5, 6])
  const started = performance.now()
  const after = await stream.seal(undefined, { number: 9, previous: sixth.id })
  await store(stream, [sixth])
  await must(post(core.app, `/v1/streams/${stream.stream}/windows`, { windows: [after.sent], gap: true }, stream.session(core.config.publicUrl)))
  await until(() => numbersOf(following.events).includes(9))
  t.ok(performance.now() - started < 8_000, 'numbers that the device lost are waited for by nobody')
  following.close()
})

t.test('a hospital that makes up windows of a newer key ends nobody\'s following, nor takes the place of true ones', async (t) => {
  const stream = await begin()
  const { consentId } = await grant()
  const following = open(await permit(stream, consentId))
  await following.status
  const stranger = new TestStream({ ...world, now: clock }, await addDevice(sharing), stream.stream)
  const later = { number: 4, epoch: 99 }
  const [forged, wrongNumber] = [await stranger.seal(undefined, later), await stream.seal(undefined, later)]
  stream.windows.pop()
  const { peers } = sharing.of(READER_MSP).app
  const honest = peers.of.bind(peers)
  t.teardown(() => { peers.of = honest })
  let given = 0
  peers.of = (mspId) => {
    const peer = honest(mspId)
    const call: typeof peer.call = async (...asked) => {
      const [operation]: readonly unknown[] = asked
      if (mspId !== 'Regional2MSP' || operation !== READERS.listFollowed) return await peer.call(...asked)
      given += 1
      return { windows: [given % 2 === 0 ? { number: 4, ...forged.sent } : { number: 5, ...wrongNumber.sent }] } as never
    }
    return Object.assign(Object.create(peer) as typeof peer, { call })
  }
  await until(() => given > 1)
  await store(stream, await stream.sealMany(2))
  await until(() => numbersOf(following.events).includes(5))
  t.same(numbersOf(following.events), [4, 5])
  t.equal(endOf(following.events), undefined)
  following.close()
})

t.test('receipts say numbers and end', async (t) => {
  const stream = await begin()
  const { consentId } = await grant()
  const eventId = await permit(stream, consentId)
  const following = open(eventId)
  await following.status
  await store(stream, await stream.sealMany(2))
  await until(() => numbersOf(following.events).includes(5))
  following.close()
  await until(() => sharing.of(READER_MSP).app.follows.count === 0)
  const { ledger } = world.gateway('CoreMSP')
  const said = async (): Promise<object[]> => (await ledger.listReleases(eventId)).flatMap(({ statement }) =>
    (JSON.parse(statement.body) as { releases: Array<{ eventId: string }> }).releases.filter((r) => r.eventId === eventId))
  await until(async () => {
    for (const { app } of sharing.gateways.values()) await app.proxy.followReceipts.flush()
    return (await said()).filter((release) => 'end' in release).length === 3
  })
  const releases = await said() as Array<{ windows?: object, end?: string }>
  t.same(releases.flatMap(({ end }) => end ?? []), ['ended', 'ended', 'ended'])
  t.same(releases.flatMap(({ windows }) => windows ?? []), Array.from({ length: 3 }, () => ({ first: 4, last: 5 })), 'each number once')
})

t.test('a reader who goes before anything was said keeps no place', async (t) => {
  const stream = await begin()
  const { consentId } = await grant()
  const eventId = await permit(stream, consentId)
  const { app } = sharing.of(READER_MSP)
  const { proveFollow } = app.proxy
  const [asked, gate] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()]
  t.teardown(() => { app.proxy.proveFollow = proveFollow })
  app.proxy.proveFollow = async (...args) => {
    const permit = await proveFollow(...args)
    asked.resolve(undefined)
    await gate.promise
    return permit
  }
  const places = t.capture(app.follows, 'open', OpenFollows.prototype.open.bind(app.follows))
  const connections = async (): Promise<number> => await new Promise((resolve) => {
    app.server.getConnections((_error, count) => { resolve(count) })
  })
  const following = open(eventId)
  await asked.promise
  const before = await connections()
  following.close()
  await t.rejects(following.status)
  await until(async () => await connections() < before)
  gate.resolve(undefined)
  await until(() => places().length > 0)
  await until(() => app.follows.count === 0)
})

t.test('a permit of nobody else, and of nothing else', async (t) => {
  const stream = await begin()
  const { consentId } = await grant()
  const eventId = await permit(stream, consentId)
  await sharing.of(READER_MSP).enrol('dr-other')
  const other = `Bearer ${await sharing.of(READER_MSP).token('dr-other', 'user/DocumentReference.rs')}`
  const { app } = sharing.of(READER_MSP)
  const refused = await app.inject({ url: `/v1/access-events/${eventId}/stream`, headers: { authorization: other } })
  t.match(refused.json(), { code: 'NOT_PERMITTED' })
  const reading = await sharing.permit(consentId)
  t.match((await app.inject({ url: `/v1/access-events/${reading}/stream`, headers: { authorization: sharing.token } })).json(), { code: 'NOT_PERMITTED' })
  const { proxy } = core.app
  const [window] = await stream.sealMany(1)
  if (window === undefined) throw new Error('one was sealed')
  const stranger = new TestStream({ ...world, now: clock }, await addDevice(sharing), stream.stream)
  const foreign = await stranger.seal(undefined, { number: 4 })
  const asked = ({ sent: { statement, wrap } }: TestWindow): Array<{ statement: TestWindow['sent']['statement'], wrap: string }> => [{ statement, wrap }]
  await t.rejects(proxy.answerFollowed(eventId, READER_MSP, asked(foreign)), { code: 'WRAP_UNKNOWN' }, 'another device\'s window')
  await t.rejects(proxy.answerFollowed(eventId, READER_MSP, asked(stream.windows[0] ?? window)), { code: 'WRAP_UNKNOWN' }, 'one of before the permit')
  await t.rejects(proxy.answerFollowed(eventId, 'Regional2MSP', asked(window)), { code: 'EVENT_OF_ANOTHER' })
  t.equal((await proxy.answerFollowed(eventId, READER_MSP, asked(window))).answers.length, 1)
})

t.test('proxies whose peers are cut off release nothing from a minute on; a beat shows that the others are not', async (t) => {
  const stream = await begin()
  const { consentId } = await grant()
  const eventId = await permit(stream, consentId)
  const following = open(eventId)
  await following.status
  await store(stream, await stream.sealMany(1))
  await until(() => numbersOf(following.events).includes(4))
  cut.add('CoreMSP')
  cut.add('Regional2MSP')
  ahead += 89_000
  await store(stream, await stream.sealMany(1))
  await until(() => following.events.some(({ event }) => event === 'withheld'))
  t.match(JSON.parse(following.events.find(({ event }) => event === 'withheld')?.data ?? '{}'), { code: /PEER_BEHIND|READ_MODEL_BEHIND/ })
  await t.rejects(core.app.proxy.proveFollow(eventId, READER_MSP), { code: 'PEER_BEHIND' })
  t.same(numbersOf(following.events), [4])
  cut.clear()
  await until(() => numbersOf(following.events).includes(5))
  t.same(numbersOf(following.events), [4, 5], 'once they show blocks again')
  ahead += 3_600_000
  t.match(await core.app.proxy.proveFollow(eventId, READER_MSP).catch((error: unknown) => error), { code: 'PERMIT_EXPIRED' })
  following.close()
})
