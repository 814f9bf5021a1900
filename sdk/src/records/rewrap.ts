import { PublicKey, createWrap, fromHex, openWrapOriginal, toHex, wrapHash } from '@epione/crypto'
import { recordPlace } from '@epione/protocol'
import type { Compartment, VerifiedDirectory, VerifiedRecord } from '@epione/protocol/verify'
import { identityKeyOf } from '../context/context.ts'
import type { PatientContext } from '../context/context.ts'
import { categoryOfLabel, requireCategory } from '../keys/directory.ts'
import { ClientError } from '../errors.ts'
import type { IndexTerms } from '../search/found-keywords.ts'
import { makeEntry, summarizeEntry } from '../search/make-entry.ts'
import type { EntrySummary, MadeEntry } from '../search/make-entry.ts'
import { readNewestKeys } from '../search/search-keys.ts'
import { withEntryIfOn } from '../search/switched-on.ts'
import { withFreshEntry } from './fresh-entry.ts'
import { readTerms } from './read-terms.ts'
import { ownCompartment } from '../keys/own-keys.ts'
import { isContentRecord, namesOfStreams, requireOwnContent } from './own-content.ts'
import type { ContentRecord } from './own-content.ts'
import { isIndexed, readManifests } from './record-read.ts'
import { openWrap, requireWrap } from './record-open.ts'
import { authorizePatient } from '../context/session.ts'
import { makeStatement } from '../context/statements.ts'
import { submitAnywhere } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'

export interface Rewrapped extends Written {
  recordId: string
  version: number
  category: string
  epoch: number
  statementId: string
  /** What was indexed anew, or why nothing was. */
  index: EntrySummary
}

/** Who opens the present wrap and who owns the new one; the same patient but for a hand-over. */
export interface WrapMove { from: PatientContext, to: PatientContext, directory: VerifiedDirectory }

/**
 * Makes a new wrap for the same content, for the newest key of a category of `to`: 170 bytes, whatever the size of the record. The
 * present wrap is opened with the keys of `from`. A version that is indexed, or that `index` says should be, gets an entry for the new
 * place: its content is read once more for that.
 */
export async function rewrapRecord (
  move: WrapMove, record: VerifiedRecord, category: string, { index = isIndexed(record) }: { index?: boolean } = {}
): Promise<Done<Rewrapped>> {
  const manifest = requireOwnContent(record)
  const contentKey = await openPresentWrap(move.from, manifest)
  try {
    const terms = index ? await readTerms(move.from, manifest, contentKey) : undefined
    const missing: EntrySummary = { notIndexed: index ? 'not-readable' : 'not-wanted' }
    const rewrap = async (opened: Opened): Promise<Done<Rewrapped>> =>
      await withFreshEntry(() => rewrapOnce(move, manifest, category, opened))
    return await withEntryIfOn(
      move.to,
      () => rewrap({ contentKey, terms, missing }),
      () => rewrap({ contentKey, terms: undefined, missing: { notIndexed: 'search-off' } })
    )
  } finally {
    contentKey.fill(0)
  }
}

interface Opened { contentKey: Uint8Array, terms: IndexTerms | undefined, missing: EntrySummary }

async function rewrapOnce (
  { to, directory }: WrapMove, manifest: ContentRecord, category: string, { contentKey, terms, missing }: Opened
): Promise<Done<Rewrapped>> {
  const { recordId, version } = manifest.body
  const compartment = ownCompartment(to, directory, category)
  const place = recordPlace(to.networkId, manifest.body)
  const wrap = createWrap(PublicKey.fromHex(compartment.key), contentKey, place)
  const { made, summary } = await entryFor(to, directory, compartment, { recordId, version }, terms)
  const { id, statement } = makeStatement(to, 'Rewrap', {
    patientId: to.patientId,
    recordId,
    version,
    previousWrapHash: manifest.wrapHash,
    label: compartment.label,
    epoch: compartment.epoch,
    wrapHash: toHex(wrapHash(wrap, place)),
    ...(made === undefined ? {} : { index: made.index })
  }, [identityKeyOf(to)])
  const own = { recordId, version, category, epoch: compartment.epoch, statementId: id, index: summary ?? missing }
  return submitAnywhere<Rewrapped>(to, {
    statementId: id,
    send: async (gateway) => {
      const { txId, blockNumber } = await gateway.lifetime.rewrap(
        recordId,
        version,
        { statement, wrap: toHex(wrap), ...(made === undefined ? {} : { entry: made.entry }) },
        id,
        authorizePatient(to)
      )
      return { ...own, txId, blockNumber }
    },
    recover: (written) => ({ ...own, ...written })
  })
}

