import { deriveIndexKeys, fromHex, PublicKey } from '@epione/crypto'
import { accuseLiars } from '../access/accuse.ts'
import type { ChainsRoot, EventCompartment } from '@epione/protocol'
import type { IndexItem } from '@epione/protocol/api'
import type { Liar } from '../access/accuse.ts'
import type { FalseAnswer, GoodAnswer } from '../access/cfrags.ts'
import type { PractitionerContext } from '../context/context.ts'
import { ClientError, isClientError } from '../errors.ts'
import { pause } from '../gateways/pause.ts'
import { gatewayOf } from '../records/record-read.ts'
import { emptyIndex, rootOf } from '../search/opened-index.ts'
import type { GroupKeys, IndexState } from '../search/opened-index.ts'
import type { SealedCache } from '../search/sealed-cache.ts'
import { bringUp, indexInvalid, readItems } from './links.ts'
import type { KnownPermit, PermittedCompartment, SearchPermit } from './search-permit.ts'
import type { SearchedIndex } from './search-result.ts'

/** The own gateway may read its peer a moment after the permit. */
const [TRIES, PAUSE_MS] = [3, 200]
/** So many compartments are read ahead. */
const AHEAD_MAX = 4

/** What is kept of a compartment, and the links after it; no links where they could not be read. */
interface Ahead { kept: IndexState | undefined, items: IndexItem[] | undefined }
export type ReadAhead = ReadonlyMap<string, Promise<Ahead>>

const nameOf = ({ label, epoch }: { label: string, epoch: number }): string => `${label}/${epoch}`

/** Reads what is kept of permitted compartments, and their links, while the proxies answer. */
export function readAhead (
  context: PractitionerContext, { event, directory }: KnownPermit, blockNumber: number | undefined, cache?: SealedCache
): ReadAhead {
  if (blockNumber === undefined) return new Map()
  const { networkId, gateways: { own: gateway } } = context
  const { eventId, compartments = [] } = event
  const { patientId } = directory
  const readOne = async ({ label, epoch, issue }: EventCompartment): Promise<Ahead> => {
    const kept = await cache?.read({ networkId, patientId, label, epoch, issue })
    const source = { gateway, directory, label, eventId, untilBlock: blockNumber - 1 }
    return { kept, items: await orNothing(() => readItems(context, source, kept?.after)) }
  }
  return new Map(compartments.slice(0, AHEAD_MAX).map((compartment) => {
    const reading = readOne(compartment)
    // Whoever awaits it hears of it; where the proxies fail first, nobody does.
    reading.catch(() => undefined)
    return [nameOf(compartment), reading]
  }))
}

/** A gateway that does not serve them yet is asked again. */
async function orNothing<T> (read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (isClientError(error)) return undefined
    throw error
  }
}

/** How one compartment was searched, for whoever wants to know. */
export interface SearchedCompartment {
  readonly label: string
  readonly epoch: number
  readonly issue: number
  readonly links: { readonly known: number, readonly read: number }
  /** Organisations that sign the chains as they were verified. */
  readonly signedBy: string[]
}

export interface OpenedSearch {
  readonly indexes: SearchedIndex[]
  readonly compartments: SearchedCompartment[]
  readonly liars: Liar[]
  readonly warnings: string[]
}

/**
 * Brings what is known of each permitted compartment up to the permit's block and proves that nothing is missing: the root over all
 * writers' chains is the one that `threshold` organisations sign. Who signs another root is named; where the links themselves are not
 * those, the gateway that serves them is.
 */
export async function openSearch (
  context: PractitionerContext, permit: SearchPermit, cache?: SealedCache, ahead: ReadAhead = new Map()
): Promise<OpenedSearch> {
  const opened: OpenedCompartment[] = []
  for (const compartment of permit.compartments) opened.push(await openCompartment(context, permit, compartment, { cache, ahead }))
  return {
    indexes: opened.map(({ index }) => index),
    compartments: opened.map(({ told }) => told),
    liars: opened.flatMap(({ liars }) => liars),
    warnings: opened.flatMap(({ warnings }) => warnings)
  }
}

interface OpenedCompartment { index: SearchedIndex, told: SearchedCompartment, liars: Liar[], warnings: string[] }

async function openCompartment (
  context: PractitionerContext, permit: SearchPermit, compartment: PermittedCompartment,
  { cache, ahead }: { cache: SealedCache | undefined, ahead: ReadAhead }
): Promise<OpenedCompartment> {
  const { label, epoch, issue, answers } = compartment
  const { gateways } = context
  const { directory: { patientId }, threshold } = permit
  const place = { networkId: context.networkId, patientId, label, epoch, issue }
  const keysOf = keysFor(compartment, patientId)
  const { kept, items } = await ahead.get(nameOf(compartment)) ?? { kept: await cache?.read(place), items: undefined }
  const [known, after] = [kept?.table.length ?? 0, kept?.after]
  const { state, read } = await readProven(context, permit, compartment, { kept, items, keysOf })
  const served = chainsOf(state)
  const signedBy = answers.filter((one) => isSigned(one, served)).map(({ mspId }) => mspId)
  const others = answers.filter(({ mspId }) => !signedBy.includes(mspId))
  if (signedBy.length < threshold) throw await atOdds(context, permit, compartment, served)
  if (!isSame(compartment.heads, served)) {
    throw new ClientError('EVENT_INVALID', `${gateways.own.info.mspId} shows the event with other chains than ${signedBy.join(' and ')} sign.`, {
      party: gatewayOf(gateways.own.info), eventId: permit.eventId, label
    })
  }
  // One with a lost entry is not kept, as it may be found tomorrow: there is always something to write of it.
  if (state !== kept || state.after !== after) await cache?.write(place, state)
  const { liars, warnings } = await accuseOfHeads(context, permit, others)
  return { index: { label, state, keysOf }, told: { label, epoch, issue, links: { known, read }, signedBy }, liars, warnings }
}

