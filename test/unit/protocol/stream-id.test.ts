import { createHash } from 'node:crypto'
import t from 'tap'
import { hasStreamForm, isStreamOf, streamIdOf, STREAMS_PER_DEVICE } from '@epione/protocol'

const [device, other] = ['d1'.repeat(32), 'd2'.repeat(32)]

t.test('a stream\'s id is its device\'s alone, and says which of its streams it is', (t) => {
  const place = Buffer.from([0, 0, 0, 7])
  const hash = createHash('sha256').update('epione/stream').update(Buffer.from(device, 'hex')).update(place).digest('hex')
  t.equal(streamIdOf(device, 7), `${hash.slice(0, 24)}00000007`)
  t.equal(streamIdOf(device), streamIdOf(device, 1))
  t.equal(new Set(Array.from({ length: STREAMS_PER_DEVICE }, (_, i) => streamIdOf(device, i + 1))).size, STREAMS_PER_DEVICE)
  t.ok(isStreamOf(streamIdOf(device, STREAMS_PER_DEVICE), device))
  t.notOk(isStreamOf(streamIdOf(device), other))
  t.notOk(isStreamOf(streamIdOf(device).replace(/1$/, '2'), device), 'nor under another index')
  for (const index of [0, 256, 1.5, NaN]) t.throws(() => streamIdOf(device, index), RangeError)
  t.throws(() => streamIdOf('d1'), 'no device')
  t.end()
})

t.test('no other id has the form of a stream\'s', (t) => {
  t.ok(hasStreamForm(streamIdOf(device)))
  for (const id of [`${'ab'.repeat(12)}00000000`, `${'ab'.repeat(12)}00000100`, 'ab'.repeat(16), `${'AB'.repeat(12)}00000001`, 'ab', `${streamIdOf(device)}00`]) {
    t.notOk(hasStreamForm(id), id)
    t.notOk(isStreamOf(id, device), id)
  }
  t.end()
})
