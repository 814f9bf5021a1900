import { readFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Agent, request } from 'undici'
import { fromHex, randomBytes, signStatement, statementId, toHex } from '@epione/crypto'
import type { SecretKey } from '@epione/crypto'
import type { ShownWindow, StreamState } from '@epione/protocol/api'
import type { SignedStatement } from '@epione/protocol'
import { createPatientKeys, GatewayClient } from './gateway-client.ts'
import type { PatientKeys } from './gateway-client.ts'
import { createDevice, TestStream } from './streaming.ts'
import type { Signing, TestWindow } from './streaming.ts'
import type { TestNetwork } from './test-network.ts'

/** Many devices that send at once to one hospital of a real network, which may die meanwhile. */

export interface LoadOptions {
  devices: number
  /** How long windows are made, and how often each device makes one (ms). */
  lastsMs: number
  everyMs: number
  /** Plaintext bytes of a window. */
  windowBytes: number
}

export interface LoadFigures {
  windows: number
  segments: number
  /** From a window's sealing to the receipts of two hospitals, of all windows. */
  lagMs: { p50: number, p95: number, max: number }
  /** The same of windows that were sealed while the gateway ran. */
  undisturbedLagP95Ms: number
  /** What the segments cost the ledger of one peer. */
  segmentTransactions: number
  ledgerBytes: number
  /** How long (ms) all of them took, closed at once. */
  segmentsMs: number
  /** What the windows cost the database of the hospital that they were sent to, its log folded in or not. */
  storeBytes: number
}

interface Answer { status: number, body: Record<string, unknown> & { code?: string } }
interface Gateway { readonly url: string, readonly send: Send, readonly slots: Slots }
type Send = (method: 'GET' | 'POST', path: string, authorization: string, payload?: object) => Promise<Answer>

/** Devices of one patient: each is a transaction that reads the patient's other devices. */
const DEVICES_PER_PATIENT = 20
/** Connections of all devices together: a gateway gives one address 256. As many requests are under way; others wait unsigned. */
const CONNECTIONS = 64
/** A machine that is busy with a thousand devices takes its time for a handshake. */
const CONNECT_MS = 60_000
/** Pause before the first and between later tries: devices that all ask again at once keep each other from being served. */
const [RETRY_MS, RETRY_MAX_MS] = [300, 10_000]

/** Gateways of a running network as devices and patients reach them. */
export class StreamLoad {
  readonly #network: TestNetwork
  readonly #options: LoadOptions
  readonly #agents: Agent[] = []
  readonly #devices: SimulatedDevice[] = []
  readonly #signing: Signing
  readonly #core: Gateway
  readonly #witness: Gateway
  /** Ends devices that would try for ever. */
  readonly #stop = new AbortController()
  readonly #patients: PatientKeys[] = []
  /** Whether the gateway was away at a time (ms). */
  readonly #away: { from: number, until: number }[] = []

  private constructor (network: TestNetwork, options: LoadOptions, file: Awaited<ReturnType<TestNetwork['network']>>) {
    this.#network = network
    this.#options = options
    this.#signing = { networkId: fromHex(file.networkId), now: Date.now }
    const connect = (id: string): Gateway => {
      const organization = file.organizations.find((o) => o.id === id)
      if (organization === undefined) throw new Error(`no hospital ${id}`)
      const agent = new Agent({ connections: CONNECTIONS, connect: { ca: readFileSync(organization.tlsCaFile), timeout: CONNECT_MS } })
      this.#agents.push(agent)
      return { url: organization.gateway.url, send: sendBy(agent, organization.gateway.url), slots: new Slots(CONNECTIONS) }
    }
    this.#core = connect('core')
    this.#witness = connect('regional1')
  }

