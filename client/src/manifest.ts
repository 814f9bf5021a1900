import { HANDOVERS_MAX } from '@epione/chaincode/model'
import type { RecordManifest } from '@epione/chaincode/model'
import { PublicKey } from '@epione/crypto'
import { practitionerSigner } from './bindings.ts'
import type { PersonId, VerifiedBinding } from './bindings.ts'
import { compartmentOfEpoch } from './directory.ts'
import type { Compartment } from './directory.ts'
import type { Party } from './errors.ts'
import type { RecordState } from './gateway-schemas.ts'
import { openStored, refuse } from './statements.ts'
import type { Blame } from './statements.ts'
import { patientSigner } from './verify-directory.ts'
import type { VerifiedDirectory } from './verify-directory.ts'

/**
 * A record version proven from its author to its present owner: the manifest says all but owner, compartment and wrap, which the
 * newest rewrap decides where there is one (PROTOCOL §3).
 */
export interface VerifiedManifest {
  readonly id: string
  readonly body: RecordManifest
  /** Patient id whose record it is now. */
  readonly owner: string
  readonly label: string
  readonly epoch: number
  readonly wrapHash: string
  readonly compartment: Compartment
  /** The key that signed the manifest; it stands in the content's header too. */
  readonly authorKey: PublicKey
  /** Who answers for the wrap: the signer of manifest or rewrap. */
  readonly wrapSigner: Party
}

/** Where the statements come from on which a manifest rests, each proven by whoever supplies it. */
export interface ManifestSources {
  readonly networkId: Uint8Array
  readonly readBinding: (person: PersonId) => Promise<VerifiedBinding>
  /** Directory of a patient id that was handed over. */
  readonly readDirectory: (patientId: string) => Promise<VerifiedDirectory>
}

interface ProvenManifest { id: string, body: RecordManifest, authorKey: string, directory: VerifiedDirectory }

/** Verifies record versions of one patient, reading each binding and each former directory once. */
export class ManifestVerifier {
  readonly #sources: ManifestSources
  readonly #directory: VerifiedDirectory
  readonly #shownBy: string
  readonly #bindings = new Map<string, Promise<VerifiedBinding>>()
  readonly #directories: Map<string, Promise<VerifiedDirectory>>

  /** `directory`: of the patient whose records they are. `shownBy`: whose gateway shows the manifests. */
  constructor (sources: ManifestSources, directory: VerifiedDirectory, shownBy: string) {
    this.#sources = sources
    this.#directory = directory
    this.#shownBy = shownBy
    this.#directories = new Map([[directory.patientId, Promise.resolve(directory)]])
  }

