import { canonicalize } from '@epione/crypto'
import { isNewest, readFormat, writeFormat } from './formats.ts'
import type { LedgerKey } from '@epione/protocol'
import type { ChaincodeStub } from './fabric-types.ts'

/** An index entry's value: one byte, because an empty value counts as a delete. */
const PRESENT = Uint8Array.of(0)

/**
 * Ledger state by the keys of `LEDGER_KEYS`, as JSON with sorted members; a value is in the newest format of its kind, whichever it was
 * written in. Reads see what was committed, never this transaction's writes; so what was read once is not asked of the peer again.
 */
export class StateStore {
  readonly #stub: ChaincodeStub
  readonly #read = new Map<string, string | undefined>()

  constructor (stub: ChaincodeStub) {
    this.#stub = stub
  }

  /** The value under `key`, which only contracts wrote, so its shape is what they wrote. */
  async get<T extends object>(key: LedgerKey): Promise<T | undefined> {
    const json = await this.#readJson(key)
    return json === undefined ? undefined : parseJson(key.objectType, json) as T
  }

  /** The same as its canonical JSON, for whoever answers just that. */
  async getJson (key: LedgerKey): Promise<string | undefined> {
    const json = await this.#readJson(key)
    return json === undefined || isNewest(key.objectType) ? json : canonicalize(parseJson(key.objectType, json))
  }

  /** As it was stored. */
  async #readJson (key: LedgerKey): Promise<string | undefined> {
    const name = this.#name(key)
    if (this.#read.has(name)) return this.#read.get(name)
    const bytes = await this.#stub.getState(name)
    const json = bytes.length === 0 ? undefined : Buffer.from(bytes).toString()
    this.#read.set(name, json)
    return json
  }

  /** Whether there is anything under `key`: an index entry is no JSON. */
  async has (key: LedgerKey): Promise<boolean> {
    return (await this.#stub.getState(this.#name(key))).length > 0
  }

  /**
   * All values under a prefix with the last attribute of their keys, in key order, in one range that the peer holds the transaction to: one
   * that is added, changed or taken away before it commits has it endorsed anew. For ranges that are small by construction.
   */
  async range ({ objectType, attributes }: LedgerKey): Promise<Array<{ last: string, value: object }>> {
    const found: Array<{ last: string, value: object }> = []
    const iterator = await this.#stub.getStateByPartialCompositeKey(objectType, attributes)
    try {
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
        const { key, value } = next.value
        found.push({ last: this.#stub.splitCompositeKey(key).attributes.at(-1) ?? '', value: parseValue({ kind: objectType, value }) })
      }
    } finally {
      await iterator.close()
    }
    return found
  }

  async put (key: LedgerKey, value: object): Promise<void> {
    await this.#stub.putState(this.#name(key), Buffer.from(canonicalize(writeFormat(key.objectType, value))))
  }

  /** Writes an index entry without reading anything. */
  async mark (key: LedgerKey): Promise<void> {
    await this.#stub.putState(this.#name(key), PRESENT)
  }

  /** Removes a value without reading whether there was one. */
  async delete (key: LedgerKey): Promise<void> {
    await this.#stub.deleteState(this.#name(key))
  }

  #name ({ objectType, attributes }: LedgerKey): string {
    return this.#stub.createCompositeKey(objectType, attributes)
  }
}

/** A stored value in the newest format; the caller names the shape that contracts write under keys of that kind. */
export function parseValue ({ kind, value }: { kind: string, value: Uint8Array }): object {
  return parseJson(kind, Buffer.from(value).toString())
}

function parseJson (kind: string, json: string): object {
  return readFormat(kind, JSON.parse(json) as object)
}
