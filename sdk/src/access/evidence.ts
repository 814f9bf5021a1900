import { concatBytes, inclusionProof, leafHash, merkleRoot, HEADER_BYTES, SEALED_CHUNK_BYTES, toHex } from '@epione/crypto'
import { checkStatementBody, HANDOVERS_MAX } from '@epione/protocol'
import { openStatement } from '@epione/protocol/verify'
import { networkIdHex } from '../context/context.ts'
import type { PractitionerContext } from '../context/context.ts'
import { receiverOf } from '../keys/department-key.ts'
import { readShownDevice } from '../keys/devices.ts'
import { proveDirectory } from '../keys/directory.ts'
import { ClientError } from '../errors.ts'
import type { EvidenceFile, EvidenceMaterial, ServedContent } from './evidence-file.ts'
import { judgedWith } from '../context/judge.ts'
import { readOrganizations } from '../keys/organizations.ts'
import { judgeFile, verifyEvidence } from './verify-evidence.ts'
import type { EvidenceVerdict } from './verify-evidence.ts'

export interface EvidenceMade { file: EvidenceFile, verdict: EvidenceVerdict, disclosed: boolean }

/**
 * Makes the evidence of an opening that failed, for any third party: material of the reader and the statements on which it is
 * judged. Where every answer is right, the key seed of this one wrap is shown, or, when the patient's kfrags are wrong, the shared
 * point of the grant, which is renewed afterwards: for a consent whose precursor is proven, and for no other.
 * @throws {ClientError} ACCUSATION_UNFOUNDED
 */
export async function makeEvidence (context: PractitionerContext, material: EvidenceMaterial): Promise<EvidenceMade> {
  const plain = await collectStatements(context, material)
  const { verdict, receivingKey, show } = await judgeFile(plain)
  if (verdict.culprit !== 'none') return { file: plain, verdict, disclosed: false }
  const secret = await receiverOf(context, checkStatementBody('Consent', JSON.parse(plain.consent.statement.body)))
  if (!receivingKey.equals(secret.publicKey())) {
    throw new ClientError('REFUSED', `The consent of event ${material.eventId} is to another receiving key than this workstation's.`)
  }
  const file = { ...plain, ...show(secret) }
  const full = await verifyEvidence(file)
  if (full.culprit === 'none') throw unfounded(full)
  return { file, verdict: full, disclosed: file.disclosure !== undefined }
}

function unfounded ({ reason, eventId }: EvidenceVerdict): ClientError {
  return new ClientError('ACCUSATION_UNFOUNDED', `There is nobody to accuse: ${reason}.`, { eventId })
}

async function collectStatements (context: PractitionerContext, material: EvidenceMaterial): Promise<EvidenceFile> {
  const gateway = context.gateways.own
  const { eventId, recordId, version } = material
  const party = { kind: 'gateway' as const, mspId: gateway.info.mspId }
  const { authorize } = context.token
  const { request } = await gateway.getAccessCase(eventId, authorize)
  const {
    signers,
    body: { patientId, consentId }
  } = judgedWith({
    code: 'EVENT_INVALID',
    what: `The request shown for event ${eventId}`,
    party
  }, () => openStatement('AccessRequest', request, context.networkId))
  const isOwn = signers.includes(context.keys.requestSigning(context.keyNumber).publicKey().toHex())
  if (!isOwn) {
    throw new ClientError('EVENT_INVALID', `Event ${eventId} does not come from a request that this workstation signed.`, { party })
  }
  if (consentId === undefined) throw new ClientError('REFUSED', `Event ${eventId} is a denial: there was nothing to open.`)
  const [directory, record, consent, organizations] = await Promise.all([
    gateway.getDirectory(patientId),
    version === undefined ? undefined : gateway.getRecord(recordId, version, authorize, eventId),
    gateway.getConsent(consentId, authorize),
    readOrganizations(context)
  ])
  if (consent.consent.id !== consentId || directory.patientId !== patientId) {
    throw new ClientError(
      'CONSENT_INVALID',
      `${gateway.info.mspId} answers with another consent or patient than the request names.`,
      { party }
    )
  }
  const manifest = record?.manifest.statement.body
  return {
    type: 'epione/evidence',
    networkId: networkIdHex(context),
    material,
    directory,
    predecessors: manifest === undefined ? [] : await readPredecessors(context, manifest, patientId),
    consent: consent.consent,
    ...(record === undefined ? {} : { record }),
    ...await readWriter(context, manifest, material),
    proxies: organizations.map(({ mspId, signingKey }) => ({ mspId, signingKey: signingKey.toHex() }))
  }
}

