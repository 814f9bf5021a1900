import {
  BatchOpener, Capsule, CAPSULE_BYTES, Cfrag, createWrap, fromHex, generateKfrags, Kfrag, outlineWrap,
  provePrecursor, randomBytes, reencrypt, SecretKey, ShownCapsules, signAnswer, signStatement, toHex, verifyCfrag, verifyKfrag,
  verifyPrecursor, verifyStatement, wrapHash
} from '@epione/crypto'
import type { SignedAnswer, SignedStatement, VerifiedCfrag, VerifiedKfrag } from '@epione/crypto'
import { judgeAnswers } from '@epione/sdk'
import type { AnswerContext } from '@epione/sdk'
import { checkAnswer, reencryptCapsules } from '../../gateway/src/proxy/reencryption-worker.ts'
import { toKeyBytes } from '../../gateway/src/proxy/reencryptor.ts'
import { openByCfrags } from '../helpers/open-by-cfrags.ts'
import type { Contest } from './measure.ts'
import { PLACE } from '../helpers/places.ts'

const [THRESHOLD, PROXIES] = [2, ['CoreMSP', 'Regional1MSP', 'Regional2MSP']]
const networkId = randomBytes(32)
const [delegating, receiving, signing] = [SecretKey.random(), SecretKey.random(), SecretKey.random()]
const proxyKeys = PROXIES.map(() => SecretKey.random())
const keys = { delegatingKey: delegating.publicKey(), receivingKey: receiving.publicKey(), signingKey: signing.publicKey() }
const [eventId, consentId] = [`${'a'.repeat(32)}.1700000000000.${'0'.repeat(64)}`, toHex(randomBytes(32))]
const place = { networkId, patientId: 'a'.repeat(32), label: toHex(randomBytes(32)), epoch: 1 }
const receivingKey = keys.receivingKey.toHex()

export interface ReleaseOptions {
  /** How many, 64 at most. */
  records?: number
  /** False of windows, whose answers the reader's gateway leaves to the reader to prove. */
  isProvenBetween?: boolean
  /** How many of the consent's three are asked: two are enough. */
  proxies?: number
}

/**
 * From one permit over records to their opened content keys, through three gateways and their reader: all that is computed after the permit
 * is proven, by the functions that gateways (reencryption-worker.ts) and clients (judgeAnswers, BatchOpener) call, with answers passed as
 * JSON. Without HTTP, threads and the reading of statements, which both sides have alike. Theirs is the same with a signed cfrag for each
 * record and proxy, made and judged one by one.
 */
export function releaseContest ({ records = 16, isProvenBetween = true, proxies = PROXIES.length }: ReleaseOptions = {}): Contest {
  const kfrags = generateKfrags({
    delegatingKey: delegating, receivingKey: keys.receivingKey, signingKey: signing, threshold: THRESHOLD, shares: PROXIES.length
  }).slice(0, proxies)
  const [first] = kfrags
  if (first === undefined) throw new TypeError('three were made')
  const contentKeys = Array.from({ length: records }, () => randomBytes(32))
  const wraps = contentKeys.map((key) => createWrap(keys.delegatingKey, key, PLACE))
    .toSorted((a, b) => toHex(wrapHash(a, PLACE)) < toHex(wrapHash(b, PLACE)) ? -1 : 1)
  const parties = { kfrags, wraps, precursor: provePrecursor(first, place), isProvenBetween }
  const expected = new Set(contentKeys.map(toHex))
  const checked = (release: () => Uint8Array[]) => (): void => {
    if (release().some((key) => !expected.has(toHex(key)))) throw new Error('a content key is another than was sealed')
  }
  return { ours: checked(() => releaseTogether(parties)), theirs: checked(() => releaseSingly(parties)) }
}

interface Parties {
  kfrags: readonly VerifiedKfrag[]
  wraps: readonly Uint8Array[]
  precursor: ReturnType<typeof provePrecursor>
  isProvenBetween: boolean
}

