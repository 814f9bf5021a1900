import { deriveIndexKeys, fromHex, PublicKey } from '@epione/crypto'
import type { ChainHead } from '@epione/crypto'
import type { VerifiedDirectory } from '@epione/protocol/verify'
import type { PatientContext } from '../context/context.ts'
import { authorizePatient } from '../context/session.ts'
import { ClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { categoryOfLabel } from '../keys/directory.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import { emptyIndex } from '../search/opened-index.ts'
import type { GroupKeys, IndexState } from '../search/opened-index.ts'
import type { SealedCache } from '../search/sealed-cache.ts'
import { readNewestKeys } from '../search/search-keys.ts'
import type { SearchKey } from '../search/search-keys.ts'
import { bringUp } from './links.ts'
import type { SearchedCompartment } from './reader-search.ts'
import type { SearchedIndex } from './search-result.ts'

type Heads = ReadonlyMap<string, ChainHead>

/** Chains as one hospital shows them. */
interface ShownChains { readonly gateway: GatewayApi, readonly heads: Heads }

/**
 * Indexes of the own compartments, or of some categories: heads are asked of two hospitals, links are taken up to the longest of each
 * chain, and a shorter one must be its beginning.
 * @throws {ClientError} INDEX_INVALID, ORGANIZATIONS_DIFFER
 */
export async function openOwnIndexes (
  context: PatientContext, categories: readonly string[] | undefined, cache: SealedCache | undefined
): Promise<{ directory: VerifiedDirectory, indexes: SearchedIndex[], compartments: SearchedCompartment[], warnings: string[] }> {
  const directory = await readOwnDirectory(context)
  const newest = newestByLabel(await readNewestKeys(context, directory))
  const warnings = new Set<string>()
  const opened: Array<{ index: SearchedIndex, told: SearchedCompartment }> = []
  for (const key of newest) {
    const category = categoryOfLabel(context.keys, key.label)
    if (category === undefined || categories?.includes(category) === false) continue
    opened.push(await openOwn(context, { directory, key, category, cache, warnings }))
  }
  return {
    directory, indexes: opened.map(({ index }) => index), compartments: opened.map(({ told }) => told), warnings: [...warnings]
  }
}

/** Of each label the key of its newest epoch: an index is one over all epochs. */
function newestByLabel (keys: readonly SearchKey[]): SearchKey[] {
  const sorted = [...keys].sort((a, b) => b.epoch - a.epoch)
  return sorted.filter(({ label }, i) => sorted.findIndex((other) => other.label === label) === i)
}

interface OwnCompartment {
  directory: VerifiedDirectory, key: SearchKey, category: string, cache: SealedCache | undefined, warnings: Set<string>
}

async function openOwn (
  context: PatientContext, { directory, key: { label, epoch, issue }, category, cache, warnings }: OwnCompartment
): Promise<{ index: SearchedIndex, told: SearchedCompartment }> {
  const { patientId, networkId } = context
  const place = { networkId, patientId, label, epoch, issue }
  const keysOf = ownKeys(context, label, category)
  const shown = await readChains(context, label, warnings)
  const state = await cache?.read(place) ?? emptyIndex()
  const known = state.table.length
  const read = await readToLongest(context, { directory, label, state, keysOf, shown })
  await cache?.write(place, state)
  const signedBy = shown.map(({ gateway }) => gateway.info.mspId)
  return { index: { label, category, state, keysOf }, told: { label, epoch, issue, links: { known, read }, signedBy } }
}

/** All secrets follow from the phrase. */
function ownKeys ({ keys, patientId }: PatientContext, label: string, category: string): GroupKeys {
  return ({ indexKey, epoch, issue }) => deriveIndexKeys(
    { patientId, label: fromHex(label), epoch, issue },
    { search: keys.search(category, epoch, issue), indexKey: PublicKey.fromHex(indexKey) }
  )
}

async function readChains (context: PatientContext, label: string, warnings: Set<string>): Promise<ShownChains[]> {
  const { answers } = await context.gateways.askTwoReachable(async (gateway) => await readHeads(context, gateway, label))
  if (answers.length === 1) {
    warnings.add('Only one hospital could be asked: that nothing is missing rests on its word.')
  }
  return answers.map(({ gateway, value }) => ({ gateway, heads: value }))
}

async function readHeads (context: PatientContext, gateway: GatewayApi, label: string): Promise<Heads> {
  const heads = new Map<string, ChainHead>()
  for (let cursor: string | undefined; ;) {
    const page = await gateway.search.listHeads(context.patientId, { label, cursor }, authorizePatient(context))
    for (const { writer, count, digest } of page.heads) heads.set(writer, { count, digest })
    cursor = page.next
    if (cursor === undefined) return heads
  }
}

interface Reading { directory: VerifiedDirectory, label: string, state: IndexState, keysOf: GroupKeys, shown: readonly ShownChains[] }

/** Takes links of the first hospital, and of the second what the first lacks; then every head must be one that was passed. */
async function readToLongest (context: PatientContext, { directory, label, state, keysOf, shown }: Reading): Promise<number> {
  const passed = new Map<string, string>()
  const mark = (writer: string, { count, digest }: ChainHead): void => { passed.set(`${writer}/${count}`, digest) }
  const before = new Map(state.heads)
  for (const [writer, head] of before) mark(writer, head)
  let read = 0
  for (const { gateway } of shown) {
    if (read > 0 && shown.every(({ heads }) => reaches(state, heads))) break
    read += await bringUp(context, { gateway, directory, label }, state, keysOf, mark)
  }
  for (const { gateway, heads } of shown) {
    for (const [writer, { count, digest }] of heads) {
      // What lies before the cache's own head was proven then.
      if (count < (before.get(writer)?.count ?? 1)) continue
      if (passed.get(`${writer}/${count}`) !== digest) throw differ(shown, gateway, writer)
    }
  }
  return read
}

function reaches (state: IndexState, heads: Heads): boolean {
  return [...heads].every(([writer, { count }]) => (state.heads.get(writer)?.count ?? 0) >= count)
}

function differ (shown: readonly ShownChains[], { info: { mspId } }: GatewayApi, writer: string): ClientError {
  const mspIds = shown.map(({ gateway }) => gateway.info.mspId)
  return new ClientError(
    'ORGANIZATIONS_DIFFER',
    `The chain of ${writer} that ${mspId} shows is not the one of the links that ${mspIds.join(' and ')} serve: one of them leaves something out or invents it.`,
    { party: { kind: 'organizations', mspIds }, writer }
  )
}
