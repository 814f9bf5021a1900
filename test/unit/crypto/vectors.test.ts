import { readFileSync } from 'node:fs'
import {
  Batch, Cfrag, decapsulateOriginal, deriveIndexKeys, deriveKeyRing, envelopeHash, fromHex, headsRoot, indexEntryHash, Kfrag,
  kfragAssociatedData, keywordTag, openContent, openEnvelope, openFormerSearchKey, openIndexEntry, openSealed, openWrapOriginal,
  parseWrap, patientIdOf, Place, PublicKey, searchKeyOf, SecretKey, toHex, verifyAnswer, verifyBatch, verifyCfrag, verifyChain, verifyKfrag,
  verifyPrecursor, verifyStatement
} from '@epione/crypto'
import type { ChainHead, ChainLink, PlaceName, ProvenPrecursor, SignedAnswer, SignedStatement } from '@epione/crypto'
import t from 'tap'
import { verifyOpening } from '../../../crypto/dist/shown-opening.js'
import { openByCfrags } from '../../helpers/open-by-cfrags.ts'
import { collect, flipBit, refuses, streamOf } from './support.ts'

interface Recorded {
  phrase: string
  places: { name: PlaceName, place: string }[]
  wrap: string
  kfrags: string[]
  cfrags: string[]
  batch: string
  opening: string
  networkId: string
  precursor: ProvenPrecursor & { patientId: string, label: string, epoch: number }
  statement: SignedStatement
  statementId: string
  sealedKfrag: { consentId: string, mspId: string, kfragId: string, proxySecret: string, sealed: string }
  answer: SignedAnswer
  search: {
    issue: number
    entryKey: string
    tagKey: string
    version: { recordId: string, version: number }
    keywords: string[]
    tags: string[]
    entry: string
    entryHash: string
    wrap: string
    former: string
    links: ChainLink[]
    heads: ChainHead[]
    headsRoot: string
  }
  envelope: { mspId: string, department: string, staffId: string, receivingKey: string, sealed: string, envelopeHash: string }
  content: { plaintextBytes: number, contentKey: string, ciphertext?: string, contentHash: string }[]
}

/* What was once written must open for ever: these objects are read from the file, not made again. */
const recorded = JSON.parse(readFileSync(new URL('../../vectors/epione.json', import.meta.url), 'utf8')) as Recorded
const ring = deriveKeyRing(recorded.phrase)
const keys = {
  delegatingKey: ring.compartment('imaging').publicKey(),
  signingKey: ring.kfragSigning().publicKey(),
  receivingKey: ring.receiving().publicKey()
}

/* The first recorded place of a kind, made again. */
const placed = (kind: PlaceName['kind']): Place => {
  const name = recorded.places.find((one) => one.name.kind === kind)?.name
  if (name === undefined) throw new TypeError('one of each kind is recorded')
  return Place.of(fromHex(recorded.networkId), name)
}
const PLACE = placed('record')

t.test('recorded places are made again, and each is another', (t) => {
  const made = recorded.places.map(({ name }) => Place.of(fromHex(recorded.networkId), name).toHex())
  t.strictSame(made, recorded.places.map(({ place }) => place))
  t.equal(new Set(made).size, made.length)
  for (const { place } of recorded.places.slice(1)) {
    refuses(t, 'WRAP_INVALID', () => parseWrap(fromHex(recorded.wrap), Place.fromHex(place)), 'the wrap is of the first')
  }
  t.end()
})

t.test('a recorded wrap opens for the patient, and for the reader by recorded answers', (t) => {
  const wrap = fromHex(recorded.wrap)
  const contentKey = openWrapOriginal(wrap, PLACE, ring.compartment('imaging'))
  const { capsule } = parseWrap(wrap, PLACE)
  const cfrags = recorded.cfrags.map((hex) => verifyCfrag(Cfrag.fromBytes(fromHex(hex)), capsule, keys))
  for (const pair of [cfrags.slice(0, 2), cfrags.slice(1)]) {
    t.strictSame(openByCfrags(wrap, ring.receiving(), keys.delegatingKey, pair, PLACE), contentKey)
  }
  t.end()
})

t.test('recorded kfrags verify, and the sealed one is the first of them', (t) => {
  for (const hex of recorded.kfrags) t.equal(toHex(verifyKfrag(Kfrag.fromBytes(fromHex(hex)), keys).toBytes()), hex)
  const { proxySecret, sealed, ...transit } = recorded.sealedKfrag
  const opened = openSealed(SecretKey.fromBytes(fromHex(proxySecret)), fromHex(sealed), kfragAssociatedData(transit))
  t.equal(toHex(opened), recorded.kfrags[0])
  t.end()
})

t.test('the recorded precursor of the kfrags is proven', (t) => {
  const { point, proof, ...place } = recorded.precursor
  const verified = verifyPrecursor({ point, proof }, { ...place, ...keys, networkId: fromHex(recorded.networkId) })
  for (const hex of recorded.kfrags) t.ok(verified.equals(Kfrag.fromBytes(fromHex(hex)).precursor))
  t.end()
})

