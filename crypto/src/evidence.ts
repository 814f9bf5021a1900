import type { SignedAnswer } from './answer.ts'
import type { RandomSource } from './bytes.ts'
import { concatBytes, equalConstantTime, toHex } from './bytes.ts'
import type { VerifiedFragment } from './cfrag.ts'
import { parseContentHeader, requireCommitment } from './content-header.ts'
import { contentHashOf } from './content-tree.ts'
import type { Point, PublicScalar } from './curve.ts'
import {
  addSecrets, combinePublic, decodePoint, decodePublic, encodePoint, GENERATOR, multiplyGenerator, multiplySecret, multiplySecrets,
  negatePublic,
  publicFromDigest, publish, randomSecret
} from './curve.ts'
import { decryptDem } from './dem.ts'
import { DOMAINS } from './domains.ts'
import { CryptoError, refuseAs } from './errors.ts'
import { domainHash } from './hash.ts'
import type { AnswerFailure } from './judge-answer.ts'
import { judgeAnswer } from './judge-answer.ts'
import type { PublicKey, SecretKey } from './keys.ts'
import { pointOf, scalarOf } from './keys.ts'
import type { GrantKeys } from './kfrag.ts'
import { Layout } from './layout.ts'
import { leafHash, verifyInclusion } from './merkle.ts'
import type { Place } from './place.ts'
import { decapsulateShared } from './pre.ts'
import type { VerifiedPrecursor } from './precursor.ts'
import { showOpening, verifyOpening } from './shown-opening.ts'
import type { Wrap, WrapOutline } from './wrap.ts'
import { outlineWrap, parseWrap, ShownCapsules, wrapHash } from './wrap.ts'

type Field = 'shared' | 'generatorNonce' | 'precursorNonce' | 'z'

const DISCLOSURE = new Layout<Field>([['shared', 33], ['generatorNonce', 33], ['precursorNonce', 33], ['z', 32]])

/**
 * What verified statements say of one access: the judge takes it from consent, directory and manifest (or rewrap), never from the accuser.
 */
export interface EvidenceFacts {
  readonly networkId: Uint8Array
  readonly keys: GrantKeys
  /** X of the record's compartment, proven: a shared point counts for no other. */
  readonly precursor: VerifiedPrecursor
  readonly consentId: string
  readonly eventId: string
  readonly threshold: number
  readonly proxies: readonly { readonly signingKey: PublicKey, readonly kfragId: string, readonly commitment: string }[]
  /** Of the record version or window: a wrap of another place is not the one that was signed for. */
  readonly place: Place
  /** From manifest or rewrap; 32 bytes each. */
  readonly wrapHash: Uint8Array
  readonly contentHash: Uint8Array
}

/** What the reader shows; each later member is needed only when nothing before it failed. */
export interface Evidence {
  readonly wrap: Uint8Array
  /** Of the other wraps that the answers are for: a batch is proven for all its capsules or for none. */
  readonly others?: readonly WrapOutline[]
  /** `proxy` is the position in the consent's list. */
  readonly answers: readonly { readonly proxy: number, readonly answer: SignedAnswer }[]
  /** From `showFault`, when the answers open together: the proven key seed of this wrap, 99 bytes and 32 for each answer. */
  readonly opening?: Uint8Array
  /** From `showFault`, when they do not: the shared point of the grant, 131 bytes. */
  readonly disclosure?: Uint8Array
  /** The header as it was served, with its place in the tree of the manifest's content hash. */
  readonly header?: {
    readonly bytes: Uint8Array
    readonly treeSize: number
    readonly proof: readonly Uint8Array[]
    readonly root: Uint8Array
    readonly sizeBytes: number
  }
}

/** Who is at fault: `author` is the signer of manifest or rewrap; `none` means that the accusation is false. */
export interface Verdict {
  readonly culprit: 'proxy' | 'patient' | 'author' | 'store' | 'none'
  /** Position of the proxy in the consent's list. */
  readonly proxy?: number
  readonly reason: string
}

/**
 * What the reader shows on top when every answer is right, and nothing when they are too few. Answers that open together blame the
 * author at most: the key seed of this one wrap is shown, and no author, store or gateway brings a reader to disclose what opens others.
 * Only for kfrags that the patient made wrongly, which open nothing, is the shared point of the grant disclosed. Throws
 * `EVIDENCE_INVALID`.
 */
