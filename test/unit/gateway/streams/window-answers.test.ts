import { once } from 'node:events'
import t from 'tap'
import { fromHex, openContent } from '@epione/crypto'
import { streamIdOf } from '@epione/protocol'
import type { ProvenWindows, WindowAnswers } from '@epione/protocol/api'
import { GatewayError } from '../../../../gateway/src/errors.ts'
import { requirePermittedWindows } from '../../../../gateway/src/proxy/answer-windows.ts'
import type { ConsentMembers, TestRecord } from '../../../helpers/ledger-fixtures.ts'
import { post, READER_MSP, Sharing, until } from '../../../helpers/sharing.ts'
import type { Answered } from '../../../helpers/sharing.ts'
import { TestStream } from '../../../helpers/streaming.ts'
import type { TestWindow } from '../../../helpers/streaming.ts'
import { addDevice, addSegment, openAnswers, proveRow, proveWindows } from '../../../helpers/window-fixtures.ts'
import type { TestSegment } from '../../../helpers/window-fixtures.ts'

const sharing = await Sharing.create(t)
const { world, patient } = sharing
const device = await addDevice(sharing)
const stream = new TestStream(world, device)
const first = await addSegment(sharing, stream, 60)
const second = await addSegment(sharing, stream, 5)
const third = await addSegment(sharing, stream, 2)
const grant = await sharing.createGrant()
await sharing.grant(grant)
const consent = JSON.parse(grant.statement.body) as ConsentMembers

/** A segment as a request names it. */
const named = ({ recordId, version }: TestSegment): TestRecord => ({ recordId, version } as unknown as TestRecord)
const ask = async (eventId: string, windows: readonly ProvenWindows[], token = sharing.token): Promise<Answered> =>
  await post(sharing.of(READER_MSP).app, `/v1/access-events/${eventId}/window-answers`, { windows }, token)
const contentOf = async (window: TestWindow, key: string): Promise<string> => {
  const { stream: recordId } = stream
  const pieces: Uint8Array[] = []
  const request = { contentKey: fromHex(key), recordId, recordVersion: window.number, authorKey: device.key.publicKey() }
  for await (const piece of openContent(request, toStream(Buffer.from(window.sent.ciphertext, 'base64')))) pieces.push(piece)
  return Buffer.concat(pieces).toString('hex')
}
async function * toStream (bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield await Promise.resolve(bytes)
}

t.test('windows of segments are re-encrypted by one batch of each proxy, and said once', async (t) => {
  const eventId = await sharing.permit(grant.consentId, [named(first), named(second)])
  const { status, body } = await ask(eventId, proveWindows(first))
  t.equal(status, 200, JSON.stringify(body))
  const { answers, failures } = body as unknown as WindowAnswers
  t.same(failures, [])
  t.equal(new Set(answers.map(({ mspId }) => mspId)).size, 2, 'of as many as are needed')
  t.ok(answers.every(({ answer }) => answer.body.wrapHashes.length === 60))
  const two = answers.slice(0, 2)
  const keys = openAnswers({ networkId: world.networkId, patient, reader: sharing.reader, consent }, first.windows, two)
  for (const window of first.windows) t.equal(await contentOf(window, keys.get(window.wrapHash) ?? ''), Buffer.from(window.plaintext).toString('hex'))
  t.equal((await ask(eventId, proveWindows(second))).status, 200)
  const both = [...proveWindows(second), ...proveWindows(first)]
  const together = await ask(eventId, both)
  t.equal(together.status, 200, 'of several segments at once')
  t.ok((together.body as unknown as WindowAnswers).answers.every(({ answer }) => answer.body.wrapHashes.length === 65))
  const { ledger } = world.gateway('CoreMSP')
  const roots = (): Promise<string[]> => ledger.listReleases(eventId).then((receipts) => receipts.flatMap(({ statement }) =>
    (JSON.parse(statement.body) as { releases: { eventId: string, wrapHashes: string[] }[] }).releases
      .filter((release) => release.eventId === eventId).flatMap(({ wrapHashes }) => wrapHashes)))
  await until(async () => new Set(await roots()).size === 2)
  for (const { app } of world.members.map((mspId) => sharing.of(mspId))) await app.proxy.receipts.flush()
  const said = async (): Promise<number> => (await roots()).length
  await until(async () => await said() >= 4)
  t.ok(await said() <= 6, 'each proxy says each segment once')
})

