import { setTimeout as pause } from 'node:timers/promises'
import type { Test } from 'tap'
import { statementId } from '@epione/crypto'
import { openPeerWorld } from './peer-world.ts'
import type { RealSharing } from './proxies.ts'
import type { TestNetwork } from './test-network.ts'

const WORKERS = 3
/** Pause of each (ms): a person may write 300 times a minute, and each request is two writes. */
const PACE_MS = WORKERS * 500
/** How long (ms) one statement is sent again and again, as a client does while its hospital's gateway is exchanged. */
const PATIENCE_MS = 120_000

/** Requests that go on all the while, each sent until it is acknowledged, its permit then redeemed. */
export class RequestLoad {
  readonly acknowledged = new Map<string, string>()
  readonly redeemed: string[] = []
  readonly wrong: string[] = []
  unavailable = 0
  #stopped = false
  readonly #sharing: RealSharing
  readonly #work: Promise<unknown>

  constructor (sharing: RealSharing, consentId: string) {
    this.#sharing = sharing
    this.#work = Promise.all(Array.from({ length: WORKERS }, () => this.#run(consentId)))
  }

  async stop (): Promise<void> {
    this.#stopped = true
    await this.#work
  }

  async #run (consentId: string): Promise<void> {
    while (!this.#stopped) {
      await pause(PACE_MS)
      const statement = this.#sharing.signRequest(consentId)
      const asked = await this.#repeat(() => this.#sharing.ask(statement))
      const { eventId, decision } = (asked?.['event'] ?? {}) as { eventId?: string, decision?: string }
      if (eventId === undefined) continue
      this.acknowledged.set(statementId(statement.body), eventId)
      if (decision !== 'permit') this.wrong.push(`decided ${String(decision)}`)
      const collected = await this.#repeat(() => this.#sharing.collect(eventId))
      if (collected === undefined) continue
      this.redeemed.push(eventId)
      // What a proxy refuses because its peer's state, or its own decision, says otherwise.
      const failures = collected['failures'] as Array<{ code: string, rule?: string }>
      this.wrong.push(...failures.filter(({ code, rule }) => rule !== undefined || code === 'DECISION_MISMATCH').map((f) => JSON.stringify(f)))
    }
  }

  async #repeat (send: () => Promise<{ status: number, body: Record<string, unknown> }>): Promise<Record<string, unknown> | undefined> {
    const deadline = Date.now() + PATIENCE_MS
    while (Date.now() < deadline) {
      const answer = await send().catch(() => undefined)
      if (answer !== undefined && answer.status < 300) return answer.body
      if (answer !== undefined && answer.status < 500) {
        if (answer.body['code'] !== 'PERMIT_EXPIRED') this.wrong.push(JSON.stringify(answer.body))
        return undefined
      }
      this.unavailable += 1
      await pause(100)
    }
    this.wrong.push('not acknowledged in time')
    return undefined
  }
}

/** That every request which was acknowledged stands on the ledger once, and no other, and that none was decided otherwise. */
export async function checkLoad (t: Test, load: RequestLoad, network: TestNetwork, sharing: RealSharing): Promise<void> {
  t.comment(`${String(load.acknowledged.size)} requests acknowledged, ${String(load.redeemed.length)} redeemed, ${String(load.unavailable)} answers to send again`)
  t.strictSame(load.wrong, [], 'no permit that proxies decide otherwise')
  const world = await openPeerWorld(network, { wait: false })
  try {
    const { ledger } = world.gateway('CoreMSP')
    for (const [id, eventId] of load.acknowledged) t.equal((await ledger.findStatement(id))?.reference, eventId, 'not lost')
  } finally {
    await world.close()
  }
  t.equal(new Set(load.acknowledged.values()).size, load.acknowledged.size)
  const events: string[] = []
  for (let cursor = ''; ;) {
    const { patient, author } = sharing
    const url = `/v1/access-events?patientId=${patient.patientId}&limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`
    const { body } = await author.send('GET', url, undefined, { authorization: author.session(patient) })
    const page = body as { items: Array<{ eventId: string }>, next?: string }
    events.push(...page.items.map(({ eventId }) => eventId))
    if (page.next === undefined) break
    cursor = page.next
  }
  t.strictSame(events.sort(), [...load.acknowledged.values()].sort(), 'each once, and no other')
}
