import { randomBytes, signStatement, statementId, toHex } from '@epione/crypto'
import { LedgerError, STATEMENT_LIFE_MS } from '@epione/protocol'
import type { LedgerClient } from '@epione/ledger/client'
import type { CustodyConfirmation, Destruction, ReleaseReceipt, SignedStatement } from '@epione/protocol'
import type { Kysely } from 'kysely'
import type { Outbox, OutboxHandler } from '../outbox/outbox.ts'
import type { Tables } from '../store/tables.ts'
import type { ProxyContext } from './proxy-context.ts'

type Framed = 'nonce' | 'issuedAt' | 'submitBefore'

/** What a proxy says under its own signing key, without the frame that `signOwn` adds. */
export type OwnStatement = Omit<CustodyConfirmation, Framed> | Omit<Destruction, Framed> | Omit<ReleaseReceipt, Framed>

type Signer = Pick<ProxyContext, 'keys' | 'networkId' | 'clock'>

interface OwnWork { statement: SignedStatement, says: OwnStatement }

/** Each its own queue: an orderer that refuses one kind keeps no other waiting. */
const KINDS = { CustodyConfirmation: 'own-custody', Destruction: 'own-destruction', ReleaseReceipt: 'own-receipt' } as const
/** Receipts that may wait; with so many unsaid no further cfrag leaves. */
const RECEIPTS_MAX = 2_000
/** A statement other than a destruction that the ledger refuses for this long (ms) will never be accepted: an operator must look. */
const GIVE_UP_MS = 7 * 24 * 60 * 60 * 1000
/** Age (ms) from which a destruction waits for no custody that the own peer does not show. */
const UNCONFIRMED_MS = 60 * 60 * 1000

/** A statement of this proxy, signed now. */
export function signOwn ({ keys, networkId, clock }: Signer, says: OwnStatement): SignedStatement {
  const issuedAt = clock()
  const body = { ...says, nonce: toHex(randomBytes(16)), issuedAt, submitBefore: issuedAt + STATEMENT_LIFE_MS }
  const { body: text, signatures } = signStatement({ type: says.type, networkId, body, keys: [keys.signing] })
  return { body: text, signatures: [...signatures] }
}

/** Puts a statement of this proxy into the outbox, so that it reaches the ledger however often this process dies. */
export async function sendOwn (
  context: Signer & { outbox: Outbox },
  key: string,
  says: OwnStatement,
  db?: Kysely<Tables>
): Promise<string> {
  const payload: OwnWork = { statement: signOwn(context, says), says }
  return await context.outbox.add({ kind: KINDS[says.type], key, payload }, db)
}

/** Teaches the outbox to submit this proxy's own statements. */
export function handleOwnStatements (context: Signer & Pick<ProxyContext, 'mspId' | 'ledger' | 'outbox' | 'log'>): void {
  const handler: OutboxHandler = async (payload, { createdAt }) => {
    const { statement, says } = payload as OwnWork
    try {
      await submitOwn(context.ledger, says, statement)
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error
      await settleRefusal(context, { statement, says }, error, createdAt)
    }
  }
  for (const kind of Object.values(KINDS)) {
    context.outbox.handle(
      kind,
      handler,
      kind === KINDS.ReleaseReceipt ? { room: { all: RECEIPTS_MAX, perOwner: RECEIPTS_MAX } } : {}
    )
  }
}

/** Refuses what must be said on the ledger while too much of it is unsaid. @throws {GatewayError} OVERLOADED */
export async function requireRoomForReceipts (outbox: Outbox): Promise<void> {
  await outbox.requireRoom({ kind: KINDS.ReleaseReceipt })
}

/** Submits the same bytes each time: a repeat is recognised by its id and changes nothing. */
async function submitOwn (ledger: LedgerClient, says: OwnStatement, statement: SignedStatement): Promise<void> {
  switch (says.type) {
    case 'CustodyConfirmation': await ledger.confirmCustody(statement); return
    case 'Destruction':
      if (says.consentId !== undefined) await ledger.confirmDestruction(statement)
      else await ledger.confirmErased(statement)
      return
    case 'ReleaseReceipt': await ledger.recordRelease(statement)
  }
}

async function settleRefusal (
  context: Parameters<typeof handleOwnStatements>[0],
  { statement, says }: OwnWork,
  error: LedgerError,
  createdAt: number
): Promise<void> {
  const { ledger, log, clock } = context
  switch (error.code) {
    case 'STATEMENT_REPLAYED':
      // Another peer's word counts once the own peer shows it.
      if (await ledger.findStatement(statementId(statement.body)) === undefined) throw error
      return
    case 'STATEMENT_EXPIRED':
      // The orderers were away for longer than a statement lives: the same is said again under a new id.
      await submitOwn(ledger, says, signOwn(context, says))
      return
    case 'CUSTODY_MISSING':
      // The custody may be on its way to the ledger, or to the peer that refuses.
      if (clock() - createdAt < UNCONFIRMED_MS || await isConfirmed(context, says)) throw error
      // Kfrags that were never confirmed need no destruction on the ledger.
      log.info({ says: says.type, statementId: statementId(statement.body) }, 'the ledger never knew of these kfrags')
      return
    default:
      // An endorser that lags refuses what it does not know yet, and accepts it later.
      if (says.type === 'Destruction' || clock() - createdAt < GIVE_UP_MS) throw error
      log.error(
        { err: error, says: says.type, statementId: statementId(statement.body) },
        'the ledger keeps refusing a statement of this proxy; given up'
      )
  }
}

async function isConfirmed ({ ledger, mspId }: Pick<ProxyContext, 'ledger' | 'mspId'>, says: OwnStatement): Promise<boolean> {
  if (says.type === 'ReleaseReceipt' || says.consentId === undefined) return false
  const { custody } = await ledger.getConsent(says.consentId)
  return custody.some(({ submittedBy }) => submittedBy === mspId)
}
