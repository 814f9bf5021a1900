import type { RecordManifest } from '@epione/chaincode/model'
import { PublicKey } from '@epione/crypto'
import { bindingAt, readBinding } from './bindings.ts'
import type { VerifiedBinding } from './bindings.ts'
import type { ClientContext } from './context.ts'
import { compartmentOfEpoch } from './directory.ts'
import type { Compartment, VerifiedDirectory } from './directory.ts'
import type { RecordState } from './gateway-schemas.ts'
import { openStored, refuse } from './statements.ts'
import type { Blame } from './statements.ts'

/** A manifest proven to be of its author, and of a compartment that the patient's directory lists. */
export interface VerifiedManifest {
  readonly id: string
  readonly body: RecordManifest
  readonly compartment: Compartment
  /** The key that signed it; it stands in the content's header too. */
  readonly authorKey: PublicKey
}

/** Verifies manifests of one patient, reading each author's binding once. */
export class ManifestVerifier {
  readonly #context: ClientContext
  readonly #directory: VerifiedDirectory
  readonly #shownBy: string
  readonly #bindings = new Map<string, Promise<VerifiedBinding>>()

  /** `shownBy`: whose gateway shows the manifests. */
  constructor (context: ClientContext, directory: VerifiedDirectory, shownBy: string) {
    this.#context = context
    this.#directory = directory
    this.#shownBy = shownBy
  }

  /** @throws {ClientError} MANIFEST_INVALID */
  async verify (state: RecordState): Promise<VerifiedManifest> {
    const blame = this.#blame(state.recordId)
    const { id, body, signers } = openStored('RecordManifest', state.manifest, this.#context.networkId, blame)
    if (body.recordId !== state.recordId || body.version !== state.version) refuse(blame, 'it is of another record or version')
    if (body.patientId !== this.#directory.patientId) refuse(blame, 'it is of another patient')
    const authorKey = await this.#authorKey(body) ?? refuse(blame, 'its author had bound no keys when it was signed')
    if (!signers.includes(authorKey)) refuse(blame, 'it is not signed by its author')
    const compartment = compartmentOfEpoch(this.#directory, body.label, body.epoch) ?? refuse(blame, 'its compartment is not in the patient\'s directory')
    return { id, body, compartment, authorKey: PublicKey.fromHex(authorKey) }
  }

  /** Verifies a version and every one before it: each names the hash of its predecessor and is by the same author. */
  async verifyChain (newest: RecordState, read: (version: number) => Promise<RecordState>): Promise<VerifiedManifest> {
    const verified = await this.verify(newest)
    let later = verified
    while (later.body.version > 1) {
      const earlier = await this.verify(await read(later.body.version - 1))
      const blame = this.#blame(newest.recordId)
      if (earlier.body.version !== later.body.version - 1 || later.body.previous !== earlier.id) refuse(blame, `version ${later.body.version} does not follow the version before`)
      if (describeAuthor(earlier.body.author) !== describeAuthor(later.body.author)) refuse(blame, 'its versions have different authors')
      later = earlier
    }
    return verified
  }

  #blame (recordId: string): Blame {
    return { code: 'MANIFEST_INVALID', what: `The manifest that ${this.#shownBy} shows for record ${recordId}`, party: { kind: 'gateway', mspId: this.#shownBy } }
  }

  async #authorKey ({ author, issuedAt }: RecordManifest): Promise<string | undefined> {
    if (author.kind === 'patient') return this.#directory.identityKey
    const name = describeAuthor(author)
    const reading = this.#bindings.get(name) ?? readBinding(this.#context, author)
    this.#bindings.set(name, reading)
    return bindingAt(await reading, issuedAt)?.requestKey
  }
}

export function describeAuthor (author: RecordManifest['author']): string {
  return author.kind === 'patient' ? 'patient' : `${author.mspId}/${author.staffId}`
}
