import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import { listIfExists, readTextIfExists, replaceFile } from '@epione/host'
import { isRecordId } from '@epione/protocol/fhir'

/** A transaction as the journal has it: nothing of what is written in it. */
export const JournalEntry = Type.Object({
  version: Type.Literal(1),
  /** Told by author, caller and bundle, under the author's keys: the same sent again has the same. */
  id: Type.String({ pattern: '^[0-9a-f]{32}$' }),
  /** When it was begun, ms. */
  begunAt: Type.Number(),
  /** For each entry of the bundle, the record that is written for it. */
  records: Type.Array(Type.Union([Type.String({ pattern: '^[0-9a-f]{32}$' }), Type.Null()])),
  /** What was answered once all of them were written, by entry. */
  answer: Type.Optional(Type.Array(Type.Object({
    status: Type.String(),
    location: Type.Optional(Type.String()),
    etag: Type.Optional(Type.String()),
    lastModified: Type.Optional(Type.String())
  }, { additionalProperties: false })))
}, { additionalProperties: false })
export type JournalEntry = Static<typeof JournalEntry>

/** What transactions were begun, so that none is done half after its program was killed, and none twice. */
export interface Journal {
  find: (id: string) => Promise<JournalEntry | undefined>
  /** Ids of all. */
  list: () => Promise<string[]>
  /** On the disk when it returns. */
  keep: (entry: JournalEntry) => Promise<void>
  remove: (id: string) => Promise<void>
}

/** A folder with a file for each transaction. */
export class FolderJournal implements Journal {
  readonly #folder: string

  constructor (folder: string) {
    this.#folder = folder
  }

  async find (id: string): Promise<JournalEntry | undefined> {
    const text = await readTextIfExists(this.#pathOf(id))
    if (text === undefined) return undefined
    const entry = parse(text)
    if (entry?.id === id) return entry
    throw new Error(`${this.#pathOf(id)} is damaged: it says which records of a transaction that was cut off were written`)
  }

  async list (): Promise<string[]> {
    return (await listIfExists(this.#folder)).flatMap((name) => name.endsWith('.json') ? name.slice(0, -5) : []).filter(isRecordId)
  }

  async keep (entry: JournalEntry): Promise<void> {
    await replaceFile(this.#pathOf(entry.id), `${JSON.stringify(entry)}\n`)
  }

  async remove (id: string): Promise<void> {
    await rm(this.#pathOf(id), { force: true })
  }

  #pathOf (id: string): string {
    return join(this.#folder, `${id}.json`)
  }
}

/** For as long as the process lives. */
export class MemoryJournal implements Journal {
  readonly #entries = new Map<string, JournalEntry>()

  find (id: string): Promise<JournalEntry | undefined> { return Promise.resolve(this.#entries.get(id)) }
  list (): Promise<string[]> { return Promise.resolve([...this.#entries.keys()]) }

  async keep (entry: JournalEntry): Promise<void> {
    await Promise.resolve(this.#entries.set(entry.id, entry))
  }

  async remove (id: string): Promise<void> {
    await Promise.resolve(this.#entries.delete(id))
  }
}

function parse (text: string): JournalEntry | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Value.Check(JournalEntry, value) ? value : undefined
  } catch {
    // Told as damaged.
    return undefined
  }
}
