import { CryptoError } from '@epione/crypto'
import type { ChainLink, IndexedVersion } from '@epione/crypto'
import type { IndexItem } from '@epione/protocol/api'
import { openStatement, Refusal } from '@epione/protocol/verify'
import type { VerifiedDirectory } from '@epione/protocol/verify'
import type { PatientContext, PractitionerContext } from '../context/context.ts'
import { authorizeAs } from '../context/session.ts'
import { ClientError, messageOf } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { proveEnds } from './ended.ts'
import { fillMissing } from './missing-entries.ts'
import { takeLinks } from '../search/opened-index.ts'
import type { GroupKeys, IndexState, ShownLink, Watch } from '../search/opened-index.ts'
import { nameOf } from './search-result.ts'

/** More pages of links than any compartment has. */
const PAGES_MAX = 8192

type Reader = PatientContext | PractitionerContext

/** From whom links come, and how far: those of blocks up to the permit's count, of a patient all that there are. */
export interface LinkSource {
  readonly gateway: GatewayApi
  readonly directory: VerifiedDirectory
  readonly label: string
  readonly eventId?: string
  readonly untilBlock?: number
  /**
   * Of a patient, for whom no proxy signs a root: how many links of each writer hospitals show. None beyond is taken, and one takes the
   * place of another only by a rewrap that the patient signed.
   */
  readonly longest?: ReadonlyMap<string, number>
}

type IndexEnd = Extract<IndexItem, { end: object }>
const isEnd = (item: IndexItem): item is IndexEnd => 'end' in item

export interface BringingUp {
  readonly seen?: Watch['seen']
  /** What was read of the same source already, after the state's last link. */
  readonly ahead?: IndexItem[] | undefined
}

/**
 * Reads the links that a state lacks and takes them. What a gateway says was erased or withdrawn is believed where the patient's or
 * author's signed order is shown for it, else it counts as lost. Gives how many links came.
 * @throws {ClientError} INDEX_INVALID when links contradict each other
 */
export async function bringUp (
  context: Reader, source: LinkSource, state: IndexState, keysOf: GroupKeys, { seen, ahead }: BringingUp = {}
): Promise<number> {
  const items = withinLongest(ahead ?? await readAll(context, source, state.after), source)
  const ended = await proveEnds(context, source, items)
  const isProven = (of: IndexedVersion): boolean => ended.has(nameOf(of))
  const links = items.flatMap((item) => isEnd(item) ? [] : [shownLink(item, isProven(item.link))])
  const watch: Watch = {
    ...(seen === undefined ? {} : { seen }), ...(source.longest === undefined ? {} : { mayReplace: rewrapsOf(context, source, items) })
  }
  judgingLinks(source, () => { takeLinks(state, links, keysOf, watch) })
  // A version that ended has no entry to come after.
  for (const { end } of items.filter(isEnd)) if (isProven(end)) state.table.end(end, 'ended')
  const last = items.at(-1)
  if (last !== undefined) state.after = last.at
  return links.length
}

/** A gateway fetches for a permit what it lacks; for a patient nobody opens anything elsewhere but they themself. */
async function readAll (context: Reader, source: LinkSource, after: string | undefined): Promise<IndexItem[]> {
  const items = await readItems(context, source, after)
  if (context.role !== 'patient') return items
  const others = context.gateways.all.filter((gateway) => gateway !== source.gateway)
  return await fillMissing(items, others, async (gateway) => await readItems(context, { ...source, gateway }, after))
}

/** Links of a source after a position, as one gateway shows them. @throws {ClientError} INDEX_INVALID for pages without end */
export async function readItems (
  context: Reader, { gateway, directory: { patientId }, label, eventId, untilBlock = Infinity }: LinkSource, after: string | undefined
): Promise<IndexItem[]> {
  const items: IndexItem[] = []
  let from = after
  for (let page = 0; page < PAGES_MAX; page++) {
    const query = { label, ...(eventId === undefined ? {} : { event: eventId }), ...(from === undefined ? {} : { after: from }) }
    const shown = await gateway.search.listLinks(patientId, query, authorizeAs(context))
    const counting = shown.items.filter(({ at }) => blockOf(at) <= untilBlock)
    items.push(...counting)
    if (shown.next === undefined || counting.length < shown.items.length) return items
    from = shown.next
  }
  throw indexInvalid(gateway, 'it goes on for ever')
}

/** Of a patient those up to the first that no hospital's heads count. */
function withinLongest (items: IndexItem[], { longest }: LinkSource): IndexItem[] {
  const end = longest === undefined ? -1 : items.findIndex((item) => !isEnd(item) && item.number > (longest.get(item.writer) ?? 0))
  return end < 0 ? items : items.slice(0, end)
}

/** Whether a link is by a rewrap that the patient signed: nothing else takes an entry out of the search. */
function rewrapsOf (context: Reader, { directory }: LinkSource, items: readonly IndexItem[]): (link: ChainLink) => boolean {
  const keys = new Set(directory.versions.map(({ body }) => body.identityKey))
  const statements = new Map(items.flatMap((item) =>
    isEnd(item) || item.statement === undefined ? [] : [[item.link.statementId, item.statement]]))
  return ({ statementId, recordId, version }) => {
    const statement = statements.get(statementId)
    if (statement === undefined) return false
    try {
      const { id, body, signers } = openStatement('Rewrap', statement, context.networkId)
      const isOfVersion = body.recordId === recordId && body.version === version
      // Whom the records were handed over to takes them out of here.
      if (directory.succeededBy !== undefined && body.patientId !== directory.patientId) return isOfVersion && id === statementId
      return isOfVersion && id === statementId && body.patientId === directory.patientId && signers.some((key) => keys.has(key))
    } catch (error) {
      if (error instanceof Refusal) return false
      throw error
    }
  }
}

function shownLink ({ at, writer, number, link, entry, ended }: Exclude<IndexItem, IndexEnd>, isProven: boolean): ShownLink {
  return {
    at,
    writer,
    number,
    link,
    ...(entry === undefined ? {} : { entry }),
    ...(ended === undefined || !isProven ? {} : { ended })
  }
}

function judgingLinks ({ gateway }: LinkSource, take: () => void): void {
  try {
    take()
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
    throw indexInvalid(gateway, messageOf(error), error)
  }
}

export function indexInvalid ({ info: { mspId } }: GatewayApi, why: string, cause?: unknown): ClientError {
  return new ClientError('INDEX_INVALID', `The index that ${mspId} serves is refused: ${why}.`, { party: { kind: 'store', mspId } }, { cause })
}

const blockOf = (at: string): number => Number(at.split('.')[0])
