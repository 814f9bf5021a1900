import {
  canonicalize, createWrap, deriveIndexKeys, deriveKeyRing, EMPTY_CHAIN, envelopeHash, exportSecret, extendChain, fromHex,
  generateKfrags, headsRoot, indexEntryHash, keywordTag, kfragAssociatedData, parseWrap, patientIdOf, Place, provePrecursor, reencrypt,
  reencryptBatch, sealContent, sealEnvelope, sealFormerSearchKey, sealIndexEntry, sealTo, SecretKey, signAnswer, signStatement,
  statementId, toHex, verifyKfrag, wrapHash, wrapSearchKey
} from '@epione/crypto'
import type { ChainLink, IndexPlace, KeyRing, PlaceAuthor, PlaceName, PublicKey, VerifiedCfrag } from '@epione/crypto'
import { showOpening } from '../../crypto/dist/shown-opening.js'
import { collect, seeded, streamOf } from '../unit/crypto/support.ts'

export const PHRASE =
  'legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth title'
const CATEGORY = 'imaging'
const NETWORK_ID = fromHex('a5'.repeat(32))
const RECORD_ID = '00112233445566778899aabbccddeeff'
const AUTHOR: PlaceAuthor = { kind: 'practitioner', mspId: 'CoreMSP', staffId: 'staff-1' }
const RECORD = { kind: 'record', recordId: RECORD_ID, version: 7, author: AUTHOR } as const

/** Every format of ours, made from one phrase and one replayed source of randomness: what epione.json holds. */
export async function epioneVectors (): Promise<object> {
  return {
    source: 'this repository, by epione.generate.ts',
    phrase: PHRASE,
    keys: keyVectors(),
    places: placeVectors(),
    ...sharingVectors(),
    search: searchVectors(),
    envelope: envelopeVector(),
    content: await contentVectors()
  }
}

function keyVectors (): object {
  const ring = deriveKeyRing(PHRASE)
  const secret = (key: SecretKey): string => toHex(exportSecret(key))
  return {
    identity: secret(ring.identity()),
    identityRotated: secret(ring.identity(2)),
    compartment: secret(ring.compartment(CATEGORY, 1)),
    compartmentNextEpoch: secret(ring.compartment(CATEGORY, 2)),
    kfragSigning: secret(ring.kfragSigning()),
    receiving: secret(ring.receiving()),
    search: secret(ring.search(CATEGORY, 1, 2)),
    indexing: secret(ring.indexing(placeOf(ring, 2))),
    requestSigning: secret(ring.requestSigning()),
    labelSalt: toHex(ring.labelSalt(CATEGORY)),
    compartmentLabel: toHex(ring.compartmentLabel(CATEGORY)),
    patientId: patientIdOf(ring.identity().publicKey()),
    fingerprint: ring.identity().publicKey().fingerprint()
  }
}

function placeOf (ring: KeyRing, issue: number): IndexPlace {
  return { patientId: patientIdOf(ring.identity().publicKey()), label: ring.compartmentLabel(CATEGORY), epoch: 1, issue }
}

/** One place of each kind: of `wrap` the first, of the search wrap the last. */
function placeVectors (): object[] {
  const { label, ...issue } = placeOf(deriveKeyRing(PHRASE), 2)
  const names: PlaceName[] = [
    RECORD,
    { ...RECORD, version: 1, author: { kind: 'patient' } },
    { kind: 'window', stream: RECORD_ID, number: 7, deviceId: 'd1'.repeat(32) },
    { kind: 'search-key', ...issue, label: toHex(label) }
  ]
  return names.map((name) => ({ name, place: Place.of(NETWORK_ID, name).toHex() }))
}

/** An author who is the patient: entry of a record version, search key of issue 2 with that before, a chain of two links and the root. */
function searchVectors (): object {
  const rng = seeded('epione/search')
  const ring = deriveKeyRing(PHRASE)
  const place = placeOf(ring, 2)
  const searchPlace = Place.of(NETWORK_ID, { kind: 'search-key', ...place, label: toHex(place.label) })
  const search = ring.search(CATEGORY, 1, 2)
  const keys = deriveIndexKeys(place, { author: ring.indexing(place), searchKey: search.publicKey() })
  const version = { recordId: RECORD_ID, version: 1 }
  const keywords = ['code:http://loinc.org|4548-4', 'word:grüße']
  const entry = sealIndexEntry(keys, version, { keywords, days: [-1, 19_723] }, rng)
  const links: ChainLink[] = [
    {
      kind: 'in',
      ...version,
      statementId: toHex(rng(32)),
      entryHash: toHex(indexEntryHash(entry)),
      indexKey: ring.indexing(place).publicKey().toHex(),
      epoch: 1,
      issue: 2,
      truncated: true
    },
    { kind: 'out', ...version, statementId: toHex(rng(32)) }
  ]
  const heads = links.map((_, n) => links.slice(0, n + 1).reduce(extendChain, EMPTY_CHAIN))
  return {
    issue: 2,
    entryKey: toHex(keys.entryKey),
    tagKey: toHex(keys.tagKey),
    version,
    keywords,
    tags: keywords.map((keyword) => keywordTag(keys, keyword)),
    entry: toHex(entry),
    entryHash: toHex(indexEntryHash(entry)),
    wrap: toHex(wrapSearchKey(ring.compartment(CATEGORY).publicKey(), search, searchPlace, rng)),
    former: toHex(sealFormerSearchKey(ring.search(CATEGORY, 1, 1), search.publicKey(), place, rng)),
    links,
    heads,
    headsRoot: headsRoot(heads.map((head, n) => ({ writer: `writer-${String(n)}`, ...head })))
  }
}

