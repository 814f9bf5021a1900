import { secp256k1 } from '@noble/curves/secp256k1.js'
import {
  concatBytes, createWrap, decapsulateOriginal, encapsulate, fromHex, generateKfrags, inclusionProof, judgeEvidence, leafHash,
  merkleRoot, outlineWrap, parseWrap, randomBytes,
  provePrecursor, reencryptBatch, sealContent, SecretKey, sha256, showFault, signAnswer, toHex, utf8, verifyPrecursor, wrapHash
} from '@epione/crypto'
import type { Evidence, EvidenceFacts, SignedAnswer, Verdict, VerifiedKfrag } from '@epione/crypto'
import t from 'tap'
import { capsuleHash } from '../../../crypto/dist/capsule.js'
import { u32 } from '../../../crypto/dist/bytes.js'
import { discloseSharedPoint } from '../../../crypto/dist/evidence.js'
import { collect, flipBit, makeGrant, precursorSecretOf, provePrecursorByHand, refuses, resignKfrag, seeded, streamOf } from './support.ts'
import { PLACE } from '../../helpers/places.ts'

const THRESHOLD = 2
const grant = makeGrant(THRESHOLD, 3, 'evidence')
const networkId = new Uint8Array(32).fill(9)
const proxyKeys = grant.kfrags.map(() => SecretKey.random())
const consentId = '22'.repeat(32)
const COMPARTMENT = { networkId, patientId: 'a'.repeat(32), label: '33'.repeat(32), epoch: 1 }
const sealed = sealContent(
  { recordId: 'ab'.repeat(16), recordVersion: 1, authorKey: grant.keys.signingKey },
  streamOf(seeded('record')(300_000))
)
const content = await collect(sealed.ciphertext)
const { contentHash, sizeBytes } = await sealed.result
const pieces = [content.slice(0, 123), content.slice(123, 123 + 262_160), content.slice(123 + 262_160)]
const leaves = pieces.map(leafHash)
const header = { bytes: pieces[0] ?? new Uint8Array(), treeSize: 3, proof: inclusionProof(leaves, 0), root: merkleRoot(leaves), sizeBytes }

interface Case { readonly evidence: Evidence, readonly facts: EvidenceFacts }

/* Proof in court: an honest case, of which each test changes one step. */
function makeCase (
  wrap: Uint8Array,
  kfrags: readonly VerifiedKfrag[] = grant.kfrags,
  proven = provePrecursor(firstOf(grant.kfrags), COMPARTMENT)
): Case {
  const precursor = verifyPrecursor(proven, { ...COMPARTMENT, ...grant.keys })
  const facts: EvidenceFacts = {
    networkId,
    keys: grant.keys,
    precursor,
    consentId,
    eventId: 'event',
    threshold: THRESHOLD,
    proxies: kfrags.map((kfrag, index) =>
      ({ signingKey: keyOf(index).publicKey(), kfragId: toHex(kfrag.id), commitment: toHex(kfrag.commitment) })),
    place: PLACE,
    wrapHash: wrapHash(wrap, PLACE),
    contentHash
  }
  const { capsule } = parseWrap(wrap, PLACE)
  const answers = kfrags.slice(0, THRESHOLD).map((kfrag, proxy) =>
    ({ proxy, answer: answerOf(facts, kfrag, proxy, reencryptBatch([capsule], kfrag).toBytes()) }))
  return { facts, evidence: { wrap, answers, ...showFault(grant.receiving, { wrap, answers }, facts), header } }
}

function keyOf (index: number): SecretKey {
  return proxyKeys[index] ?? SecretKey.random()
}

function firstOf<T> (values: readonly T[]): T {
  const [value] = values
  if (value === undefined) throw new TypeError('at least one')
  return value
}

function answerOf (
  facts: EvidenceFacts,
  kfrag: VerifiedKfrag,
  proxy: number,
  cfrags: Uint8Array,
  wrapHashes = [toHex(facts.wrapHash)]
): SignedAnswer {
  return signAnswer({
    eventId: facts.eventId,
    wrapHashes,
    consentId,
    kfragId: toHex(kfrag.id),
    receivingKey: grant.keys.receivingKey.toHex(),
    cfrags: toHex(cfrags)
  }, networkId, keyOf(proxy))
}

function judge ({ evidence, facts }: Case, change: Partial<Evidence> = {}, other: Partial<EvidenceFacts> = {}): Verdict {
  return judgeEvidence({ ...evidence, ...change }, { ...facts, ...other })
}

