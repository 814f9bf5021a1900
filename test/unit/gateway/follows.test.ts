import t from 'tap'
import { Beats, BEAT_AFTER_MS } from '../../../gateway/src/streams/beats.ts'
import { OpenFollows } from '../../../gateway/src/streams/open-follows.ts'
import { encodeEvent, HEARTBEAT, withHeartbeats } from '../../../gateway/src/streams/server-events.ts'

const log = { warn: () => undefined, error: () => undefined } as unknown as ConstructorParameters<typeof Beats>[0]['log']

t.test('one person holds so many places, and all together so many', (t) => {
  const follows = new OpenFollows({ follows: 3, followsPerCaller: 2 })
  const close = follows.open('a')
  follows.open('a')
  t.throws(() => follows.open('a'), { code: 'TOO_MANY_REQUESTS', message: /this person/ })
  follows.open('b')
  t.throws(() => follows.open('c'), { code: 'TOO_MANY_REQUESTS', message: /this gateway/ })
  const patients = ['patient:1', 'patient:2', 'patient:3'].map((patient) => follows.open(patient))
  t.throws(() => follows.open('patient:4'), { code: 'TOO_MANY_REQUESTS', message: /this gateway/ })
  t.equal(follows.count, 6, 'patients have places of their own, and take none of staff')
  for (const leave of patients) leave()
  close()
  close()
  t.equal(follows.count, 2, 'a place is given back once')
  follows.open('c')
  t.throws(() => follows.open('b'), { code: 'TOO_MANY_REQUESTS' })
  t.end()
})

t.test('a beat is due when somebody follows and the ledger is quiet, one at a time', async (t) => {
  let [ageMs, wanted, sent] = [0, false, 0]
  let ordered = Promise.withResolvers<undefined>()
  const beats = new Beats({
    recent: { get ageMs () { return ageMs } }, isWanted: () => wanted, submit: async () => { sent += 1; await ordered.promise }, log
  })
  ageMs = BEAT_AFTER_MS * 2
  t.notOk(await beats.look(), 'nobody follows')
  wanted = true
  const first = beats.look()
  t.notOk(await beats.look(), 'one is under way')
  ordered.resolve(undefined)
  t.ok(await first)
  ageMs = BEAT_AFTER_MS - 1
  t.notOk(await beats.look(), 'something happened a moment ago')
  t.equal(sent, 1)
  ordered = Promise.withResolvers<undefined>()
  ordered.promise.catch(() => undefined)
  ordered.reject(new Error('the orderers are down'))
  ageMs = Infinity
  t.notOk(await beats.look(), 'one that fails is tried again')
  t.notOk(await beats.look())
  t.equal(sent, 3)
})

t.test('an event is one line of data, whatever is in it', (t) => {
  t.equal(encodeEvent('windows', { text: 'a\nb\r\nc' }, 7), 'event: windows\nid: 7\ndata: {"text":"a\\nb\\r\\nc"}\n\n')
  t.equal(encodeEvent('end', {}), 'event: end\ndata: {}\n\n')
  t.end()
})

t.test('a quiet stream beats, keeps order, and ends its source', async (t) => {
  let isEnded = false
  const gate = Promise.withResolvers<undefined>()
  async function * source (): AsyncGenerator<string, void, void> {
    try {
      yield 'a'
      await gate.promise
      yield 'b'
    } finally {
      isEnded = true
    }
  }
  const pieces: string[] = []
  for await (const piece of withHeartbeats(source(), 5)) {
    pieces.push(piece)
    if (pieces.length === 3) gate.resolve(undefined)
  }
  t.strictSame([pieces[0], pieces[1], pieces.at(-1)], ['a', HEARTBEAT, 'b'])
  t.ok(isEnded)
  await t.rejects(async () => { for await (const piece of withHeartbeats(failing(), 1_000)) t.fail(piece) }, /broke/)
})

async function * failing (): AsyncGenerator<string, void, void> {
  await Promise.resolve()
  throw new Error('the source broke')
}