/** Who wrote what was opened: the device of a window, the binding of a practitioner. */
async function readWriter (
  context: PractitionerContext, manifest: string | undefined, material: EvidenceMaterial
): Promise<Pick<EvidenceFile, 'device' | 'binding'>> {
  const author = manifest === undefined ? undefined : authorOf(manifest)
  const writer = deviceIn(manifest ?? windowStatement(material))
  return {
    ...(writer === undefined ? {} : { device: await readShownDevice(context, writer.patientId, writer.deviceId) }),
    ...(author === undefined ? {} : { binding: await context.gateways.own.getBinding(author) })
  }
}

/** Directories on the way from the manifest's patient to whom the record belongs now, that one's own left out. */
async function readPredecessors (context: PractitionerContext, manifest: string, owner: string): Promise<EvidenceFile['predecessors']> {
  const found: EvidenceFile['predecessors'] = []
  let { patientId } = JSON.parse(manifest) as { patientId: string }
  while (patientId !== owner && found.length < HANDOVERS_MAX) {
    const former = await context.gateways.own.getDirectory(patientId)
    found.push(former)
    const { succeededBy } = proveDirectory(former, patientId, context.networkId)
    if (succeededBy === undefined) break
    patientId = succeededBy
  }
  return found
}

const windowStatement = ({ window }: EvidenceMaterial): string => window !== undefined && 'statement' in window ? window.statement.body : '{}'

/** Which device wrote, by a manifest or a window; `verifyEvidence` proves it. */
function deviceIn (statement: string): { patientId: string, deviceId: string } | undefined {
  interface Shown { patientId?: unknown, author?: { deviceId?: unknown }, deviceId?: unknown }
  const { patientId, author, deviceId } = JSON.parse(statement) as Shown
  const id = deviceId ?? author?.deviceId
  return typeof id === 'string' && typeof patientId === 'string' ? { patientId, deviceId: id } : undefined
}

/** Whose keys are needed; `verifyEvidence` proves the rest. */
function authorOf (manifest: string): { mspId: string, staffId: string } | undefined {
  const { author } = JSON.parse(manifest) as { author?: { mspId?: unknown, staffId?: unknown } }
  return typeof author?.mspId === 'string' && typeof author.staffId === 'string'
    ? { mspId: author.mspId, staffId: author.staffId }
    : undefined
}

/** Header and tree of a ciphertext as it is served, in the memory of one chunk and 32 bytes for each. */
export async function describeServed (servedBy: string, ciphertext: AsyncIterable<Uint8Array>): Promise<ServedContent> {
  const leaves: Uint8Array[] = []
  let [sizeBytes, header] = [0, '']
  let pending: Uint8Array = new Uint8Array()
  const close = (leaf: Uint8Array): void => {
    if (leaves.length === 0) header = toHex(leaf)
    leaves.push(leafHash(leaf))
  }
  for await (const piece of ciphertext) {
    sizeBytes += piece.length
    pending = concatBytes(pending, piece)
    for (let limit = limitOf(leaves); pending.length >= limit; limit = limitOf(leaves)) {
      close(pending.subarray(0, limit))
      pending = pending.subarray(limit)
    }
  }
  if (pending.length > 0 || leaves.length === 0) close(pending)
  return {
    servedBy,
    header,
    treeSize: leaves.length,
    proof: inclusionProof(leaves, 0).map(toHex),
    root: toHex(merkleRoot(leaves)),
    sizeBytes
  }
}

const limitOf = (leaves: readonly Uint8Array[]): number => leaves.length === 0 ? HEADER_BYTES : SEALED_CHUNK_BYTES