const honest = makeCase(createWrap(grant.keys.delegatingKey, sealed.contentKey, PLACE))
const [firstKfrag, secondKfrag] = grant.kfrags as [VerifiedKfrag, VerifiedKfrag]
const { capsule } = parseWrap(honest.evidence.wrap, PLACE)
const shown = honest.evidence.opening ?? new Uint8Array()

t.test('a false accusation names nobody', (t) => {
  t.strictSame(judge(honest), { culprit: 'none', reason: 'wrap and content fit' })
  t.equal(judge(honest, { answers: honest.evidence.answers.slice(1) }).culprit, 'none', 'fewer than the threshold')
  t.equal(
    judge(honest, { answers: [firstOf(honest.evidence.answers), firstOf(honest.evidence.answers)] }).culprit,
    'none',
    'one answer twice'
  )
  t.end()
})

t.test('a proxy that signed a false cfrag is named', (t) => {
  const other = encapsulate(grant.keys.delegatingKey, PLACE).capsule
  const truth = reencryptBatch([capsule], secondKfrag).toBytes()
  for (const [what, cfrags] of [
    ['a cfrag of another capsule', reencryptBatch([other], secondKfrag).toBytes()],
    ['a broken proof', flipBit(truth, 228)],
    ['a malformed point', concatBytes(truth.slice(0, 293), new Uint8Array(33))],
    ['a cfrag of a kfrag listed for another proxy', reencryptBatch([capsule], firstKfrag).toBytes()]
  ] as const) {
    const answers = [firstOf(honest.evidence.answers), { proxy: 1, answer: answerOf(honest.facts, secondKfrag, 1, cfrags) }]
    t.match(judge(honest, { answers }), { culprit: 'proxy', proxy: 1 }, what)
  }
  const made = generateKfrags({
    delegatingKey: grant.delegating,
    receivingKey: grant.keys.receivingKey,
    signingKey: grant.signing,
    threshold: THRESHOLD,
    shares: 3
  })
  const elsewhere = makeCase(honest.evidence.wrap, made)
  t.match(judge(elsewhere), { culprit: 'proxy', proxy: 0 }, 'a cfrag of another precursor than the consent names')
  t.end()
})

t.test('an answer for several wraps is judged with the outlines of all, and one false cfrag convicts', (t) => {
  const others = [0, 1, 2].map(() => createWrap(grant.keys.delegatingKey, randomBytes(32), PLACE))
  const wraps = [honest.evidence.wrap, ...others].toSorted((a, b) => toHex(wrapHash(a, PLACE)) < toHex(wrapHash(b, PLACE)) ? -1 : 1)
  const capsules = wraps.map((wrap) => parseWrap(wrap, PLACE).capsule)
  const hashes = wraps.map((wrap) => toHex(wrapHash(wrap, PLACE)))
  const answersBy = (cfragsOf: (kfrag: VerifiedKfrag) => Uint8Array): Evidence['answers'] => [firstKfrag, secondKfrag].map((kfrag, proxy) =>
    ({ proxy, answer: answerOf(honest.facts, kfrag, proxy, cfragsOf(kfrag), hashes) }))
  const right = answersBy((kfrag) => reencryptBatch(capsules, kfrag).toBytes())
  const outlines = others.map((wrap) => outlineWrap(wrap, PLACE))
  const shown = showFault(grant.receiving, { wrap: honest.evidence.wrap, others: outlines, answers: right }, honest.facts)
  t.equal(judge(honest, { answers: right, others: outlines, ...shown }).reason, 'wrap and content fit')
  const mixed = [firstOf(right), ...honest.evidence.answers.slice(1)]
  t.equal(judge(honest, {
    answers: mixed,
    others: outlines,
    ...showFault(
      grant.receiving, { wrap: honest.evidence.wrap, others: outlines, answers: mixed }, honest.facts)
  }).reason, 'wrap and content fit')
  // False for one of the others alone: the proof is one for all.
  for (let index = 0; index < wraps.length; index++) {
    const lie = answersBy((kfrag) => {
      const batch = reencryptBatch(capsules, kfrag).toBytes()
      batch.set(batch.slice(98, 131), 293 + 33 * index)
      return batch
    })
    t.match(judge(honest, { answers: lie, others: outlines }), { culprit: 'proxy', proxy: 0 }, `cfrag ${index}`)
  }
  const broken = outlines.map((outline, index) => index === 0 ? { ...outline, capsule: outlines[1]?.capsule ?? '' } : outline)
  for (const [what, shownOthers] of [['none', []], ['too few', outlines.slice(1)], ['another capsule', broken]] as const) {
    refuses(t, 'EVIDENCE_INVALID', () => judge(honest, { answers: right, others: shownOthers }), what)
  }
  const [other = wraps[0]] = others
  if (other === undefined) throw new TypeError('some were made')
  const batch = reencryptBatch([parseWrap(other, PLACE).capsule], firstKfrag).toBytes()
  const elsewhere = [{ proxy: 0, answer: answerOf(honest.facts, firstKfrag, 0, batch, [toHex(wrapHash(other, PLACE))]) }]
  refuses(t, 'EVIDENCE_INVALID', () => judge(honest, { answers: elsewhere, others: outlines }), 'an answer for others only')
  t.end()
})

