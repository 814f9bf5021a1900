import { wrapNameOf } from '@epione/protocol'
import type { RecordOrder } from '@epione/protocol'
import { tallyWraps, verifyDirectory, verifyRecord } from '@epione/protocol/verify'
import type { Tally } from '@epione/protocol/verify'
import type { Insertable, Kysely } from 'kysely'
import { GatewayError } from '../errors.ts'
import { judged, unproven } from '../judge.ts'
import { sendOwn } from '../proxy/own-statements.ts'
import type { ProxyContext } from '../proxy/proxy-context.ts'
import type { EndedVersionsTable, Tables } from '../store/tables.ts'
import { deleteEntries } from '../search/entries.ts'
import { destroyWindows, noteEnded } from '../streams/end-segments.ts'
import { appendEnds } from '../search/links.ts'
import type { EventPlace } from '../search/links.ts'
import {
  destroyKfrags, destroyOpenWindows, destroySearchKeys, endEntries, isOfCompartments, listVersions, proveCompartments, rememberErased
} from './erased-compartments.ts'
import type { Compartments } from './erased-compartments.ts'
import { findContentOf } from './content-of.ts'
import type { ContentStore } from './content-store.ts'
import { currentRecord } from './read-grounds.ts'
import { deleteWrapsOf } from './wraps.ts'

type Context = Pick<ProxyContext, 'ledger' | 'reader' | 'db' | 'outbox' | 'mspId' | 'vault' | 'keys' | 'networkId' | 'clock' | 'log'> & {
  contents: ContentStore
  scrub: () => Promise<void>
  /** How long (ms) this hospital keeps backups of what it stores. */
  backupKeepMs: number
}
type EndedRow = Insertable<EndedVersionsTable>
type Place = Pick<EndedRow, 'record_id' | 'version'>

const KIND = 'end-records'
/** Rows looked at in one go. */
const PAGE = 500
/** Stands in place of the CID of a segment, which has no content of its own. */
const OF_SEGMENT = ''

/**
 * Ends of record versions as this hospital carries them out (PROTOCOL §3): proven to be their patient's or author's will, wraps first,
 * because without its wrap a ciphertext opens to nobody, the patient's phrase included; then index entries, windows and ciphertext; then
 * `Destruction` on the ledger. What was destroyed once is destroyed again whenever it comes back, from a backup or another hospital.
 */
export class RecordEnds {
  readonly #context: Context