export function showFault (
  receivingSecret: SecretKey,
  evidence: Evidence,
  facts: EvidenceFacts,
  rng?: RandomSource
): Pick<Evidence, 'opening' | 'disclosure'> {
  const { capsule } = parseWrap(evidence.wrap, facts.place)
  const cfrags = proveAnswers(evidence, facts)
  if (!Array.isArray(cfrags) || !isEnough(cfrags, facts)) return {}
  try {
    return { opening: showOpening(receivingSecret, { delegatingKey: facts.keys.delegatingKey, capsule, cfrags }, rng) }
  } catch (error) {
    if (error instanceof CryptoError && error.code === 'KFRAGS_INCONSISTENT') {
      return { disclosure: discloseSharedPoint(receivingSecret, facts.precursor, rng) }
    }
    throw error
  }
}

/**
 * Package-internal. Shows the point that reader and patient share in one grant, with a proof that it is right: 131 bytes, shared point
 * 33 || tG 33 || t precursor 33 || z 32 (Chaum-Pedersen). With it, everybody who has a threshold of cfrags of
 * this grant can open them: it is for a dispute, after which the grant is renewed. It takes a proven precursor only, since the
 * shared point of a copied one (or of one shifted by a known multiple of G) opens another patient's grant.
 */
export function discloseSharedPoint (receivingSecret: SecretKey, precursor: VerifiedPrecursor, rng?: RandomSource): Uint8Array {
  if (!precursor.receivingKey.equals(receivingSecret.publicKey())) {
    throw new TypeError('precursor: expected one of a grant to this receiving key')
  }
  const bytes = precursor.toBytes()
  const base = decodePoint(bytes)
  const t = randomSecret(rng)
  const shared = encodePoint(multiplySecret(base, scalarOf(receivingSecret)))
  const [generatorNonce, precursorNonce] = [encodePoint(multiplyGenerator(t)), encodePoint(multiplySecret(base, t))]
  const c = disclosureChallenge(receivingSecret.publicKey(), bytes, { shared, generatorNonce, precursorNonce })
  const z = publish(addSecrets(t, multiplySecrets(scalarOf(receivingSecret), c)))
  return DISCLOSURE.pack({ shared, generatorNonce, precursorNonce, z })
}

/**
 * Names the party whose step fails first (PROTOCOL §2), from public facts alone: proxy, patient's kfrags, signer of
 * manifest or rewrap, store. Needs no ledger. Throws `EVIDENCE_INVALID` for evidence that proves
 * nothing, because the accuser could have made it up.
 */
export function judgeEvidence (evidence: Evidence, facts: EvidenceFacts): Verdict {
  if (!equalConstantTime(wrapHash(evidence.wrap, facts.place), facts.wrapHash)) refuse('the wrap is not the one that manifest or rewrap names')
  const wrap = judged(() => parseWrap(evidence.wrap, facts.place))
  if (wrap === null) return { culprit: 'author', reason: 'the wrap is malformed' }
  const cfrags = proveAnswers(evidence, facts)
  if (!Array.isArray(cfrags)) return cfrags
  if (!isEnough(cfrags, facts)) return { culprit: 'none', reason: 'each answer is right, and fewer than the threshold need not open' }
  if (evidence.disclosure !== undefined) return judgeKfrags(evidence.disclosure, wrap, cfrags, facts)
  // Needs no key: nothing is shown for the fault of a store.
  if (evidence.header !== undefined && !isServed(evidence.header, facts)) {
    return { culprit: 'store', reason: 'the bytes are not those under the root' }
  }
  if (evidence.opening === undefined) return { culprit: 'none', reason: 'each answer is right; opening was not shown' }
  const seed = verifyOpening(evidence.opening, { delegatingKey: facts.keys.delegatingKey, capsule: wrap.capsule, cfrags })
  const contentKey = judged(() => decryptDem(seed, wrap.ciphertext, wrap.capsule))
  if (contentKey === null) return { culprit: 'author', reason: 'the wrap holds no content key' }
  if (evidence.header === undefined) return { culprit: 'none', reason: 'the wrap opens; the content was not shown' }
  const { bytes } = evidence.header
  const isFitting = judged(() => { requireCommitment(parseContentHeader(bytes), contentKey); return true })
  if (isFitting === null) return { culprit: 'author', reason: 'the content is not sealed with the key of the wrap' }
  return { culprit: 'none', reason: 'wrap and content fit' }
}

/* What of the proven answers is of this wrap, or the verdict on the first proxy whose signed answer is false. */
function proveAnswers ({ answers, wrap, others = [] }: Evidence, facts: EvidenceFacts): VerifiedFragment[] | Verdict {
  const cfrags: VerifiedFragment[] = []
  const capsules = new ShownCapsules([outlineWrap(wrap, facts.place), ...others])
  for (const { proxy, answer } of answers) {
    const cfrag = requireCfrag(answer, proxy, capsules, facts)
    if (cfrag === null) return { culprit: 'proxy', proxy, reason: 'its signed answer is false' }
    cfrags.push(cfrag)
  }
  return cfrags
}