t.test('a right answer for another compartment is no evidence in a dispute over this one', (t) => {
  const made = makeGrant(THRESHOLD, 3, 'another compartment')
  const wrap = createWrap(made.keys.delegatingKey, randomBytes(32), PLACE)
  const [kfrag] = made.kfrags
  if (kfrag === undefined) throw new TypeError('three were made')
  const batch = reencryptBatch([parseWrap(wrap, PLACE).capsule], kfrag).toBytes()
  const answer = answerOf(honest.facts, kfrag, 0, batch, [toHex(wrapHash(wrap, PLACE))])
  refuses(t, 'EVIDENCE_INVALID', () => judge(honest, { answers: [{ proxy: 0, answer }], others: [outlineWrap(wrap, PLACE)] }), 'another kfrag')
  t.end()
})

t.test('right cfrags that do not open name the patient\'s kfrags', (t) => {
  const { delegatingKey, receivingKey } = grant.keys
  /* Kfrags of another delegating secret, signed by the patient as if they were of this one. */
  const wrong = generateKfrags({
    delegatingKey: SecretKey.random(),
    receivingKey,
    signingKey: grant.signing,
    threshold: THRESHOLD,
    shares: 3,
    rng: seeded('wrong')
  })
  const proven = provePrecursorByHand(precursorSecretOf(seeded('wrong')), { ...COMPARTMENT, ...grant.keys })
  const dispute = makeCase(honest.evidence.wrap, wrong.map((kfrag) => resignKfrag(kfrag.toBytes(), delegatingKey, grant)), proven)
  t.equal(judge(dispute).culprit, 'patient')
  t.end()
})

t.test('a wrap without the content\'s key names its signer', (t) => {
  const broken = Uint8Array.from(honest.evidence.wrap)
  broken[169] = (broken[169] ?? 0) ^ 1
  t.equal(judge(makeCase(broken)).culprit, 'author', 'a wrap that does not decrypt')
  t.match(judge(makeCase(createWrap(grant.keys.delegatingKey, randomBytes(32), PLACE))), { culprit: 'author', reason: /not sealed with the key/ })
  t.end()
})

t.test('bytes beside the root name the store', (t) => {
  t.equal(judge(honest, { header: { ...header, bytes: flipBit(header.bytes, 60) } }).culprit, 'store')
  t.end()
})

t.test('an author or a store brings no reader to disclose the point that opens other wraps of the grant', (t) => {
  const broken = flipBit(honest.evidence.wrap, 169)
  for (const [what, { evidence }] of [['a right wrap', honest], ['a broken wrap', makeCase(broken)]] as const) {
    t.equal(evidence.disclosure, undefined, what)
    t.equal(evidence.opening?.length, 99 + 32 * THRESHOLD, what)
  }
  const shared = discloseSharedPoint(grant.receiving, honest.facts.precursor)
  t.strictSame(
    judge(honest, { disclosure: shared }),
    { culprit: 'none', reason: 'the answers open together' },
    'nor does disclosing it gain anything'
  )
  const { evidence: { answers }, facts } = honest
  t.strictSame(showFault(grant.receiving, { ...honest.evidence, answers: answers.slice(1) }, facts), {}, 'too few answers show nothing')
  t.end()
})

