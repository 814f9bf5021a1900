import { fromHex, sha256, toHex, utf8 } from '@epione/crypto'
import { openBox, sealBox } from '@epione/host'
import { CONSENT_PENDING_MS, LedgerError } from '@epione/protocol'
import { GatewayError } from '../errors.ts'
import { refusalOf } from '../peers/refusal-of.ts'
import type { SealedKfrag } from '@epione/protocol/api'
import type { Endings } from './endings.ts'
import type { ProxyContext } from './proxy-context.ts'
import { Turns } from '../turns.ts'

/** Hands kfrags to one proxy, this gateway's own included. */
export type HandOver = (mspId: string, consentId: string, kfrags: readonly SealedKfrag[]) => Promise<unknown>

/**
 * Kfrags of a consent for one proxy; `box` holds them under the consent's own key, so that its end ends them here too. Whether they
 * are the patient's only the proxy can tell, who opens them: so different bytes are different work, and none takes the other's place.
 */
interface RelayWork { patientId: string, consentId: string, mspId: string, submitBefore: number, box: string }

/** A consent as its patient sends it, with the kfrags sealed to each proxy. */
export interface RelayedConsent {
  consentId: string
  patientId: string
  submitBefore: number
  kfrags: readonly (SealedKfrag & { mspId: string })[]
}

/** One proxy's kfrags of a consent; the name of the work is made of the bytes. */
interface Bundle { name: string, mspId: string, text: Uint8Array }

const KIND = 'relay-kfrags'
/** Pieces that may wait: one for each proxy of a consent. No few patients take what others need. */
const ROOM = { all: 20_000, perOwner: 512, shareOfFree: 1 / 64, always: 64 }
/** Different kfrags of one consent that may wait for one proxy: it keeps the patient's, whichever these are. */
const BUNDLES_MAX = 4
/** What somebody is told to wait for (s) while these wait. */
const RETRY_AFTER_SECONDS = 30
/** How long (ms) the outbox leaves prepared work alone, while the request that prepared it is still busy. */
const PREPARED_MS = 15_000
/** Refusals of a proxy that will not change. */
const FINAL = ['CONSENT_ENDED', 'CUSTODY_NOT_LISTED', 'KFRAG_INVALID', 'STATEMENT_UNPROVEN', 'REQUEST_INVALID']

/** Brings sealed kfrags from the patient to the proxies, from before the consent is on the ledger until each holds its own. */
export class KfragRelay {
  readonly #context: ProxyContext & { endings: Endings }
  readonly #handOver: HandOver
  /** A consent's key is made, used and forgotten by one at a time. */
  readonly #turns = new Turns()