/** Who signs other chains than enough others is convicted by the ledger, which holds the answer against the event. */
async function accuseOfHeads (
  context: PractitionerContext, { eventId, outlines }: SearchPermit, answers: readonly GoodAnswer[]
): Promise<{ liars: Liar[], warnings: string[] }> {
  const lies = answers.map(({ mspId, answer }): FalseAnswer => ({ mspId, failure: 'HEADS_FALSE', provable: true, answer }))
  return await accuseLiars(context, { eventId, outlines, answers: lies })
}

/** What links make of a compartment: what each honest proxy signs. */
const chainsOf = (state: IndexState): ChainsRoot => ({ writers: state.heads.size, root: rootOf(state) })
const isSigned = ({ answer }: GoodAnswer, chains: ChainsRoot): boolean => isSame(answer.body.heads, chains)

function isSame (signed: ChainsRoot | undefined, known: ChainsRoot | undefined): boolean {
  return signed?.root === known?.root && signed?.writers === known?.writers
}

interface Start extends Ahead { keysOf: GroupKeys }

/** The index as of the permit's block; read anew, from the start, while too few organisations sign it so. */
async function readProven (
  context: PractitionerContext,
  { eventId, directory, blockNumber, threshold }: SearchPermit,
  { label, answers }: PermittedCompartment,
  { kept, items, keysOf }: Start
): Promise<{ state: IndexState, read: number }> {
  const source = { gateway: context.gateways.own, directory, label, eventId, untilBlock: blockNumber - 1 }
  for (let tried = 1, state = kept ?? emptyIndex(); ; tried++, state = emptyIndex()) {
    const outcome = await attempt(async () => await bringUp(context, source, state, keysOf, tried === 1 ? { ahead: items } : {}))
    const served = chainsOf(state)
    const isProven = 'value' in outcome && answers.filter((one) => isSigned(one, served)).length >= threshold
    if (isProven) return { state, read: outcome.value }
    if (tried >= TRIES) {
      if ('error' in outcome) throw outcome.error
      return { state, read: outcome.value }
    }
    await pause(PAUSE_MS)
  }
}

/** The value, or the contradiction that was found: what is kept may be of another day than what is served. */
async function attempt<T> (work: () => Promise<T>): Promise<{ value: T } | { error: ClientError }> {
  try {
    return { value: await work() }
  } catch (error) {
    if (isClientError(error, 'INDEX_INVALID')) return { error }
    throw error
  }
}

/**
 * Enough organisations sign one root that the served links do not give: the gateway that serves them. Else the proxies are at odds, and who
 * signs otherwise than the event says is accused of it.
 */
async function atOdds (
  context: PractitionerContext, permit: SearchPermit, { label, heads, answers }: PermittedCompartment, served: ChainsRoot
): Promise<ClientError> {
  const { threshold, eventId } = permit
  const roots = Map.groupBy(answers, ({ answer }) => answer.body.heads?.root ?? '')
  const agreed = [...roots].find(([root, group]) => root !== served.root && group.length >= threshold)
  if (agreed !== undefined) {
    const mspIds = agreed[1].map(({ mspId }) => mspId)
    return indexInvalid(context.gateways.own, `links are missing, added or changed: ${mspIds.join(' and ')} sign other chains for the same block`)
  }
  const mspIds = answers.map(({ mspId }) => mspId)
  const lying = answers.filter(({ answer }) => !isSame(answer.body.heads, heads))
  return new ClientError('PROXIES_LIED', `${mspIds.join(', ')} sign different chains of one compartment, and too few of them those that are shown.`, {
    party: { kind: 'proxy', mspIds },
    eventId,
    label,
    roots: [...roots].map(([root, group]) => ({ root, mspIds: group.map(({ mspId }) => mspId) })),
    ...await accuseOfHeads(context, permit, lying)
  })
}

function keysFor ({ label, epoch, secrets }: PermittedCompartment, patientId: string): GroupKeys {
  return ({ indexKey, epoch: of, issue }) => {
    const search = of === epoch ? secrets.get(issue) : undefined
    if (search === undefined) return undefined
    return deriveIndexKeys({ patientId, label: fromHex(label), epoch, issue }, { search, indexKey: PublicKey.fromHex(indexKey) })
  }
}