t.test('an opening is the proof that the protocol page describes', (t) => {
  const { Fn } = secp256k1.Point
  const point = (bytes: Uint8Array): typeof secp256k1.Point.BASE => secp256k1.Point.fromBytes(bytes)
  const bytes = capsule.toBytes()
  const h = Fn.fromBytes(capsuleHash(bytes.slice(0, 33), bytes.slice(33, 66), PLACE))
  // E1 || V1 of each answer: V1 = sK - hE1, by K and E1 of its batch.
  const cfrags = honest.evidence.answers.map(({ answer }) => fromHex(answer.body.cfrags)).map((batch) => {
    const [image, e1] = [batch.slice(98, 131), batch.slice(293, 326)]
    return concatBytes(e1, point(image).multiply(Fn.fromBytes(bytes.slice(66))).subtract(point(e1).multiply(h)).toBytes(true))
  })
  const [seed, t1, t2] = [shown.slice(0, 33), shown.slice(33, 66), shown.slice(66, 99)]
  const hashed = concatBytes(
    utf8('epione/opening'),
    grant.keys.delegatingKey.toBytes(),
    bytes,
    u32(cfrags.length),
    ...cfrags.map((cfrag) => cfrag.slice(0, 66)),
    seed,
    t1,
    t2
  )
  const c = Fn.create(BigInt(`0x${toHex(sha256(hashed))}`) % (Fn.ORDER - 1n) + 1n)
  const [keySide, seedSide] = cfrags.reduce(([left, right], cfrag, i) => {
    const [e1, v1, z] = [point(cfrag.slice(0, 33)), point(cfrag.slice(33, 66)), Fn.fromBytes(shown.slice(99 + 32 * i, 131 + 32 * i))]
    return [left.add(e1.multiply(h).add(v1).multiply(z)), right.add(e1.add(v1).multiply(z))]
  }, [secp256k1.Point.ZERO, secp256k1.Point.ZERO])
  const keyImage = point(grant.keys.delegatingKey.toBytes()).multiply(Fn.fromBytes(bytes.slice(66)))
  t.ok(keySide.equals(point(t1).add(keyImage.multiply(c))))
  t.ok(seedSide.equals(point(t2).add(point(seed).multiply(c))))
  t.strictSame(seed, decapsulateOriginal(grant.delegating, capsule), 'and the seed is the one that the patient opens')
  t.end()
})

t.test('a capsule that opens for nobody, though each cfrag of it is right, is its author\'s fault and not the patient\'s', (t) => {
  // V = -E with the s that passes the capsule's own check: the key seed a(E+V) is no point.
  const { BASE, Fn } = secp256k1.Point
  const r = Fn.fromBytes(seeded('r')(32))
  const [e, v] = [BASE.multiply(r), BASE.multiply(r).negate()].map((point) => point.toBytes(true)) as [Uint8Array, Uint8Array]
  const h = Fn.fromBytes(capsuleHash(e, v, PLACE))
  const wrap = concatBytes(e, v, Fn.toBytes(Fn.sub(Fn.mul(r, h), r)), randomBytes(72))
  refuses(t, 'WRAP_INVALID', () => parseWrap(wrap, PLACE), 'E + V is no point')
  t.match(judge(honest, { wrap }, { wrapHash: wrapHash(wrap, PLACE) }), { culprit: 'author' })
  t.end()
})

t.test('evidence that the accuser could have made up is refused', (t) => {
  const [{ answer }] = honest.evidence.answers as [{ proxy: number, answer: SignedAnswer }]
  const changed = { ...answer, body: { ...answer.body, cfrags: toHex(flipBit(reencryptBatch([capsule], firstKfrag).toBytes(), 200)) } }
  const cases: [string, Partial<Evidence>][] = [
    ['a cfrag changed after it was signed', { answers: [{ proxy: 0, answer: changed }] }],
    ['the answer of another proxy', { answers: [{ proxy: 1, answer }] }],
    ['a proxy that is not listed', { answers: [{ proxy: 7, answer }] }],
    ['another wrap', { wrap: createWrap(grant.keys.delegatingKey, sealed.contentKey, PLACE) }],
    ['an opening with a bit flipped', { opening: flipBit(shown, shown.length - 1) }],
    ['another key seed', { opening: concatBytes(encapsulate(grant.keys.delegatingKey, PLACE).keySeed, shown.slice(33)) }],
    ['an opening of fewer answers', { opening: shown.slice(0, -32) }],
    [
      'the opening of another wrap',
      { opening: makeCase(createWrap(grant.keys.delegatingKey, sealed.contentKey, PLACE)).evidence.opening ?? shown }
    ],
    [
      'a shared point of another precursor',
      {
        disclosure: discloseSharedPoint(
          grant.receiving,
          verifyPrecursor(provePrecursorByHand(5n, { ...COMPARTMENT, ...grant.keys }), { ...COMPARTMENT, ...grant.keys })
        )
      }
    ],
    ['a disclosure with a bit flipped', { disclosure: flipBit(discloseSharedPoint(grant.receiving, honest.facts.precursor), 120) }],
    ['a root of another content', { header: { ...header, root: leafHash(header.bytes) } }]
  ]
  for (const [what, change] of cases) refuses(t, 'EVIDENCE_INVALID', () => judge(honest, change), what)
  const replay = { ...honest.facts, eventId: 'another event' }
  refuses(t, 'EVIDENCE_INVALID', () => judgeEvidence(honest.evidence, replay), 'an answer to another event')
  t.end()
})
