import { concatBytes, equalConstantTime, fromHex, putHex, putU32, putU64, toHex, u32, u64, utf8 } from './bytes.ts'
import { DOMAINS } from './domains.ts'
import { CryptoError } from './errors.ts'
import { sha256Hex } from './hash.ts'
import { leafHash, merkleRoot } from './merkle.ts'

const START = new Uint8Array(32)
const [IN, OUT] = [1, 2]
const CHAIN_TAG = utf8(DOMAINS.chain)
/** Where the parts of a link lie in what its digest is the hash of. */
const AT_BEFORE = CHAIN_TAG.length
const AT_KIND = AT_BEFORE + 32
const AT_RECORD = AT_KIND + 1
const AT_VERSION = AT_RECORD + 16
const AT_STATEMENT = AT_VERSION + 8
const AT_ENTRY = AT_STATEMENT + 32
const AT_INDEX_KEY = AT_ENTRY + 32
const AT_EPOCH = AT_INDEX_KEY + 33
const AT_ISSUE = AT_EPOCH + 4
const AT_TRUNCATED = AT_ISSUE + 4
const LINK_BYTES = AT_TRUNCATED + 1

interface LinkedVersion { readonly recordId: string, readonly version: number, readonly statementId: string }

/** What the manifest or rewrap says of the entry: all that it takes to open it, so that nobody reads the statement for that. */
interface LinkedEntry {
  readonly entryHash: string
  readonly indexKey: string
  readonly epoch: number
  readonly issue: number
  readonly truncated: boolean
}

/**
 * What a writer added to a compartment, in the ledger's order: an entry of a record version, or that a rewrap took the version out. All
 * ids, hashes and keys in hex: record id 16 bytes, statement id and entry hash 32, index key 33.
 */
export type ChainLink = { readonly kind: 'in' } & LinkedVersion & LinkedEntry | { readonly kind: 'out' } & LinkedVersion

/** How many links a chain has, and the hash over all of them (hex). */
export interface ChainHead { readonly count: number, readonly digest: string }

/** A chain of no link. */
export const EMPTY_CHAIN: ChainHead = { count: 0, digest: toHex(START) }

/**
 * d_n = SHA-256("epione/chain" ‖ d_(n-1) ‖ kind u8 ‖ record id 16 ‖ u64 version ‖ statement id 32 ‖ entry hash 32 ‖ index key 33 ‖
 * u32 epoch ‖ u32 issue ‖ truncated u8), d_0 and what follows the statement id of an `out` zero bytes, kind 1 for `in` and 2 for `out`.
 */
export function extendChain ({ count, digest }: ChainHead, link: ChainLink): ChainHead {
  const bytes = new Uint8Array(LINK_BYTES)
  bytes.set(CHAIN_TAG)
  putHex(bytes, AT_BEFORE, digest, 32)
  bytes[AT_KIND] = link.kind === 'in' ? IN : OUT
  putHex(bytes, AT_RECORD, link.recordId, 16)
  putU64(bytes, AT_VERSION, link.version)
  putHex(bytes, AT_STATEMENT, link.statementId, 32)
  if (link.kind === 'in') {
    putHex(bytes, AT_ENTRY, link.entryHash, 32)
    putHex(bytes, AT_INDEX_KEY, link.indexKey, 33)
    putU32(bytes, AT_EPOCH, link.epoch)
    putU32(bytes, AT_ISSUE, link.issue)
    bytes[AT_TRUNCATED] = link.truncated ? 1 : 0
  }
  return { count: count + 1, digest: sha256Hex(bytes) }
}

/**
 * Checks that links are the whole chain of `head`, or the rest of it after `known`, whose links were checked before. Throws `CHAIN_BROKEN`
 * when one is missing, added, changed or moved.
 */
export function verifyChain (head: ChainHead, links: readonly ChainLink[], known: ChainHead = EMPTY_CHAIN): void {
  if (known.count + links.length !== head.count) {
    throw new CryptoError('CHAIN_BROKEN', `${known.count + links.length} links, and the head counts ${head.count}`)
  }
  const { digest } = links.reduce(extendChain, known)
  if (!equalConstantTime(fromHex(digest, 32), fromHex(head.digest, 32))) throw new CryptoError('CHAIN_BROKEN', 'the links are not those of the head')
}

/** A writer's chain of one compartment: `writer` as the ledger names authors. */
export interface WriterHead extends ChainHead { readonly writer: string }

/**
 * Root (hex) of an RFC 9162 tree over the heads of a compartment, writers ascending; leaf = "epione/chain-head" ‖ u32 length of the
 * writer's name ‖ name ‖ u64 count ‖ digest 32. Throws `CHAIN_BROKEN` for writers out of order or twice.
 */
export function headsRoot (heads: readonly WriterHead[]): string {
  if (!heads.every(({ writer }, i) => i === 0 || (heads[i - 1]?.writer ?? writer) < writer)) {
    throw new CryptoError('CHAIN_BROKEN', 'heads of writers come in ascending order, each once')
  }
  return toHex(merkleRoot(heads.map(({ writer, count, digest }) => {
    const name = utf8(writer)
    return leafHash(concatBytes(utf8(DOMAINS.chainHead), u32(name.length), name, u64(count), fromHex(digest, 32)))
  })))
}
