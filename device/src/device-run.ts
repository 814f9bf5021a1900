import { isStorageFull, takeLock } from '@epione/host'
import type { Lock } from '@epione/host'
import { fromHex } from '@epione/crypto'
import type { Series } from '@epione/protocol/streams'
import { ClientError, DeviceClock, DeviceQueue, DeviceRecorder, DeviceSender, fitWindow, Gateways, isClientError, readClock } from '@epione/sdk'
import type { ClientErrorCode, ClockMark, DeviceContext, MachineClocks, SentReport } from '@epione/sdk'
import type { DeviceHome } from './device-home.ts'
import { HttpsTransport } from './https-transport.ts'
import { Intake } from './intake.ts'

/** Longest pause in ms between two tries to reach a gateway. */
const BACKOFF_MAX_MS = 60_000
const BACKOFF_MS = 1_000
/** How long in ms a gateway that is reached is left alone at most when nothing is measured: segments close as much later. */
const IDLE_MS = 60_000
/** What ends a device: trying again changes nothing. */
const FINAL: readonly ClientErrorCode[] = ['DEVICE_ENDED', 'DEVICE_NOT_IN_FORCE', 'PATIENT_SUCCEEDED', 'RECORD_ENDED', 'FEATURE_INACTIVE']

export interface RunOptions {
  /** How often a segment is closed at most, ms; an hour by default. */
  readonly segmentEveryMs?: number | undefined
  readonly clocks?: MachineClocks
  /** Told what happens, a line each. */
  readonly say?: (text: string) => void
}

/** What a running device counts since its start. */
export interface RunCounts { sealed: number, sent: number, segments: number, forgotten: number, erased: number, lost: number }

/** @throws {ClientError} REFUSED while another program has it, DISK_FULL */
function lockOf (home: DeviceHome): Lock {
  try {
    const lock = takeLock(home.lockFile)
    if (lock !== undefined) return lock
  } catch (cause) {
    if (!isStorageFull(cause)) throw cause
    throw new ClientError('DISK_FULL', `There is no room in ${home.folder}: make room and start again.`, {}, { cause })
  }
  throw new ClientError('REFUSED', `Another program runs this device in ${home.folder}.`)
}

/** A device at work: one for a folder at a time. */
export class DeviceRun {
  readonly context: DeviceContext
  readonly intake: Intake
  readonly counts: RunCounts = { sealed: 0, sent: 0, segments: 0, forgotten: 0, erased: 0, lost: 0 }
  readonly #queue: DeviceQueue
  readonly #recorder: DeviceRecorder
  readonly #sender: DeviceSender
  readonly #say: (text: string) => void
  readonly #release: () => void
  readonly #idleMs: number
  #wake: () => void = () => undefined

