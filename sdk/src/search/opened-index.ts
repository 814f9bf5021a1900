import { CryptoError, EMPTY_CHAIN, extendChain, fromHex, headsRoot, openIndexSlots, readIndexEntry, toHex } from '@epione/crypto'
import type { ChainHead, ChainLink, IndexKeys, IndexSlots, WriterHead } from '@epione/crypto'
import type { RowState } from './index-table.ts'
import { IndexTable } from './index-table.ts'

/** Whose keys entries are opened with: one author's, for one epoch and issue. */
export interface EntryGroup {
  readonly writer: string
  readonly indexKey: string
  readonly epoch: number
  readonly issue: number
  /** Hex, once an entry of it was opened: an index that is kept is searched without deriving the keys anew. */
  tagKey?: string
}

/** A link as a gateway shows it: nothing in it is believed before the heads are. */
export interface ShownLink {
  /** Its place on the ledger: `<block>.<index>`. */
  readonly at: string
  readonly writer: string
  /** Its place in the writer's chain, from 1. */
  readonly number: number
  readonly link: ChainLink
  /** Of an `in`, unless it is destroyed or lost: hex. */
  readonly entry?: string
  /** The order that destroyed it. */
  readonly ended?: string
}

/** What a search of one compartment knows by now. */
export interface IndexState {
  readonly table: IndexTable
  readonly groups: EntryGroup[]
  /** Heads of all writers, as far as links were taken. */
  readonly heads: Map<string, ChainHead>
  /** Place of the last link that was taken. */
  after?: string
}

export function emptyIndex (): IndexState {
  return { table: new IndexTable(), groups: [], heads: new Map() }
}

/** Root over the heads of all writers: what proxies sign. */
export function rootOf ({ heads }: Pick<IndexState, 'heads'>): string {
  const sorted: WriterHead[] = [...heads].map(([writer, head]) => ({ writer, ...head })).sort((a, b) => a.writer < b.writer ? -1 : 1)
  return headsRoot(sorted)
}

/** Keys for the entries of a group, or nothing where the reader has not the key of its issue. */
export type GroupKeys = (group: EntryGroup) => IndexKeys | undefined

/** What the tags of a group are made with. @throws {Error} where `keysOf` has not the keys */
export function tagKeyOf (group: EntryGroup | undefined, keysOf: GroupKeys): Pick<IndexKeys, 'tagKey'> {
  if (group?.tagKey !== undefined) return { tagKey: fromHex(group.tagKey, 32) }
  const keys = group === undefined ? undefined : keysOf(group)
  if (keys === undefined) throw new Error('an open row has no keys')
  return keys
}

/** Who watches while links are taken. */
export interface Watch {
  /** Is told each head on the way. */
  readonly seen?: (writer: string, head: ChainHead) => void
  /** Whether a link may take the place of what was taken before of its version; without it each may. */
  readonly mayReplace?: (link: ChainLink) => boolean
}

/**
 * Takes links, in the ledger's order: extends their writers' chains and opens the entries. That no link is missing, added or changed, and
 * whose key each entry is sealed with, is known when `rootOf` is what proxies sign. Throws `CHAIN_BROKEN` for a link out of its chain, and
 * `INDEX_ENTRY_INVALID` for other bytes than the link names.
 */
export function takeLinks (
  state: IndexState, links: readonly ShownLink[], keysOf: GroupKeys, { seen, mayReplace }: Watch = {}
): void {
  const groups = new Groups(state, keysOf)
  for (const shown of links) {
    const { writer, number, link } = shown
    const head = headBefore(state, shown)
    if (state.table.end(link, 'moved') && mayReplace?.(link) === false) {
      throw new CryptoError('CHAIN_BROKEN', `link ${number} of ${writer} replaces an entry, and no rewrap of the patient's does`)
    }
    if (link.kind === 'in') {
      const { recordId, version, truncated } = link
      const { group, keys } = groups.find(writer, link)
      const { state: rowState, entry } = openEntry(shown, link, keys)
      state.table.add({ recordId, version, group, truncated, state: rowState, entry })
    }
    const next = extendChain(head, link)
    state.heads.set(writer, next)
    state.after = shown.at
    seen?.(writer, next)
  }
}

function headBefore ({ heads }: IndexState, { writer, number }: ShownLink): ChainHead {
  const head = heads.get(writer) ?? EMPTY_CHAIN
  if (number !== head.count + 1) throw new CryptoError('CHAIN_BROKEN', `link ${number} of ${writer} follows link ${head.count}`)
  return head
}

/** The groups of a state by what names them, each with its keys. */
class Groups {
  readonly #state: IndexState
  readonly #keysOf: GroupKeys
  readonly #known = new Map<string, number>()
  readonly #keys = new Map<number, IndexKeys | undefined>()
  /** The group of each writer's entry before, which is mostly that of the next. */
  readonly #last = new Map<string, { of: EntryGroup, group: number, keys: IndexKeys | undefined }>()

  constructor (state: IndexState, keysOf: GroupKeys) {
    this.#state = state
    this.#keysOf = keysOf
    for (const [number, group] of state.groups.entries()) this.#known.set(nameOf(group), number)
  }

  find (writer: string, { indexKey, epoch, issue }: Omit<EntryGroup, 'writer'>): { group: number, keys: IndexKeys | undefined } {
    const last = this.#last.get(writer)
    if (last !== undefined && last.of.indexKey === indexKey && last.of.epoch === epoch && last.of.issue === issue) return last
    const of = { writer, indexKey, epoch, issue }
    const group = this.#known.get(nameOf(of)) ?? this.#state.groups.push(of) - 1
    this.#known.set(nameOf(of), group)
    const found = { of, group, keys: this.#keysOfNumber(group) }
    this.#last.set(writer, found)
    return found
  }

  /** Derived for the first entry that comes: what is known of a group before is not opened again. */
  #keysOfNumber (number: number): IndexKeys | undefined {
    if (this.#keys.has(number)) return this.#keys.get(number)
    const group = this.#state.groups[number]
    const keys = group === undefined ? undefined : this.#keysOf(group)
    if (group !== undefined && keys !== undefined) group.tagKey = toHex(keys.tagKey)
    this.#keys.set(number, keys)
    return keys
  }
}

function openEntry (
  shown: ShownLink, link: Extract<ChainLink, { kind: 'in' }>, keys: IndexKeys | undefined
): { state: RowState, entry?: IndexSlots } {
  const { entry, ended } = shown
  if (ended !== undefined) return { state: 'ended' }
  if (entry === undefined) return { state: keys === undefined ? 'keyless' : 'lost' }
  const { sealed, hash } = readIndexEntry(entry)
  if (hash !== link.entryHash) throw new CryptoError('INDEX_ENTRY_INVALID', 'other bytes than the link names')
  if (keys === undefined) return { state: 'keyless' }
  try {
    return { state: 'open', entry: openIndexSlots(keys, link, sealed) }
  } catch (error) {
    // The bytes are those that the author signed for.
    if (error instanceof CryptoError) return { state: 'false' }
    throw error
  }
}

const nameOf = ({ writer, indexKey, epoch, issue }: EntryGroup): string => `${writer}/${indexKey}/${epoch}/${issue}`
