import type { VerifiedRecord } from '@epione/protocol/verify'
import type { Liar } from './accuse.ts'
import type { PractitionerContext } from '../context/context.ts'
import type { Destination } from '../records/destination.ts'
import { ClientError, isClientError } from '../errors.ts'
import type { ClientErrorCode } from '../errors.ts'
import { describeServed } from './evidence.ts'
import type { EvidenceMaterial } from './evidence-file.ts'
import { redeemPermit } from './redeem.ts'
import type { Redeemed, SilentProxy } from './redeem.ts'
import { openTo } from '../records/open-content.ts'
import type { OpenedContent } from '../records/open-content.ts'

interface Wanted {
  eventId: string
  onProgress?: (bytes: number) => void
  /** Given what `makeEvidence` needs when somebody lied: the permit that brought it is over in a minute. */
  onEvidence?: (material: EvidenceMaterial) => Promise<void>
}

export interface OpenWanted extends Wanted {
  /** May be left out when the event names one record. */
  recordId?: string
  to: Destination
}

export interface OpenAllWanted extends Wanted {
  /** Which of the event's records; absent: all of them. */
  recordIds?: readonly string[]
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
  failed: Array<{ recordId: string, version: number, error: ClientError }>
}

/**
 * Redeems a permit for one record: has the proxies re-encrypt, proves each answer, opens the wrap with the first `threshold` good ones and
 * the content as it streams in. The first check that fails names who lied (PROTOCOL §2).
 * @throws {ClientError} PROXIES_LIED, PROXIES_INSUFFICIENT, KFRAGS_INCONSISTENT, SEALED_WRONGLY, CONTENT_MODIFIED and others
 */
export async function openRecord (context: PractitionerContext, wanted: OpenWanted): Promise<RecordOpened> {
  await wanted.to.requireFree?.()
  const redeemed = await redeemPermit(context, wanted.eventId, wanted.recordId === undefined ? 'only' : [wanted.recordId])
  const [manifest] = redeemed.facts.manifests
  if (manifest === undefined) throw new ClientError('NOT_FOUND', `Event ${wanted.eventId} names no record.`)
  return await openOne(context, redeemed, manifest, wanted)
}

/**
 * The same for several records with one answer of each proxy and compartment. One that does not open keeps no other from opening.
 * @throws {ClientError} what concerns them all
 */
export async function openRecords (context: PractitionerContext, wanted: OpenAllWanted): Promise<RecordsOpened> {
  const redeemed = await redeemPermit(context, wanted.eventId, wanted.recordIds ?? 'all')
  const result: RecordsOpened = { opened: [], failed: [] }
  for (const manifest of redeemed.facts.manifests) {
    const { recordId, version } = manifest.body
    const to = wanted.to({ recordId, version })
    try {
      await to.requireFree?.()
      result.opened.push(await openOne(context, redeemed, manifest, { ...wanted, to }))
    } catch (error) {
      if (!isClientError(error)) throw error
      result.failed.push({ recordId, version, error })
    }
  }
  return result
}

async function openOne (
  context: PractitionerContext,
  redeemed: Redeemed,
  manifest: VerifiedRecord,
  wanted: Wanted & { to: Destination }
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
        openTo({
          manifest,
          contentKey,
          ciphertext: await download(),
          servedBy: gateway.info.mspId,
          to: wanted.to,
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