function releaseTogether ({ kfrags, wraps, precursor, isProvenBetween }: Parties): Uint8Array[] {
  const wrapHashes = wraps.map((wrap) => toHex(wrapHash(wrap, PLACE)))
  const listed = kfrags.map((kfrag, i) => ({ mspId: PROXIES[i] ?? '', kfragId: toHex(kfrag.id), commitment: toHex(kfrag.commitment) }))
  const answers = kfrags.map((kfrag, i) => {
    const { batch } = reencryptCapsules({
      kfrag: kfrag.toBytes(),
      capsules: wraps.map((wrap) => ({ bytes: wrap.subarray(0, CAPSULE_BYTES), place: PLACE.toBytes() })),
      keys: toKeyBytes(keys),
      precursor: kfrag.precursor
    })
    const body = { eventId, wrapHashes, consentId, kfragId: toHex(kfrag.id), receivingKey, cfrags: toHex(batch ?? new Uint8Array()) }
    const answer = passOn<SignedAnswer>(signAnswer(body, networkId, keyOf(i)))
    const share = listed[i]
    const check = (): unknown => checkAnswer({
      answer,
      networkId,
      signingKey: keyOf(i).publicKey().toBytes(),
      expected: { eventId, consentId, receivingKey },
      requested: wrapHashes,
      wraps: wraps.map((wrap) => outlineWrap(wrap, PLACE)),
      listed: share === undefined ? undefined : { ...share, ...place, keys: toKeyBytes(keys), precursor }
    })
    const failure = isProvenBetween ? check() : null
    if (failure !== null) throw new Error(JSON.stringify(failure))
    return { mspId: PROXIES[i] ?? '', answer: passOn<SignedAnswer>(answer) }
  })
  const context: AnswerContext = {
    networkId,
    organizations: PROXIES.map((mspId, i) => {
      const key = keyOf(i).publicKey()
      return { mspId, id: mspId, name: mspId, encryptionKey: key, signingKey: key, formerSigningKeys: [] }
    }),
    eventId,
    consentId,
    receivingKey,
    grants: [{ ...place, shares: listed, keys, precursor: verifyPrecursor(precursor, { ...place, ...keys }) }],
    capsules: new ShownCapsules(wraps.map((wrap) => outlineWrap(wrap, PLACE))),
    compartments: new Map(wrapHashes.map((hash) => [hash, place]))
  }
  const { good } = judgeAnswers(answers, context)
  const opener = new BatchOpener(receiving, keys.delegatingKey)
  return wraps.map((wrap, index) =>
    opener.open(wrap, good.slice(0, THRESHOLD).flatMap(({ fragments }) => fragments.get(wrapHashes[index] ?? '') ?? [])))
}

/* One answer for each record, each made and judged by itself: kfrag and capsule are proven for each. */
function releaseSingly ({ kfrags, wraps, precursor, isProvenBetween }: Parties): Uint8Array[] {
  const grants = { ...place, ...keys }
  const answers = kfrags.map((kfrag, i) => wraps.map((wrap) => {
    const verified = verifyKfrag(Kfrag.fromBytes(kfrag.toBytes()), keys)
    const cfrag = toHex(reencrypt(Capsule.fromBytes(wrap.subarray(0, CAPSULE_BYTES), PLACE), verified).toBytes())
    const named = { eventId, wrapHash: toHex(wrapHash(wrap, PLACE)), consentId, kfragId: toHex(kfrag.id), receivingKey }
    const body = { type: 'SingleAnswer', ...named, cfrag }
    const answer = passOn(signStatement({ type: 'SingleAnswer', networkId, body, keys: [keyOf(i)] }))
    verifyPrecursor(precursor, grants)
    if (isProvenBetween) provenCfrag(answer, wrap, i)
    return passOn(answer)
  }))
  verifyPrecursor(precursor, grants)
  const proven = answers.map((given, i) => wraps.flatMap((wrap, index) =>
    given.slice(index, index + 1).map((answer) => provenCfrag(answer, wrap, i))))
  return wraps.map((wrap, index) =>
    openByCfrags(wrap, receiving, keys.delegatingKey, proven.slice(0, THRESHOLD).flatMap((of) => of[index] ?? [])))
}

function provenCfrag (answer: SignedStatement, wrap: Uint8Array, proxy: number): VerifiedCfrag {
  const { body, signers } = verifyStatement(answer, networkId)
  if (signers[0] !== keyOf(proxy).publicKey().toHex()) throw new Error('not this proxy\'s')
  return verifyCfrag(Cfrag.fromBytes(fromHex(String(body['cfrag']))), Capsule.fromBytes(wrap.subarray(0, CAPSULE_BYTES), PLACE), keys)
}

function keyOf (proxy: number): SecretKey {
  const key = proxyKeys[proxy]
  if (key === undefined) throw new TypeError('each proxy has a key')
  return key
}

const passOn = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
