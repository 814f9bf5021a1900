import { consentFacts, consentStatus, isConsentOver, LedgerError, TIMESTAMP_TOLERANCE_MS } from '@epione/protocol'
import type { ConsentOver, ConsentStatus } from '@epione/protocol'
import { Refusal } from '@epione/protocol/verify'
import type { Kysely } from 'kysely'
import { GatewayError } from '../errors.ts'
import { sharesOf } from '../records/erased-compartments.ts'
import type { Tables } from '../store/tables.ts'
import type { HeldConsent } from './kfrag-vault.ts'
import { sendOwn } from './own-statements.ts'
import type { ProxyContext } from './proxy-context.ts'

/** Why a consent ended. */
export type EndCause = ConsentOver

interface EndWork { patientId: string, consentId: string, cause: EndCause }

const KIND = 'end-consent'

/**
 * Ends of consents as this gateway knows them. What it has once seen ended stays ended, whatever the ledger shows later,
 * and its kfrags are destroyed: key file first, then rows, then `Destruction` on the ledger.
 */
export class Endings {
  readonly #context: ProxyContext
  /** Consents that could not be compared. */
  readonly #left = new Map<string, HeldConsent>()

  constructor (context: ProxyContext) {
    this.#context = context
    context.outbox.handle(KIND, async (payload) => { await this.#carryOut(payload as EndWork) })
  }

  /** Only the patient's own end counts: a revocation under another patient id is none of this consent. */
  async isEnded (patientId: string, consentId: string): Promise<boolean> {
    const row = await this.#context.db.selectFrom('ended_consents').select('cause')
      .where('patient_id', '=', patientId).where('consent_id', '=', consentId).executeTakeFirst()
    return row !== undefined
  }

  /** False for a consent whose kfrags are not here though this proxy knows of no end. */
  async isHeldOrEnded (consentId: string, trx: Kysely<Tables>): Promise<boolean> {
    const held = await trx.selectFrom('kfrag_consents').select('consent_id').where('consent_id', '=', consentId).executeTakeFirst()
    if (held !== undefined) return true
    return await trx.selectFrom('ended_consents').select('cause').where('consent_id', '=', consentId).executeTakeFirst() !== undefined
  }

  /** Remembers an end and leaves its consequences to the outbox, both in the caller's transaction. */
  async remember (end: EndWork, trx: Kysely<Tables>): Promise<void> {
    const { clock, outbox } = this.#context
    await trx.insertInto('ended_consents')
      .values({ patient_id: end.patientId, consent_id: end.consentId, cause: end.cause, ended_at: clock() })
      .onConflict((conflict) => conflict.columns(['patient_id', 'consent_id']).doNothing()).execute()
    await outbox.add({ kind: KIND, key: keyOf(end), payload: end }, trx)
  }

  /** Remembers the end of every consent of a patient that was handed over and of which kfrags are held here. */
  async rememberHandover (patientId: string, trx: Kysely<Tables>): Promise<void> {
    const held = await trx.selectFrom('kfrag_consents').select('consent_id').where('patient_id', '=', patientId).execute()
    for (const { consent_id: consentId } of held) await this.remember({ patientId, consentId, cause: 'void' }, trx)
  }

  /** Remembers an end and carries it out now. When that fails it throws, and the outbox tries again. */
  async end (end: EndWork): Promise<void> {
    const { db, outbox } = this.#context
    await db.transaction().execute(async (trx) => { await this.remember(end, trx) })
    await this.#carryOut(end)
    await outbox.remove(KIND, keyOf(end))
  }

  /**
   * Compares every held consent with the ledger and destroys what has ended meanwhile. Returns how many had. One that cannot be
   * compared is left to `sweep`: before anything of it is released its state is read again.
   * @throws {GatewayError} LEDGER_UNAVAILABLE
   */
  async reconcile (): Promise<number> {
    const members = await this.#members()
    this.#left.clear()
    let ended = 0
    for await (const held of this.#context.vault.listConsents()) {
      if (await this.#compare(held, members) !== undefined) ended += 1
    }
    return ended
  }

  /** Ends consents whose period, or whose time to be confirmed, is over, and looks again at those that could not be compared. */
  async sweep (): Promise<void> {
    const { vault, clock } = this.#context
    const overdue = await vault.listOverdue(clock() - TIMESTAMP_TOLERANCE_MS)
    const left = [...this.#left.values()].filter(({ consentId }) => !overdue.some((held) => held.consentId === consentId))
    if (overdue.length + left.length === 0) return
    const members = await this.#members()
    for (const held of left) await this.#compare(held, members)
    for (const held of overdue) {
      const cause = await this.#compare(held, members)
      if (cause === undefined && !this.#left.has(held.consentId)) await vault.keepUntilPeriodEnds(held.consentId)
    }
  }

  async #members (): Promise<string[]> {
    const { networkAt, clock } = this.#context
    return (await networkAt(clock())).members.map((m) => m.mspId)
  }

  /** Ends it when it has ended. One that fails is logged and left, so that the others have their turn. */
  async #compare (held: HeldConsent, members: readonly string[]): Promise<EndCause | undefined> {
    try {
      const cause = await this.#findCause(held, members)
      if (cause !== undefined) await this.end({ ...held, cause })
      this.#left.delete(held.consentId)
      return cause
    } catch (error) {
      if (error instanceof GatewayError && error.code === 'LEDGER_UNAVAILABLE') throw error
      this.#left.set(held.consentId, held)
      this.#context.log.error(
        { err: error, consentId: held.consentId },
        'a held consent could not be compared with the ledger; it is looked at again'
      )
      return undefined
    }
  }

  async #findCause ({ patientId, consentId, notAfter }: HeldConsent, members: readonly string[]): Promise<EndCause | undefined> {
    if (await this.isEnded(patientId, consentId)) return 'revoked'
    // Clocks may differ by the tolerance: nothing is destroyed while the ledger might still permit.
    const now = this.#context.clock() - TIMESTAMP_TOLERANCE_MS
    if (now > notAfter) return 'expired'
    const status = await this.#readStatus(consentId, members, now)
    return status !== undefined && isConsentOver(status) ? status : undefined
  }

  /** Undefined while the own peer does not show the consent: a peer that is being rebuilt says nothing of its end. */
  async #readStatus (consentId: string, members: readonly string[], now: number): Promise<ConsentStatus | undefined> {
    const { ledger, reader, log } = this.#context
    try {
      const state = await ledger.getConsent(consentId)
      return consentStatus(consentFacts(reader.readStored('Consent', state.consent).body, state, members), now)
    } catch (error) {
      const isUnknown = error instanceof LedgerError && error.code === 'CONSENT_UNKNOWN'
      const isUnproven = error instanceof Refusal
      if (!isUnknown && !isUnproven) throw error
      // One that cannot be read permits nothing, and must not keep the others from being compared.
      log.warn({ err: error, consentId }, 'the own peer shows no consent that kfrags are held of')
      return undefined
    }
  }