function isEnough (cfrags: readonly VerifiedFragment[], { threshold }: EvidenceFacts): boolean {
  return new Set(cfrags.map((cfrag) => toHex(cfrag.kfragId))).size === cfrags.length && cfrags.length >= threshold
}

function judgeKfrags (disclosure: Uint8Array, { capsule }: Wrap, cfrags: readonly VerifiedFragment[], facts: EvidenceFacts): Verdict {
  const shared = requireDisclosure(disclosure, facts)
  const seed = judged(() => decapsulateShared(facts.keys.receivingKey, shared, facts.keys.delegatingKey, capsule, cfrags))
  if (seed === null) return { culprit: 'patient', reason: 'a threshold of right cfrags does not open: the kfrags are wrong' }
  return { culprit: 'none', reason: 'the answers open together' }
}

function isServed ({ bytes, treeSize, proof, root, sizeBytes }: NonNullable<Evidence['header']>, { contentHash }: EvidenceFacts): boolean {
  if (!equalConstantTime(contentHashOf(sizeBytes, root), contentHash)) refuse('size and root are not those of the manifest')
  return judged(() => { verifyInclusion({ leafHash: leafHash(bytes), index: 0, treeSize, proof, root }); return true }) ?? false
}

/* Offline only the answer says to which request it belongs: whoever accuses could have paired it with another. */
const PAIRED_BY_THE_ACCUSER: readonly AnswerFailure[] = [
  'ANSWER_INVALID', 'EVENT_MISMATCH', 'CONSENT_MISMATCH', 'RECEIVING_KEY_MISMATCH', 'WRAP_MISMATCH'
]

/* A bad signature is refused: whoever accuses could have written it. What is signed and false convicts: null. */
function requireCfrag (answer: SignedAnswer, position: number, capsules: ShownCapsules, facts: EvidenceFacts): VerifiedFragment | null {
  const proxy = facts.proxies[position] ?? refuse('the consent lists no such proxy')
  const verdict = judgeAnswer(answer, {
    networkId: facts.networkId,
    proxyKeys: [proxy.signingKey],
    eventId: facts.eventId,
    isPermit: true,
    consentId: facts.consentId,
    receivingKey: facts.keys.receivingKey.toHex(),
    listed: { ...proxy, precursor: facts.precursor, keys: facts.keys },
    // Which others the event names, offline only the accuser says.
    isRequested: () => true,
    capsules
  })
  if (typeof verdict === 'string' && PAIRED_BY_THE_ACCUSER.includes(verdict)) {
    refuse(`an answer is not this proxy's to this request, or a wrap that it is for is not shown (${verdict})`)
  }
  // Of another compartment, it would name another kfrag, and rightly so.
  if (!answer.body.wrapHashes.includes(toHex(facts.wrapHash))) refuse('an answer is for other wraps than the one in dispute')
  return typeof verdict === 'string' ? null : verdict.get(toHex(facts.wrapHash)) ?? null
}

function requireDisclosure (bytes: Uint8Array, { precursor, keys: { receivingKey } }: EvidenceFacts): Point {
  return refuseAs('EVIDENCE_INVALID', 'disclosure', () => {
    const fields = DISCLOSURE.unpack(bytes)
    const [shared, z] = [decodePoint(fields.shared), decodePublic(fields.z)]
    const c = disclosureChallenge(receivingKey, precursor.toBytes(), fields)
    requireProof(GENERATOR, z, pointOf(receivingKey), c, fields.generatorNonce)
    requireProof(decodePoint(precursor.toBytes()), z, shared, c, fields.precursorNonce)
    return shared
  })
}

function requireProof (base: Point, z: PublicScalar, image: Point, c: PublicScalar, nonce: Uint8Array): void {
  if (!equalConstantTime(encodePoint(combinePublic(base, z, image, negatePublic(c))), nonce)) refuse('the shared point is not proven')
}

function disclosureChallenge (receivingKey: PublicKey, precursor: Uint8Array, fields: Omit<Record<Field, Uint8Array>, 'z'>): PublicScalar {
  return publicFromDigest(domainHash(
    DOMAINS.sharedPoint, concatBytes(receivingKey.toBytes(), precursor, fields.shared, fields.generatorNonce, fields.precursorNonce)))
}

/* Null when a step fails as a typed error; evidence that proves nothing goes on to the caller. */
function judged<T> (step: () => T): T | null {
  try {
    return step()
  } catch (error) {
    if (error instanceof CryptoError && error.code !== 'EVIDENCE_INVALID') return null
    throw error
  }
}

function refuse (message: string): never {
  throw new CryptoError('EVIDENCE_INVALID', message)
}
