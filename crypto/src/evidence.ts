import type { SignedAnswer } from './answer.ts'
import { verifyAnswer } from './answer.ts'
import type { RandomSource } from './bytes.ts'
import { concatBytes, equalConstantTime, fromHex, toHex } from './bytes.ts'
import type { Capsule } from './capsule.ts'
import { Cfrag, verifyCfrag } from './cfrag.ts'
import type { VerifiedCfrag } from './cfrag.ts'
import { parseContentHeader, requireCommitment } from './content-header.ts'
import { contentHashOf } from './content-tree.ts'
import type { Point, PublicScalar } from './curve.ts'
import {
  addSecrets, combinePublic, decodePoint, decodePublic, encodePoint, GENERATOR, multiplyGenerator, multiplySecret, multiplySecrets, negatePublic,
  publicFromDigest, publish, randomSecret
} from './curve.ts'
import { decryptDem } from './dem.ts'
import { DOMAINS } from './domains.ts'
import { CryptoError, refuseAs } from './errors.ts'
import { domainHash } from './hash.ts'
import type { PublicKey, SecretKey } from './keys.ts'
import { pointOf, scalarOf } from './keys.ts'
import type { GrantKeys } from './kfrag.ts'
import { Layout } from './layout.ts'
import { leafHash, verifyInclusion } from './merkle.ts'
import { decapsulateShared } from './pre.ts'
import { parseWrap, wrapHash } from './wrap.ts'

type Field = 'shared' | 'generatorNonce' | 'precursorNonce' | 'z'

const DISCLOSURE = new Layout<Field>([['shared', 33], ['generatorNonce', 33], ['precursorNonce', 33], ['z', 32]])

/** What verified statements say of one access: the judge takes it from consent, directory and manifest (or rewrap), never from the accuser. */
export interface EvidenceFacts {
  readonly networkId: Uint8Array
  readonly keys: GrantKeys
  readonly consentId: string
  readonly eventId: string
  readonly threshold: number
  readonly proxies: readonly { readonly signingKey: PublicKey, readonly kfragId: string, readonly commitment: string }[]
  /** From manifest or rewrap; 32 bytes each. */
  readonly wrapHash: Uint8Array
  readonly contentHash: Uint8Array
}

/** What the reader shows; each later member is needed only when nothing before it failed. */
export interface Evidence {
  readonly wrap: Uint8Array
  /** `proxy` is the position in the consent's list. */
  readonly answers: readonly { readonly proxy: number, readonly answer: SignedAnswer }[]
  /** From `discloseSharedPoint`, 131 bytes. */
  readonly disclosure?: Uint8Array
  /** The header as it was served, with its place in the tree of the manifest's content hash. */
  readonly header?: { readonly bytes: Uint8Array, readonly treeSize: number, readonly proof: readonly Uint8Array[], readonly root: Uint8Array, readonly sizeBytes: number }
}

/** Who is at fault: `author` is the signer of manifest or rewrap; `none` means that the accusation is false. */
export interface Verdict {
  readonly culprit: 'proxy' | 'patient' | 'author' | 'store' | 'none'
  /** Position of the proxy in the consent's list. */
  readonly proxy?: number
  readonly reason: string
}

/**
 * Shows the point that reader and patient share in one grant, with a proof that it is right: 131 bytes, shared point
 * 33 || tG 33 || t precursor 33 || z 32 (Chaum-Pedersen). With it, everybody who has a threshold of cfrags of
 * this grant can open them: it is for a dispute, after which the grant is renewed.
 */
export function discloseSharedPoint (receivingSecret: SecretKey, precursor: Uint8Array, rng?: RandomSource): Uint8Array {
  const base = decodePoint(precursor)
  const t = randomSecret(rng)
  const shared = encodePoint(multiplySecret(base, scalarOf(receivingSecret)))
  const [generatorNonce, precursorNonce] = [encodePoint(multiplyGenerator(t)), encodePoint(multiplySecret(base, t))]
  const c = disclosureChallenge(receivingSecret.publicKey(), precursor, { shared, generatorNonce, precursorNonce })
  const z = publish(addSecrets(t, multiplySecrets(scalarOf(receivingSecret), c)))
  return DISCLOSURE.pack({ shared, generatorNonce, precursorNonce, z })
}

/**
 * Names the party whose step fails first (PROTOCOL §2), from public facts alone: proxy, patient's kfrags, signer of
 * manifest or rewrap, store. Needs no ledger. Throws `EVIDENCE_INVALID` for evidence that proves
 * nothing, because the accuser could have made it up.
 */