/** A department's key for one of its members, sealed to their second envelope key. */
function envelopeVector (): object {
  const rng = seeded('epione/envelope')
  const place = { mspId: 'CoreMSP', department: 'cardiology', staffId: 'staff-1' }
  const department = SecretKey.random(rng)
  const sealed = sealEnvelope(department, deriveKeyRing(PHRASE).envelope(2).publicKey(), place, rng)
  return { ...place, receivingKey: department.publicKey().toHex(), sealed: toHex(sealed), envelopeHash: toHex(envelopeHash(sealed)) }
}

function sharingVectors (): object {
  const rng = seeded('epione/sharing')
  const ring = deriveKeyRing(PHRASE)
  const [delegating, signing, receiving] = [ring.compartment(CATEGORY), ring.kfragSigning(), ring.receiving()]
  const keys = { delegatingKey: delegating.publicKey(), signingKey: signing.publicKey(), receivingKey: receiving.publicKey() }
  const place = Place.of(NETWORK_ID, RECORD)
  const wrap = createWrap(keys.delegatingKey, rng(32), place, rng)
  const kfrags = generateKfrags({
    delegatingKey: delegating,
    receivingKey: keys.receivingKey,
    signingKey: signing,
    threshold: 2,
    shares: 3,
    rng
  })
  const cfrags = kfrags.map((kfrag) => reencrypt(parseWrap(wrap, place).capsule, verifyKfrag(kfrag, keys), rng))
  const consent = {
    type: 'Consent',
    nonce: toHex(rng(16)),
    threshold: 2,
    proxies: kfrags.map((kfrag) => ({ kfragId: toHex(kfrag.id), commitment: toHex(kfrag.commitment) }))
  }
  const statement = signStatement({ type: 'Consent', networkId: NETWORK_ID, body: consent, keys: [ring.identity(), ring.identity(2)] })
  const consentId = statementId(canonicalize(consent))
  const [kfrag, proxy] = [kfrags[0], SecretKey.random(rng)]
  if (kfrag === undefined) throw new TypeError('three were made')
  const label = toHex(ring.compartmentLabel(CATEGORY))
  const transit = { consentId, mspId: 'CoreMSP', kfragId: toHex(kfrag.id) }
  const batch = toHex(reencryptBatch([parseWrap(wrap, place).capsule], kfrag, seeded('epione/batch')).toBytes())
  const answer = {
    eventId: 'event-1',
    wrapHashes: [toHex(wrapHash(wrap, place))],
    consentId,
    kfragId: transit.kfragId,
    receivingKey: keys.receivingKey.toHex(),
    cfrags: batch
  }
  return {
    wrap: toHex(wrap),
    wrapHash: toHex(wrapHash(wrap, place)),
    kfrags: kfrags.map((each) => toHex(each.toBytes())),
    cfrags: cfrags.map((each) => toHex(each.toBytes())),
    batch,
    opening: openingVector(wrap, receiving, keys.delegatingKey, cfrags.slice(0, 2)),
    networkId: toHex(NETWORK_ID),
    precursor: {
      patientId: patientIdOf(ring.identity().publicKey()),
      label,
      epoch: 1,
      ...provePrecursor(
        kfrag,
        { networkId: NETWORK_ID, patientId: patientIdOf(ring.identity().publicKey()), label, epoch: 1 },
        seeded('epione/precursor')
      )
    },
    statement,
    statementId: consentId,
    sealedKfrag: {
      ...transit,
      proxySecret: toHex(exportSecret(proxy)),
      sealed: toHex(sealTo(proxy.publicKey(), kfrag.toBytes(), kfragAssociatedData(transit), rng))
    },
    answer: signAnswer(answer, NETWORK_ID, proxy)
  }
}

/* The key seed of the wrap, shown with the first two cfrags. */
function openingVector (wrap: Uint8Array, receiving: SecretKey, delegatingKey: PublicKey, cfrags: readonly VerifiedCfrag[]): string {
  return toHex(showOpening(receiving, { delegatingKey, capsule: parseWrap(wrap, Place.of(NETWORK_ID, RECORD)).capsule, cfrags }, seeded('epione/opening')))
}

/* Long ciphertexts stand as their hash. */
async function contentVectors (): Promise<object[]> {
  const authorKey = deriveKeyRing(PHRASE).requestSigning().publicKey()
  return Promise.all([0, 1, 262_143, 262_144, 262_145, 600_000].map(async (plaintextBytes) => {
    const rng = seeded(`epione/content/${plaintextBytes}`)
    const sealed = sealContent({ recordId: RECORD_ID, recordVersion: 7, authorKey, rng }, streamOf(rng(plaintextBytes)))
    const ciphertext = await collect(sealed.ciphertext)
    const { contentHash, sizeBytes } = await sealed.result
    const short = plaintextBytes < 2 ? { ciphertext: toHex(ciphertext) } : { header: toHex(ciphertext.subarray(0, 123)) }
    return { plaintextBytes, contentKey: toHex(sealed.contentKey), ...short, sizeBytes, contentHash: toHex(contentHash) }
  }))
}
