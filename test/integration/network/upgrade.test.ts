import { randomBytes } from 'node:crypto'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { statementId } from '@epione/crypto'
import { readRelease } from '../../../network/fabric/release.ts'
import { openPeerWorld } from '../../helpers/peer-world.ts'
import { RealSharing } from '../../helpers/proxies.ts'
import { until } from '../../helpers/sharing.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
/** Formats of the release that follows: kinds that each request reads or writes, and one whose reading shows. */
const NEXT_FORMATS = '{ record: [(v) => v], custody: [(v) => v], event: [(v) => v], proxy: [(v) => ({ ...v, readAs: "format 2" })] }'
const WORKERS = 3
/** Pause of each (ms): a person may write 300 times a minute, and each request is two writes. */
const PACE_MS = WORKERS * 500
/** How long (ms) one statement is sent again and again, as a client does while its hospital's gateway is exchanged. */
const PATIENCE_MS = 120_000

t.setTimeout(900_000)

/** The chaincode that is compiled here, of another build, which stores and reads further formats. */
async function makeNext (): Promise<string> {
  const folder = join(ROOT, 'build', `chaincode-${randomBytes(4).toString('hex')}`)
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  for (const part of ['dist', 'package.json']) await cp(join(ROOT, 'chaincode', part), join(folder, part), { recursive: true })
  const file = join(folder, 'dist', 'contracts', 'formats.js')
  const code = await readFile(file, 'utf8')
  const changed = code.replace('exports.UPCASTS = {};', `exports.UPCASTS = ${NEXT_FORMATS};`)
  if (changed === code) throw new Error('the compiled table of formats looks otherwise')
  await writeFile(file, changed)
  return folder
}

/** Requests that go on all the while, each sent until it is acknowledged, its permit then redeemed. */
class Load {
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

t.test('chaincode and gateways are exchanged one by one while requests go on: none is lost, none doubled, none decided otherwise', async (t) => {
  const network = await TestNetwork.create()
  t.teardown(() => network.destroy())
  const file = await network.network()
  const sharing = await RealSharing.create(file, network.stateDir)
  t.teardown(() => sharing.close())
  const grant = await sharing.createGrant()
  t.match(await sharing.grant(grant), { status: 201, body: { status: 'active' } })
  const before = await readRelease(network.paths)
  t.equal(before?.sequence, 1)
  const next = await makeNext()

  const refused = await network.run('up', [], { EPIONE_CHAINCODE: next })
  t.not(refused.code, 0, 'another build is not taken without approval')
  t.match(refused.stderr, /members approved build [0-9a-f]{12}.*make chaincode-upgrade/s)

  const load = new Load(sharing, grant.consentId)
  await until(() => load.redeemed.length >= 5)
  const upgraded = await network.run('up', ['--upgrade'], { EPIONE_CHAINCODE: next, LOG_LEVEL: 'warn' })
  t.equal(upgraded.code, 0, upgraded.stderr)
  const during = load.redeemed.length
  await until(() => load.redeemed.length >= during + 5)
  await load.stop()
  t.comment(`${String(load.acknowledged.size)} requests, ${String(during)} redeemed by the end of the upgrade, ${String(load.unavailable)} answers to send again`)

  t.strictSame(load.wrong, [], 'no permit that proxies decide otherwise')
  const after = await readRelease(network.paths)
  t.equal(after?.sequence, 2)
  t.not(after?.build, before?.build)
  t.match(upgraded.stderr, /Regional Hospital 2: installed, approved, and running/)

  const world = await openPeerWorld(network, { wait: false })
  t.teardown(() => world.close())
  const { ledger } = world.gateway('CoreMSP')
  for (const [id, eventId] of load.acknowledged) t.equal((await ledger.findStatement(id))?.reference, eventId, 'not lost')
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
  t.match(await ledger.getProxies(), [{ readAs: 'format 2' }, { readAs: 'format 2' }, { readAs: 'format 2' }], 'what was stored before is read')

  const again = await network.run('up', ['--upgrade'], { EPIONE_CHAINCODE: next, LOG_LEVEL: 'warn' })
  t.equal(again.code, 0, again.stderr)
  t.match(again.stderr, /already up/, 'done again it does nothing')
  t.strictSame(await readRelease(network.paths), after)
})
