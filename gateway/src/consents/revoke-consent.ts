import { LedgerError } from '@epione/protocol'
import type { LedgerClient } from '@epione/ledger/client'
import type { SignedStatement } from '@epione/protocol'
import { statementId } from '@epione/crypto'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Outbox } from '../outbox/outbox.ts'
import type { CheckedStatement } from '../ledger/statements.ts'
import { isFinalForRevocation } from './final-refusals.ts'
import { findBlock } from '../ledger/find-block.ts'
import { isStorageFailure } from '../store/room.ts'

export interface RevokedConsent { consentId: string, statementId: string, txId: string, blockNumber: number }

const KIND = 'revocation'
const ROOM = { all: 20_000, perOwner: 128 }
/** A revocation has no last moment of its own; after this time (ms) an operator must look. This proxy has ended the consent by then. */
const GIVE_UP_MS = 7 * 24 * 60 * 60 * 1000
/** How long (ms) the outbox leaves a revocation alone while the request that brought it is submitting it. */
const SUBMITTING_MS = 15_000

/** Teaches the outbox to bring revocations to the ledger that could not be reached, or did not take them, when they came. */
export function handleRevocations (outbox: Outbox, ledger: LedgerClient, log: FastifyBaseLogger): void {
  outbox.handle(KIND, async (payload) => {
    const statement = payload as SignedStatement
    const id = statementId(statement.body)
    try {
      await ledger.revokeConsent(statement)
    } catch (error) {
      if (isFinalForRevocation(error)) log.error({ err: error, statementId: id }, 'the ledger refuses a revocation for good; given up')
      else if (!await isOnLedger(ledger, id, error)) throw error
    }
  }, { room: ROOM })
}

/** Another peer's word that the ledger has a statement counts once the own peer shows it. */
async function isOnLedger (ledger: LedgerClient, id: string, error: unknown): Promise<boolean> {
  return error instanceof LedgerError && error.code === 'STATEMENT_REPLAYED' && await ledger.findStatement(id) !== undefined
}

/**
 * Ends a consent. This proxy stops and destroys at once; while the ledger cannot be reached, or refuses for a reason that may
 * pass, the outbox keeps trying, and the caller learns that the ledger does not have the revocation yet. That the patient signed it was
 * seen at the door.
 * A disk that is full, or keeps nothing for another reason, keeps no revocation from the ledger, whose block ends the consent here, too.
 * @throws {GatewayError} OVERLOADED
 */
export async function revokeConsent (
  app: FastifyInstance,
  statement: SignedStatement,
  revocation: CheckedStatement<'Revocation'>
): Promise<RevokedConsent> {
  const { proxy, outbox } = app
  const { clock } = proxy.context
  const { id, body: { patientId, consentId } } = revocation
  await unlessNotKept(app, async () => {
    await outbox.add({
      kind: KIND,
      key: id,
      payload: statement,
      owner: patientId,
      dueAt: clock() + SUBMITTING_MS,
      giveUpAt: clock() + GIVE_UP_MS
    })
  })
  await unlessNotKept(app, async () => { await proxy.endings.end({ patientId, consentId, cause: 'revoked' }) })
  const committed = await submit(app, statement, id)
  await unlessNotKept(app, async () => { await outbox.remove(KIND, id) })
  return { consentId, statementId: id, ...committed }
}

async function unlessNotKept (app: FastifyInstance, keep: () => Promise<void>): Promise<void> {
  try {
    await keep()
  } catch (error) {
    if (!isStorageFailure(error)) throw error
    app.log.error({ err: error }, 'a revocation cannot be kept here: it goes straight to the ledger')
  }
}

async function submit (app: FastifyInstance, statement: SignedStatement, id: string): Promise<{ txId: string, blockNumber: number }> {
  const { ledger: { gateway: ledger }, outbox } = app
  try {
    const { txId, blockNumber } = await ledger.revokeConsent(statement)
    return { txId, blockNumber: Number(blockNumber) }
  } catch (error) {
    if (isFinalForRevocation(error)) await unlessNotKept(app, async () => { await outbox.remove(KIND, id) })
    const accepted = error instanceof LedgerError && error.code === 'STATEMENT_REPLAYED' ? await ledger.findStatement(id) : undefined
    if (accepted === undefined) throw error
    return { txId: accepted.txId, blockNumber: await findBlock(app, accepted.txId) }
  }
}
