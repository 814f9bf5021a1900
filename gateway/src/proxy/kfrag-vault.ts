import { openBox, sealBox } from '@epione/host'
import type { Kysely, Transaction } from 'kysely'
import type { KfragConsentsTable, Tables } from '../store/tables.ts'
import { Turns } from '../turns.ts'
import type { ConsentKeyFiles } from './consent-key-files.ts'

/** One kfrag in custody; `bytes` is the proxy's secret, 310 bytes. */
export interface HeldKfrag { kfragId: string, label: string, epoch: number, bytes: Uint8Array }

/** A consent whose kfrags are held, with the times (ms) after which it has ended by itself. */
export interface HeldConsent { consentId: string, patientId: string, notAfter: number, voidAfter: number }

/**
 * The proxy's kfrags: rows of the store, each in a box (named by consent id || kfrag id) under its consent's own key, which lies in a
 * file outside the store.
 */
export class KfragVault {
  readonly #store: Kysely<Tables>
  readonly #keys: ConsentKeyFiles
  /** By consent: nothing is kept while its key is replaced. */
  readonly #turns = new Turns()

  constructor (store: Kysely<Tables>, keys: ConsentKeyFiles) {
    this.#store = store
    this.#keys = keys
  }

  /** Holds the kfrags of a consent, all of them or none; holding them already is fine. */
  async keep (consent: HeldConsent, kfrags: readonly HeldKfrag[], now: number): Promise<void> {
    await this.#turns.take(consent.consentId, async () => { await this.#keep(consent, kfrags, now) })
  }

