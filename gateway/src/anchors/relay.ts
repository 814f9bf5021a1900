import { PEERS } from '@epione/protocol/api'
import type { FastifyBaseLogger } from 'fastify'
import type { Kysely } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Peers } from '../peers/peers.ts'
import type { Tables } from '../store/tables.ts'
import { keepProposal } from './proposals.ts'
import type { AnchorProposal, KeptProposal } from '@epione/protocol/api'

export interface RelayContext {
  mspId: string
  db: Kysely<Tables>
  outbox: Outbox
  peers: Peers
  clock: () => number
  log: FastifyBaseLogger
}

interface RelayWork { mspId: string, proposal: AnchorProposal }

const KIND = 'relay-anchor-proposal'
/**
 * A silent gateway is spared proposals this many batches old: theirs are anchored long since, and work for a gateway that is
 * gone for days must not pile up before other work.
 */
export const RELAY_BEHIND_MAX = 32
/** Statuses of a refusal that asking again would not change. */
const FINAL_STATUS: readonly unknown[] = [400, 403]

/** Brings the own anchor service's proposals to the other gateways. What comes from those is kept, and never passed on. */
export class ProposalRelay {
  readonly #context: RelayContext

  constructor (context: RelayContext) {
    this.#context = context
    context.outbox.handle(KIND, async (payload) => { await this.#deliver(payload as RelayWork) })
  }

  /**
   * Keeps a proposal of the own anchor service and sees to it that every other gateway gets it. @throws {GatewayError} REQUEST_INVALID,
   * PROPOSALS_TOO_MANY
   */
  async propose (proposal: AnchorProposal): Promise<KeptProposal> {
    const { mspId, db, outbox, peers, clock } = this.#context
    const kept = await keepProposal(db, proposal, mspId, clock())
    for (const other of peers.others()) {
      await outbox.add({ kind: KIND, key: `${other}/${proposal.number}/${proposal.signature}`, payload: { mspId: other, proposal } })
    }
    outbox.nudge()
    return kept
  }

  async #deliver ({ mspId, proposal }: RelayWork): Promise<void> {
    if (await this.#newest() - proposal.number >= RELAY_BEHIND_MAX) return
    try {
      await this.#context.peers.of(mspId).call(PEERS.proposeBatch, { body: proposal })
    } catch (error) {
      const isFinal = error instanceof GatewayError &&
        error.code === 'PEER_REFUSED' &&
        FINAL_STATUS.includes(error.extensions['peerStatus'])
      if (!isFinal) throw error
      this.#context.log.warn({ err: error, peer: mspId, batch: proposal.number }, 'another gateway refused a proposal for good')
    }
  }

  async #newest (): Promise<number> {
    const { db, mspId } = this.#context
    const row =
      await db.selectFrom('anchor_proposals').select('number').where('msp_id', '=', mspId).orderBy('number', 'desc').limit(
        1
      ).executeTakeFirst()
    return row?.number ?? 0
  }
}