t.test('what the event does not name, or its root does not prove, is re-encrypted by nobody', async (t) => {
  const eventId = await sharing.permit(grant.consentId, [named(first), named(second)])
  const [one, two, other, foreign] = [proveRow(first, 0, 1), proveRow(first, 1, 2), proveRow(second, 0, 1), proveRow(third, 0, 1)]
  const row = proveRow(first, 3, 20)
  const [text = ''] = other.texts
  const refused = async (windows: ProvenWindows[], code: string, what: string): Promise<void> => {
    const { status, body } = await ask(eventId, windows)
    t.equal(body.code, code, `${what}: ${String(status)}`)
    const peer = await sharing.of('CoreMSP').app.proxy.answerWindows(eventId, READER_MSP, windows).catch((error: unknown) => error as { code: string })
    if (code !== 'REQUEST_INVALID') t.match(peer, { code: 'WRAP_UNKNOWN' }, `${what}, asked at a proxy itself`)
  }
  await refused([foreign], 'WRAP_UNKNOWN', 'a window of another segment')
  await refused([{ ...foreign, version: one.version }], 'WRAP_UNKNOWN', 'one said to be of this segment')
  await refused([{ ...one, path: two.path }], 'WRAP_UNKNOWN', 'another window\'s path')
  await refused([{ ...one, path: [] }], 'WRAP_UNKNOWN', 'no path')
  await refused([{ ...one, path: [...one.path, ...one.path.slice(0, 1)] }], 'WRAP_UNKNOWN', 'a path with a hash too many')
  await refused([{ ...one, wraps: two.wraps }], 'WRAP_UNKNOWN', 'another window\'s wrap')
  await refused([one, { ...other, texts: [text.replace('"number"', '"Number"')] }], 'WRAP_UNKNOWN', 'another statement')
  await refused([{ ...row, first: 5 }], 'WRAP_UNKNOWN', 'a row said to stand elsewhere')
  await refused([{ ...row, texts: row.texts.toReversed(), wraps: row.wraps.toReversed() }], 'WRAP_UNKNOWN', 'a row in another order')
  await refused([{ ...row, texts: row.texts.with(3, row.texts[4] ?? '') }], 'WRAP_UNKNOWN', 'a row with one of its windows twice')
  await refused([{ ...row, texts: row.texts.slice(1), wraps: row.wraps.slice(1), first: 5 }], 'WRAP_UNKNOWN', 'a row shorter than its proof is of')
  await refused([{ ...proveRow(first), texts: row.texts, wraps: row.wraps }], 'WRAP_UNKNOWN', 'a part that is said to be all')
  await refused([{ ...row, wrapPath: row.path, wraps: row.wraps.toReversed() }], 'WRAP_UNKNOWN', 'wraps of a rewrap that there was not')
  await refused([{ ...row, wraps: row.wraps.slice(1) }], 'REQUEST_INVALID', 'a text without its wrap')
  await refused([one, one], 'REQUEST_INVALID', 'the same twice')
  await refused(Array.from({ length: 5 }, () => proveRow(first)), 'REQUEST_INVALID', 'more windows than one answer may be for')
  t.equal((await ask(eventId, [one, other])).status, 200, 'and the right ones are')
  t.equal((await ask(eventId, [row])).status, 200, 'a row within a segment, too')
})

