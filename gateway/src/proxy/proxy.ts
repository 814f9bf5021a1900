import { GatewayError } from '../errors.ts'
import { acceptCustody } from './accept-custody.ts'
import { answerEvent, answerSearch, provePermit } from './answer-event.ts'
import type { AnsweredEvent, AnsweredSearch, AskedWrap } from './answer-event.ts'
import type { SealedKfrag, SearchWrap } from '@epione/protocol/api'
import { Emergencies } from '../emergencies/emergencies.ts'
import { Endings } from './endings.ts'
import { Freezes } from './freezes.ts'
import { handleOwnStatements } from './own-statements.ts'
import { Prohibitions } from './prohibitions.ts'
import { ProvenPermits } from './proven-permits.ts'
import type { ProxyContext } from './proxy-context.ts'
import { Receipts } from './receipts.ts'
import { KfragRelay } from './relay-kfrags.ts'
import type { HandOver } from './relay-kfrags.ts'
import { RepresentationEnds } from './representations.ts'
import { Suspensions } from './suspensions.ts'
import type { VerifiedPermit } from './verify-permit.ts'

/** One organisation's proxy, and the relay of kfrags to the others. */
export interface Proxy {
  readonly context: ProxyContext
  readonly endings: Endings
  readonly prohibitions: Prohibitions
  readonly suspensions: Suspensions
  readonly freezes: Freezes
  readonly representationEnds: RepresentationEnds
  readonly emergencies: Emergencies
  readonly receipts: Receipts
  readonly relay: KfragRelay
  /** True once every kfrag was compared with the ledger after the start. */
  readonly reconciled: boolean
  reconcile: () => Promise<void>
  /** @throws {GatewayError} NOT_READY, and what `acceptCustody` throws */
  acceptCustody: (consentId: string, kfrags: readonly SealedKfrag[]) => Promise<{ statementId: string, txId: string }>
  /** @throws {GatewayError} NOT_READY, and what `answerEvent` throws */
  answerEvent: (eventId: string, caller: string, wraps: readonly AskedWrap[]) => Promise<AnsweredEvent>
  /** @throws {GatewayError} NOT_READY, and what `answerSearch` throws */
  answerSearch: (eventId: string, caller: string, wraps: readonly SearchWrap[]) => Promise<AnsweredSearch>
  provePermit: (eventId: string, caller: string) => Promise<VerifiedPermit>
  /** The same, of a permit that was proven a moment ago with a look at its ends alone: for what asks for one permit many times. */
  recallPermit: (eventId: string, caller: string) => Promise<VerifiedPermit>
  close: () => Promise<void>
}

/** Assembles a proxy; `handOver` brings kfrags to the proxies of other organisations. */
export function createProxy (context: ProxyContext, handOver: HandOver): Proxy {
  const endings = new Endings(context)
  const representationEnds = new RepresentationEnds(context)
  const prohibitions = new Prohibitions({ ...context, representationEnds })
  const suspensions = new Suspensions(context)
  const freezes = new Freezes(context)
  const emergencies = new Emergencies(context)
  const receipts = new Receipts(context)
  const parts = { ...context, endings, prohibitions, suspensions, freezes, representationEnds, emergencies, receipts }
  const permits = new ProvenPermits({ ...parts, prove: async (eventId, caller) => await provePermit(parts, eventId, caller) })
  let reconciled = false
  const requireReady = (): void => {
    if (!reconciled) throw new GatewayError('NOT_READY', 'this proxy is still comparing its kfrags with the ledger')
  }
  const proxy: Proxy = {
    context,
    endings,
    prohibitions,
    suspensions,
    freezes,
    representationEnds,
    emergencies,
    receipts,
    relay: new KfragRelay(parts, async (mspId, consentId, kfrags) =>
      mspId === context.mspId ? await proxy.acceptCustody(consentId, kfrags) : await handOver(mspId, consentId, kfrags)),
    get reconciled () { return reconciled },
    reconcile: async () => {
      const ended = await endings.reconcile()
      reconciled = true
      // What was released before the start is said as the outbox has room for it: custody and destructions wait for no orderer.
      receipts.start()
      context.log.info({ ended }, 'kfrags agree with the ledger')
    },
    acceptCustody: async (consentId, kfrags) => {
      requireReady()
      return await acceptCustody(parts, consentId, kfrags)
    },
    answerEvent: async (eventId, caller, wraps) => {
      requireReady()
      return await answerEvent(parts, eventId, caller, wraps)
    },
    answerSearch: async (eventId, caller, wraps) => {
      requireReady()
      return await answerSearch(parts, eventId, caller, wraps)
    },
    provePermit: async (eventId, caller) => await provePermit(parts, eventId, caller),
    recallPermit: async (eventId, caller) => await permits.get(eventId, caller),
    close: async () => {
      await receipts.stop()
      await context.reencryptor.close()
    }
  }
  handleOwnStatements(context)
  return proxy
}
