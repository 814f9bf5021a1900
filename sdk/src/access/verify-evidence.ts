import { CryptoError, PublicKey, contentHashOf, fromHex, judgeEvidence, showFault, toHex } from '@epione/crypto'
import type { Evidence, EvidenceFacts, SecretKey, Verdict } from '@epione/crypto'
import { StatementReader, verifyConsent, verifyDirectory } from '@epione/protocol/verify'
import type { ProvenGrant, StatementSource, VerifiedConsent } from '@epione/protocol/verify'
import { ClientError, messageOf } from '../errors.ts'
import type { Party } from '../errors.ts'
import { proveDisputed } from './disputed.ts'
import type { Disputed } from './disputed.ts'
import type { EvidenceFile } from './evidence-file.ts'
import { judged, refuse } from '../context/judge.ts'
import type { Blame } from '../context/judge.ts'

export interface EvidenceVerdict {
  culprit: Verdict['culprit']
  /** Who that is; absent when the accusation is false. */
  party?: Party
  reason: string
  networkId: string
  eventId: string
  recordId: string
  /** Absent of a window that was followed. */
  version?: number
  /** Of a window. */
  number?: number
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
  return (await judgeFile(file)).verdict
}

/** A verdict, and what the holder of the receiving key adds to the file when nobody is to blame yet. */
export interface JudgedFile {
  verdict: EvidenceVerdict
  receivingKey: PublicKey
  show: (secret: SecretKey) => Pick<EvidenceFile, 'opening' | 'disclosure'>
}

/** The same, with what the reader can show on top, from the proven statements alone. */
export async function judgeFile (file: EvidenceFile): Promise<JudgedFile> {
  const reader = new StatementReader(fromHex(file.networkId))
  const { patientId } = file.directory
  const { directory, consent, grants } = judged({ kind: 'accuser' }, () => {
    const directory = verifyDirectory(file.directory, patientId, reader)
    // Custody does not count here: whoever answered is judged by the answer.
    const consent = verifyConsent({
      consent: file.consent,
      custody: [],
      destructions: []
    }, file.consent.id, { directory, proxies: [], reader })
    return { directory, consent, grants: consent.proveGrants() }
  })
  const disputed = await proveDisputed(file, directory, { source: sourceOf(file), reader }, BLAME)
  const { recordId, version, number } = disputed
  const { material } = file
  const grant = grantOf(grants, disputed)
  const { shares } = grant
  const [evidence, facts] = [evidenceOf(file, disputed, shares), factsOf(file, { consent, disputed, grant })]
  const verdict = judge(evidence, facts)
  const full: EvidenceVerdict = {
    ...withStore(verdict, file, disputed),
    ...partyOf(verdict, file, { disputed, shares, patientId }),
    networkId: file.networkId,
    eventId: material.eventId,
    recordId,
    ...(version !== undefined && { version }),
    ...(number !== undefined && { number }),
    patientId,
    consentId: consent.id,
    proxyKeys: file.proxies.map(({ mspId, signingKey }) => ({ mspId, fingerprint: PublicKey.fromHex(signingKey).fingerprint() })),
    ...(isServedOtherwise(verdict, file, disputed)
      ? { warnings: ['What a store served is not signed by it: this rests on the reader\'s word.'] }
      : {})
  }
  return { verdict: full, receivingKey: grant.keys.receivingKey, show: (secret) => toFile(showFault(secret, evidence, facts)) }
}

function toFile ({ opening, disclosure }: ReturnType<typeof showFault>): Pick<EvidenceFile, 'opening' | 'disclosure'> {
  return {
    ...(opening === undefined ? {} : { opening: toHex(opening) }),
    ...(disclosure === undefined ? {} : { disclosure: toHex(disclosure) })
  }
}

interface Facts { consent: VerifiedConsent, disputed: Disputed, grant: ProvenGrant }

