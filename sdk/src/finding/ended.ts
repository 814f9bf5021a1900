import type { IndexedVersion } from '@epione/crypto'
import type { RecordState } from '@epione/protocol'
import type { IndexItem } from '@epione/protocol/api'
import { verifyRecord } from '@epione/protocol/verify'
import type { VerifiedDirectory } from '@epione/protocol/verify'
import type { PatientContext, PractitionerContext } from '../context/context.ts'
import { judged } from '../context/judge.ts'
import { authorizeAs } from '../context/session.ts'
import { isClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { mapFewAtOnce } from '../gateways/together.ts'
import { gatewayOf, ledgerGrounds } from '../records/record-read.ts'
import { nameOf } from './search-result.ts'

const AT_ONCE = 8
/** Up to so many are asked for one by one; of more, the list of the patient's records shows fifty with a request. */
const ASKED_ALONE = 4

/** From whom, and for whose records; `eventId`: the permit that names them. */
interface Source { readonly gateway: GatewayApi, readonly directory: VerifiedDirectory, readonly eventId?: string }

/** The record versions among those that a gateway says were erased or withdrawn whose end is signed. */
export async function proveEnds (
  context: PatientContext | PractitionerContext, { gateway, directory, eventId }: Source, items: readonly IndexItem[]
): Promise<Set<string>> {
  const claimed = items.flatMap((item): IndexedVersion[] => 'end' in item ? [item.end] : item.ended === undefined ? [] : [item.link])
  const wanted = new Map(claimed.map((of) => [nameOf(of), of]))
  const listed = wanted.size > ASKED_ALONE ? await readListed(context, { gateway, directory }, wanted) : new Map<string, RecordState>()
  const grounds = ledgerGrounds(context)
  const proven = await mapFewAtOnce([...wanted], AT_ONCE, async ([name, { recordId, version }]) => {
    try {
      const state = listed.get(name) ?? await gateway.getRecord(recordId, version, authorizeAs(context), eventId)
      const { end, body } = await judged(gatewayOf(gateway.info), () => verifyRecord(state, directory, grounds))
      return end !== undefined && nameOf(body) === name ? [name] : []
    } catch (error) {
      // Not shown: nobody proves that it ended.
      if (isClientError(error)) return []
      throw error
    }
  })
  return new Set(proven.flat())
}

/** Those that the list of the patient's records shows, in fewer requests than one for each; none where the searcher may not list them. */
async function readListed (
  context: PatientContext | PractitionerContext, { gateway, directory: { patientId } }: Source, wanted: ReadonlyMap<string, IndexedVersion>
): Promise<Map<string, RecordState>> {
  const found = new Map<string, RecordState>()
  try {
    for (let page = 0, cursor: string | undefined; page < wanted.size / 2; page++) {
      const { items, next } = await gateway.listRecords(patientId, cursor, authorizeAs(context))
      for (const state of items) if (wanted.has(nameOf(state))) found.set(nameOf(state), state)
      if (next === undefined || found.size === wanted.size) break
      cursor = next
    }
  } catch (error) {
    if (!isClientError(error)) throw error
  }
  return found
}