export function judgeEvidence (evidence: Evidence, facts: EvidenceFacts): Verdict {
  if (!equalConstantTime(wrapHash(evidence.wrap), facts.wrapHash)) refuse('the wrap is not the one that manifest or rewrap names')
  const wrap = judged(() => parseWrap(evidence.wrap))
  if (wrap === null) return { culprit: 'author', reason: 'the wrap is malformed' }
  const cfrags: VerifiedCfrag[] = []
  for (const { proxy, answer } of evidence.answers) {
    const cfrag = judged(() => requireCfrag(answer, proxy, wrap.capsule, facts))
    if (cfrag === null) return { culprit: 'proxy', proxy, reason: 'its signed answer holds a false cfrag' }
    cfrags.push(cfrag)
  }
  const isEnough = new Set(cfrags.map((cfrag) => toHex(cfrag.kfragId))).size === cfrags.length && cfrags.length >= facts.threshold
  if (!isEnough) return { culprit: 'none', reason: 'each answer is right, and fewer than the threshold need not open' }
  if (evidence.disclosure === undefined) return { culprit: 'none', reason: 'each answer is right; opening was not shown' }
  const shared = requireDisclosure(evidence.disclosure, cfrags, facts.keys.receivingKey)
  const seed = judged(() => decapsulateShared(facts.keys.receivingKey, shared, facts.keys.delegatingKey, wrap.capsule, cfrags))
  if (seed === null) return { culprit: 'patient', reason: 'a threshold of right cfrags does not open: the kfrags are wrong' }
  const contentKey = judged(() => decryptDem(seed, wrap.ciphertext, wrap.capsule))
  if (contentKey === null) return { culprit: 'author', reason: 'the wrap holds no content key' }
  return evidence.header === undefined ? { culprit: 'none', reason: 'the wrap opens; the content was not shown' } : judgeContent(evidence.header, contentKey, facts)
}

function judgeContent (header: NonNullable<Evidence['header']>, contentKey: Uint8Array, facts: EvidenceFacts): Verdict {
  const { bytes, treeSize, proof, root, sizeBytes } = header
  if (!equalConstantTime(contentHashOf(sizeBytes, root), facts.contentHash)) refuse('size and root are not those of the manifest')
  const isServed = judged(() => { verifyInclusion({ leafHash: leafHash(bytes), index: 0, treeSize, proof, root }); return true })
  if (isServed === null) return { culprit: 'store', reason: 'the bytes are not those under the root' }
  const isFitting = judged(() => { requireCommitment(parseContentHeader(bytes), contentKey); return true })
  if (isFitting === null) return { culprit: 'author', reason: 'the content is not sealed with the key of the wrap' }
  return { culprit: 'none', reason: 'wrap and content fit' }
}

/* A bad signature is refused: whoever accuses could have written it. What is signed and false convicts. */
function requireCfrag (answer: SignedAnswer, position: number, capsule: Capsule, facts: EvidenceFacts): VerifiedCfrag {
  const proxy = facts.proxies[position] ?? refuse('the consent lists no such proxy')
  const body = signedBody(answer, proxy.signingKey, facts.networkId)
  if (body.consentId !== facts.consentId || body.eventId !== facts.eventId || body.wrapHash !== toHex(facts.wrapHash) ||
      body.receivingKey !== facts.keys.receivingKey.toHex()) refuse('the answer is to another request')
  const cfrag = Cfrag.fromBytes(fromHex(body.cfrag))
  if (body.kfragId !== proxy.kfragId || toHex(cfrag.kfragId) !== proxy.kfragId || toHex(cfrag.commitment) !== proxy.commitment) {
    throw new CryptoError('CFRAG_INVALID', 'not the kfrag that the consent lists for this proxy')
  }
  return verifyCfrag(cfrag, capsule, facts.keys)
}

function signedBody (answer: SignedAnswer, key: PublicKey, networkId: Uint8Array): ReturnType<typeof verifyAnswer> {
  return refuseAs('EVIDENCE_INVALID', 'answer', () => verifyAnswer(answer, networkId, key))
}

function requireDisclosure (bytes: Uint8Array, cfrags: readonly VerifiedCfrag[], receivingKey: PublicKey): Point {
  return refuseAs('EVIDENCE_INVALID', 'disclosure', () => {
    const fields = DISCLOSURE.unpack(bytes)
    const precursor = cfrags[0]?.toBytes().subarray(98, 131) ?? new Uint8Array()
    const [shared, z] = [decodePoint(fields.shared), decodePublic(fields.z)]
    const c = disclosureChallenge(receivingKey, precursor, fields)
    requireProof(GENERATOR, z, pointOf(receivingKey), c, fields.generatorNonce)
    requireProof(decodePoint(precursor), z, shared, c, fields.precursorNonce)
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
