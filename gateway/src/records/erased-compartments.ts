import { erasedBy } from '@epione/protocol'
import type { Consent, ErasedCompartment, Erasure, StoredStatement } from '@epione/protocol'
import { tallyKfrags, verifyDirectory, verifyErasedCompartments } from '@epione/protocol/verify'
import type { Tally } from '@epione/protocol/verify'
import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import { GatewayError } from '../errors.ts'
import { judged } from '../judge.ts'
import { sendOwn } from '../proxy/own-statements.ts'
import type { ProxyContext } from '../proxy/proxy-context.ts'
import type { Tables } from '../store/tables.ts'
import { appendEnds } from '../search/links.ts'
import type { EventPlace } from '../search/links.ts'
import { deleteWrap } from './wraps.ts'

type Context = Pick<ProxyContext, 'ledger' | 'reader' | 'db' | 'mspId' | 'vault'>

/** Compartments of a patient, each up to an epoch. */
export interface Compartments { patientId: string, compartments: NonNullable<Erasure['compartments']> }

/** What an order names, proven to be its patient's will. @throws {GatewayError} STATEMENT_UNPROVEN */
export async function proveCompartments ({ ledger, reader }: Context, order: StoredStatement): Promise<Compartments> {
  const { body: { patientId } } = judged(() => reader.readStored('Erasure', order))
  const directory = await judged(async () => verifyDirectory(await ledger.getDirectory(patientId), patientId, reader))
  const { compartments } = judged(() => verifyErasedCompartments(order, directory, reader))
  return { patientId, compartments }
}

/** From the order's block on no index entry of these compartments is served. Nothing is destroyed yet. */
export async function endEntries (
  trx: Kysely<Tables>, place: EventPlace, order: StoredStatement, { patientId, compartments }: Compartments
): Promise<void> {
  for (const { label, epoch } of compartments) {
    const rows = await trx.selectFrom('index_links').select(['record_id', 'version']).where('patient_id', '=', patientId)
      .where('label', '=', label).where('epoch', '<=', epoch).where('live', '=', 1).orderBy('record_id').orderBy('version').execute()
    await appendEnds(trx, place, order, rows.map((row) => ({ recordId: row.record_id, version: row.version })))
  }
}

/** Every record version that stands in one of them, as far as this gateway has read; whose it is, its own statements tell. */
export async function listVersions (db: Kysely<Tables>, { compartments }: Compartments): Promise<{ recordId: string, version: number }[]> {
  const found: { recordId: string, version: number }[] = []
  for (const { label, epoch } of compartments) {
    const rows = await db.selectFrom('record_versions').select(['record_id', 'version']).where('label', '=', label).where('epoch', '<=', epoch)
      .orderBy('record_id').orderBy('version').execute()
    found.push(...rows.map((row) => ({ recordId: row.record_id, version: row.version })))
  }
  return found
}

/** Remembers the erasure, so that no kfrag of these compartments is taken any more. */
export async function rememberErased (db: Kysely<Tables>, orderId: string, { patientId, compartments }: Compartments): Promise<void> {
  const rows = compartments.map(({ label, epoch }) => ({ patient_id: patientId, label, epoch, order_id: orderId }))
  await db.insertInto('erased_compartments').values(rows)
    .onConflict((c) => c.columns(['patient_id', 'label', 'epoch']).doNothing()).execute()
}

/** Whether an order was of whole compartments. */
export async function isOfCompartments (db: Kysely<Tables>, orderId: string): Promise<boolean> {
  return await db.selectFrom('erased_compartments').select('label').where('order_id', '=', orderId).limit(1).executeTakeFirst() !== undefined
}

/** Whether one of these compartments of a patient was erased. */
export async function isAnyErased (
  db: Kysely<Tables>, patientId: string, compartments: readonly { label: string, epoch: number }[]
): Promise<boolean> {
  const erased = await listErased(db, patientId)
  return compartments.some((at) => erasedBy(erased, at) !== undefined)
}

async function listErased (db: Kysely<Tables>, patientId: string): Promise<ErasedCompartment[]> {
  return await db.selectFrom('erased_compartments').select(['label', 'epoch', 'order_id as orderId']).where('patient_id', '=', patientId).execute()
}