  /** Registers patients and devices. */
  static async prepare (network: TestNetwork, options: LoadOptions): Promise<StreamLoad> {
    const file = await network.network()
    const load = new StreamLoad(network, options, file)
    const desk = new GatewayClient(file, network.stateDir, 'core')
    const patients = Math.ceil(options.devices / DEVICES_PER_PATIENT)
    await Promise.all(Array.from({ length: patients }, async (_, index) => {
      const patient = createPatientKeys()
      const statement = desk.signDirectory(patient)
      await untilTaken(load.#core.slots, load.#stop.signal, async () => await desk.registerPatient(patient, statement), 201)
      load.#patients.push(patient)
      const count = Math.min(DEVICES_PER_PATIENT, options.devices - index * DEVICES_PER_PATIENT)
      for (let i = 0; i < count; i++) await load.#addDevice(patient)
    }))
    await desk.close()
    return load
  }

  /** Lets all devices send, and `meanwhile` happen; then each closes a segment of all its windows. */
  async run (meanwhile: () => Promise<void>): Promise<LoadFigures> {
    const storeBefore = await this.#storeBytes()
    const until = Date.now() + this.#options.lastsMs
    try {
      await Promise.all([meanwhile(), ...this.#devices.map(async (device) => { await device.run(until) })])
    } catch (error) {
      this.#stop.abort(error)
      throw error
    }
    const [before, storeBytes, closedAt] = [await this.#ledgerBytes(), await this.#storeBytes() - storeBefore, Date.now()]
    const transactions = new Set(await Promise.all(this.#devices.map(async (device) => await device.close())))
    const segmentsMs = Date.now() - closedAt
    const lags = this.#devices.flatMap(({ lags }) => lags)
    const isUndisturbed = ({ sealedAt }: { sealedAt: number }): boolean =>
      !this.#away.some(({ from, until }) => sealedAt >= from - RETRY_MS && sealedAt <= until)
    const undisturbed = lags.filter(isUndisturbed)
    return {
      windows: lags.length,
      segments: this.#devices.length,
      lagMs: { p50: lagOf(lags, 0.5), p95: lagOf(lags, 0.95), max: lagOf(lags, 1) },
      undisturbedLagP95Ms: lagOf(undisturbed, 0.95),
      segmentTransactions: transactions.size,
      ledgerBytes: await this.#ledgerBytes() - before,
      segmentsMs,
      storeBytes
    }
  }

  /** Kills the gateway that devices send to, and starts it again. */
  async killGateway (awayMs: number): Promise<void> {
    const from = Date.now()
    await this.#network.killProcess('gateway.core')
    await delay(awayMs)
    await this.#network.startProcess('gateway.core')
    this.#away.push({ from, until: Date.now() })
  }

  /** What is wrong with what the hospitals have of each stream, a sentence each. */
  async findFaults (): Promise<string[]> {
    const faults = await Promise.all(this.#devices.map(async (device) => {
      const { stream: { stream, windows } } = device
      const { slots, send, url } = this.#witness
      const shown = await untilTaken(slots, this.#stop.signal, async () => await send('GET', `/v1/streams/${stream}`, device.session(url)), 200)
      const { head } = shown.body as unknown as StreamState
      const found = [...head?.last === windows.length && head.version === 1 ? [] : [`${stream}: the other hospital shows ${JSON.stringify(head)}`]]
      const ids = await this.#readIds(device)
      const wanted = windows.map(({ id }) => id)
      if (ids.join() !== wanted.join()) found.push(`${stream}: ${String(wanted.length)} windows were sealed, ${String(ids.length)} are there, or others`)
      return found
    }))
    return faults.flat()
  }

  async close (): Promise<void> {
    await Promise.all(this.#agents.map(async (agent) => { await agent.destroy() }))
  }

  async #addDevice (patient: PatientKeys): Promise<void> {
    const compartment = { label: patient.label, epoch: 1, secret: patient.compartment }
    const device = createDevice(this.#signing, patient, compartment)
    const { slots, send } = this.#core
    await untilTaken(slots, this.#stop.signal, async () => await send('POST', '/v1/devices', '', { statement: device.statement }), 201)
    const options = { ...this.#options, gateway: this.#core, signal: this.#stop.signal }
    this.#devices.push(new SimulatedDevice(new TestStream(this.#signing, device), patient, options))
  }

  async #readIds ({ stream: { stream }, patient }: SimulatedDevice): Promise<string[]> {
    const ids: string[] = []
    for (let after: number | undefined = 0; after !== undefined;) {
      const path = `/v1/records/${stream}/versions/1/windows?after=${String(after)}`
      const { slots, send } = this.#core
      const page = await untilTaken(slots, this.#stop.signal, async () => await send('GET', path, this.#sessionOf(patient)), 200)
      ids.push(...(page.body['items'] as ShownWindow[]).map(({ statement }) => statementId(statement.body)))
      after = page.body['next'] as number | undefined
    }
    return ids
  }

  #sessionOf ({ patientId, identity }: PatientKeys): string {
    return signSession(this.#signing, this.#core.url, patientId, identity)
  }

  /** Bytes of the block files of one peer. */
  async #ledgerBytes (): Promise<number> {
    return await this.#sizeOf(/(?:peer.*core|core.*peer).*\/blockfile_/)
  }

  /** Bytes of the database of the gateway that devices send to. */
  async #storeBytes (): Promise<number> {
    return await this.#sizeOf(/core.*\/store\.sqlite$/)
  }

  async #sizeOf (path: RegExp): Promise<number> {
    const files = await readdir(this.#network.stateDir, { recursive: true, withFileTypes: true })
    const names = files.filter((file) => file.isFile()).map(({ name, parentPath }) => join(parentPath, name))
    const paths = names.filter((name) => path.test(name))
    if (paths.length === 0) throw new Error(`no file ${String(path)} found`)
    const sizes = await Promise.all(paths.map(async (file) => (await stat(file)).size))
    return sizes.reduce((sum, size) => sum + size, 0)
  }
}

interface DeviceOptions extends LoadOptions { gateway: Gateway, signal: AbortSignal }

/** Makes windows, keeps them until they are acknowledged, and sends them in order, again and again. */
class SimulatedDevice {
  readonly stream: TestStream
  readonly patient: PatientKeys
  readonly lags: { sealedAt: number, ms: number }[] = []
  readonly #options: DeviceOptions
  readonly #queue: { window: TestWindow, sealedAt: number }[] = []

  constructor (stream: TestStream, patient: PatientKeys, options: DeviceOptions) {
    this.stream = stream
    this.patient = patient
    this.#options = options
  }

  async run (until: number): Promise<void> {
    const { everyMs, windowBytes } = this.#options
    await delay(Math.random() * Math.min(everyMs, until - Date.now()))
    let sending: Promise<void> = Promise.resolve()
    for (let due = Date.now(); due < until; due += everyMs) {
      await delay(Math.max(0, due - Date.now()))
      this.#queue.push({ window: await this.stream.seal(randomBytes(windowBytes)), sealedAt: Date.now() })
      sending = sending.then(async () => { await this.#drain() })
      // Told at the end.
      sending.catch(() => undefined)
    }
    await sending
  }

  /** Registers one segment of all windows; resolves to its transaction. */
  async close (): Promise<string> {
    const { stream, windows } = this.stream
    const statement: SignedStatement = this.stream.close(windows)
    const { body } = await this.#post(`/v1/streams/${stream}/segments`, { statement }, 201)
    return String(body['txId'])
  }

  session (audience: string): string {
    return this.stream.session(audience)
  }

  async #drain (): Promise<void> {
    while (this.#queue.length > 0) {
      const sent = this.#queue.slice(0, 64)
      const windows = sent.map(({ window }) => window.sent)
      await this.#post(`/v1/streams/${this.stream.stream}/windows`, { windows }, 202)
      const now = Date.now()
      this.lags.push(...sent.map(({ sealedAt }) => ({ sealedAt, ms: now - sealedAt })))
      this.#queue.splice(0, sent.length)
    }
  }

  async #post (path: string, payload: object, status: number): Promise<Answer> {
    const { gateway: { slots, send, url }, signal } = this.#options
    return await untilTaken(slots, signal, async () => await send('POST', path, this.session(url), payload), status)
  }
}

/** So many at a time; whoever waits has signed nothing yet. */
class Slots {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor (count: number) {
    this.#free = count
  }

  async take<T> (work: () => Promise<T>): Promise<T> {
    if (this.#free === 0) await new Promise<void>((resolve) => { this.#waiting.push(resolve) })
    else this.#free -= 1
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#free += 1
      else next()
    }
  }
}

/** Asks again while nobody answers, or the hospital cannot now, until `signal` says stop. @throws {Error} for any other refusal */
async function untilTaken (slots: Slots, signal: AbortSignal, ask: () => Promise<Answer>, status: number): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    signal.throwIfAborted()
    const answer = await slots.take(ask).catch((): Answer => ({ status: 503, body: {} }))
    if (answer.status === status) return answer
    if (!isPassing(answer)) return requireStatus(answer, status)
    await delay(Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** tries) * (0.5 + Math.random()))
  }
}

/**
 * What says nothing of the request: the hospital cannot now, a connection broke off in the middle of one, or it waited here for longer than
 * its session lives.
 */
function isPassing ({ status, body }: Answer): boolean {
  return status >= 500 || [408, 429].includes(status) || body.code === 'SESSION_EXPIRED' || body['detail'] === 'this is no HTTP request'
}

function requireStatus<A extends { status: number, body: object }> (answer: A, status: number): A {
  if (answer.status !== status) throw new Error(`answered ${String(answer.status)}: ${JSON.stringify(answer.body)}`)
  return answer
}

function sendBy (dispatcher: Agent, url: string): Send {
  return async (method, path, authorization, payload) => {
    const answer = await request(`${url}${path}`, {
      method,
      dispatcher,
      headers: { ...(authorization !== '' && { authorization }), ...(payload !== undefined && { 'content-type': 'application/json' }) },
      ...(payload !== undefined && { body: JSON.stringify(payload) })
    })
    return { status: answer.statusCode, body: await answer.body.json() as Answer['body'] }
  }
}

function signSession ({ networkId, now }: Signing, audience: string, patientId: string, identity: SecretKey): string {
  const issuedAt = now()
  const body = { type: 'Session', nonce: toHex(randomBytes(16)), issuedAt, notAfter: issuedAt + 60_000, patientId, audience }
  const statement = signStatement({ type: 'Session', networkId, body, keys: [identity] })
  return `Session ${Buffer.from(JSON.stringify(statement)).toString('base64url')}`
}

/** The lag (ms) below which this part of them lies. */
function lagOf (lags: readonly { ms: number }[], part: number): number {
  const sorted = lags.map(({ ms }) => ms).toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}
