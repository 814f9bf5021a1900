import { fromHex, isIndexEntry } from '@epione/crypto'
import type { IndexItem } from '@epione/protocol/api'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { isClientError } from '../errors.ts'

type LinkItem = Exclude<IndexItem, { end: object }>

/**
 * Fills in entries that the first hospital keeps no copy of, from others that do. `read` gives the links of the same place as another
 * hospital shows them; nothing but entries is taken of them, each held to the hash that its link names.
 */
export async function fillMissing (
  items: readonly IndexItem[], others: readonly GatewayApi[], read: (gateway: GatewayApi) => Promise<IndexItem[]>
): Promise<IndexItem[]> {
  const found = new Map<string, string>()
  for (const gateway of others) {
    const missing = new Set(items.flatMap((item) => isMissing(item) && !found.has(item.link.entryHash) ? [item.link.entryHash] : []))
    if (missing.size === 0) break
    for (const item of await readOr([], () => read(gateway))) {
      if ('end' in item || item.entry === undefined || item.link.kind !== 'in' || !missing.has(item.link.entryHash)) continue
      if (isIndexEntry(fromHex(item.entry), item.link.entryHash)) found.set(item.link.entryHash, item.entry)
    }
  }
  return items.map((item) => {
    const entry = isMissing(item) ? found.get(item.link.entryHash) : undefined
    return entry === undefined ? item : { ...item, entry }
  })
}

function isMissing (item: IndexItem): item is LinkItem & { link: { kind: 'in' } } {
  return !('end' in item) && item.link.kind === 'in' && item.entry === undefined && item.ended === undefined
}

/** Another hospital that does not answer leaves missing what it could have filled in: the search counts it as lost. */
async function readOr<T> (otherwise: T, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (isClientError(error)) return otherwise
    throw error
  }
}
