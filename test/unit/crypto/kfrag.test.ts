import { inspect } from 'node:util'
import { checkKfragsConsistent, generateKfrags, Kfrag, SecretKey, toHex, verifyKfrag } from '@epione/crypto'
import type { VerifiedKfrag } from '@epione/crypto'
import t from 'tap'
import { BAD_POINTS, flipBit, GROUP_ORDER, makeGrant, refuses, seeded, withHighS } from './support.ts'

/* Where the fields of the 310 bytes start. */
const [U, ID, KEY, PRECURSOR, COMMITMENT, FOR_PROXY, FOR_RECEIVER, FLAGS] = [4, 39, 73, 107, 143, 178, 244, 308]

const grant = makeGrant(2, 3)
const { keys, kfrags } = grant
const bytes = first(kfrags).toBytes()
const other = SecretKey.random(seeded('other')).publicKey()

function first (list: readonly VerifiedKfrag[]): VerifiedKfrag {
  const [kfrag] = list
  if (kfrag === undefined) throw new TypeError('one was made')
  return kfrag
}

function replaced (start: number, part: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.subarray(0, start), part, bytes.subarray(start + part.length)])
}

t.test('a kfrag has 310 bytes, decodes and verifies under the three keys of its grant', (t) => {
  t.equal(bytes.length, 310)
  const verified = verifyKfrag(Kfrag.fromBytes(bytes), keys)
  t.strictSame(verified.toBytes(), bytes)
  t.equal(toHex(verified.id), toHex(bytes.subarray(ID, ID + 32)))
  t.equal(toHex(verified.commitment), toHex(bytes.subarray(COMMITMENT, COMMITMENT + 33)))
  t.end()
})

t.test('a kfrag is refused under any other key', (t) => {
  const kfrag = Kfrag.fromBytes(bytes)
  for (const name of ['signingKey', 'delegatingKey', 'receivingKey'] as const) {
    refuses(t, 'KFRAG_INVALID', () => verifyKfrag(kfrag, { ...keys, [name]: other }), name)
  }
  t.end()
})

t.test('a kfrag with any byte changed is refused', (t) => {
  for (let index = 0; index < bytes.length; index++) {
    refuses(t, 'KFRAG_INVALID', () => verifyKfrag(Kfrag.fromBytes(flipBit(bytes, index, index % 8)), keys), `byte ${index}`)
  }
  t.end()
})

t.test('a kfrag of another length or spelling is refused', (t) => {
  refuses(t, 'KFRAG_INVALID', () => Kfrag.fromBytes(bytes.subarray(0, 309)), 'too short')
  refuses(t, 'KFRAG_INVALID', () => Kfrag.fromBytes(Buffer.concat([bytes, Buffer.of(0)])), 'trailing byte')
  refuses(t, 'KFRAG_INVALID', () => Kfrag.fromBytes(new Uint8Array(310)), 'zeros')
  refuses(t, 'KFRAG_INVALID', () => Kfrag.fromBytes(replaced(FLAGS, Buffer.of(0xc2))), 'delegating key not signed')
  refuses(t, 'KFRAG_INVALID', () => Kfrag.fromBytes(replaced(FLAGS + 1, Buffer.of(0xc2))), 'receiving key not signed')
  refuses(t, 'KFRAG_INVALID', () => Kfrag.fromBytes(replaced(FLAGS, Buffer.of(0x01))), 'a number for true')
  t.end()
})

t.test('a kfrag under another generator than U is refused', (t) => {
  refuses(t, 'KFRAG_INVALID', () => Kfrag.fromBytes(replaced(U, keys.signingKey.toBytes())), 'another point')
  t.end()
})

t.test('a kfrag with a bad point, scalar or high S is refused', (t) => {
  for (const [what, point] of BAD_POINTS) {
    refuses(t, 'KFRAG_INVALID', () => Kfrag.fromBytes(replaced(PRECURSOR, point)), `precursor: ${what}`)
    refuses(t, 'KFRAG_INVALID', () => Kfrag.fromBytes(replaced(COMMITMENT, point)), `commitment: ${what}`)
  }
  for (const scalar of [Buffer.alloc(32), GROUP_ORDER]) refuses(t, 'KFRAG_INVALID', () => Kfrag.fromBytes(replaced(KEY, scalar)), 'scalar')
  for (const start of [FOR_PROXY, FOR_RECEIVER]) {
    refuses(t, 'KFRAG_INVALID', () => Kfrag.fromBytes(replaced(start, withHighS(bytes.slice(start, start + 64)))), 'high S')
    refuses(t, 'KFRAG_INVALID', () => Kfrag.fromBytes(replaced(start, Buffer.alloc(64))), 'zero signature')
  }
  t.end()
})

t.test('both signatures must be the patient\'s', (t) => {
  const foreign = generateKfrags({
    delegatingKey: grant.delegating,
    receivingKey: keys.receivingKey,
    signingKey: SecretKey.random(),
    threshold: 2,
    shares: 3
  })
  const signature = first(foreign).toBytes().subarray(FOR_PROXY, FOR_PROXY + 64)
  refuses(t, 'KFRAG_INVALID', () => verifyKfrag(Kfrag.fromBytes(replaced(FOR_PROXY, signature)), keys), 'for the proxy')
  refuses(t, 'KFRAG_INVALID', () => verifyKfrag(Kfrag.fromBytes(replaced(FOR_RECEIVER, signature)), keys), 'for the receiver')
  t.end()
})