  constructor (context: Context) {
    this.#context = context
    context.outbox.handle(KIND, async (payload) => { await this.#carryOut((payload as { orderId: string }).orderId) })
  }

  /**
   * Leaves an order's consequences to the outbox, in the transaction that moves the checkpoint past its block. From then on nothing of the
   * versions' index entries is served.
   */
  async remember ({ order, versions }: RecordOrder, place: EventPlace, trx: Kysely<Tables>): Promise<void> {
    if (versions.length === 0) {
      const { patientId, compartments = [] } = this.#context.reader.readStored('Erasure', order).body
      await endEntries(trx, place, order, { patientId, compartments })
    } else {
      await appendEnds(trx, place, order, versions)
      await noteEnded(trx, versions)
    }
    const { id: orderId } = order
    await this.#context.outbox.add({ kind: KIND, key: orderId, payload: { orderId } }, trx)
  }

  /** Destroys what came back of versions that had ended; returns how many. What cannot be destroyed now is logged and left. */
  async sweep (): Promise<number> {
    const { scrub, log } = this.#context
    let destroyed = 0
    let last: Place = { record_id: '', version: 0 }
    for (;;) {
      const rows = await this.#findReturned(last)
      for (const row of rows) if (await this.#destroyOrLeave(row)) destroyed += 1
      last = rows.at(-1) ?? last
      if (rows.length < PAGE) break
    }
    if (destroyed === 0) return 0
    await scrub()
    log.warn({ destroyed }, 'destroyed record versions again that had come back after their end')
    return destroyed
  }

  /** Ended versions after `last` whose wrap, windows or index entry lie here, or a content under their CID, which may be a stranger's. */
  async #findReturned ({ record_id: recordId, version }: Place): Promise<EndedRow[]> {
    const { db } = this.#context
    return await db.selectFrom('ended_versions').selectAll()
      .where((eb) => eb.or([
        eb.and([
          eb('ended_versions.cid', '!=', OF_SEGMENT),
          eb.exists(eb.selectFrom('wraps').select('wrap_hash')
            .whereRef('wraps.record_id', '=', 'ended_versions.record_id').whereRef('wraps.version', '=', 'ended_versions.version'))
        ]),
        eb.exists(eb.selectFrom('segments').innerJoin('windows', 'windows.stream', 'segments.stream').select('segments.root')
          .whereRef('segments.stream', '=', 'ended_versions.record_id').whereRef('segments.version', '=', 'ended_versions.version')
          .whereRef('windows.number', '>=', 'segments.first_number').whereRef('windows.number', '<=', 'segments.last_number')),
        eb.exists(eb.selectFrom('contents').select('cid').whereRef('contents.cid', '=', 'ended_versions.cid')),
        eb.exists(eb.selectFrom('index_entries').select('entry_hash')
          .whereRef('index_entries.record_id', '=', 'ended_versions.record_id')
          .whereRef('index_entries.version', '=', 'ended_versions.version'))
      ]))
      .where((eb) => eb.or([eb('record_id', '>', recordId), eb.and([eb('record_id', '=', recordId), eb('version', '>', version)])]))
      .orderBy('record_id').orderBy('version').limit(PAGE).execute()
  }

  async #destroyOrLeave (row: EndedRow): Promise<boolean> {
    try {
      return await this.#destroy(row)
    } catch (error) {
      const { record_id: recordId, version } = row
      this.#context.log.error({ err: error, recordId, version }, 'what came back of an ended record version stays for now')
      return false
    }
  }

  /** Repeating it changes nothing; while anything fails the outbox tries again, for ever. */
  async #carryOut (orderId: string): Promise<void> {
    const { ledger, db, mspId, outbox, scrub, log } = this.#context
    const order = await ledger.getOrder(orderId)
    const erased = order.versions.length === 0 ? await proveCompartments(this.#context, order.order) : undefined
    const rows = await this.#prove(order, erased)
    // From here on no kfrag of them is taken, and their streams go on in newer epochs.
    if (erased !== undefined) await rememberErased(db, orderId, erased)
    for (const row of rows) {
      await db.insertInto('ended_versions').values(row).onConflict((c) => c.columns(['record_id', 'version']).doNothing()).execute()
      await this.#destroy(row)
    }
    const kfrags = erased === undefined ? undefined : await this.#destroyRest(orderId, erased, rows)
    await scrub()
    log.info({ orderId, versions: rows.length }, 'destroyed wraps, index entries and ciphertext of ended record versions')
    if (order.destructions.some(({ submittedBy }) => submittedBy === mspId)) return
    await this.#confirm(orderId, rows, kfrags)
    outbox.nudge()
  }

  /** Of whole compartments also what is of no record version: windows without a segment, search keys, and this proxy's kfrags. */
  async #destroyRest (orderId: string, erased: Compartments, rows: readonly EndedRow[]): Promise<Tally> {
    const { db } = this.#context
    await noteEnded(db, rows.map((row) => ({ recordId: row.record_id, version: row.version })), 2)
    await destroyOpenWindows(this.#context, erased)
    await destroySearchKeys(db, erased)
    return await destroyKfrags(this.#context, orderId, erased, this.#backupsGoneBy())
  }

  /**
   * Nobody's data is destroyed on a peer's word: each version's end is signed by whoever may end it. @throws {GatewayError}
   * STATEMENT_UNPROVEN
   */
  async #prove ({ order, versions }: RecordOrder, erased?: Compartments): Promise<EndedRow[]> {
    const { ledger, reader, db } = this.#context
    const rows: EndedRow[] = []
    for (const { recordId, version } of erased === undefined ? versions : await listVersions(db, erased)) {
      const state = await ledger.getRecord(recordId, version)
      // It ended before, or stands under the same label of another patient.
      if (erased !== undefined && state.end?.id !== order.id) continue
      const { owner, record, cid = OF_SEGMENT, authorKey } = currentRecord(state)
      const directory = await judged(async () => verifyDirectory(await ledger.getDirectory(owner), owner, reader))
      const { end } = await judged(async () => await verifyRecord(state, directory, { source: ledger, reader }))
      if (end?.id !== order.id) throw unproven('record.order', `order ${order.id} did not end version ${String(version)} of record ${recordId}`)
      const hash = wrapNameOf(record)
      rows.push({ record_id: recordId, version, order_id: order.id, cause: end.cause, wrap_hash: hash, cid, author_key: authorKey })
    }
    return rows
  }

  /** True when anything of it lay here. */
  async #destroy ({ record_id: recordId, version, order_id: orderId, cid, author_key: authorKey }: EndedRow): Promise<boolean> {
    const { db, contents } = this.#context
    const hadEntries = await deleteEntries(db, { recordId, version })
    // What a segment names is a root. Its device may have given it any 32 bytes, those of another record's wrap, too.
    if (cid === OF_SEGMENT) return await destroyWindows(db, { recordId, version }, await isOfCompartments(db, orderId)) || hadEntries
    // Its manifest may name a stranger's wrap, which stays; a wrap of a rewrap that the ledger never took opens it as well.
    const isDestroyed = await deleteWrapsOf(db, { recordId, version }) || hadEntries
    try {
      // Whose content it is its own header says: a manifest may name a stranger's, which stays.
      await findContentOf(contents, { recordId, version, cid, authorKey })
    } catch (error) {
      if (error instanceof GatewayError && error.code === 'CONTENT_MISMATCH') return isDestroyed
      throw error
    }
    return await contents.destroy(cid) || isDestroyed
  }

  #backupsGoneBy (): number {
    const { clock, backupKeepMs } = this.#context
    return clock() + backupKeepMs
  }

  async #confirm (orderId: string, rows: readonly EndedRow[], kfrags: Tally | undefined): Promise<void> {
    const { mspId } = this.#context
    const backupsGoneBy = this.#backupsGoneBy()
    if (kfrags !== undefined) {
      const wraps = tallyWraps(rows.map((row) => ({ recordId: row.record_id, version: row.version, wrapHash: row.wrap_hash })))
      await sendOwn(this.#context, orderId, { type: 'Destruction', mspId, cause: 'erased', orderId, wraps, kfrags, backupsGoneBy })
      return
    }
    const [first] = rows
    if (first === undefined) return
    await sendOwn(this.#context, orderId, {
      type: 'Destruction',
      mspId,
      cause: first.cause === 'erased' ? 'erased' : 'withdrawn',
      orderId,
      wrapHashes: rows.map((row) => row.wrap_hash),
      backupsGoneBy
    })
  }
}
