import t from 'tap'
import { newerConviction, standingConviction } from '@epione/protocol'
import type { Conviction, NetworkDocument } from '@epione/protocol'
import { randomHash } from '../../helpers/ledger-fixtures.ts'

const convictionOf = (eventTime: number): Conviction =>
  ({ eventId: `${'a'.repeat(32)}.0000000000000.${randomHash()}`, eventTime, failure: 'CFRAG_PROOF_INVALID', txId: randomHash(), time: eventTime + 5 })

t.test('a conviction stands until a clearance of that very proxy reaches the event that it is of', (t) => {
  const conviction = convictionOf(1000)
  const cases: [string, NonNullable<NetworkDocument['clearances']> | undefined, boolean][] = [
    ['no clearance', undefined, true],
    ['none of anybody', [], true],
    ['of another proxy', [{ mspId: 'Regional1MSP', until: 2000 }], true],
    ['of what was before', [{ mspId: 'CoreMSP', until: 999 }], true],
    ['of that event', [{ mspId: 'CoreMSP', until: 1000 }], false],
    ['of more', [{ mspId: 'Regional1MSP', until: 1 }, { mspId: 'CoreMSP', until: 1001 }], false]
  ]
  for (const [what, clearances, stands] of cases) {
    const network = clearances === undefined ? {} : { clearances }
    t.equal(standingConviction({ mspId: 'CoreMSP', conviction }, network), stands ? conviction : undefined, what)
  }
  t.equal(standingConviction({ mspId: 'CoreMSP' }, {}), undefined, 'a proxy that never lied')
  t.end()
})

t.test('the newest lie is the one that a clearance must reach, whenever it is told of', (t) => {
  const [older, newer] = [convictionOf(1000), convictionOf(1001)]
  t.equal(newerConviction(undefined, older), older)
  t.equal(newerConviction(older, newer), newer)
  t.equal(newerConviction(newer, older), newer)
  t.equal(newerConviction(older, convictionOf(1000)), older, 'of two at one time the first')
  t.end()
})
