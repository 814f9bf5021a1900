import { deriveIndexKeys, fromHex, PublicKey } from '@epione/crypto'
import type { ChainHead } from '@epione/crypto'
import type { VerifiedDirectory } from '@epione/protocol/verify'
import type { PatientContext } from '../context/context.ts'
import { authorizePatient } from '../context/session.ts'
import { ClientError, isClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { pagesOf } from '../gateways/pages.ts'
import { categoryOfLabel } from '../keys/directory.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import { emptyIndex } from '../search/opened-index.ts'
import type { GroupKeys, IndexState } from '../search/opened-index.ts'
import type { SealedCache } from '../search/sealed-cache.ts'
import { readNewestKeys } from '../search/search-keys.ts'
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
  const keys = await readNewestKeys(context, directory)
  const warnings = new Set<string>()
  const opened: Array<{ index: SearchedIndex, told: SearchedCompartment }> = []
  for (const place of newestPlaces(directory)) {
    const category = categoryOfLabel(context.keys, place.label)
    if (category === undefined || categories?.includes(category) === false) continue
    const issue = keys.find(({ label, epoch }) => label === place.label && epoch === place.epoch)?.issue ?? 0
    const one = await openOwn(context, { directory, place: { ...place, issue }, category, cache, warnings })
    if (one !== undefined) opened.push(one)
  }
  return {
    directory, indexes: opened.map(({ index }) => index), compartments: opened.map(({ told }) => told), warnings: [...warnings]
  }
}

interface Place { readonly label: string, readonly epoch: number }

/**
 * Each label ever listed, with its newest epoch: an index is one over all epochs. The patient's own directory says which there are, so
 * that no hospital hides one by showing no search key of it.
 */
function newestPlaces ({ versions }: VerifiedDirectory): Place[] {
  const epochs = new Map<string, number>()
  for (const { label, epoch } of versions.flatMap(({ body }) => body.compartments)) {
    epochs.set(label, Math.max(epoch, epochs.get(label) ?? 0))
  }
  return [...epochs].map(([label, epoch]) => ({ label, epoch }))
}

interface OwnCompartment {
  directory: VerifiedDirectory
  /** Issue 0: no search key is shown of it. */
  place: Place & { issue: number }
  category: string
  cache: SealedCache | undefined
  warnings: Set<string>
}

/** Nothing where neither a search key nor an entry is. */
async function openOwn (
  context: PatientContext, { directory, place: { label, epoch, issue }, category, cache, warnings }: OwnCompartment
): Promise<{ index: SearchedIndex, told: SearchedCompartment } | undefined> {
  const { patientId, networkId } = context
  const place = { networkId, patientId, label, epoch, issue }
  const keysOf = ownKeys(context, label, category)
  const shown = await readChains(context, label, warnings)
  if (issue === 0 && shown.every(({ heads }) => heads.size === 0)) return undefined
  const kept = await cache?.read(place)
  const after = kept?.after
  const { state, known, read } = await readFrom(context, { directory, label, keysOf, shown, longest: longestOf(shown) }, kept)
  if (state !== kept || state.after !== after) await cache?.write(place, state)
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
  const pages = pagesOf((cursor) => gateway.search.listHeads(context.patientId, { label, cursor }, authorizePatient(context)))
  for await (const page of pages) for (const { writer, count, digest } of page.heads) heads.set(writer, { count, digest })
  return heads
}

interface Reading {
  directory: VerifiedDirectory
  label: string
  keysOf: GroupKeys
  shown: readonly ShownChains[]
  longest: ReadonlyMap<string, number>
}

/** How many links each writer's longest chain has. */
function longestOf (shown: readonly ShownChains[]): Map<string, number> {
  const longest = new Map<string, number>()
  for (const [writer, { count }] of shown.flatMap(({ heads }) => [...heads])) longest.set(writer, Math.max(count, longest.get(writer) ?? 0))
  return longest
}

/** From what is kept, or anew where that is not the beginning of what hospitals show: one may have lied when it was read. */
async function readFrom (
  context: PatientContext, reading: Reading, kept: IndexState | undefined
): Promise<{ state: IndexState, known: number, read: number }> {
  if (kept !== undefined && [...kept.heads].every(([writer, { count }]) => count <= (reading.longest.get(writer) ?? 0))) {
    const known = kept.table.length
    try {
      return { state: kept, known, read: await readToLongest(context, reading, kept) }
    } catch (error) {
      if (!isClientError(error, 'INDEX_INVALID') && !isClientError(error, 'ORGANIZATIONS_DIFFER')) throw error
    }
  }
  const state = emptyIndex()
  return { state, known: 0, read: await readToLongest(context, reading, state) }
}

/** Takes links of the first hospital, and of the second what the first lacks; then every head must be one that was passed. */
async function readToLongest (
  context: PatientContext, { directory, label, keysOf, shown, longest }: Reading, state: IndexState
): Promise<number> {
  const passed = new Map<string, string>()
  const mark = (writer: string, { count, digest }: ChainHead): void => { passed.set(`${writer}/${count}`, digest) }
  const before = new Map(state.heads)
  for (const [writer, head] of before) mark(writer, head)
  let read = 0
  for (const { gateway } of shown) {
    if (read > 0 && shown.every(({ heads }) => reaches(state, heads))) break
    read += await bringUp(context, { gateway, directory, label, longest }, state, keysOf, { seen: mark })
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
