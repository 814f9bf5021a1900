import type { Silent } from '@epione/protocol/api'
import type { PatientContext, PractitionerContext, TokenContext } from '../context/context.ts'
import { authorizeAs } from '../context/session.ts'
import type { Answered } from '../gateways/ask-two.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import type { Authorize } from '../gateways/gateway-info.ts'
import { readPages } from '../gateways/pages.ts'
import { pause } from '../gateways/pause.ts'
import { MissingParts } from './missing-parts.ts'
import { POLL_MS, SETTLE_MS, wordsOf } from './two-logs.ts'

interface Page<T> { items: T[], next?: string, silent?: Silent }
type Placed = Readonly<Record<'blockNumber', number>>

export interface TwoLists<T> {
  items: T[]
  /** Organisations whose lists these are. */
  askedMspIds: string[]
  warnings?: string[]
}

export interface ListRead<T> {
  /** What an entry is called in warnings. */
  what: string
  idOf: (item: T) => string
  /** What two organisations must say alike. */
  saidOf: (item: T) => string
  limit?: number | undefined
  page: (gateway: GatewayApi, cursor: string | undefined, authorize: Authorize) => Promise<Page<T>>
}

/**
 * A list of what blocks say, newest first: to staff as their own hospital has it; to a patient as two hospitals do, merged, with a warning
 * for each entry that one of them leaves out or tells otherwise, and for each hospital whose part is missing.
 */
export async function readTwoLists<T extends Placed> (
  context: PatientContext | PractitionerContext | TokenContext, wanted: ListRead<T>
): Promise<TwoLists<T>> {
  const { limit = Infinity, page } = wanted
  const parts = new MissingParts()
  const read = async (gateway: GatewayApi): Promise<T[]> => await readPages(
    async (cursor) => parts.note(gateway, await page(gateway, cursor, authorizeAs(context))), limit
  )
  const withWarnings = (items: T[], gateways: GatewayApi[], more: string[] = []): TwoLists<T> => {
    const warnings = [...more, ...parts.warnings]
    return { items, askedMspIds: gateways.map(({ info }) => info.mspId), ...(warnings.length === 0 ? {} : { warnings }) }
  }
  const { own } = context.gateways
  if (context.role !== 'patient') return withWarnings(await read(own), [own])
  const { answers: [first, second], silent } = await context.gateways.askTwoReachable(read)
  if (first === undefined) return withWarnings([], [])
  if (second === undefined) {
    return withWarnings(first.value, [first.gateway], [wordsOf(wanted.what).onlyOne(first.gateway.info.mspId, silent)])
  }
  await settle(first, second, wanted, read)
  const { items, warnings } = merge(first, second, wanted)
  return withWarnings(items, [first.gateway, second.gateway], warnings)
}

function merge<T extends Placed> (first: Answered<T[]>, second: Answered<T[]>, wanted: ListRead<T>): { items: T[], warnings: string[] } {
  const { what, idOf, saidOf, limit = Infinity } = wanted
  const byId = new Map(first.value.map((item) => [idOf(item), item]))
  const warnings = [...lacking(first, second, wanted), ...lacking(second, first, wanted)]
  for (const item of second.value) {
    const other = byId.get(idOf(item))
    if (other === undefined) byId.set(idOf(item), item)
    else if (saidOf(other) !== saidOf(item)) {
      warnings.push(wordsOf(what).differs(idOf(item), [first.gateway.info.mspId, second.gateway.info.mspId]))
    }
  }
  const items = [...byId.values()].sort((a, b) => b.blockNumber - a.blockNumber || (idOf(a) < idOf(b) ? 1 : -1)).slice(0, limit)
  return { items, warnings }
}

/** Reads again what one lacks that the other shows: it may be a block behind, for a while. */
async function settle<T extends Placed> (
  first: Answered<T[]>, second: Answered<T[]>, wanted: ListRead<T>, read: (gateway: GatewayApi) => Promise<T[]>
): Promise<void> {
  const deadline = performance.now() + SETTLE_MS
  for (;;) {
    const late = [...missing(first, second, wanted).length > 0 ? [second] : [], ...missing(second, first, wanted).length > 0 ? [first] : []]
    if (late.length === 0 || performance.now() >= deadline) return
    await pause(POLL_MS)
    for (const one of late) one.value = await read(one.gateway)
  }
}

/** What one shows and the other does not, up to the end of a list that was cut. */
function missing<T extends Placed> (log: Answered<T[]>, other: Answered<T[]>, { idOf, limit = Infinity }: ListRead<T>): T[] {
  const known = new Set(other.value.map(idOf))
  const oldest = other.value.length >= limit ? other.value.at(-1)?.blockNumber ?? -1 : -1
  return log.value.filter((item) => !known.has(idOf(item)) && item.blockNumber > oldest)
}

function lacking<T extends Placed> (log: Answered<T[]>, other: Answered<T[]>, wanted: ListRead<T>): string[] {
  return missing(log, other, wanted).map((item) => wordsOf(wanted.what).alone(wanted.idOf(item), log.gateway.info.mspId))
}
