import { randomBytes } from 'node:crypto'
import t from 'tap'
import { BOX_OVERHEAD_BYTES, openBox, sealBox } from '@epione/host'

const key = randomBytes(32)
const secret = Buffer.from('a secret at rest')
const box = sealBox(key, secret, 'its name')

t.test('a box opens under its key and name, and is never the same twice', (t) => {
  t.same(openBox(key, box, 'its name'), secret)
  t.equal(box.length, secret.length + BOX_OVERHEAD_BYTES)
  t.notSame(sealBox(key, secret, 'its name'), box)
  t.same(openBox(key, sealBox(key, Buffer.of(), ''), ''), Buffer.of())
  t.end()
})

t.test('a box does not open with any bit changed, cut, under another key or name', (t) => {
  for (let bit = 0; bit < box.length * 8; bit++) {
    const changed = Buffer.from(box)
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
    t.throws(() => openBox(key, changed, 'its name'), `bit ${bit}`)
  }
  for (let length = 0; length < box.length; length++) t.throws(() => openBox(key, box.subarray(0, length), 'its name'), `${length} bytes`)
  t.throws(() => openBox(randomBytes(32), box, 'its name'))
  t.throws(() => openBox(key, box, 'another name'))
  t.throws(() => sealBox(key.subarray(1), secret, 'its name'))
  t.end()
})
