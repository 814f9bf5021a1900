import type { Liar } from './accuse.ts'
import type { PractitionerContext } from '../context/context.ts'
import type { Destination } from '../records/destination.ts'
import { ClientError, isClientError } from '../errors.ts'
import type { ClientErrorCode } from '../errors.ts'
import { describeServed } from './evidence.ts'
import type { EvidenceMaterial } from './evidence-file.ts'
import { mapFewAtOnce } from '../gateways/together.ts'
import type { RecordChoice } from './permit-case.ts'
import { redeemPermit } from './redeem.ts'
import type { Redeemed, SilentProxy } from './redeem.ts'
import { openServed } from '../records/open-served.ts'
import type { PartWanted } from '../records/open-served.ts'
import type { ContentRecord } from '../records/own-content.ts'
import type { OpenedContent } from '../records/open-content.ts'

/** Contents that come at once: each takes a connection to the gateway, and one that is slow holds nobody up. */
const AT_ONCE = 3

interface Wanted {
  eventId: string
  /** Given how many bytes are opened by now, of all records together. */
  onProgress?: (bytes: number) => void
  /** Given what `makeEvidence` needs when somebody lied: the permit that brought it is over in a minute. */
  onEvidence?: (material: EvidenceMaterial) => Promise<void>
}

export interface OpenWanted extends Wanted {
  /** May be left out when the event names one record. */
  recordId?: string
  /** May be left out when the event names one version of the record. */
  version?: number
  to: Destination
  /** Absent: all of it. */
  part?: PartWanted
}

export interface OpenAllWanted extends Wanted {
  /** Which of the event's records; absent: all of them. */
  records?: readonly RecordChoice[]
  to: (record: { recordId: string, version: number }) => Destination
}

export interface RecordOpened extends OpenedContent {
  eventId: string
  recordId: string
  version: number
  patientId: string
  /** Proxies whose answers were proven right. */
  verified: string[]
  /** Proxies that gave a false answer, with what became of the accusation. */
  liars: Liar[]
  /** Proxies that gave none. */
  silent: SilentProxy[]
  warnings?: string[]
}

export interface RecordsOpened {
  opened: RecordOpened[]
  /** Records that did not open, each for its own reason. */
  failed: RecordFailed[]
}

export interface RecordFailed { recordId: string, version: number, error: ClientError }

/**
 * Redeems a permit for one record: has the proxies re-encrypt, proves each answer, opens the wrap with the first `threshold` good ones and
 * the content as it streams in. The first check that fails names who lied (PROTOCOL §2).
 * @throws {ClientError} PROXIES_LIED, PROXIES_INSUFFICIENT, KFRAGS_INCONSISTENT, SEALED_WRONGLY, CONTENT_MODIFIED and others
 */
export async function openRecord (context: PractitionerContext, wanted: OpenWanted): Promise<RecordOpened> {
  await wanted.to.requireFree?.()
  const { eventId, recordId, version } = wanted
  const redeemed = await redeemPermit(context, eventId, recordId === undefined ? 'only' : [{ recordId, version }])
  const [manifest] = redeemed.facts.manifests
  if (manifest === undefined) throw new ClientError('NOT_FOUND', `Event ${eventId} names no record.`)
  return await openOne(context, redeemed, manifest, wanted)
}

/**
 * The same for several records with one answer of each proxy and compartment, some contents at once. One that does not open keeps no other
 * from opening; both lists stand in the order of the request. @throws {ClientError} what concerns them all
 */
export async function openRecords (context: PractitionerContext, wanted: OpenAllWanted): Promise<RecordsOpened> {
  const redeemed = await redeemPermit(context, wanted.eventId, wanted.records ?? 'all')
  const progressOf = addUp(wanted.onProgress)
  const outcomes = await mapFewAtOnce(redeemed.facts.manifests, AT_ONCE, async (manifest): Promise<RecordOpened | RecordFailed> => {
    const { recordId, version } = manifest.body
    try {
      const to = wanted.to({ recordId, version })
      await to.requireFree?.()
      return await openOne(context, redeemed, manifest, { ...wanted, to, onProgress: progressOf(manifest) })
    } catch (error) {
      if (!isClientError(error)) throw error
      return { recordId, version, error }
    }
  })
  return {
    opened: outcomes.flatMap((outcome) => 'error' in outcome ? [] : [outcome]),
    failed: outcomes.flatMap((outcome) => 'error' in outcome ? [outcome] : [])
  }
}

/** For each of several streams a report of its own bytes, which reports the sum. */
function addUp (onProgress: (bytes: number) => void = () => undefined): (stream: object) => (bytes: number) => void {
  const opened = new Map<object, number>()
  return (stream) => (bytes) => {
    opened.set(stream, bytes)
    onProgress([...opened.values()].reduce((sum, part) => sum + part, 0))
  }
}

async function openOne (
  context: PractitionerContext,
  redeemed: Redeemed,
  manifest: ContentRecord,
  wanted: Wanted & { to: Destination, part?: PartWanted }
): Promise<RecordOpened> {
  const { recordId, version } = manifest.body
  const { facts, liars, silent, warnings } = redeemed
  const { material, isFalse } = await redeemed.materialOf(manifest)
  if (isFalse) await wanted.onEvidence?.(material)
  const contentKey = await keepingEvidence(wanted, ['KFRAGS_INCONSISTENT', 'SEALED_WRONGLY'],
    () => Promise.resolve(material), async () => await redeemed.openKey(manifest))
  const gateway = context.gateways.own
  const download = (): Promise<AsyncIterable<Uint8Array>> =>
    gateway.downloadContent(recordId, version, wanted.eventId, context.token.authorize)
  const opened = await keepingEvidence(wanted, ['SEALED_WRONGLY', 'CONTENT_MODIFIED'],
    async () => ({ ...material, content: await describeServed(gateway.info.mspId, await download()) }),
    // The own gateway alone takes this token; asked again, it asks another hospital than the one whose copy was not right.
    async () =>
      context.gateways.serveInTurn([gateway, gateway], async () =>
        openServed(gateway, {
          manifest,
          contentKey,
          authorize: context.token.authorize,
          event: wanted.eventId,
          to: wanted.to,
          ...(wanted.part === undefined ? {} : { part: wanted.part }),
          ...(wanted.onProgress === undefined ? {} : { onProgress: wanted.onProgress })
        })))
  return {
    ...opened,
    eventId: wanted.eventId,
    recordId,
    version,
    patientId: facts.directory.patientId,
    verified: redeemed.verifiedFor(manifest),
    liars,
    silent,
    ...(warnings.length === 0 ? {} : { warnings })
  }
}

/** Does the work; when it fails with one of `codes`, hands the evidence over before the failure goes on. */
async function keepingEvidence<T> (
  { onEvidence }: Wanted,
  codes: readonly ClientErrorCode[],
  collect: () => Promise<EvidenceMaterial>,
  work: () => Promise<T>
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (onEvidence !== undefined && isClientError(error) && codes.includes(error.code)) await onEvidence(await collect())
    throw error
  }
}