  /** What the ledger wants named: all that the consent lists here, of which an erasure of compartments may have taken some before. */
  async #listedOf (patientId: string, consentId: string, held: string[]): Promise<string[]> {
    const { db, ledger, mspId } = this.#context
    const row = await db.selectFrom('erased_compartments').select('label').where('patient_id', '=', patientId).limit(1).executeTakeFirst()
    if (row === undefined || held.length === 0) return held
    return sharesOf((await ledger.getConsent(consentId)).consent.statement, mspId).map(({ kfragId }) => kfragId)
  }

  /** Repeating it changes nothing. */
  async #carryOut ({ patientId, consentId, cause }: EndWork): Promise<void> {
    const { vault, mspId, outbox, log } = this.#context
    const held = await vault.findConsent(consentId)
    if (held?.patientId !== patientId) return
    const kfragIds = await this.#listedOf(patientId, consentId, await vault.listKfragIds(consentId))
    await vault.destroy(consentId, async (trx) => {
      if (kfragIds.length > 0) await sendOwn(this.#context, consentId, { type: 'Destruction', mspId, consentId, kfragIds, cause }, trx)
    })
    outbox.nudge()
    log.info({ consentId, cause, kfrags: kfragIds.length }, 'destroyed the kfrags of an ended consent')
  }
}

function keyOf ({ patientId, consentId }: EndWork): string {
  return `${patientId}:${consentId}`
}
