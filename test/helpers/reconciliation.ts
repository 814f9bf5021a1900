import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { statementId, toHex } from '@epione/crypto'
import { connectFabric } from '@epione/ledger/fabric'
import type { FabricConnection } from '@epione/ledger/fabric'
import type { SignedStatement } from '@epione/protocol'
import type { NetworkFile } from '../../network/render/network-file.ts'
import { createPatientKeys, GatewayClient } from './gateway-client.ts'
import type { GatewayAnswer } from './gateway-client.ts'
import { RealSharing } from './proxies.ts'
import { SCOPES } from './sign-in.ts'
import type { TestNetwork } from './test-network.ts'

/**
 * Writes that are sent until they are acknowledged, while somebody kills what serves them; at the end the acknowledged ones are compared
 * with the ledger of a hospital that was asked for none of them.
 */

/** One write: every other one registers a patient, by either hospital; the others ask for a record, are denied, and so logged. */
interface Write { statementId: string, send: () => Promise<GatewayAnswer>, isTaken: (answer: GatewayAnswer) => boolean }

/** What a round of writes met. */
export interface Round {
  requests: number
  /** Writes that were not acknowledged at the first try, and what was answered instead, or the failure's name. */
  failed: string[]
  /** Answers 503 without `Retry-After`. */
  unbounded: number
  /** Longest time (ms) in which nothing was acknowledged, of the round's. */
  gapMs: number
  /** Longest time (ms) that one try took. */
  longestMs: number
}

/** The acknowledged beside the ledger. */
export interface Comparison {
  acknowledged: number
  /** Acknowledged, and not on the ledger, or as another transaction. */
  lost: number
  /** More than once on the ledger, or in the read model of a hospital. */
  duplicated: number
  /** On the ledger, of those sent, and never acknowledged. */
  unacknowledged: number
}

/** A write that nobody acknowledges for so long (ms) is a fault. */
const PATIENCE_MS = 240_000
const [RETRY_MS, RETRY_MAX_MS] = [200, 3_000]
/** One try: longer than a gateway answers, so that one which never does is seen. */
const TRY_MS = 60_000
const PAGE = 100

/** What lets one person and one desk write as many as a test needs. */
export const UNLIMITED = {
  LIMIT_REQUESTS_PER_ADDRESS: '1000000',
  LIMIT_REQUESTS_PER_CALLER: '1000000',
  LIMIT_WRITES_PER_CALLER: '1000000',
  LIMIT_ACCESS_PER_PERSON: '1000000'
}

interface Desk { gateway: GatewayClient, authorization: string }
interface Parts { sharing: RealSharing, witness: FabricConnection, from: bigint, desks: readonly Desk[] }

export class Reconciliation {
  readonly #sharing: RealSharing
  readonly #witness: FabricConnection
  readonly #from: bigint
  readonly #desks: readonly Desk[]
  readonly #sent = new Set<string>()
  readonly #denied = new Set<string>()
  /** Transactions by their statements. */
  readonly #acknowledged = new Map<string, string>()

  private constructor ({ sharing, witness, from, desks }: Parts) {
    this.#sharing = sharing
    this.#witness = witness
    this.#from = from
    this.#desks = desks
  }

  /** Hospitals, a patient with a record, an author and a reader, on a network whose limits are `UNLIMITED`. */
  static async prepare (network: TestNetwork): Promise<Reconciliation> {
    const file = await network.network()
    const sharing = await RealSharing.create(file, network.stateDir)
    const desks = await Promise.all([sharing.author, sharing.reader].map(async (gateway) =>
      ({ gateway, authorization: await gateway.token('desk', SCOPES.desk) })))
    const witness = connectWitness(file)
    return new Reconciliation({ sharing, witness, from: await witness.height(), desks })
  }

  /** So many writes, so many at a time, each until it is acknowledged, while `disturb` does what it does. */
  async round (requests: number, disturb: () => Promise<void> = () => Promise.resolve(), atOnce = 16): Promise<Round> {
    const round: Round = { requests, failed: [], unbounded: 0, gapMs: 0, longestMs: 0 }
    let [left, lastAt] = [requests, performance.now()]
    const work = async (): Promise<void> => {
      while (left > 0) {
        left -= 1
        await this.#untilTaken(this.#prepareWrite(left), round)
        const now = performance.now()
        round.gapMs = Math.max(round.gapMs, Math.round(now - lastAt))
        lastAt = now
      }
    }
    await Promise.all([disturb(), ...Array.from({ length: atOnce }, work)])
    return round
  }

