import { INDEX_SLOTS_MAX } from '@epione/crypto'
import { fieldKeyword, wordsOf } from './normal-form.ts'
import type { Field } from './normal-form.ts'
import { edgesOf, readDays } from './days.ts'

/** What an index entry says of a record version. */
export interface IndexTerms {
  readonly keywords: readonly string[]
  readonly days: readonly number[]
  /** Whether something of the record is left out: more than fits, or content that this program does not read. */
  readonly truncated: boolean
}

/** Which come first when an entry is full. */
const RANKS = ['named', 'field', 'day', 'word'] as const
type Rank = (typeof RANKS)[number]

/**
 * Collects keywords and days of one record version, the first 512 by rank: those that somebody named, then codes and other fields, then
 * days, then words; within a rank in the order in which they were found.
 */
export class FoundKeywords {
  readonly #found: Record<Rank, Set<string | number>> = { named: new Set(), field: new Set(), day: new Set(), word: new Set() }
  #isTruncated = false

  /** Somebody's own choice: it stands before all else. */
  addNamed (keywords: Iterable<string>): void {
    this.#addAll('named', keywords)
  }

  addField (field: Field, value: string): void {
    const keyword = fieldKeyword(field, value)
    if (keyword !== undefined) this.#addAll('field', [keyword])
  }

  addText (text: string): void {
    this.#addAll('word', wordsOf(text))
  }

  addDate (text: string): void {
    const range = readDays(text)
    if (range !== undefined) this.#addAll('day', edgesOf(range))
  }

  /** Something of the content was not read. */
  markTruncated (): void {
    this.#isTruncated = true
  }

  terms (): IndexTerms {
    const taken = new Set(RANKS.flatMap((rank) => [...this.#found[rank]]))
    const fitting = [...taken].slice(0, INDEX_SLOTS_MAX)
    return {
      keywords: fitting.filter((term) => typeof term === 'string'),
      days: fitting.filter((term) => typeof term === 'number'),
      truncated: this.#isTruncated || taken.size > INDEX_SLOTS_MAX
    }
  }

  /** One more than fits is kept of each rank, so that it shows that there were more; the rest is not held in memory. */
  #addAll (rank: Rank, terms: Iterable<string | number>): void {
    const set = this.#found[rank]
    for (const term of terms) {
      if (set.size > INDEX_SLOTS_MAX) return
      set.add(term)
    }
  }
}
