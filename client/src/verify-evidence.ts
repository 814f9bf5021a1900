import type { Consent } from '@epione/chaincode/model'
import { CryptoError, PublicKey, contentHashOf, fromHex, judgeEvidence, toHex } from '@epione/crypto'
import type { Evidence, EvidenceFacts, Verdict } from '@epione/crypto'
import { verifyBinding } from './bindings.ts'
import { compartmentOfEpoch, versionAt } from './directory.ts'
import { ClientError, messageOf } from './errors.ts'
import type { Party } from './errors.ts'
import type { EvidenceFile } from './evidence-file.ts'
import { ManifestVerifier } from './manifest.ts'
import type { ManifestSources, VerifiedManifest } from './manifest.ts'
import { openStored, refuse } from './statements.ts'
import type { Blame } from './statements.ts'
import { patientSigner, verifyDirectory } from './verify-directory.ts'
import type { VerifiedDirectory } from './verify-directory.ts'

export interface EvidenceVerdict {
  culprit: Verdict['culprit']
  /** Who that is; absent when the accusation is false. */
  party?: Party
  reason: string
  networkId: string
  eventId: string
  recordId: string
  version: number
  patientId: string
  consentId: string
  /** Fingerprints of the proxies' keys by which answers were checked: compare them with those of a ledger that you trust. */
  proxyKeys: Array<{ mspId: string, fingerprint: string }>
  warnings?: string[]
}

const BLAME: Blame = { code: 'EVIDENCE_INVALID', what: 'This evidence', party: { kind: 'accuser' } }

/**
 * Judges a dispute from a file alone, without network: every statement in it is proven from the patient id on, then the first
 * failing step names the party (PROTOCOL §2). @throws {ClientError} EVIDENCE_INVALID for what proves nothing
 */
export async function verifyEvidence (file: EvidenceFile): Promise<EvidenceVerdict> {
  const networkId = fromHex(file.networkId)
  const patientId = file.directory.patientId
  const directory = verifyDirectory(file.directory, patientId, networkId)
  const consent = openConsent(file, directory, networkId)
  const manifest = await new ManifestVerifier(sourcesOf(file, networkId), directory, 'the accuser').verify(file.record)
  const { material } = file
  if (manifest.body.recordId !== material.recordId || manifest.body.version !== material.version) refuse(BLAME, 'its manifest is of another record version')
  const shares = sharesOf(consent.body, manifest)
  const facts = factsOf(file, { directory, consent, manifest, shares })
  const verdict = judge(evidenceOf(file, manifest, shares), facts)
  return {
    ...withStore(verdict, file, manifest),
    ...partyOf(verdict, file, { manifest, shares, patientId }),
    networkId: file.networkId,
    eventId: material.eventId,
    recordId: material.recordId,
    version: material.version,
    patientId,
    consentId: consent.id,
    proxyKeys: file.proxies.map(({ mspId, signingKey }) => ({ mspId, fingerprint: PublicKey.fromHex(signingKey).fingerprint() })),
    ...(isServedOtherwise(verdict, file, manifest) ? { warnings: ['What a store served is not signed by it: this rests on the reader\'s word.'] } : {})
  }
}

type Share = Consent['compartments'][number]['shares'][number]
interface Facts { directory: VerifiedDirectory, consent: { id: string, body: Consent }, manifest: VerifiedManifest, shares: readonly Share[] }

function openConsent ({ consent }: EvidenceFile, directory: VerifiedDirectory, networkId: Uint8Array): Facts['consent'] {
  const { id, body, signers } = openStored('Consent', consent, networkId, BLAME)
  if (body.patientId !== directory.patientId || patientSigner(directory, signers, consent.time) === undefined) refuse(BLAME, 'its consent is not the patient\'s')
  return { id, body }
}

function sourcesOf ({ binding, predecessors }: EvidenceFile, networkId: Uint8Array): ManifestSources {
  return {
    networkId,
    readBinding: (person) => Promise.resolve(binding === undefined ? refuse(BLAME, 'the author\'s keys are missing') : verifyBinding(binding, person, networkId)),
    readDirectory: (patientId) => {
      const found = predecessors.find((directory) => directory.patientId === patientId) ?? refuse(BLAME, `the directory of patient ${patientId} is missing`)
      return Promise.resolve(verifyDirectory(found, patientId, networkId))
    }
  }
}