  /** Reads the ledger up to now, and the log as both hospitals list it. */
  async compare (): Promise<Comparison> {
    const onLedger = await this.#readLedger()
    const lost = [...this.#acknowledged].filter(([id, txId]) => !(onLedger.get(id) ?? []).includes(txId))
    const doubled = [...onLedger].filter(([, txIds]) => txIds.length > 1)
    const listed = await Promise.all([this.#sharing.author, this.#sharing.reader].map(async (gateway) => await this.#listEvents(gateway)))
    const listedTwice = listed.flatMap((events) => events.length - new Set(events).size)
    const missing = listed.flatMap((events) => this.#deniedOf(onLedger).filter((txId) => !events.some((eventId) => eventId.endsWith(txId))))
    return {
      acknowledged: this.#acknowledged.size,
      lost: lost.length + missing.length,
      duplicated: doubled.length + listedTwice.reduce((sum, count) => sum + count, 0),
      unacknowledged: [...onLedger.keys()].filter((id) => this.#sent.has(id) && !this.#acknowledged.has(id)).length
    }
  }

  async close (): Promise<void> {
    await Promise.all([this.#sharing.close(), this.#witness.close()])
  }

  #deniedOf (onLedger: ReadonlyMap<string, string[]>): string[] {
    return [...this.#denied].flatMap((id) => onLedger.get(id) ?? [])
  }

  #prepareWrite (number: number): Write {
    if (number % 2 === 0) return this.#prepareDenied()
    const desk = this.#desks[number % 4 < 2 ? 0 : 1]
    if (desk === undefined) throw new Error('two desks register')
    const { gateway, authorization } = desk
    const statement = gateway.signDirectory(createPatientKeys())
    // Every other one leaves it to the statement's own id.
    const key = number % 8 < 4 ? { 'idempotency-key': toHex(randomBytes(16)) } : {}
    return {
      statementId: statementId(statement.body),
      send: async () => await gateway.send('POST', '/v1/patients', { statement }, { authorization, ...key }),
      isTaken: ({ status }) => status === 201
    }
  }

  #prepareDenied (): Write {
    const statement: SignedStatement = this.#sharing.signRequest(toHex(randomBytes(32)))
    const id = statementId(statement.body)
    this.#denied.add(id)
    return {
      statementId: id,
      send: async () => await this.#sharing.ask(statement),
      isTaken: ({ status, body }) => status === 403 && body['code'] === 'ACCESS_DENIED'
    }
  }

  async #untilTaken (write: Write, round: Round): Promise<void> {
    this.#sent.add(write.statementId)
    const startedAt = performance.now()
    for (let tries = 0; ; tries += 1) {
      const triedAt = performance.now()
      const answer = await within(TRY_MS, write.send()).catch((error: unknown) => toFailure(error))
      round.longestMs = Math.max(round.longestMs, Math.round(performance.now() - triedAt))
      if ('status' in answer && write.isTaken(answer)) {
        this.#acknowledged.set(write.statementId, String(answer.body['txId']))
        return
      }
      const told = 'status' in answer ? `${String(answer.status)} ${String(answer.body['code'])}` : answer.failure
      if (tries === 0) round.failed.push(told)
      if ('status' in answer) {
        if (answer.status < 500 && ![408, 429].includes(answer.status)) throw new Error(`a write was refused: ${JSON.stringify(answer.body)}`)
        if (answer.status === 503 && answer.headers['retry-after'] === undefined) round.unbounded += 1
      }
      if (performance.now() - startedAt > PATIENCE_MS) throw new Error(`a write was never acknowledged; last: ${told}`)
      await delay(Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** tries) * (0.5 + Math.random()))
    }
  }

  /** Transactions that took effect, by the statements with which they were called. */
  async #readLedger (): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>()
    const height = await this.#witness.height()
    for await (const { blockNumber, events } of this.#witness.blocks(this.#from, new AbortController().signal)) {
      for (const { txId, args } of events) {
        const id = readStatementId(args[1])
        if (id !== undefined) found.set(id, [...found.get(id) ?? [], txId])
      }
      if (blockNumber >= height - 1n) return found
    }
    return found
  }

  /** Ids of the patient's events, as a hospital lists them. */
  async #listEvents (gateway: GatewayClient): Promise<string[]> {
    const { patient } = this.#sharing
    const ids: string[] = []
    for (let cursor = ''; ;) {
      const { status, body } = await gateway.send(
        'GET', `/v1/access-events?patientId=${patient.patientId}&limit=${String(PAGE)}${cursor}`, undefined, { authorization: gateway.session(patient) }
      )
      if (status === 503) {
        await delay(RETRY_MS)
        continue
      }
      if (status !== 200) throw new Error(`the log answered ${JSON.stringify(body)}`)
      ids.push(...(body['items'] as { eventId: string }[]).map(({ eventId }) => eventId))
      if (typeof body['next'] !== 'string') return ids
      cursor = `&cursor=${encodeURIComponent(body['next'])}`
    }
  }
}

/** The last hospital's own peer: none of its services were asked for anything. */
function connectWitness ({ organizations, channel, chaincode }: NetworkFile): FabricConnection {
  const organization = organizations.at(-1)
  if (organization === undefined) throw new Error('a network has hospitals')
  const { mspId, identitiesDir, peers, tlsCaFile } = organization
  const read = (name: string): string => readFileSync(join(identitiesDir, 'gateway', name), 'utf8')
  return connectFabric({
    peers: peers.map((peer) => ({ ...peer, tlsCaPem: readFileSync(tlsCaFile, 'utf8') })),
    channel,
    chaincode,
    identity: { mspId, certificate: read('cert.pem'), privateKey: read('key.pem') }
  })
}

function readStatementId (argument: Uint8Array | undefined): string | undefined {
  try {
    const { body } = JSON.parse(Buffer.from(argument ?? []).toString()) as { body?: unknown }
    return typeof body === 'string' ? statementId(body) : undefined
  } catch {
    // Transactions without a statement are none of these writes.
    return undefined
  }
}

function toFailure (error: unknown): { failure: string } {
  const { code, name } = error as { code?: unknown, name?: unknown }
  return { failure: String(code ?? name) }
}

async function within<T> (ms: number, work: Promise<T>): Promise<T> {
  const stop = new AbortController()
  try {
    return await Promise.race([work, delay(ms, undefined, { signal: stop.signal }).then(() => { throw Object.assign(new Error('no answer'), { code: 'HUNG' }) })])
  } finally {
    stop.abort()
  }
}
