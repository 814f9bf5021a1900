import { Type } from 'typebox'
import { LedgerError, PAGE_SIZE_MAX } from '@epione/protocol'
import { parseNumber } from './arguments.ts'
import type { LedgerKey } from '@epione/protocol'
import type { ChaincodeStub, StatePage } from './fabric-types.ts'

const PageSize = Type.Integer({ minimum: 1, maximum: PAGE_SIZE_MAX })

/** One entry of a range: kind and attributes of its composite key, and its value. */
export interface Entry { kind: string, attributes: string[], value: Uint8Array }
export interface EntryPage { entries: Entry[], bookmark: string }
export interface PageArguments { pageSize: number, bookmark: string }

/** What a peer answers: for an empty page the shim leaves the metadata out, whatever its type says. */
type RawPage = Pick<StatePage, 'iterator'> & Partial<StatePage>

/** Page size and bookmark as they arrive: an empty size is the largest one. */
export function parsePage (pageSize: string, bookmark: string): PageArguments {
  return { pageSize: pageSize === '' ? PAGE_SIZE_MAX : parseNumber(PageSize, pageSize, 'a page size'), bookmark }
}

/**
 * A page of everything under `prefix`, in key order, not before the `from` attributes. Only for transactions that
 * write nothing: a peer refuses writes after a paginated query.
 */
export async function readPage (
  stub: ChaincodeStub,
  prefix: LedgerKey,
  { pageSize, bookmark }: PageArguments,
  from: string[] = []
): Promise<EntryPage> {
  const base = stub.createCompositeKey(prefix.objectType, prefix.attributes)
  const first = bookmark === '' ? base + from.map((attribute) => `${attribute}\0`).join('') : base + decodeBookmark(bookmark)
  // A peer starts a page at its bookmark, so any key under the prefix can be one; composite keys allow no other start.
  const page: RawPage = await stub.getStateByPartialCompositeKeyWithPagination(prefix.objectType, prefix.attributes, pageSize, first)
  const { iterator, metadata } = page
  const entries: Entry[] = []
  try {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      entries.push({ kind: prefix.objectType, attributes: stub.splitCompositeKey(next.value.key).attributes, value: next.value.value })
    }
  } finally {
    await iterator.close()
  }
  const following = metadata?.bookmark ?? ''
  return {
    entries,
    bookmark: following.startsWith(base) && entries.length === pageSize ? encodeBookmark(following.slice(base.length)) : ''
  }
}

/** Everything under `prefix`, for ranges that are small by construction, read in pages so that no iterator lasts. */
export async function readAll (stub: ChaincodeStub, prefix: LedgerKey): Promise<Entry[]> {
  const all: Entry[] = []
  let bookmark = ''
  do {
    const page = await readPage(stub, prefix, { pageSize: PAGE_SIZE_MAX, bookmark })
    all.push(...page.entries)
    bookmark = page.bookmark
  } while (bookmark !== '')
  return all
}

const encodeBookmark = (rest: string): string => Buffer.from(rest).toString('base64url')

/** A bookmark is the rest of a key after its prefix, so a forged one never leaves the range it is used in. */
function decodeBookmark (bookmark: string): string {
  const rest = Buffer.from(bookmark, 'base64url').toString()
  if (encodeBookmark(rest) !== bookmark || !/^[\0\x20-\x7e]+$/.test(rest)) {
    throw new LedgerError('ARGUMENT_INVALID', 'Use the bookmark of the page before, unchanged.')
  }
  return rest
}
