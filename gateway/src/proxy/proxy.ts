import { GatewayError } from '../errors.ts'
import { acceptCustody } from './accept-custody.ts'
import { answerFollowed, requireReleasable } from './answer-followed.ts'
import type { AnsweredFollowed } from './answer-followed.ts'
import { answerWindows, countWindows, requirePermittedWindows } from './answer-windows.ts'
import type { AnsweredWindows, PermittedWindow } from './answer-windows.ts'
import { answerEvent, answerSearch, provePermit } from './answer-event.ts'
import type { AnsweredEvent, AnsweredSearch, AskedWrap } from './answer-event.ts'
import type { FollowedWrap, ProvenWindows, SealedKfrag, SearchWrap } from '@epione/protocol/api'
import { Emergencies } from '../emergencies/emergencies.ts'
import { Endings } from './endings.ts'
import { isFinal } from './final-codes.ts'
import { FollowReceipts } from './follow-receipts.ts'
import { Freezes } from './freezes.ts'
import { handleOwnStatements } from './own-statements.ts'
import { Prohibitions } from './prohibitions.ts'
import { ProvenPermits } from './proven-permits.ts'
import type { ProxyContext } from './proxy-context.ts'
import { Receipts } from './receipts.ts'
import { KfragRelay } from './relay-kfrags.ts'
import type { HandOver } from './relay-kfrags.ts'
import { ActorEnds } from './actor-ends.ts'
import { Suspensions } from './suspensions.ts'
import type { VerifiedPermit } from './verify-permit.ts'

/** How long (ms) what was proven of a permit is taken again: of one to read a quarter of its life, of one to follow a moment. */
const [READ_KEEP_MS, FOLLOW_KEEP_MS] = [15_000, 3_000]

/** One organisation's proxy, and the relay of kfrags to the others. */
export interface Proxy {
  readonly context: ProxyContext
  readonly endings: Endings
  readonly prohibitions: Prohibitions
  readonly suspensions: Suspensions
  readonly freezes: Freezes
  readonly actorEnds: ActorEnds
  readonly emergencies: Emergencies
  readonly receipts: Receipts
  readonly followReceipts: FollowReceipts
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
  /** @throws {GatewayError} NOT_READY, and what `answerWindows` throws */
  answerWindows: (eventId: string, caller: string, windows: readonly ProvenWindows[]) => Promise<AnsweredWindows>
  /** The same of windows that `requirePermittedWindows` proved to be the event's, which is not done again. */
  answerProvenWindows: (eventId: string, caller: string, windows: readonly PermittedWindow[]) => Promise<AnsweredWindows>
  /** A permit to follow that this proxy would release windows under now. @throws {GatewayError} what `requireReleasable` throws */
  proveFollow: (eventId: string, caller: string) => Promise<VerifiedPermit>
  /** @throws {GatewayError} NOT_READY, and what `answerFollowed` throws */
  answerFollowed: (eventId: string, caller: string, windows: readonly FollowedWrap[]) => Promise<AnsweredFollowed>
  /** Notes for a receipt that the reader follows no more; false where nothing was released. @throws {GatewayError} EVENT_OF_ANOTHER */
  endFollow: (eventId: string, caller: string) => Promise<boolean>
  provePermit: (eventId: string, caller: string) => Promise<VerifiedPermit>
  /** The same, of a permit that was proven a moment ago with a look at its ends alone: for what asks for one permit many times. */
  recallPermit: (eventId: string, caller: string) => Promise<VerifiedPermit>
  close: () => Promise<void>
}

/** Assembles a proxy; `handOver` brings kfrags to the proxies of other organisations. */
export function createProxy (context: ProxyContext, handOver: HandOver): Proxy {
  const endings = new Endings(context)
  const actorEnds = new ActorEnds(context)
  const prohibitions = new Prohibitions({ ...context, actorEnds })
  const suspensions = new Suspensions(context)
  const freezes = new Freezes(context)
  const emergencies = new Emergencies(context)
  const receipts = new Receipts(context)
  const followReceipts = new FollowReceipts(context)
  const parts = { ...context, endings, prohibitions, suspensions, freezes, actorEnds, emergencies, receipts, followReceipts }
  const prove = async (eventId: string, caller: string): Promise<VerifiedPermit> => await provePermit(parts, eventId, caller)
  const permits = new ProvenPermits({ ...parts, prove, keepMs: READ_KEEP_MS })
  const followed = new ProvenPermits({ ...parts, prove, keepMs: FOLLOW_KEEP_MS })
  const recall = async (eventId: string, caller: string): Promise<VerifiedPermit> => await permits.get(eventId, caller)
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
    actorEnds,
    emergencies,
    receipts,
    followReceipts,
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
    answerWindows: async (eventId, caller, windows) => {
      requireReady()
      const permit = await recall(eventId, caller)
      const { actor: { mspId, staffId } } = permit.event
      // What the pool would shed is not proven first.
      parts.reencryptor.requireRoom(countWindows(windows), mspId, staffId)
      return await answerWindows(parts, permit, await requirePermittedWindows(permit, windows, parts.networkId))
    },
    answerProvenWindows: async (eventId, caller, windows) => {
      requireReady()
      return await answerWindows(parts, await recall(eventId, caller), windows)
    },
    proveFollow: async (eventId, caller) => {
      const permit = await followed.get(eventId, caller)
      await requireReleasable(parts, permit)
      return permit
    },
    answerFollowed: async (eventId, caller, windows) => {
      requireReady()
      try {
        return await answerFollowed(parts, await followed.get(eventId, caller), windows)
      } catch (error) {
        if (error instanceof GatewayError && isFinal(error.code)) await followReceipts.end(eventId, 'refused')
        throw error
      }
    },
    endFollow: async (eventId, caller) => {
      const { event } = await context.ledger.getAccess(eventId)
      if (event.actor.mspId !== caller) throw new GatewayError('EVENT_OF_ANOTHER', `the permit is not of a member of ${caller}`)
      return await followReceipts.end(eventId, 'ended')
    },
    provePermit: prove,
    recallPermit: recall,
    close: async () => {
      await receipts.stop()
      await context.reencryptor.close()
    }
  }
  handleOwnStatements(context)
  return proxy
}
