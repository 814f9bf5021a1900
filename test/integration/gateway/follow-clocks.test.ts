import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import { fromHex } from '@epione/crypto'
import { followEvent, requestFollow } from '@epione/sdk'
import type { Followed, PractitionerContext } from '@epione/sdk'
import { SLOW } from '../../helpers/flood.ts'
import type { GatewayAnswer } from '../../helpers/gateway-client.ts'
import { RealSharing } from '../../helpers/proxies.ts'
import { readerContextOf } from '../../helpers/real-reader.ts'
import { until } from '../../helpers/sharing.ts'
import { createDevice, TestStream } from '../../helpers/streaming.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

/* What stops a reader who follows, by the clocks of real peers: with moved ones the unit tests show the same in seconds. */

/** Nothing more is released from so long (ms) on after a revocation, or after the peers see no new block. */
const BOUND_MS = 90_000
const EVERY_MS = 2_000

interface Wanted { patientId: string, stream: TestStream, consentId: string }

/** A reader who follows what a device sends. */
class Session {
  readonly consentId: string
  readonly eventId: string
  /** Numbers that came, and when (ms) the last did. */
  readonly windows: number[] = []
  lastAt = 0
  /** Windows sent since it began. */
  sent = 0
  withheld = ''
  end: Followed | undefined
  readonly #stop = new AbortController()
  #work: Promise<unknown> = Promise.resolve()

  private constructor (consentId: string, eventId: string) {
    this.consentId = consentId
    this.eventId = eventId
  }

  static async start (context: PractitionerContext, { patientId, stream, consentId }: Wanted, send: () => Promise<void>): Promise<Session> {
    const { eventId } = await requestFollow(context, { patientId, stream: stream.stream, lastsMs: 600_000, purpose: 'TREAT', consentId })
    const session = new Session(consentId, eventId)
    session.#follow(context).catch((error: unknown) => { if (!session.#stop.signal.aborted) throw error })
    session.#work = session.#send(send)
    return session
  }

  /** @throws {Error} what kept the device from sending */
  async stop (): Promise<void> {
    this.#stop.abort()
    await this.#work
  }

  async #send (send: () => Promise<void>): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await send()
      this.sent += 1
      await delay(EVERY_MS)
    }
  }

  async #follow (context: PractitionerContext): Promise<void> {
    for await (const followed of followEvent(context, this.eventId)) {
      if (followed.kind === 'end') this.end = followed
      else if (followed.kind === 'withheld') this.withheld += followed.code
      else {
        this.windows.push(followed.number)
        this.lastAt = Date.now()
      }
      if (this.#stop.signal.aborted) return
    }
  }
}

// With full counts a network of its own, whose blocks this file stops.
const network = SLOW ? await TestNetwork.create() : await TestNetwork.shared()
t.teardown(() => network.destroy())
const file = await network.network()
const sharing = await RealSharing.create(file, network.stateDir)
t.teardown(() => sharing.close())
const context = readerContextOf(file, sharing)
t.teardown(() => context.gateways.close())
const orderers = file.organizations.map(({ id }) => `orderer.${id}`)

const post = async (stream: TestStream, path: string, body: object): Promise<void> => {
  const { author } = sharing
  await must(author.send('POST', `/v1/streams/${stream.stream}/${path}`, body, { authorization: stream.session(author.url) }))
}

/** A followed stream whose device sends a window every two seconds until `stop`. */
const begin = async (): Promise<Session> => {
  const { patient, author } = sharing
  const signing = { networkId: fromHex(file.networkId), now: Date.now }
  const device = createDevice(signing, patient, { label: patient.label, epoch: 1, secret: patient.compartment })
  await must(author.send('POST', '/v1/devices', { statement: device.statement }))
  const stream = new TestStream(signing, device)
  const first = await stream.sealMany(1)
  await post(stream, 'windows', { windows: first.map(({ sent }) => sent) })
  await post(stream, 'segments', { statement: stream.close(first) })
  const grant = await sharing.createGrant({ actions: ['follow'] })
  await must(sharing.grant(grant))
  return await Session.start(context, { patientId: patient.patientId, stream, consentId: grant.consentId }, async () => {
    const window = await stream.seal()
    await post(stream, 'windows', { windows: [window.sent] })
  })
}

await t.test('I4: revoked while following: the end comes at once, and nothing after it', async (t) => {
  const session = await begin()
  await until(() => session.windows.length > 2)
  const revokedAt = Date.now()
  await must(sharing.revoke(session.consentId))
  await until(() => session.end !== undefined)
  t.match(session.end, { end: 'refused', code: 'CONSENT_ENDED' })
  t.comment(`ended ${String(Date.now() - revokedAt)} ms after the revocation was sent`)
  await session.stop()
  t.ok(session.lastAt - revokedAt < BOUND_MS)
  const again = followEvent(context, session.eventId, { after: 1 })
  await t.rejects(again.next(), { message: /CONSENT_ENDED/ }, 'nor for whoever follows again')
})

const cutOff = 'peers that are cut off while a reader follows: nothing from a minute on, and all of it once they see blocks again'
await t.test(cutOff, { skip: !SLOW && 'takes minutes: make test-slow' }, async (t) => {
  const session = await begin()
  await until(() => session.windows.length > 2)
  const cutAt = Date.now()
  for (const orderer of orderers) await network.killProcess(orderer, 'SIGSTOP')
  await delay(BOUND_MS + 30_000)
  const lastAt = session.lastAt
  t.comment(`the last window came ${String(lastAt - cutAt)} ms after the peers were cut off`)
  t.ok(lastAt - cutAt < BOUND_MS)
  t.ok(session.sent > session.windows.length + 10, 'the device went on all the time')
  t.match(session.withheld, /PEER_BEHIND/)
  for (const orderer of orderers) await network.killProcess(orderer, 'SIGCONT')
  const lacking = session.sent
  await until(() => session.windows.length >= lacking)
  t.same(session.windows, Array.from({ length: session.windows.length }, (_, i) => i + 2), 'each once, in order')
  await session.stop()
})

async function must (answer: Promise<GatewayAnswer>): Promise<void> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`answered ${String(status)}: ${JSON.stringify(body)}`)
}
