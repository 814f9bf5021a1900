import t from 'tap'
import { blockHeaderHash } from '../../../network/fabric/block-header.ts'
import { createHash } from 'node:crypto'

const sha256 = (hex: string): string => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex')
const hash = '11'.repeat(32)

t.test('block 0 has an empty previous hash', (t) => {
  t.equal(blockHeaderHash(0n, new Uint8Array(), Buffer.from(hash, 'hex')), sha256('3027' + '020100' + '0400' + `0420${hash}`))
  t.end()
})

t.test('numbers are as short as DER allows, and never negative', (t) => {
  for (const [number, der] of [
    [127n, '02017f'], [128n, '02020080'], [255n, '020200ff'], [256n, '02020100'], [32768n, '0203008000']
  ] as const) {
    const body = `${der}0420${hash}0420${hash}`
    const length = (body.length / 2).toString(16).padStart(2, '0')
    t.equal(blockHeaderHash(number, Buffer.from(hash, 'hex'), Buffer.from(hash, 'hex')), sha256(`30${length}${body}`), String(number))
  }
  t.end()
})
