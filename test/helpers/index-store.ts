import { createHash, randomBytes } from 'node:crypto'
import {
  canonicalize, deriveIndexKeys, deriveKeyRing, EMPTY_CHAIN, extendChain, fromHex, generatePhrase, indexEntryHash, patientIdOf, PublicKey,
  sealIndexEntry, statementId, toHex
} from '@epione/crypto'
import type { ChainLink, IndexPlace, KeyRing } from '@epione/crypto'
import type { GroupKeys, IndexState, ShownLink } from '../../sdk/src/search/opened-index.ts'

const CID = 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy'
const NOW = Date.UTC(2026, 10, 29)

export interface Indexed {
  recordId?: string
  version?: number
  keywords: readonly string[]
  days?: readonly number[]
  issue?: number
  truncated?: boolean
}

/** An author with a phrase of their own. */
export interface IndexAuthor { readonly mspId: string, readonly staffId: string, readonly keys: KeyRing }

export const indexAuthor = (staffId: string): IndexAuthor => ({ mspId: 'CoreMSP', staffId, keys: deriveKeyRing(generatePhrase()) })

/** What ledger and gateways hold of one compartment's index, made by authors as they would. */
export class IndexStore {
  readonly keys: KeyRing = deriveKeyRing(generatePhrase())
  readonly patientId = patientIdOf(this.keys.identity().publicKey())
  readonly label = toHex(this.keys.compartmentLabel('labs'))
  readonly links: ShownLink[] = []
  readonly #heads: IndexState['heads'] = new Map()
  #block = 100

  /** Secret and public key of an issue are the patient's; a reader has them of the opened search wrap. */
  readonly keysOf: GroupKeys = ({ indexKey, epoch, issue }) => deriveIndexKeys(
    this.#place(epoch, issue), { search: this.keys.search('labs', epoch, issue), indexKey: PublicKey.fromHex(indexKey) }
  )

  /** A new record version with its entry. */
  add (author: IndexAuthor, { recordId = toHex(randomBytes(16)), version = 1, issue = 1, truncated = false, ...said }: Indexed): ShownLink {
    const place = this.#place(1, issue)
    const { mspId, staffId, keys } = author
    const secret = keys.indexing(place)
    const indexKeys = deriveIndexKeys(place, { author: secret, searchKey: this.keys.search('labs', 1, issue).publicKey() })
    const entry = sealIndexEntry(indexKeys, { recordId, version }, said)
    const index = { hash: toHex(indexEntryHash(entry)), key: secret.publicKey().toHex(), issue, truncated }
    const body = this.#statement('RecordManifest', {
      recordId,
      version,
      ...(version === 1 ? {} : { previous: '11'.repeat(32) }),
      author: { kind: 'practitioner', mspId, staffId },
      contentHash: '22'.repeat(32),
      sizeClass: 10,
      cid: CID,
      mediaClass: 'structured',
      index
    })
    const { hash: entryHash, key: indexKey } = index
    const link: ChainLink = { kind: 'in', recordId, version, statementId: statementId(body), entryHash, indexKey, epoch: 1, issue, truncated }
    return this.#append(`${mspId}/${staffId}`, { link, entry: toHex(entry) })
  }

  /** A rewrap that takes a version out of the compartment. */
  takeOut (writer: string, { recordId, version }: { recordId: string, version: number }): ShownLink {
    const body = this.#statement('Rewrap', { recordId, version, previousWrapHash: '33'.repeat(32) })
    return this.#append(writer, { link: { kind: 'out', recordId, version, statementId: statementId(body) } })
  }

  #append (writer: string, rest: Pick<ShownLink, 'link' | 'entry'>): ShownLink {
    const head = extendChain(this.#heads.get(writer) ?? EMPTY_CHAIN, rest.link)
    this.#heads.set(writer, head)
    const shown = { at: `${++this.#block}.0`, writer, number: head.count, ...rest }
    this.links.push(shown)
    return shown
  }

  #statement (type: string, fields: object): string {
    return canonicalize({
      type,
      nonce: randomBytes(16).toString('hex'),
      issuedAt: NOW,
      submitBefore: NOW + 60_000,
      patientId: this.patientId,
      label: this.label,
      epoch: 1,
      wrapHash: createHash('sha256').update(randomBytes(16)).digest('hex'),
      ...fields
    })
  }

  #place (epoch: number, issue: number): IndexPlace {
    return { patientId: this.patientId, label: fromHex(this.label), epoch, issue }
  }
}
