import { findKeyFault, findSecondKey, findSigner } from '@epione/chaincode/model'
import type { KeyDirectory, PatientDirectory } from '@epione/chaincode/model'
import { PublicKey, patientIdOf } from '@epione/crypto'
import { openStored, refuse } from './statements.ts'
import type { Blame, OpenedStatement } from './statements.ts'

export interface DirectoryVersion {
  readonly id: string
  readonly body: KeyDirectory
  /** Since when (ms) it counts, by the ledger. */
  readonly time: number
}

/** A version with a new identity key that does not count yet. */
export interface PendingDirectory { readonly id: string, readonly body: KeyDirectory, readonly activeFrom: number, readonly stopped: boolean }

/** A patient's key directory, proven from `patientId` on; only `verifyDirectory` makes one. */
export interface VerifiedDirectory {
  readonly patientId: string
  /** The one in force. */
  readonly identityKey: string
  /** Oldest first. */
  readonly versions: readonly DirectoryVersion[]
  readonly newest: KeyDirectory
  readonly pending?: PendingDirectory
  /** The patient id to which this one was handed over. */
  readonly succeededBy?: string
  /** Patient ids that were handed over to this one. */
  readonly predecessors: readonly string[]
}

/**
 * Checks patientId -> identity key -> every signed version of the directory (PROTOCOL §1), so that no gateway can slip in a key
 * of its own. A new identity key is signed for by the former one and by itself. @throws {ClientError} DIRECTORY_INVALID
 */
export function verifyDirectory (directory: PatientDirectory, patientId: string, networkId: Uint8Array): VerifiedDirectory {
  const blame: Blame = { code: 'DIRECTORY_INVALID', what: `The key directory shown for patient ${patientId}`, party: { kind: 'organizations' } }
  const versions: DirectoryVersion[] = []
  for (const stored of directory.versions) {
    const opened = openStored('KeyDirectory', stored, networkId, blame)
    checkVersion(opened, versions, patientId, blame)
    versions.push({ id: opened.id, body: opened.body, time: stored.time })
  }
  const [first, newest] = [versions[0], versions.at(-1)]
  if (first === undefined || newest === undefined) return refuse(blame, 'it is empty')
  if (patientIdOf(PublicKey.fromHex(first.body.identityKey)) !== patientId) refuse(blame, 'its identity key does not belong to this patient id')
  const chain = { patientId, identityKey: newest.body.identityKey, versions, newest: newest.body }
  return { ...chain, ...verifyPending(directory, versions, { patientId, networkId, blame }), ...verifySuccessions(directory, chain, networkId, blame) }
}

function checkVersion ({ body, signers }: OpenedStatement<'KeyDirectory'>, before: readonly DirectoryVersion[], patientId: string, blame: Blame): void {
  const former = before.at(-1)
  if (body.patientId !== patientId) refuse(blame, 'it is of another patient')
  if (body.version !== before.length + 1 || body.previous !== former?.id) refuse(blame, `version ${body.version} does not follow the one before`)
  if (!signers.includes(body.identityKey)) refuse(blame, 'it is not signed by the patient\'s identity key')
  if (former !== undefined && !signers.includes(former.body.identityKey)) refuse(blame, 'the identity key was exchanged without a signature of the one before')
  const fault = findKeyFault(body)
  if (fault !== undefined) refuse(blame, fault)
  const second = findSecondKey([...before.map((v) => v.body), body])
  if (second !== undefined) refuse(blame, `it gives two keys for compartment ${second}`)
}

function verifyPending ({ pending }: PatientDirectory, versions: readonly DirectoryVersion[], { patientId, networkId, blame }: { patientId: string, networkId: Uint8Array, blame: Blame }): { pending?: PendingDirectory } {
  if (pending === undefined) return {}
  const opened = openStored('KeyDirectory', pending.directory, networkId, blame)
  // A version published meanwhile made it void.
  if (opened.body.previous !== versions.at(-1)?.id) return {}
  checkVersion(opened, versions, patientId, blame)
  return { pending: { id: opened.id, body: opened.body, activeFrom: pending.activeFrom, stopped: pending.stop !== undefined } }
}

function verifySuccessions ({ succession, predecessors = [] }: PatientDirectory, chain: Pick<VerifiedDirectory, 'patientId' | 'versions'>, networkId: Uint8Array, blame: Blame): Pick<VerifiedDirectory, 'succeededBy' | 'predecessors'> {
  const open = (stored: NonNullable<typeof succession>): OpenedStatement<'Succession'>['body'] => {
    const { body, signers } = openStored('Succession', stored, networkId, blame)
    if (patientSigner(chain, signers, stored.time) === undefined) refuse(blame, 'a hand-over in it is not signed by the patient')
    return body
  }
  const ended = succession === undefined ? undefined : open(succession)
  if (ended !== undefined && ended.patientId !== chain.patientId) refuse(blame, 'its hand-over is of another patient')
  const former = predecessors.map(open)
  if (former.some((body) => body.successor !== chain.patientId)) refuse(blame, 'a hand-over in it is to another patient')
  return { predecessors: former.map((body) => body.patientId), ...(ended === undefined ? {} : { succeededBy: ended.successor }) }
}

/** The identity key in force at `time` (ms, of the ledger) that is among the signers: who signs with a former or later one is not the patient. */
export function patientSigner ({ versions }: Pick<VerifiedDirectory, 'versions'>, signers: readonly string[], time: number): string | undefined {
  return findSigner(versions.map(({ body, time: since }) => ({ key: body.identityKey, since })), signers, time)
}
