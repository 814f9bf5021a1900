import { fromHex, isIndexEntry } from '@epione/crypto'
import { ENTRIES_MAX, PEERS } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import { isReasonToDoubt } from '../records/round.ts'
import { GatewayError } from '../errors.ts'
import { keepFetched, keyOf } from './entries.ts'
import type { EntryName } from './entries.ts'

/** How long (ms) another hospital may take for all entries that are asked of it. */
const ENTRIES_MS = 8_000

/**
 * Entries (hex) by `keyOf` from other hospitals, each hash checked; what one gives is kept here. Those that none gives are left out.
 * `event`: the permit that opens them; without it, for records that this hospital registered.
 */
export async function fetchEntries (app: FastifyInstance, names: readonly EntryName[], event?: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const mspId of app.peers.inOrder()) {
    const missing = names.filter((name) => !found.has(keyOf(name)))
    if (missing.length === 0) break
    const signal = AbortSignal.timeout(ENTRIES_MS)
    try {
      for (let first = 0; first < missing.length; first += ENTRIES_MAX) {
        const names = missing.slice(first, first + ENTRIES_MAX)
        await fetchFrom(app, mspId, { entries: names, ...(event !== undefined && { event }) }, { found, signal })
      }
    } catch (error) {
      if (isReasonToDoubt(error)) app.peers.doubt(mspId)
      app.log.warn({ err: error, mspId, entries: missing.length }, 'another hospital gave no index entries')
    }
  }
  return found
}

/** @throws {GatewayError} ENTRY_MISMATCH for an entry that was not asked for, or is another; what came before it is kept */
async function fetchFrom (
  app: FastifyInstance,
  mspId: string,
  body: { entries: EntryName[], event?: string },
  { found, signal }: { found: Map<string, string>, signal: AbortSignal }
): Promise<void> {
  const { entries } = await app.peers.of(mspId).call(PEERS.getEntries, { body }, signal)
  const asked = new Set(body.entries.map(keyOf))
  for (const { entry, ...name } of entries) {
    if (!asked.has(keyOf(name)) || !isIndexEntry(fromHex(entry), name.hash)) {
      throw new GatewayError('ENTRY_MISMATCH', `${mspId} gave another index entry than was asked for`)
    }
    found.set(keyOf(name), entry)
    await keepFetched(app.store.db, { ...name, entry }, app.ports.clock())
  }
}