t.test('a recorded batch opens with a recorded cfrag, as the precursor on record', (t) => {
  const wrap = fromHex(recorded.wrap)
  const { capsule } = parseWrap(wrap, PLACE)
  const { point, proof, ...place } = recorded.precursor
  const batch = Batch.fromBytes(fromHex(recorded.batch))
  const precursor = verifyPrecursor({ point, proof }, { ...place, ...keys, networkId: fromHex(recorded.networkId) })
  const listed = { kfragId: toHex(batch.kfragId), commitment: toHex(batch.commitment), precursor, keys }
  const second = verifyCfrag(Cfrag.fromBytes(fromHex(recorded.cfrags[1] ?? '')), capsule, keys)
  const opened = openByCfrags(wrap, ring.receiving(), keys.delegatingKey, [...verifyBatch(batch, [capsule], listed), second], PLACE)
  t.strictSame(opened, openWrapOriginal(wrap, PLACE, ring.compartment('imaging')))
  t.end()
})

t.test('a recorded opening shows the key seed that the patient has, and no other', (t) => {
  const { capsule } = parseWrap(fromHex(recorded.wrap), PLACE)
  const cfrags = recorded.cfrags.slice(0, 2).map((hex) => verifyCfrag(Cfrag.fromBytes(fromHex(hex)), capsule, keys))
  const shown = { delegatingKey: keys.delegatingKey, capsule, cfrags }
  const opening = fromHex(recorded.opening)
  t.equal(opening.length, 99 + 32 * 2)
  t.equal(toHex(verifyOpening(opening, shown)), toHex(decapsulateOriginal(ring.compartment('imaging'), capsule)))
  for (let index = 0; index < opening.length; index++) {
    refuses(t, 'EVIDENCE_INVALID', () => verifyOpening(flipBit(opening, index, index % 8), shown), `byte ${index}`)
  }
  t.end()
})

t.test('a recorded statement and answer verify', (t) => {
  const networkId = fromHex(recorded.networkId)
  t.equal(verifyStatement(recorded.statement, networkId).id, recorded.statementId)
  const proxy = SecretKey.fromBytes(fromHex(recorded.sealedKfrag.proxySecret)).publicKey()
  t.equal(verifyAnswer(recorded.answer, networkId, proxy).consentId, recorded.statementId)
  t.end()
})

t.test('a recorded index entry opens for its author and whoever searches, and its chain is whole', (t) => {
  const { issue, version, keywords, tags, entry, entryHash, wrap, former, links, heads, ...recordedSearch } = recorded.search
  const place = { patientId: patientIdOf(ring.identity().publicKey()), label: ring.compartmentLabel('imaging'), epoch: 1, issue }
  const published = ring.search('imaging', 1, issue).publicKey()
  const search = searchKeyOf(openWrapOriginal(fromHex(wrap), placed('search-key'), ring.compartment('imaging')), published)
  const found = deriveIndexKeys(place, { search, indexKey: ring.indexing(place).publicKey() })
  t.strictSame([toHex(found.entryKey), toHex(found.tagKey)], [recordedSearch.entryKey, recordedSearch.tagKey])
  t.strictSame(keywords.map((keyword) => keywordTag(found, keyword)), tags)
  const opened = openIndexEntry(found, version, fromHex(entry))
  t.strictSame({ tags: [...opened.tags], days: opened.days }, { tags: [...tags].sort(), days: [-1, 19_723] })
  t.equal(toHex(indexEntryHash(fromHex(entry))), entryHash)
  const before = ring.search('imaging', 1, issue - 1).publicKey()
  t.ok(openFormerSearchKey(fromHex(former), search, before, place).publicKey().equals(before))
  for (const [n, head] of heads.entries()) verifyChain(head, links.slice(0, n + 1))
  t.equal(headsRoot(heads.map((head, n) => ({ writer: `writer-${String(n)}`, ...head }))), recordedSearch.headsRoot)
  t.end()
})

t.test('a recorded envelope opens for its member', (t) => {
  const { receivingKey, sealed, envelopeHash: hash, ...place } = recorded.envelope
  const key = PublicKey.fromHex(receivingKey)
  t.ok(openEnvelope(ring.envelope(2), fromHex(sealed), key, place).publicKey().equals(key))
  t.equal(toHex(envelopeHash(fromHex(sealed))), hash)
  refuses(t, 'SEALED_INVALID', () => openEnvelope(ring.envelope(1), fromHex(sealed), key, place), 'another key of that person')
  t.end()
})

t.test('recorded contents open', async (t) => {
  for (const { ciphertext, contentKey, contentHash, plaintextBytes } of recorded.content) {
    if (ciphertext === undefined) continue
    const request = {
      recordId: '00112233445566778899aabbccddeeff',
      recordVersion: 7,
      contentKey: fromHex(contentKey),
      contentHash: fromHex(contentHash),
      authorKey: ring.requestSigning().publicKey()
    }
    t.equal((await collect(openContent(request, streamOf(fromHex(ciphertext))))).length, plaintextBytes)
  }
})