  private constructor (
    context: DeviceContext, queue: DeviceQueue, recorder: DeviceRecorder, windowing: ConstructorParameters<typeof Intake>[0],
    { segmentEveryMs, say = () => undefined }: RunOptions, release: () => void
  ) {
    this.context = context
    this.#queue = queue
    this.#recorder = recorder
    this.#say = say
    this.#release = release
    this.#idleMs = Math.min(IDLE_MS, segmentEveryMs ?? IDLE_MS)
    this.#sender = new DeviceSender(context, queue, segmentEveryMs === undefined ? {} : { segmentEveryMs })
    this.intake = new Intake(windowing, (series, by, mark) => this.#seal(series, by, mark), context.clock)
  }

  /** @throws {ClientError} NOT_INITIALIZED for a device that no patient added yet; REFUSED while another program runs in the folder */
  static async open (home: DeviceHome, options: RunOptions = {}): Promise<DeviceRun> {
    const { joined, kinds, salt, windowMs, networkId, document, gateways } = await home.readConfig()
    if (joined === undefined) {
      throw new ClientError('NOT_INITIALIZED', 'No patient has added this device: give them its offer, and run "join" with their pass.')
    }
    const key = await home.readKey()
    const lock = lockOf(home)
    try {
      const clock = new DeviceClock(options.clocks)
      const wall = options.clocks?.wall
      const connected = new Gateways(gateways, { connect: (gateway) => new HttpsTransport(gateway, wall) })
      const { patientId, deviceId, label } = joined
      const context: DeviceContext = {
        role: 'device', networkId: fromHex(networkId), document, gateways: connected, patientId, deviceId, label, key, clock, now: () => clock.now()
      }
      const queue = await DeviceQueue.open(home.store, context)
      const recorder = new DeviceRecorder(context, queue, { kinds: kinds.map(({ system, code }) => ({ system, code })), salt })
      return new DeviceRun(context, queue, recorder, { kinds, windowMs }, options, () => { lock.release() })
    } catch (error) {
      lock.release()
      throw error
    }
  }

  get stream (): string {
    return this.#queue.stream
  }

  /** Windows measured and not sent, and those sent and not forgotten. */
  get backlog (): Pick<SentReport, 'waiting' | 'kept'> {
    return { waiting: this.#queue.unsent.length, kept: this.#queue.size - this.#queue.unsent.length }
  }

  /** Windows of a file, sealed once however often this is called with the same `name`, and from where it was cut off. */
  async importWindows (name: string, windows: ReadonlyArray<readonly Series[]>): Promise<number> {
    const done = await this.#queue.importedOf(name)
    for (const [index, series] of windows.entries()) {
      if (index < done) continue
      await this.#recorder.record(series, 'source', { name, index })
      this.counts.sealed += 1
    }
    return Math.max(0, windows.length - done)
  }

  /** One round of sending; nothing is lost when it fails. @throws {ClientError} */
  async send (options: { close?: boolean } = {}): Promise<SentReport> {
    const report = await this.#sender.sendAll(options)
    this.counts.sent += report.sent
    this.counts.segments += report.segments
    this.counts.forgotten += report.forgotten
    this.counts.erased += report.erased
    if (report.erased > 0) this.#say(`${report.erased} windows that were sent are gone: their patient erased the category before a segment had them.`)
    return report
  }

  /**
   * Seals and sends until `signal` is aborted: windows when they end, what waits as soon as a gateway can be reached. @throws {ClientError}
   * for what trying again does not cure
   */
  async work (signal: AbortSignal): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      await this.#closeWindows()
      try {
        const report = await this.send()
        if (failures > 0) this.#say(`A gateway is reached again; ${report.sent} windows were sent.`)
        failures = 0
      } catch (error) {
        if (!isClientError(error) || FINAL.includes(error.code)) throw error
        failures += 1
        if (failures === 1 || error.code !== 'UNAVAILABLE') this.#say(`${error.code}: ${error.message} ${this.#queue.unsent.length} windows wait.`)
      }
      await this.#pause(this.#nextInMs(failures), signal)
    }
  }

  /** Sets the clock where it is not, so that times of what is sealed next are right; it stays as it is while no two hospitals tell. */
  async setClock (): Promise<void> {
    const { clock, gateways } = this.context
    if (clock.isSet) return
    await readClock(gateways, clock).catch((error: unknown) => {
      if (!isClientError(error, 'UNAVAILABLE', 'SECOND_ORGANIZATION_UNREACHABLE', 'ORGANIZATIONS_DIFFER')) throw error
    })
  }

  /** Seals what is open and what waits for a full disk. @throws {ClientError} DISK_FULL */
  async seal (): Promise<void> {
    await this.intake.close({ force: true })
    await this.#recorder.settle()
  }

  /** Seals all, and gives the folder free. @throws {ClientError} DISK_FULL */
  async close (): Promise<void> {
    try {
      await this.seal()
    } finally {
      await this.context.gateways.close()
      this.#release()
    }
  }

  async #seal (series: readonly Series[], by: 'device' | 'source', mark: ClockMark): Promise<void> {
    try {
      // As many windows as its values need.
      for (const part of fitWindow(series)) {
        await this.#recorder.record(part, by, undefined, mark)
        this.counts.sealed += 1
      }
    } finally {
      this.counts.lost = this.#recorder.lost
      this.#wake()
    }
  }

  async #closeWindows (): Promise<void> {
    try {
      await this.intake.close()
      await this.#recorder.settle()
    } catch (error) {
      if (!isClientError(error, 'DISK_FULL')) throw error
      this.tellFull(error)
    }
  }

  /** Says that windows wait in memory because the disk is full. */
  tellFull ({ message }: ClientError): void {
    this.#say(`${message} ${this.#recorder.waiting} windows wait, ${this.#recorder.lost} are lost.`)
  }

  #nextInMs (failures: number): number {
    // Devices that a hospital lost all at once do not come back all at once.
    const pauseMs = failures === 0 ? this.#idleMs : Math.min(BACKOFF_MS * 2 ** (failures - 1), BACKOFF_MAX_MS) * (0.5 + Math.random() / 2)
    const { endsAt } = this.intake
    return endsAt === undefined ? pauseMs : Math.max(0, Math.min(pauseMs, endsAt - this.context.now()))
  }

  async #pause (ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, ms)
      const wakeSoon = (): void => done()
      function done (): void {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      signal.addEventListener('abort', done, { once: true })
      this.#wake = wakeSoon
    })
    this.#wake = () => undefined
  }
}
