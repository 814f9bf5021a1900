import { createHash, randomBytes } from 'node:crypto'
import type { Committed } from '@epione/ledger/client'
import type { DeskStep, SigningDesk, SigningStage } from '@epione/ledger/fabric'
import type { FastifyRequest } from 'fastify'
import type { Kysely, Selectable } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { SigningsTable } from '../store/staff-tables.ts'
import type { Tables } from '../store/tables.ts'

/** How long (ms) something waits for a signature: endorsers take a proposal within 30 s of its time. */
export const SIGNING_LIFE_MS = 60_000
/** How many transactions of one person may wait. */
const WAITING_MAX = 64
/** Undertaking, transaction id, stage, and the signature in base64url. */
const HEADER = /^([0-9a-f]{32})\.([0-9a-f]{64})\.(proposal|transaction)\.([A-Za-z0-9_-]{8,128})$/
export const SIGNATURE_HEADER = { type: 'string', pattern: HEADER.source } as const

/** A signature as a request brings it. */
interface Brought { undertaking: string, txId: string, stage: SigningStage, signature: Uint8Array }

/** @throws {GatewayError} REQUEST_INVALID */
function readHeader (request: FastifyRequest): Brought | undefined {
  const header = request.headers['epione-signature']
  if (header === undefined) return undefined
  const [, undertaking, txId, stage, signature] = HEADER.exec(String(header)) ?? []
  if (undertaking === undefined || txId === undefined || signature === undefined) {
    throw new GatewayError('REQUEST_INVALID', 'Epione-Signature must be undertaking, transaction id, stage and signature as signing.header of the answer says')
  }
  return { undertaking, txId, stage: stage === 'proposal' ? 'proposal' : 'transaction', signature: Buffer.from(signature, 'base64url') }
}

interface DeskContext { db: Kysely<Tables>, clock: () => number }

/**
 * What waits for one person's signatures, in the store, so that each gateway of the hospital goes on with it. A request without a signature
 * begins an undertaking; one with a signature goes on with the undertaking that it names, if that is this person's.
 * @throws {GatewayError} SIGNING_EXPIRED, SIGNATURE_INVALID, REQUEST_INVALID
 */
export async function openDesk (context: DeskContext, request: FastifyRequest, staffId: string): Promise<SigningDesk> {
  const brought = readHeader(request)
  const { db, clock } = context
  if (brought !== undefined) await requireWaiting(context, brought, staffId)
  const undertaking = brought?.undertaking ?? randomBytes(16).toString('hex')
  const find: SigningDesk['find'] = async (transaction, args) => {
    const row = await db.selectFrom('signings').selectAll()
      .where('undertaking', '=', undertaking).where('call_hash', '=', hashCall(transaction, args))
      .where('staff_id', '=', staffId).where('created_at', '>', clock() - SIGNING_LIFE_MS).executeTakeFirst()
    if (row === undefined) return undefined
    const isFor = brought?.txId === row.tx_id && brought.stage === row.stage
    return { ...toStep(row), ...(isFor && { signature: brought.signature }) }
  }
  const move = async ({ txId }: DeskStep, from: string, to: Partial<SigningsTable>): Promise<boolean> => {
    const { numUpdatedRows } = await db.updateTable('signings').set(to)
      .where('undertaking', '=', undertaking).where('tx_id', '=', txId).where('stage', '=', from).executeTakeFirst()
    return numUpdatedRows === 1n
  }
  return {
    undertaking,
    find,
    ask: async (transaction, args, { txId, stage, kept, toSign, certificate }) => {
      await makeRoom(context, staffId)
      await db.insertInto('signings').values({
        undertaking,
        call_hash: hashCall(transaction, args),
        staff_id: staffId,
        certificate,
        tx_id: txId,
        stage,
        kept,
        to_sign: toSign,
        result: null,
        block_number: null,
        created_at: clock()
      }).onConflict((c) => c.doNothing()).execute()
      const there = await find(transaction, args)
      if (there === undefined) throw expired()
      return there
    },
    advance: (signed, { stage, kept, toSign }) => move(signed, 'proposal', { stage, kept, to_sign: toSign }),
    take: (signed) => move(signed, 'transaction', { stage: 'submitting' }),
    finish: async (signed, { result, blockNumber }) => {
      await move(signed, 'submitting', { stage: 'committed', result, block_number: Number(blockNumber), kept: Buffer.alloc(0), to_sign: Buffer.alloc(0) })
    },
    drop: async ({ txId }) => {
      await db.deleteFrom('signings').where('undertaking', '=', undertaking).where('tx_id', '=', txId).execute()
    }
  }
}

/** The undertaking is this person's, and what is signed waits. @throws {GatewayError} SIGNING_EXPIRED */
async function requireWaiting ({ db, clock }: DeskContext, { undertaking, txId, stage }: Brought, staffId: string): Promise<void> {
  const row = await db.selectFrom('signings').select(['stage']).where('undertaking', '=', undertaking).where('tx_id', '=', txId)
    .where('staff_id', '=', staffId).where('created_at', '>', clock() - SIGNING_LIFE_MS).executeTakeFirst()
  // A proposal that went on since, by the same signature before, is answered with what it has become.
  if (row === undefined || (stage === 'transaction' && row.stage === 'proposal')) throw expired()
}

const expired = (): GatewayError =>
  new GatewayError('SIGNING_EXPIRED', 'nothing of this person waits for that signature any more: send the request without Epione-Signature')

/** @throws {GatewayError} TOO_MANY_REQUESTS */
async function makeRoom ({ db, clock }: DeskContext, staffId: string): Promise<void> {
  await db.deleteFrom('signings').where('staff_id', '=', staffId).where('created_at', '<=', clock() - SIGNING_LIFE_MS).execute()
  const { count } = await db.selectFrom('signings').select((eb) => eb.fn.countAll<number | string>().as('count'))
    // What is committed waits for nobody: it lies there for its undertaking alone.
    .where('staff_id', '=', staffId).where('stage', '!=', 'committed').executeTakeFirstOrThrow()
  if (Number(count) < WAITING_MAX) return
  throw new GatewayError('TOO_MANY_REQUESTS', `${String(WAITING_MAX)} transactions wait for this person's signature: sign them, or wait until they expire`, {
    retryAfterSeconds: SIGNING_LIFE_MS / 1_000
  })
}

/** By all that is called, so that nothing else is done with its signatures. */
function hashCall (transaction: string, args: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify([transaction, args])).digest('hex')
}

function toStep (row: Selectable<SigningsTable>): DeskStep {
  const { tx_id: txId, stage, kept, to_sign: toSign, certificate, result, block_number: blockNumber } = row
  const committed: Committed | undefined = stage === 'committed' && result !== null ? { result, txId, blockNumber: BigInt(blockNumber ?? 0) } : undefined
  return {
    txId,
    stage: stage === 'proposal' ? 'proposal' : 'transaction',
    kept,
    toSign,
    certificate,
    ...(stage === 'submitting' && { isTaken: true as const }),
    ...(committed !== undefined && { committed })
  }
}