  constructor (context: ProxyContext & { endings: Endings }, handOver: HandOver) {
    this.#context = context
    this.#handOver = handOver
    context.outbox.handle(KIND, async (payload) => { await this.#deliver(payload as RelayWork) }, {
      room: ROOM,
      abandon: async (payload) => { await this.#forgetKey((payload as RelayWork).consentId) }
    })
  }

  /**
   * Makes the kfrags durable before the ledger hears of the consent; a proxy that has confirmed its custody needs none.
   * Returns the names of this work. @throws {GatewayError} OVERLOADED
   */
  async prepare (consent: RelayedConsent): Promise<string[]> {
    const confirmed = await this.#listCustody(consent.consentId)
    const bundles = bundlesOf(consent).filter(({ mspId }) => !confirmed.includes(mspId))
    await this.#turns.take(consent.consentId, async () => {
      try {
        await this.#keep(consent, await this.#findNew(consent, bundles))
      } catch (error) {
        await this.#forgetUnused(consent)
        throw error
      }
    })
    return bundles.map(({ name }) => name)
  }

  /** Forgets kfrags of a consent that the ledger refused for good. */
  async cancel (consent: Pick<RelayedConsent, 'consentId' | 'patientId'>, names: readonly string[]): Promise<void> {
    await this.#turns.take(consent.consentId, async () => {
      for (const name of names) await this.#context.outbox.remove(KIND, name)
      await this.#forgetUnused(consent)
    })
  }

  /** Those that do not wait already. @throws {GatewayError} OVERLOADED */
  async #findNew ({ consentId, patientId }: RelayedConsent, bundles: readonly Bundle[]): Promise<Bundle[]> {
    const { outbox } = this.#context
    const waiting = await outbox.listKeys(KIND, patientId)
    const fresh = bundles.filter(({ name }) => !waiting.includes(name))
    for (const { mspId } of fresh) {
      if (waiting.filter((name) => name.startsWith(`${consentId}:${mspId}:`)).length < BUNDLES_MAX) continue
      throw new GatewayError('OVERLOADED', `other kfrags of this consent wait for ${mspId}: nothing was taken, send it again later`, {
        retryAfterSeconds: RETRY_AFTER_SECONDS
      })
    }
    await outbox.requireRoom({ kind: KIND, owner: patientId, pieces: fresh.length })
    return fresh
  }

  async #keep ({ consentId, patientId, submitBefore }: RelayedConsent, bundles: readonly Bundle[]): Promise<void> {
    if (bundles.length === 0) return
    const { keyFiles, db, outbox, clock } = this.#context
    const key = await keyFiles.obtain(consentId)
    try {
      await db.transaction().execute(async (trx) => {
        for (const { name, mspId, text } of bundles) {
          const work: RelayWork = { patientId, consentId, mspId, submitBefore, box: toHex(sealBox(key, text, consentId + mspId)) }
          await outbox.add(
            {
              kind: KIND,
              key: name,
              payload: work,
              owner: patientId,
              dueAt: clock() + PREPARED_MS,
              giveUpAt: submitBefore + CONSENT_PENDING_MS
            },
            trx
          )
        }
      })
    } finally {
      key.fill(0)
    }
  }

  /** Other kfrags of the consent that wait are under the same key. */
  async #forgetUnused ({ consentId, patientId }: Pick<RelayedConsent, 'consentId' | 'patientId'>): Promise<void> {
    const waiting = await this.#context.outbox.listKeys(KIND, patientId)
    if (!waiting.some((name) => name.startsWith(`${consentId}:`))) await this.#forgetKey(consentId)
  }

  /** Without kfrags in custody here, nothing but what waits to be handed over is under the consent's key. */
  async #forgetKey (consentId: string): Promise<void> {
    const { vault, keyFiles } = this.#context
    if (await vault.findConsent(consentId) === undefined) await keyFiles.destroy(consentId)
  }

  /** The proxies that hold their kfrags, as the own peer shows it. */
  async #listCustody (consentId: string): Promise<string[]> {
    try {
      return (await this.#context.ledger.getConsent(consentId)).custody.map(({ submittedBy }) => submittedBy)
    } catch (error) {
      if (error instanceof LedgerError && error.code === 'CONSENT_UNKNOWN') return []
      throw error
    }
  }

  /** Hands over now, to all at once, and waits at most `timeoutMs`; the outbox keeps on with the rest. */
  async deliver (names: readonly string[], timeoutMs: number): Promise<void> {
    const { outbox } = this.#context
    const all = Promise.allSettled(names.map(async (name) => await outbox.deliver(`${KIND}:${name}`)))
    const late = Promise.withResolvers<undefined>()
    const timer = setTimeout(() => { late.resolve(undefined) }, timeoutMs)
    await Promise.race([all, late.promise])
    clearTimeout(timer)
  }

  async #deliver (work: RelayWork): Promise<void> {
    const { endings, keyFiles, clock, log } = this.#context
    const { patientId, consentId, mspId } = work
    if (await endings.isEnded(patientId, consentId)) {
      await this.#forgetKey(consentId)
      return
    }
    const key = await keyFiles.read(consentId)
    if (key === null) return
    try {
      const kfrags = JSON.parse(new TextDecoder().decode(openBox(key, fromHex(work.box), consentId + mspId))) as SealedKfrag[]
      await this.#handOver(mspId, consentId, kfrags)
    } catch (error) {
      if (!isFinal(error, work, clock())) {
        // Whatever else is handed over, a proxy keeps what it has confirmed.
        if ((await this.#listCustody(consentId)).includes(mspId)) return
        throw error
      }
      log.error({ err: error, consentId, mspId }, 'a proxy refuses its kfrags for good')
    } finally {
      key.fill(0)
    }
  }
}

function bundlesOf ({ consentId, kfrags }: RelayedConsent): Bundle[] {
  return [...Map.groupBy(kfrags, (kfrag) => kfrag.mspId)].map(([mspId, theirs]) => {
    const text = utf8(JSON.stringify(theirs.map(({ kfragId, sealed }) => ({ kfragId, sealed }))))
    return { name: `${consentId}:${mspId}:${toHex(sha256(text))}`, mspId, text }
  })
}

function isFinal (error: unknown, { submitBefore }: RelayWork, now: number): boolean {
  const code = refusalOf(error)?.code
  if (code === undefined) return false
  // A consent that nobody's ledger shows after its last moment was never accepted.
  return FINAL.includes(code) || (code === 'CONSENT_UNKNOWN' && now > submitBefore)
}