t.test('as many proxies as are needed are asked, in the order of the lot, and not those that the reader rules out', async (t) => {
  const eventId = await sharing.permit(grant.consentId, [named(second)])
  const { ports } = sharing.of(READER_MSP).app
  const drawn: string[][] = []
  ports.lot = (names) => {
    drawn.push([...names])
    return names.toSorted().toReversed()
  }
  t.teardown(() => { delete ports.lot })
  const of = async (without?: string[]): Promise<WindowAnswers> =>
    (await post(sharing.of(READER_MSP).app, `/v1/access-events/${eventId}/window-answers`, {
      windows: proveWindows(second), ...(without !== undefined && { without })
    }, sharing.token)).body as unknown as WindowAnswers
  const asked = ({ answers }: WindowAnswers): string[] => answers.map(({ mspId }) => mspId).sort()
  const [a = '', b = '', c = ''] = world.members.toSorted()
  t.same(asked(await of()), [b, c])
  t.same(asked(await of([c])), [a, b])
  t.same(asked(await of([b, c])), [a], 'fewer than are needed, when no others are left')
  t.same(await of([a, b, c]), { answers: [], failures: [] })
  t.same(drawn.map((names) => names.toSorted()), [[a, b, c], [a, b], [a], []], 'all that are left take part in the lot')
  const { proxy } = sharing.of(c).app
  const { answerWindows } = proxy
  proxy.answerWindows = () => Promise.reject(new GatewayError('NOT_READY', 'it starts'))
  t.teardown(() => { proxy.answerWindows = answerWindows })
  const replaced = await of()
  t.same(asked(replaced), [a, b], 'one that fails is replaced')
  t.match(replaced.failures, [{ mspId: c }])
})

t.test('a proxy that was silent a moment ago is drawn last, and asked again where the others are not enough', async (t) => {
  const eventId = await sharing.permit(grant.consentId, [named(second)])
  const { ports } = sharing.of(READER_MSP).app
  const [a = '', b = '', c = ''] = world.members.toSorted()
  ports.lot = (names) => names.toSorted().toReversed()
  ports.patience = { graceMs: 300, deadlineMs: 5_000 }
  const { proxy } = sharing.of(c).app
  const { answerWindows } = proxy
  t.teardown(() => {
    delete ports.lot
    delete ports.patience
    proxy.answerWindows = answerWindows
  })
  let asked = 0
  const over = new AbortController()
  t.teardown(() => { over.abort() })
  proxy.answerWindows = async () => {
    asked += 1
    await once(over.signal, 'abort')
    throw new GatewayError('NOT_READY', 'it says nothing')
  }
  const of = async (more: object = {}): Promise<WindowAnswers> =>
    (await post(sharing.of(READER_MSP).app, `/v1/access-events/${eventId}/window-answers`, { windows: proveWindows(second), ...more }, sharing.token)).body as unknown as WindowAnswers
  const first = await of()
  t.match([first.answers.map(({ mspId }) => mspId).sort(), first.failures], [[a, b], [{ mspId: c, code: 'PROXY_SILENT' }]])
  t.match(await of(), { answers: { length: 2 }, failures: [] })
  t.equal(asked, 1, 'it was first in both lots')
  t.match(await of({ without: [a] }), { failures: [{ mspId: c, code: 'PROXY_SILENT' }] }, 'one that is needed is asked')
  t.equal(asked, 2)
})

t.test('a proof of many windows lets others have their turn, and is made once at the reader\'s own hospital', async (t) => {
  const eventId = await sharing.permit(grant.consentId, [named(first), named(second)])
  const { proxy } = sharing.of(READER_MSP).app
  const permit = await proxy.recallPermit(eventId, READER_MSP)
  const asked = [proveRow(first, 0, 30), proveRow(first, 30, 60), ...proveWindows(second)]
  const { ports } = sharing.of(READER_MSP).app
  ports.lot = (names) => names.toSorted((_, mspId) => mspId === READER_MSP ? 1 : -1)
  t.teardown(() => { delete ports.lot })
  let turns = 0
  const count = (): void => {
    turns += 1
    turn = setImmediate(count)
  }
  let turn = setImmediate(count)
  const proven = await requirePermittedWindows(permit, asked, world.networkId).finally(() => { clearImmediate(turn) })
  t.equal(proven.length, 65)
  t.ok(turns >= 2, `${String(turns)} turns`)
  await t.rejects(requirePermittedWindows(permit, [...asked, ...proveWindows(third)], world.networkId), { code: 'WRAP_UNKNOWN' }, 'the last one is judged too')
  const { answerWindows } = proxy
  proxy.answerWindows = () => Promise.reject(new Error('they are proven already'))
  t.teardown(() => { proxy.answerWindows = answerWindows })
  const { answers } = (await ask(eventId, asked)).body as unknown as WindowAnswers
  t.ok(answers.some(({ mspId }) => mspId === READER_MSP))
})