  async #keep (consent: HeldConsent, kfrags: readonly HeldKfrag[], now: number): Promise<void> {
    // Where its key was being replaced when that was cut off, the new one: it takes the former's place, whatever lies under it.
    const key = await this.#keys.readNext(consent.consentId) ?? await this.#keys.obtain(consent.consentId)
    try {
      const rows = kfrags.map(({ kfragId, label, epoch, bytes }) => ({
        consent_id: consent.consentId, kfrag_id: kfragId, label, epoch, sealed: sealBox(key, bytes, consent.consentId + kfragId)
      }))
      await this.#store.transaction().execute(async (trx) => {
        // Replaced, not kept: a row that lost its key (a crash in the middle of a destruction) would open nothing.
        await trx.deleteFrom('kfrags').where('consent_id', '=', consent.consentId).execute()
        await trx.insertInto('kfrags').values(rows).execute()
        await trx.insertInto('kfrag_consents')
          .values(
            {
              consent_id: consent.consentId,
              patient_id: consent.patientId,
              not_after: consent.notAfter,
              void_after: consent.voidAfter,
              created_at: now
            }
          )
          .onConflict((conflict) => conflict.column('consent_id').doNothing())
          .execute()
      })
    } finally {
      key.fill(0)
    }
  }

  /** The kfrag of one compartment of a consent, null when it is not held (any more). The caller wipes its bytes. */
  async find (consentId: string, label: string, epoch: number): Promise<HeldKfrag | null> {
    const row = await this.#store.selectFrom('kfrags').select(['kfrag_id', 'sealed'])
      .where('consent_id', '=', consentId).where('label', '=', label).where('epoch', '=', epoch).executeTakeFirst()
    if (row === undefined) return null
    const bytes = await this.#open(consentId, row)
    return bytes === undefined ? null : { kfragId: row.kfrag_id, label, epoch, bytes }
  }

  /** Undefined for what neither the consent's key opens nor the one that takes its place: a row of before, out of a backup. */
  async #open (
    consentId: string, { kfrag_id: kfragId, sealed }: { kfrag_id: string, sealed: Uint8Array }
  ): Promise<Uint8Array | undefined> {
    for (const read of [this.#keys.read.bind(this.#keys), this.#keys.readNext.bind(this.#keys)]) {
      const key = await read(consentId)
      if (key === null) continue
      const bytes = openIfItsKey(key, sealed, consentId + kfragId)
      key.fill(0)
      if (bytes !== undefined) return bytes
    }
    return undefined
  }

  async listKfragIds (consentId: string): Promise<string[]> {
    const rows = await this.#store.selectFrom('kfrags').select('kfrag_id').where('consent_id', '=', consentId).orderBy('kfrag_id').execute()
    return rows.map((row) => row.kfrag_id)
  }

  /** All consents of which kfrags are held, in pages by id so that memory stays flat. */
  async * listConsents (pageSize = 500): AsyncGenerator<HeldConsent> {
    let last = ''
    for (;;) {
      const rows = await this.#store.selectFrom('kfrag_consents').selectAll().where(
        'consent_id',
        '>',
        last
      ).orderBy('consent_id').limit(pageSize).execute()
      yield * rows.map(toHeldConsent)
      const newest = rows.at(-1)
      if (newest === undefined) return
      last = newest.consent_id
    }
  }

  async findConsent (consentId: string): Promise<HeldConsent | undefined> {
    const row = await this.#store.selectFrom('kfrag_consents').selectAll().where('consent_id', '=', consentId).executeTakeFirst()
    return row === undefined ? undefined : toHeldConsent(row)
  }

  /** Consents whose own end, as far as it was known when they came, lies before `time` (ms). */
  async listOverdue (time: number): Promise<HeldConsent[]> {
    const rows = await this.#store.selectFrom('kfrag_consents').selectAll()
      .where((either) => either.or([either('not_after', '<', time), either('void_after', '<', time)])).orderBy('consent_id').execute()
    return rows.map(toHeldConsent)
  }

  /** Enough proxies confirmed in time: from now on only its period ends the consent by itself. */
  async keepUntilPeriodEnds (consentId: string): Promise<void> {
    await this.#store.updateTable('kfrag_consents').set((row) => ({ void_after: row.ref('not_after') })).where(
      'consent_id',
      '=',
      consentId
    ).execute()
  }

  /**
   * Destroys the kfrags of whole compartments of a patient, each up to an epoch. Those of a consent that grants nothing else go with its
   * key; of others the rows, and what is left is sealed under a new key, so that the former opens nothing, in no backup of the store.
   * `alsoDo` runs in the transaction that deletes the last of a consent.
   */
  async destroyOf (
    patientId: string,
    compartments: readonly { label: string, epoch: number }[],
    alsoDo: (consentId: string, trx: Transaction<Tables>) => Promise<void>
  ): Promise<void> {
    const consents = await this.#store.selectFrom('kfrag_consents').select('consent_id').where('patient_id', '=', patientId).execute()
    for (const { consent_id: consentId } of consents) {
      await this.#turns.take(consentId, async () => {
        const rows = await this.#store.selectFrom('kfrags').select(['kfrag_id', 'label', 'epoch', 'sealed']).where('consent_id', '=', consentId).execute()
        const left = rows.filter((row) => !compartments.some(({ label, epoch }) => row.label === label && row.epoch <= epoch))
        if (left.length === 0) await this.destroy(consentId, async (trx) => { await alsoDo(consentId, trx) })
        else if (left.length < rows.length) await this.#keepOnly(consentId, left)
        // What was cut off after its rows were written.
        await this.#keys.takeNext(consentId)
      })
    }
  }

  /** The new key first, then the rows, then the former key goes: cut off anywhere, every row that is left opens by one of both. */
  async #keepOnly (consentId: string, left: ReadonlyArray<{ kfrag_id: string, sealed: Uint8Array }>): Promise<void> {
    const next = await this.#keys.obtainNext(consentId)
    try {
      const sealed = new Map<string, Uint8Array>()
      for (const row of left) {
        const bytes = await this.#open(consentId, row)
        if (bytes !== undefined) sealed.set(row.kfrag_id, sealBox(next, bytes, consentId + row.kfrag_id))
        bytes?.fill(0)
      }
      await this.#store.transaction().execute(async (trx) => {
        await trx.deleteFrom('kfrags').where('consent_id', '=', consentId).where('kfrag_id', 'not in', left.map((row) => row.kfrag_id)).execute()
        for (const [kfragId, box] of sealed) {
          await trx.updateTable('kfrags').set({ sealed: box }).where('consent_id', '=', consentId).where('kfrag_id', '=', kfragId).execute()
        }
      })
    } finally {
      next.fill(0)
    }
  }

  /**
   * Ends the key first, so that a crash between the two steps leaves rows that open nothing. `alsoDo` runs in the
   * transaction that deletes the rows.
   */
  async destroy (consentId: string, alsoDo?: (trx: Transaction<Tables>) => Promise<void>): Promise<void> {
    await this.#keys.destroy(consentId)
    await this.#store.transaction().execute(async (trx) => {
      await trx.deleteFrom('kfrags').where('consent_id', '=', consentId).execute()
      await trx.deleteFrom('kfrag_consents').where('consent_id', '=', consentId).execute()
      await alsoDo?.(trx)
    })
  }
}

/** Undefined for a box under another key. */
function openIfItsKey (key: Uint8Array, box: Uint8Array, name: string): Uint8Array | undefined {
  try {
    return openBox(key, box, name)
  } catch (error) {
    if (error instanceof Error && !(error instanceof RangeError)) return undefined
    throw error
  }
}

function toHeldConsent (row: KfragConsentsTable): HeldConsent {
  return { consentId: row.consent_id, patientId: row.patient_id, notAfter: row.not_after, voidAfter: row.void_after }
}
