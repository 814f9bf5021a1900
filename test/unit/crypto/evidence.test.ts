import {
  concatBytes, createWrap, discloseSharedPoint, encapsulate, generateKfrags, inclusionProof, judgeEvidence, leafHash, merkleRoot, parseWrap, randomBytes,
  provePrecursor, reencrypt, sealContent, SecretKey, signAnswer, toHex, verifyPrecursor, wrapHash
} from '@epione/crypto'
import type { Evidence, EvidenceFacts, SignedAnswer, Verdict, VerifiedKfrag } from '@epione/crypto'
import t from 'tap'
import { collect, flipBit, makeGrant, precursorSecretOf, provePrecursorByHand, refuses, resignKfrag, seeded, streamOf } from './support.ts'

const THRESHOLD = 2
const grant = makeGrant(THRESHOLD, 3, 'evidence')
const networkId = new Uint8Array(32).fill(9)
const proxyKeys = grant.kfrags.map(() => SecretKey.random())
const consentId = '22'.repeat(32)
const PLACE = { networkId, patientId: 'a'.repeat(32), label: '33'.repeat(32), epoch: 1 }
const sealed = sealContent({ recordId: 'ab'.repeat(16), recordVersion: 1, authorKey: grant.keys.signingKey }, streamOf(seeded('record')(300_000)))
const content = await collect(sealed.ciphertext)
const { contentHash, sizeBytes } = await sealed.result
const pieces = [content.slice(0, 123), content.slice(123, 123 + 262_160), content.slice(123 + 262_160)]
const leaves = pieces.map(leafHash)
const header = { bytes: pieces[0] ?? new Uint8Array(), treeSize: 3, proof: inclusionProof(leaves, 0), root: merkleRoot(leaves), sizeBytes }

interface Case { readonly evidence: Evidence, readonly facts: EvidenceFacts }

/* Proof in court: an honest case, of which each test changes one step. */
function makeCase (wrap: Uint8Array, kfrags: readonly VerifiedKfrag[] = grant.kfrags, proven = provePrecursor(firstOf(grant.kfrags), PLACE)): Case {
  const precursor = verifyPrecursor(proven, { ...PLACE, ...grant.keys })
  const facts: EvidenceFacts = {
    networkId,
    keys: grant.keys,
    precursor,
    consentId,
    eventId: 'event',
    threshold: THRESHOLD,
    proxies: kfrags.map((kfrag, index) => ({ signingKey: keyOf(index).publicKey(), kfragId: toHex(kfrag.id), commitment: toHex(kfrag.commitment) })),
    wrapHash: wrapHash(wrap),
    contentHash
  }
  const { capsule } = parseWrap(wrap)
  const answers = kfrags.slice(0, THRESHOLD).map((kfrag, proxy) => ({ proxy, answer: answerOf(facts, kfrag, proxy, reencrypt(capsule, kfrag).toBytes()) }))
  return { facts, evidence: { wrap, answers, disclosure: discloseSharedPoint(grant.receiving, precursor), header } }
}

function keyOf (index: number): SecretKey {
  return proxyKeys[index] ?? SecretKey.random()
}

function firstOf<T> (values: readonly T[]): T {
  const [value] = values
  if (value === undefined) throw new TypeError('at least one')
  return value
}

function answerOf (facts: EvidenceFacts, kfrag: VerifiedKfrag, proxy: number, cfrag: Uint8Array): SignedAnswer {
  return signAnswer({
    eventId: facts.eventId, wrapHash: toHex(facts.wrapHash), consentId, kfragId: toHex(kfrag.id), receivingKey: grant.keys.receivingKey.toHex(), cfrag: toHex(cfrag)
  }, networkId, keyOf(proxy))
}

function judge ({ evidence, facts }: Case, change: Partial<Evidence> = {}): Verdict {
  return judgeEvidence({ ...evidence, ...change }, facts)
}

const honest = makeCase(createWrap(grant.keys.delegatingKey, sealed.contentKey))
const [firstKfrag, secondKfrag] = grant.kfrags as [VerifiedKfrag, VerifiedKfrag]
const { capsule } = parseWrap(honest.evidence.wrap)

t.test('a false accusation names nobody', (t) => {
  t.strictSame(judge(honest), { culprit: 'none', reason: 'wrap and content fit' })
  t.equal(judge(honest, { answers: honest.evidence.answers.slice(1) }).culprit, 'none', 'fewer than the threshold')
  t.equal(judge(honest, { answers: [firstOf(honest.evidence.answers), firstOf(honest.evidence.answers)] }).culprit, 'none', 'one answer twice')
  t.end()
})