/**
 * That an epoch of a compartment was erased here, the first of those named, with the patient's own signed word, which is all that a device
 * may forget by what it has sent; undefined where none was.
 */
export async function erasedRefusal (
  { store: { db }, ledger }: Pick<FastifyInstance, 'store' | 'ledger'>, patientId: string, places: ReadonlyArray<{ label: string, epoch: number }>
): Promise<GatewayError | undefined> {
  const erased = await listErased(db, patientId)
  const [first] = places.map((at) => ({ ...at, orderId: erasedBy(erased, at) })).filter(({ orderId }) => orderId !== undefined)
  if (first?.orderId === undefined) return undefined
  const { label, epoch, orderId } = first
  const { order } = await ledger.gateway.getOrder(orderId)
  return new GatewayError('COMPARTMENT_ERASED', `epoch ${String(epoch)} of compartment ${label} was erased by statement ${orderId}`, {
    extensions: { order }
  })
}

/** Destroys what opens their index: the wraps of their search keys. */
export async function destroySearchKeys (db: Kysely<Tables>, { patientId, compartments }: Compartments): Promise<void> {
  for (const { label, epoch } of compartments) {
    const rows = await db.deleteFrom('search_keys').where('patient_id', '=', patientId).where('label', '=', label).where('epoch', '<=', epoch)
      .returning('wrap_hash').execute()
    for (const row of rows) await deleteWrap(db, row.wrap_hash, { patientId })
  }
}

/** Destroys windows of their devices that no segment names: none can any more. */
export async function destroyOpenWindows ({ db, ledger }: Context, { patientId, compartments }: Compartments): Promise<void> {
  for (const { label, epoch } of compartments) {
    const open = db.selectFrom('windows').select('device_id').distinct()
      .where('patient_id', '=', patientId).where('version', 'is', null).where('epoch', '<=', epoch)
    for (const { device_id: deviceId } of await open.execute()) {
      const { device } = await ledger.getDevice(patientId, deviceId)
      if ((JSON.parse(device.statement.body) as { label: string }).label !== label) continue
      await db.deleteFrom('windows').where('patient_id', '=', patientId).where('device_id', '=', deviceId).where('version', 'is', null)
        .where('epoch', '<=', epoch).execute()
    }
  }
}

/**
 * Destroys this proxy's kfrags of them, and says so of each consent of which none is left; of all that consents ever listed for it there,
 * the tally.
 */
export async function destroyKfrags (
  context: Context & Parameters<typeof sendOwn>[0], orderId: string, { patientId, compartments }: Compartments, backupsGoneBy: number
): Promise<Tally> {
  const { vault, mspId } = context
  const isWithin = (at: Listed): boolean => compartments.some(({ label, epoch }) => at.label === label && at.epoch <= epoch)
  const consents = await listShares(context, patientId)
  await vault.destroyOf(patientId, compartments, async (consentId, trx) => {
    const kfragIds = (consents.get(consentId) ?? []).map(({ kfragId }) => kfragId)
    if (kfragIds.length === 0) return
    await sendOwn(context, consentId, { type: 'Destruction', mspId, consentId, kfragIds, cause: 'erased', orderId, backupsGoneBy }, trx)
  })
  return tallyKfrags([...consents.values()].flat().filter(isWithin).map(({ kfragId }) => kfragId))
}

interface Listed { kfragId: string, label: string, epoch: number }

/** What each of a patient's consents lists for this hospital's proxy. */
async function listShares ({ ledger, mspId }: Pick<Context, 'ledger' | 'mspId'>, patientId: string): Promise<Map<string, Listed[]>> {
  const found = new Map<string, Listed[]>()
  let bookmark = ''
  do {
    const page = await ledger.listConsentsByPatient(patientId, { bookmark })
    for (const { consent: { id, statement } } of page.items) found.set(id, sharesOf(statement, mspId))
    bookmark = page.bookmark
  } while (bookmark !== '')
  return found
}

/** Kfrags that a consent lists for a hospital. */
export function sharesOf ({ body }: { body: string }, mspId: string): Listed[] {
  const { compartments } = JSON.parse(body) as Pick<Consent, 'compartments'>
  return compartments.flatMap(({ label, epoch, shares }) =>
    shares.filter((share) => share.mspId === mspId).map(({ kfragId }) => ({ kfragId, label, epoch })))
}
