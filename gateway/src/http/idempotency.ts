import { createHash } from 'node:crypto'
import fp from 'fastify-plugin'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { callerName } from './caller.ts'
import { GatewayError } from '../errors.ts'

/** A first request that has not answered within this time (ms) is taken to have died with its process. */
const CLAIM_LIFE_MS = 60_000
/** Answers are kept for two statement lives (ms): after that no repeat can reach the ledger anyway. */
export const ANSWER_LIFE_MS = 48 * 60 * 60 * 1000
/** What a key may be, as the API document says it: printable ASCII without blanks. */
export const IDEMPOTENCY_KEY = { type: 'string', pattern: '^[!-~]{1,200}$' } as const
const KEY = new RegExp(IDEMPOTENCY_KEY.pattern)

interface Claim { caller: string, key: string }

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * The route honours `Idempotency-Key` of callers whom it knows. Where anybody may send a statement, the statement's own id does the
     * same work.
     */
    idempotent?: boolean
  }
  interface FastifyRequest {
    idempotencyClaim: Claim | undefined
  }
}

/** Answers the repeat of a write with the stored answer; refuses the same key with another request. */
export const idempotencyPlugin = fp(async (app) => {
  const { db, kind, commits } = app.store
  const { clock } = app.ports
  app.decorateRequest('idempotencyClaim', undefined)
  // This process alone holds an SQLite store, so whatever is unfinished at its start will never finish.
  if (kind === 'sqlite') await db.deleteFrom('idempotency').where('status', 'is', null).execute()

  app.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key']
    const { caller } = request
    if (request.routeOptions.config.idempotent !== true || caller === undefined || typeof key !== 'string') return
    if (!KEY.test(key)) {
      throw new GatewayError('REQUEST_INVALID', 'Idempotency-Key must have 1 to 200 printable ASCII characters, and no blanks')
    }
    await claim(request, reply, { caller: callerName(caller), key })
  })

  app.addHook('onSend', async (request, reply, payload) => {
    const claimed = request.idempotencyClaim
    if (claimed === undefined) return
    request.idempotencyClaim = undefined
    try {
      await commits.run(async (trx) => {
        const row = trx.updateTable('idempotency').where('caller', '=', claimed.caller).where('key', '=', claimed.key)
        if (isFinal(reply.statusCode, payload)) await row.set({ status: reply.statusCode, body: String(payload) }).execute()
        else await trx.deleteFrom('idempotency').where('caller', '=', claimed.caller).where('key', '=', claimed.key).execute()
      })
    } catch (error) {
      // The answer is true whether or not it is kept: a repeat finds what the ledger has.
      request.log.error({ err: error }, 'an answer could not be kept')
    }
  })

  async function claim (request: FastifyRequest, reply: FastifyReply, { caller, key }: Claim): Promise<void> {
    const requestHash = hashRequest(request)
    const now = clock()
    const inserted = await commits.run(async (trx) => await trx.insertInto('idempotency')
      .values({ caller, key, request_hash: requestHash, status: null, body: null, created_at: now })
      .onConflict((c) => c.columns(['caller', 'key']).doUpdateSet({ created_at: now })
        .where('idempotency.status', 'is', null).where('idempotency.request_hash', '=', requestHash).where(
          'idempotency.created_at',
          '<',
          now - CLAIM_LIFE_MS
        ))
      .executeTakeFirst())
    if (inserted.numInsertedOrUpdatedRows === 1n) {
      request.idempotencyClaim = { caller, key }
      return
    }
    const row = await db.selectFrom('idempotency').selectAll().where('caller', '=', caller).where('key', '=', key).executeTakeFirstOrThrow()
    if (row.request_hash !== requestHash) {
      throw new GatewayError('IDEMPOTENCY_KEY_REUSED', 'this Idempotency-Key was used for another request: choose a fresh one')
    }
    if (row.status === null) {
      throw new GatewayError('IDEMPOTENCY_IN_PROGRESS', 'the first request with this key is still at work', { retryAfterSeconds: 1 })
    }
    await reply.code(row.status).header('idempotency-replayed', 'true')
      .type(row.status < 400 ? 'application/json; charset=utf-8' : 'application/problem+json')
      .serializer((text: unknown) => text as string).send(row.body ?? '')
  }
}, { name: 'idempotency', dependencies: ['store'] })

function hashRequest (request: FastifyRequest): string {
  return createHash('sha256').update(JSON.stringify([request.method, request.url, request.body])).digest('hex')
}

/** Success and a logged denial are answers for good; anything else may turn out otherwise next time. */
function isFinal (status: number, payload: unknown): boolean {
  if (status >= 200 && status < 300) return true
  return status === 403 && typeof payload === 'string' && payload.includes('"code":"ACCESS_DENIED"')
}