  /** @throws {ClientError} MANIFEST_INVALID */
  async verify (state: RecordState): Promise<VerifiedManifest> {
    const blame = this.#blame(state.recordId)
    const { id, body, authorKey, directory } = await this.#verifyManifest(state, blame)
    const manifest = { id, body, authorKey: PublicKey.fromHex(authorKey) }
    if (state.rewrap !== undefined) return { ...manifest, ...this.#verifyRewrap(state, state.rewrap, blame) }
    if (body.patientId !== this.#directory.patientId) refuse(blame, 'it is of another patient')
    const compartment = compartmentOfEpoch(directory, body.label, body.epoch) ?? refuse(blame, 'its compartment is not in the patient\'s directory')
    return { ...manifest, owner: body.patientId, label: body.label, epoch: body.epoch, wrapHash: body.wrapHash, compartment, wrapSigner: authorParty(body) }
  }

  /** Verifies a version and every one before it: each names the hash of its predecessor and is by the same author. */
  async verifyChain (newest: RecordState, read: (version: number) => Promise<RecordState>): Promise<VerifiedManifest> {
    const verified = await this.verify(newest)
    const blame = this.#blame(newest.recordId)
    let later: Pick<VerifiedManifest, 'id' | 'body'> = verified
    while (later.body.version > 1) {
      const earlier = await this.#verifyManifest(await read(later.body.version - 1), blame)
      if (earlier.body.version !== later.body.version - 1 || later.body.previous !== earlier.id) refuse(blame, `version ${later.body.version} does not follow the version before`)
      if (describeAuthor(earlier.body.author) !== describeAuthor(later.body.author)) refuse(blame, 'its versions have different authors')
      later = earlier
    }
    return verified
  }

  async #verifyManifest (state: RecordState, blame: Blame): Promise<ProvenManifest> {
    const { id, body, signers } = openStored('RecordManifest', state.manifest, this.#sources.networkId, blame)
    if (body.recordId !== state.recordId || body.version !== state.version) refuse(blame, 'it is of another record or version')
    const directory = await this.#directoryOf(body.patientId, blame)
    const authorKey = await this.#authorKey(body, signers, state.manifest.time, directory) ?? refuse(blame, 'it is not signed by its author')
    if (compartmentOfEpoch(directory, body.label, body.epoch) === undefined) refuse(blame, 'its compartment is not in the patient\'s directory')
    return { id, body, authorKey, directory }
  }

  #verifyRewrap (state: RecordState, stored: NonNullable<RecordState['rewrap']>, blame: Blame): Pick<VerifiedManifest, 'owner' | 'label' | 'epoch' | 'wrapHash' | 'compartment' | 'wrapSigner'> {
    const { body, signers } = openStored('Rewrap', stored, this.#sources.networkId, blame)
    if (body.recordId !== state.recordId || body.version !== state.version) refuse(blame, 'its rewrap is of another record or version')
    if (body.patientId !== this.#directory.patientId) refuse(blame, 'it is of another patient')
    if (patientSigner(this.#directory, signers, stored.time) === undefined) refuse(blame, 'its rewrap is not signed by the patient')
    const { label, epoch, wrapHash, patientId } = body
    const compartment = compartmentOfEpoch(this.#directory, label, epoch) ?? refuse(blame, 'the compartment of its rewrap is not in the patient\'s directory')
    return { owner: patientId, label, epoch, wrapHash, compartment, wrapSigner: { kind: 'author', patientId } }
  }

  #blame (recordId: string): Blame {
    return { code: 'MANIFEST_INVALID', what: `The manifest that ${this.#shownBy} shows for record ${recordId}`, party: { kind: 'gateway', mspId: this.#shownBy } }
  }

  /** The directory of the patient, or of one who was handed over to the patient: directly or through others, each signed for by both sides. */
  async #directoryOf (patientId: string, blame: Blame): Promise<VerifiedDirectory> {
    const first = await this.#read(patientId)
    let owner = first
    for (let handovers = 0; owner.patientId !== this.#directory.patientId; handovers++) {
      if (owner.succeededBy === undefined) return refuse(blame, 'it is of another patient')
      if (handovers === HANDOVERS_MAX) return refuse(blame, `it was handed over more than ${HANDOVERS_MAX} times`)
      const heir = await this.#read(owner.succeededBy)
      // The heir's own directory says so too: with that, both have signed.
      if (!heir.predecessors.includes(owner.patientId)) return refuse(blame, 'a hand-over of it is signed by one side only')
      owner = heir
    }
    return first
  }

  #read (patientId: string): Promise<VerifiedDirectory> {
    const reading = this.#directories.get(patientId) ?? this.#sources.readDirectory(patientId)
    this.#directories.set(patientId, reading)
    return reading
  }

  async #authorKey ({ author }: RecordManifest, signers: readonly string[], time: number, directory: VerifiedDirectory): Promise<string | undefined> {
    if (author.kind === 'patient') return patientSigner(directory, signers, time)
    const name = describeAuthor(author)
    const reading = this.#bindings.get(name) ?? this.#sources.readBinding(author)
    this.#bindings.set(name, reading)
    return practitionerSigner(await reading, signers, time)
  }
}

export function describeAuthor (author: RecordManifest['author']): string {
  return author.kind === 'patient' ? 'patient' : `${author.mspId}/${author.staffId}`
}

/** The author as the party to name. */
export function authorParty ({ author, patientId }: RecordManifest): Party {
  return author.kind === 'patient' ? { kind: 'author', patientId } : { kind: 'author', mspId: author.mspId, staffId: author.staffId }
}