function sourceOf ({ binding, device, predecessors }: EvidenceFile): StatementSource {
  return {
    getDevice: (_, deviceId) => Promise.resolve().then(() => device ?? refuse(BLAME, `device ${deviceId} is missing`)),
    getBinding: () => Promise.resolve().then(() => binding ?? refuse(BLAME, 'the author\'s keys are missing')),
    getDirectory: (patientId) => Promise.resolve().then(() =>
      predecessors.find((directory) => directory.patientId === patientId) ??
        refuse(BLAME, `the directory of patient ${patientId} is missing`))
  }
}

function grantOf (grants: readonly ProvenGrant[], { label, epoch }: Disputed): ProvenGrant {
  return grants.find((g) => g.label === label && g.epoch === epoch) ?? refuse(BLAME, 'the consent does not cover the record')
}

function factsOf (file: EvidenceFile, { consent, disputed, grant }: Facts): EvidenceFacts {
  return {
    networkId: fromHex(file.networkId),
    keys: grant.keys,
    precursor: grant.precursor,
    consentId: consent.id,
    eventId: file.material.eventId,
    threshold: consent.body.threshold,
    proxies: grant.shares.map(({ mspId, kfragId, commitment }) => {
      const proxy = file.proxies.find((p) => p.mspId === mspId) ?? refuse(BLAME, `the key of ${mspId} is missing`)
      return { signingKey: PublicKey.fromHex(proxy.signingKey), kfragId, commitment }
    }),
    place: disputed.place,
    wrapHash: fromHex(disputed.wrapHash),
    contentHash: fromHex(disputed.contentHash)
  }
}

function evidenceOf ({ material, opening, disclosure }: EvidenceFile, { contentHash }: Disputed, shares: ProvenGrant['shares']): Evidence {
  const { content } = material
  const isSigned = content !== undefined && contentOf(content) === contentHash
  return {
    wrap: fromHex(material.wrap),
    others: material.others,
    answers: material.answers.map(({ mspId, answer }) => ({ proxy: shares.findIndex((s) => s.mspId === mspId), answer })),
    ...(opening === undefined ? {} : { opening: fromHex(opening) }),
    ...(disclosure === undefined ? {} : { disclosure: fromHex(disclosure) }),
    ...(isSigned
      ? {
          header: {
            bytes: fromHex(content.header),
            treeSize: content.treeSize,
            proof: content.proof.map((hash) => fromHex(hash)),
            root: fromHex(content.root),
            sizeBytes: content.sizeBytes
          }
        }
      : {})
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

/** Every answer was right, and the bytes served have another root than the manifest signs: that needs no key to see. */
function isServedOtherwise ({ culprit }: Verdict, { material: { content } }: EvidenceFile, { contentHash }: Disputed): boolean {
  return culprit === 'none' && content !== undefined && contentOf(content) !== contentHash
}

function withStore (verdict: Verdict, file: EvidenceFile, disputed: Disputed): Pick<EvidenceVerdict, 'culprit' | 'reason' | 'party'> {
  if (!isServedOtherwise(verdict, file, disputed)) return { culprit: verdict.culprit, reason: verdict.reason }
  const { material: { content } } = file
  return {
    culprit: 'store',
    reason: 'the bytes served are not those that the manifest names',
    ...(content === undefined ? {} : { party: { kind: 'store', mspId: content.servedBy } })
  }
}

function partyOf (
  { culprit, proxy, reason }: Verdict,
  { material: { content } }: EvidenceFile,
  { disputed, shares, patientId }: { disputed: Disputed, shares: ProvenGrant['shares'], patientId: string }
): { party?: Party } {
  const mspId = proxy === undefined ? undefined : shares[proxy]?.mspId
  switch (culprit) {
    case 'proxy': return { party: { kind: 'proxy', ...(mspId === undefined ? {} : { mspId }) } }
    case 'patient': return { party: { kind: 'patient', patientId } }
    case 'author': return { party: disputed.party }
    case 'store': return { party: { kind: 'store', ...(content === undefined ? {} : { mspId: content.servedBy }) } }
    case 'none': return {}
    default: throw new ClientError('UNEXPECTED', `No such culprit: ${reason}.`)
  }
}