async function entryFor (
  to: PatientContext,
  directory: VerifiedDirectory,
  { label, epoch }: Compartment,
  of: { recordId: string, version: number },
  terms: IndexTerms | undefined
): Promise<{ made?: MadeEntry, summary?: EntrySummary }> {
  if (terms === undefined) return {}
  const { value: keys } = await to.gateways.askFirstReachable((gateway) => readNewestKeys(to, directory, gateway))
  const newest = keys.find((key) => key.label === label && key.epoch === epoch)
  if (newest === undefined) return { summary: { notIndexed: 'no-search-key' } }
  return { made: makeEntry(to.keys, to.patientId, newest, of, terms), summary: summarizeEntry(newest.issue, terms) }
}

async function openPresentWrap (from: PatientContext, manifest: VerifiedRecord): Promise<Uint8Array> {
  const { body: { recordId, version }, label, epoch } = manifest
  const category = categoryOfLabel(from.keys, label)
  if (category === undefined) {
    throw new ClientError('NOT_FOUND', `Record ${recordId} lies in a compartment whose category this program does not know.`, { label })
  }
  const wrap = await from.gateways.serveInTurn(from.gateways.all, async (gateway) =>
    requireWrap(
      from,
      fromHex((await gateway.getWrap(recordId, version, undefined, authorizePatient(from))).wrap),
      manifest,
      gateway.info.mspId
    ))
  const place = recordPlace(from.networkId, manifest.body)
  return openWrap(manifest, () => openWrapOriginal(wrap, place, from.keys.compartment(category, epoch)))
}

export interface RewrapResult { patientId: string, items: Array<Done<Rewrapped>>, warnings?: string[] }

/**
 * Brings every own record version that is not under its category's newest epoch over to it; older consents then do not reach it any more.
 */
export async function rewrapRecords (context: PatientContext): Promise<RewrapResult> {
  const { directory, manifests } = await readManifests(context, context.patientId)
  const due = manifests.filter(({ label, epoch, end }) =>
    end === undefined && directory.newest.compartments.some((c) => c.label === label && c.epoch > epoch))
  const [older, streams] = [due.filter(isContentRecord), namesOfStreams(due)]
  const items: Array<Done<Rewrapped>> = []
  const unknown: string[] = []
  for (const manifest of older) {
    const category = categoryOfLabel(context.keys, manifest.label)
    if (category === undefined) unknown.push(manifest.body.recordId)
    else items.push(await rewrapRecord({ from: context, to: context, directory }, manifest, category))
  }
  const warnings = [
    ...unknown.map((recordId) => `Record ${recordId} lies in a compartment whose category this program does not know; it was left alone.`),
    ...streams.map((recordId) => `Stream ${recordId} keeps the wraps that it has: it was left alone.`)
  ]
  return { patientId: context.patientId, items, ...(warnings.length === 0 ? {} : { warnings }) }
}

/** Moves every version of an own record to another category, for example out of `inbox`. @throws {ClientError} NOT_FOUND */
export async function sortRecord (context: PatientContext, recordId: string, categoryName: string): Promise<RewrapResult> {
  const category = requireCategory(categoryName)
  const { directory, manifests } = await readManifests(context, context.patientId)
  const versions = manifests.filter((m) => m.body.recordId === recordId && m.end === undefined)
  if (versions.length === 0) throw new ClientError('NOT_FOUND', `You have no record ${recordId}.`, { recordId })
  const target = ownCompartment(context, directory, category)
  const items: Array<Done<Rewrapped>> = []
  for (const manifest of versions) {
    if (manifest.label === target.label && manifest.epoch === target.epoch) continue
    items.push(await rewrapRecord({ from: context, to: context, directory }, manifest, category))
  }
  return { patientId: context.patientId, items }
}
