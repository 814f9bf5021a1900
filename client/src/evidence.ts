import { Cfrag, CryptoError, discloseSharedPoint, fromHex, inclusionProof, leafHash, merkleRoot, HEADER_BYTES, SEALED_CHUNK_BYTES, toHex } from '@epione/crypto'
import { networkIdHex } from './context.ts'
import type { PractitionerContext } from './context.ts'
import { ClientError } from './errors.ts'
import type { EvidenceFile, EvidenceMaterial, ServedContent } from './evidence-file.ts'
import { readOrganizations } from './organizations.ts'
import { openStatement } from './statements.ts'
import { verifyDirectory } from './verify-directory.ts'
import { verifyEvidence } from './verify-evidence.ts'
import type { EvidenceVerdict } from './verify-evidence.ts'

/** Position of the precursor in a cfrag. */
const PRECURSOR = [98, 131] as const

export interface EvidenceMade { file: EvidenceFile, verdict: EvidenceVerdict, disclosed: boolean }

/**
 * Makes the evidence of an opening that failed, for any third party: material of the reader and the statements on which it is
 * judged. The shared point of the grant is disclosed only when no proxy's answer was false; whoever has the file can then open what
 * its cfrags open, so the grant is renewed afterwards. @throws {ClientError} ACCUSATION_UNFOUNDED
 */
export async function makeEvidence (context: PractitionerContext, material: EvidenceMaterial): Promise<EvidenceMade> {
  const plain = await collectStatements(context, material)
  const verdict = await verifyEvidence(plain)
  if (verdict.culprit !== 'none') return { file: plain, verdict, disclosed: false }
  const precursor = precursorOf(material)
  if (precursor === undefined) throw unfounded(verdict)
  const file = { ...plain, disclosure: toHex(discloseSharedPoint(context.keys.receiving(context.keyNumber), precursor)) }
  const full = await verifyEvidence(file)
  if (full.culprit === 'none') throw unfounded(full)
  return { file, verdict: full, disclosed: true }
}

function unfounded ({ reason, eventId }: EvidenceVerdict): ClientError {
  return new ClientError('ACCUSATION_UNFOUNDED', `There is nobody to accuse: ${reason}.`, { eventId })
}

/** From any well-formed cfrag: all of one grant have the same. */
function precursorOf ({ answers }: EvidenceMaterial): Uint8Array | undefined {
  for (const { answer } of answers) {
    try {
      return Cfrag.fromBytes(fromHex(answer.body.cfrag)).toBytes().subarray(...PRECURSOR)
    } catch (error) {
      if (!(error instanceof CryptoError)) throw error
    }
  }
  return undefined
}

async function collectStatements (context: PractitionerContext, material: EvidenceMaterial): Promise<EvidenceFile> {
  const gateway = context.gateways.own
  const { eventId, recordId, version } = material
  const party = { kind: 'gateway' as const, mspId: gateway.info.mspId }
  const { authorize } = context.token
  const { request } = await gateway.getAccessCase(eventId, authorize)
  const { body: { patientId, consentId } } = openStatement('AccessRequest', request, context.networkId, { code: 'EVENT_INVALID', what: `The request shown for event ${eventId}`, party })
  if (consentId === undefined) throw new ClientError('REFUSED', `Event ${eventId} is a denial: there was nothing to open.`)
  const [directory, record, consent, organizations] = await Promise.all([
    gateway.getDirectory(patientId), gateway.getRecord(recordId, version, authorize), gateway.getConsent(consentId, authorize), readOrganizations(context)
  ])
  const author = authorOf(record.manifest.statement.body)
  return {
    type: 'epione/evidence',
    networkId: networkIdHex(context),
    material,
    directory,
    predecessors: await readPredecessors(context, directory),
    consent: consent.consent,
    record,
    ...(author === undefined ? {} : { binding: await gateway.getBinding(author) }),
    proxies: organizations.map(({ mspId, signingKey }) => ({ mspId, signingKey: signingKey.toHex() }))
  }
}

async function readPredecessors (context: PractitionerContext, directory: EvidenceFile['directory']): Promise<EvidenceFile['predecessors']> {
  const found: EvidenceFile['predecessors'] = []
  const waiting = [...verifyDirectory(directory, directory.patientId, context.networkId).predecessors]
  for (let next = waiting.shift(); next !== undefined && found.length < 16; next = waiting.shift()) {
    const former = await context.gateways.own.getDirectory(next)
    found.push(former)
    waiting.push(...verifyDirectory(former, next, context.networkId).predecessors)
  }
  return found
}

/** Whose keys are needed; `verifyEvidence` proves the rest. */
function authorOf (manifest: string): { mspId: string, staffId: string } | undefined {
  const { author } = JSON.parse(manifest) as { author?: { mspId?: unknown, staffId?: unknown } }
  return typeof author?.mspId === 'string' && typeof author.staffId === 'string' ? { mspId: author.mspId, staffId: author.staffId } : undefined
}

/** Header and tree of a ciphertext as it is served, in the memory of one chunk and 32 bytes for each. */
export async function describeServed (servedBy: string, ciphertext: AsyncIterable<Uint8Array>): Promise<ServedContent> {
  const leaves: Uint8Array[] = []
  let [sizeBytes, header, pending] = [0, '', Buffer.alloc(0)]
  const close = (leaf: Buffer): void => {
    if (leaves.length === 0) header = toHex(leaf)
    leaves.push(leafHash(leaf))
  }
  for await (const piece of ciphertext) {
    sizeBytes += piece.length
    pending = Buffer.concat([pending, piece])
    for (let limit = limitOf(leaves); pending.length >= limit; limit = limitOf(leaves)) {
      close(pending.subarray(0, limit))
      pending = pending.subarray(limit)
    }
  }
  if (pending.length > 0 || leaves.length === 0) close(pending)
  return { servedBy, header, treeSize: leaves.length, proof: inclusionProof(leaves, 0).map(toHex), root: toHex(merkleRoot(leaves)), sizeBytes }
}

const limitOf = (leaves: readonly Uint8Array[]): number => leaves.length === 0 ? HEADER_BYTES : SEALED_CHUNK_BYTES