t.test('a proxy whose pool is full proves nothing first', async (t) => {
  const eventId = await sharing.permit(grant.consentId, [named(first)])
  const { proxy } = sharing.of('CoreMSP').app
  const one = proveRow(first, 0, 1)
  const { reencryptor } = proxy.context
  const { requireRoom } = reencryptor
  const asked: unknown[] = []
  reencryptor.requireRoom = (capsules, origin) => {
    asked.push(capsules, origin)
    throw new GatewayError('OVERLOADED', 'full')
  }
  t.teardown(() => { reencryptor.requireRoom = requireRoom })
  await t.rejects(proxy.answerWindows(eventId, READER_MSP, [{ ...one, path: [] }]), { code: 'OVERLOADED' })
  t.same(asked, [1, READER_MSP])
  reencryptor.requireRoom = requireRoom
  await t.rejects(proxy.answerWindows(eventId, READER_MSP, [{ ...one, path: [] }]), { code: 'WRAP_UNKNOWN' })
})

t.test('a permit is its reader\'s alone, and what is kept of it ends with what it rests on', async (t) => {
  const eventId = await sharing.permit(grant.consentId, [named(second)])
  const stranger = `Bearer ${await sharing.of(READER_MSP).token('dr-stranger', 'user/DocumentReference.rs')}`
  await sharing.of(READER_MSP).enrol('dr-stranger')
  t.match((await ask(eventId, proveWindows(second), stranger)).body, { code: 'NOT_PERMITTED' })
  const { proxy } = sharing.of('CoreMSP').app
  await t.rejects(proxy.answerWindows(eventId, 'Regional2MSP', proveWindows(second)), { code: 'EVENT_OF_ANOTHER' })
  t.equal((await ask(eventId, proveWindows(second))).status, 200)
  const record = await sharing.permit(grant.consentId)
  t.match((await ask(record, proveWindows(second))).body, { code: 'WRAP_UNKNOWN' }, 'a permit to read something else')
  t.equal((await sharing.revoke(grant.consentId)).status, 201)
  await until(async () => (await ask(eventId, proveWindows(second))).status !== 200)
  t.match((await ask(eventId, proveWindows(second))).body, { code: 'CONSENT_ENDED' })
  await t.rejects(proxy.answerWindows(eventId, READER_MSP, proveWindows(second)), { code: 'CONSENT_ENDED' })
})

t.test('a device that gives its window the wrap of another record has nothing released for it', async (t) => {
  const fresh = await sharing.createGrant()
  await sharing.grant(fresh)
  const other = new TestStream(world, device, streamIdOf(device.deviceId, 2))
  const window = await other.seal(undefined, { wrapHash: sharing.record.wrapHash } as object)
  const honest = await other.seal()
  const { value: { items: [item] } } = await world.gateway('CoreMSP').ledger.registerSegments([other.close([window, honest])])
  if (item === undefined || !('record' in item)) throw new Error('the segment was refused')
  const segment = { recordId: other.stream, version: 1, windows: [window, honest] }
  const eventId = await sharing.permit(fresh.consentId, [named(segment)])
  const [stolen, good] = [proveRow(segment, 0, 1), proveRow(segment, 1, 2)]
  t.match((await ask(eventId, [{ ...stolen, wraps: [Buffer.from(sharing.record.wrap).toString('hex')] }])).body, { code: 'WRAP_UNKNOWN' })
  const { answers } = (await ask(eventId, [good])).body as unknown as WindowAnswers
  t.same(answers.map(({ answer }) => answer.body.wrapHashes), [1, 2].map(() => [honest.wrapHash]), 'the other window is answered for')
})