function sharesOf ({ compartments }: Consent, { label, epoch }: VerifiedManifest): readonly Share[] {
  return compartments.find((c) => c.label === label && c.epoch === epoch)?.shares ?? refuse(BLAME, 'the consent does not cover the record')
}

function factsOf (file: EvidenceFile, { directory, consent, manifest, shares }: Facts): EvidenceFacts {
  const delegating = compartmentOfEpoch(directory, manifest.label, manifest.epoch)
  const version = versionAt(directory, consent.body.issuedAt)
  if (delegating === undefined || version === undefined) return refuse(BLAME, 'the consent is older than the patient\'s directory')
  return {
    networkId: fromHex(file.networkId),
    keys: { delegatingKey: PublicKey.fromHex(delegating.key), receivingKey: PublicKey.fromHex(consent.body.grantee.receivingKey), signingKey: PublicKey.fromHex(version.kfragSigningKey) },
    consentId: consent.id,
    eventId: file.material.eventId,
    threshold: consent.body.threshold,
    proxies: shares.map(({ mspId, kfragId, commitment }) => {
      const proxy = file.proxies.find((p) => p.mspId === mspId) ?? refuse(BLAME, `the key of ${mspId} is missing`)
      return { signingKey: PublicKey.fromHex(proxy.signingKey), kfragId, commitment }
    }),
    wrapHash: fromHex(manifest.wrapHash),
    contentHash: fromHex(manifest.body.contentHash)
  }
}

function evidenceOf ({ material, disclosure }: EvidenceFile, manifest: VerifiedManifest, shares: readonly Share[]): Evidence {
  const { content } = material
  const isSigned = content !== undefined && contentOf(content) === manifest.body.contentHash
  return {
    wrap: fromHex(material.wrap),
    answers: material.answers.map(({ mspId, answer }) => ({ proxy: shares.findIndex((s) => s.mspId === mspId), answer })),
    ...(disclosure === undefined ? {} : { disclosure: fromHex(disclosure) }),
    ...(isSigned ? { header: { bytes: fromHex(content.header), treeSize: content.treeSize, proof: content.proof.map((hash) => fromHex(hash)), root: fromHex(content.root), sizeBytes: content.sizeBytes } } : {})
  }
}

const contentOf = ({ sizeBytes, root }: { sizeBytes: number, root: string }): string => toHex(contentHashOf(sizeBytes, fromHex(root)))

function judge (evidence: Evidence, facts: EvidenceFacts): Verdict {
  try {
    return judgeEvidence(evidence, facts)
  } catch (error) {
    if (error instanceof CryptoError) return refuse(BLAME, messageOf(error), error)
    throw error
  }
}

/** Everything before the content was right, and the bytes served have another root than the manifest signs. */
function isServedOtherwise ({ culprit }: Verdict, { material: { content }, disclosure }: EvidenceFile, { body }: VerifiedManifest): boolean {
  return culprit === 'none' && disclosure !== undefined && content !== undefined && contentOf(content) !== body.contentHash
}

function withStore (verdict: Verdict, file: EvidenceFile, manifest: VerifiedManifest): Pick<EvidenceVerdict, 'culprit' | 'reason' | 'party'> {
  if (!isServedOtherwise(verdict, file, manifest)) return { culprit: verdict.culprit, reason: verdict.reason }
  const { material: { content } } = file
  return { culprit: 'store', reason: 'the bytes served are not those that the manifest names', ...(content === undefined ? {} : { party: { kind: 'store', mspId: content.servedBy } }) }
}

function partyOf ({ culprit, proxy, reason }: Verdict, { material: { content } }: EvidenceFile, { manifest, shares, patientId }: { manifest: VerifiedManifest, shares: readonly Share[], patientId: string }): { party?: Party } {
  const mspId = proxy === undefined ? undefined : shares[proxy]?.mspId
  switch (culprit) {
    case 'proxy': return { party: { kind: 'proxy', ...(mspId === undefined ? {} : { mspId }) } }
    case 'patient': return { party: { kind: 'patient', patientId } }
    case 'author': return { party: manifest.wrapSigner }
    case 'store': return { party: { kind: 'store', ...(content === undefined ? {} : { mspId: content.servedBy }) } }
    case 'none': return {}
    default: throw new ClientError('UNEXPECTED', `No such culprit: ${reason}.`)
  }
}