t.test('the key of a kfrag cannot be exchanged for another kfrag\'s', (t) => {
  const second = kfrags[1]?.toBytes() ?? new Uint8Array()
  refuses(t, 'KFRAG_INVALID', () => verifyKfrag(Kfrag.fromBytes(replaced(KEY, second.subarray(KEY, KEY + 32))), keys), 'key alone')
  t.end()
})

t.test('a kfrag hides its key from JSON and inspect', (t) => {
  const secret = toHex(bytes.subarray(KEY, KEY + 32)).slice(0, 12)
  const shown = inspect(first(kfrags), { depth: 9, showHidden: true }) + JSON.stringify(kfrags)
  t.notMatch(shown, new RegExp(secret))
  t.equal(JSON.stringify(kfrags[0]), '"[Kfrag]"')
  t.end()
})

t.test('kfrags of one grant lie on one polynomial and open the delegating key', (t) => {
  for (const [threshold, shares] of [[1, 1], [1, 3], [2, 2], [2, 3], [3, 5]] as const) {
    t.doesNotThrow(() => checkKfragsConsistent(makeGrant(threshold, shares).kfrags, threshold), `${threshold} of ${shares}`)
  }
  t.end()
})

t.test('kfrags are refused for another threshold than they were made for', (t) => {
  const five = makeGrant(3, 5).kfrags
  refuses(t, 'KFRAGS_INCONSISTENT', () => checkKfragsConsistent(five, 2), 'lower: they do not lie on such a polynomial')
  refuses(t, 'KFRAGS_INCONSISTENT', () => checkKfragsConsistent(five, 4), 'higher: fewer than it suffice')
  t.end()
})

t.test('kfrags of two grants, or one kfrag twice, are not consistent', (t) => {
  const again = makeGrant(2, 3, 'another grant').kfrags
  const mixed = [...kfrags.slice(0, 2), ...again.slice(0, 1)]
  refuses(t, 'KFRAGS_INCONSISTENT', () => checkKfragsConsistent(mixed, 2), 'mixed')
  refuses(t, 'KFRAGS_INCONSISTENT', () => checkKfragsConsistent([first(again), ...kfrags.slice(0, 2)], 2), 'mixed at the start')
  refuses(t, 'KFRAGS_INCONSISTENT', () => checkKfragsConsistent([...kfrags, first(kfrags)], 2), 'twice')
  refuses(t, 'KFRAGS_INCONSISTENT', () => checkKfragsConsistent([first(kfrags), first(kfrags)], 2), 'twice at the start')
  t.end()
})

t.test('one kfrag beside the polynomial is found, also when it has the same value at zero', (t) => {
  const request = { delegatingKey: grant.delegating, receivingKey: keys.receivingKey, signingKey: grant.signing, threshold: 2, shares: 3 }
  // The same ephemeral key, hence the same value at zero; another slope.
  const make = (name: string): VerifiedKfrag[] => {
    const [same, further] = [seeded('same'), seeded(name)]
    let calls = 0
    return generateKfrags({ ...request, rng: (length) => calls++ === 0 ? same(length) : further(length) })
  }
  const [right, wrong] = [make('one slope'), make('another slope')]
  t.doesNotThrow(() => checkKfragsConsistent(right, 2))
  t.doesNotThrow(() => checkKfragsConsistent(wrong, 2))
  refuses(t, 'KFRAGS_INCONSISTENT', () => checkKfragsConsistent([...right.slice(0, 2), ...wrong.slice(2)], 2), 'last')
  refuses(t, 'KFRAGS_INCONSISTENT', () => checkKfragsConsistent([...wrong.slice(0, 1), ...right.slice(1)], 2), 'first')
  t.end()
})

t.test('received kfrags cannot be checked for consistency, only their maker can', (t) => {
  const received = kfrags.map((kfrag) => verifyKfrag(Kfrag.fromBytes(kfrag.toBytes()), keys))
  refuses(t, 'KFRAGS_INCONSISTENT', () => checkKfragsConsistent(received, 2), 'received')
  t.end()
})

t.test('impossible sharings are refused', (t) => {
  const request = { delegatingKey: grant.delegating, receivingKey: keys.receivingKey, signingKey: grant.signing }
  for (const [threshold, shares] of [[0, 1], [2, 1], [1, 0], [1, 256], [1.5, 3], [1, 2.5]] as const) {
    t.throws(() => generateKfrags({ ...request, threshold, shares }), RangeError, `${threshold} of ${shares}`)
  }
  t.throws(() => checkKfragsConsistent([], 1), RangeError)
  t.end()
})

t.test('kfrags replay from recorded randomness and are new without', (t) => {
  const request = { delegatingKey: grant.delegating, receivingKey: keys.receivingKey, signingKey: grant.signing, threshold: 2, shares: 2 }
  const made = (
    rng?: ReturnType<typeof seeded>
  ): string[] => generateKfrags(rng === undefined ? request : { ...request, rng }).map((kfrag) => toHex(kfrag.toBytes()))
  t.strictSame(made(seeded('replay')), made(seeded('replay')))
  t.notSame(made(), made())
  t.end()
})