t.test('a proxy that signed a false cfrag is named', (t) => {
  const other = encapsulate(grant.keys.delegatingKey).capsule
  const truth = reencrypt(capsule, secondKfrag).toBytes()
  for (const [what, cfrag] of [
    ['a cfrag of another capsule', reencrypt(other, secondKfrag).toBytes()],
    ['a broken proof', flipBit(truth, 294)],
    ['a malformed point', concatBytes(new Uint8Array(33), truth.slice(33))],
    ['a cfrag of a kfrag listed for another proxy', reencrypt(capsule, firstKfrag).toBytes()]
  ] as const) {
    const answers = [firstOf(honest.evidence.answers), { proxy: 1, answer: answerOf(honest.facts, secondKfrag, 1, cfrag) }]
    t.match(judge(honest, { answers }), { culprit: 'proxy', proxy: 1 }, what)
  }
  const made = generateKfrags({ delegatingKey: grant.delegating, receivingKey: grant.keys.receivingKey, signingKey: grant.signing, threshold: THRESHOLD, shares: 3 })
  const elsewhere = makeCase(honest.evidence.wrap, made)
  t.match(judge(elsewhere), { culprit: 'proxy', proxy: 0 }, 'a cfrag of another precursor than the consent names')
  t.end()
})

t.test('right cfrags that do not open name the patient\'s kfrags', (t) => {
  const { delegatingKey, receivingKey } = grant.keys
  /* Kfrags of another delegating secret, signed by the patient as if they were of this one. */
  const wrong = generateKfrags({ delegatingKey: SecretKey.random(), receivingKey, signingKey: grant.signing, threshold: THRESHOLD, shares: 3, rng: seeded('wrong') })
  const proven = provePrecursorByHand(precursorSecretOf(seeded('wrong')), { ...PLACE, ...grant.keys })
  const dispute = makeCase(honest.evidence.wrap, wrong.map((kfrag) => resignKfrag(kfrag.toBytes(), delegatingKey, grant)), proven)
  t.equal(judge(dispute).culprit, 'patient')
  t.end()
})

t.test('a wrap without the content\'s key names its signer', (t) => {
  const broken = Uint8Array.from(honest.evidence.wrap)
  broken[169] = (broken[169] ?? 0) ^ 1
  t.equal(judge(makeCase(broken)).culprit, 'author', 'a wrap that does not decrypt')
  t.match(judge(makeCase(createWrap(grant.keys.delegatingKey, randomBytes(32)))), { culprit: 'author', reason: /not sealed with the key/ })
  t.end()
})

t.test('bytes beside the root name the store', (t) => {
  t.equal(judge(honest, { header: { ...header, bytes: flipBit(header.bytes, 60) } }).culprit, 'store')
  t.end()
})

t.test('evidence that the accuser could have made up is refused', (t) => {
  const [{ answer }] = honest.evidence.answers as [{ proxy: number, answer: SignedAnswer }]
  const changed = { ...answer, body: { ...answer.body, cfrag: toHex(flipBit(reencrypt(capsule, firstKfrag).toBytes(), 200)) } }
  const cases: [string, Partial<Evidence>][] = [
    ['a cfrag changed after it was signed', { answers: [{ proxy: 0, answer: changed }] }],
    ['the answer of another proxy', { answers: [{ proxy: 1, answer }] }],
    ['a proxy that is not listed', { answers: [{ proxy: 7, answer }] }],
    ['another wrap', { wrap: createWrap(grant.keys.delegatingKey, sealed.contentKey) }],
    ['a shared point of another precursor', { disclosure: discloseSharedPoint(grant.receiving, verifyPrecursor(provePrecursorByHand(5n, { ...PLACE, ...grant.keys }), { ...PLACE, ...grant.keys })) }],
    ['a disclosure with a bit flipped', { disclosure: flipBit(honest.evidence.disclosure ?? new Uint8Array(131), 120) }],
    ['a root of another content', { header: { ...header, root: leafHash(header.bytes) } }]
  ]
  for (const [what, change] of cases) refuses(t, 'EVIDENCE_INVALID', () => judge(honest, change), what)
  const replay = { ...honest.facts, eventId: 'another event' }
  refuses(t, 'EVIDENCE_INVALID', () => judgeEvidence(honest.evidence, replay), 'an answer to another event')
  t.end()
})
