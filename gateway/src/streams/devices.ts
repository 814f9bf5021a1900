import { DeviceEndEntry, LedgerError, LEDGER_EVENTS, StoredStatement } from '@epione/protocol'
import type { Device } from '@epione/protocol'
import { verifyDevice, verifyDirectory } from '@epione/protocol/verify'
import type { LedgerEvent } from '@epione/ledger/fabric'
import { judged } from '../judge.ts'
import { readPayload } from '../ledger/ledger-events.ts'
import type { Proxy } from '../proxy/proxy.ts'

/** A device proven from its patient's id on, and the newest epoch of the compartment that it writes to. */
export interface KnownDevice extends Pick<Device, 'patientId' | 'key' | 'label' | 'notBefore' | 'notAfter' | 'shortestWindowMs'> {
  deviceId: string
  epoch: number
}

interface Context {
  proxy: Pick<Proxy, 'context' | 'freezes'>
  events: { readonly connected: boolean }
}

interface Entry { device: Promise<KnownDevice>, patientId: string, readAt: number }

/** Devices remembered; the one not asked for longest makes room. */
const DEVICES_MAX = 50_000
/** How long (ms) what was read of the own peer serves where no block says otherwise. */
const LIFE_MS = 10 * 60 * 1000

/** Blocks with these change what is known of the devices of the patient whom they are about. */
const TELLING: readonly string[] = [
  LEDGER_EVENTS.deviceEnded, LEDGER_EVENTS.directoryPublished,
  LEDGER_EVENTS.patientFrozen, LEDGER_EVENTS.patientUnfrozen, LEDGER_EVENTS.patientSucceeded
]

/**
 * Devices that may write now. They write often, and what decides changes seldom: it is read once, and anew after a block that tells of a
 * change. The ledger judges each segment by itself in any case.
 */
export class Devices {
  readonly #context: Context
  readonly #entries = new Map<string, Entry>()

  constructor (context: Context) {
    this.#context = context
  }

  /** @throws {LedgerError} DEVICE_UNKNOWN, DEVICE_ENDED, PATIENT_FROZEN, PATIENT_SUCCEEDED @throws {GatewayError} STATEMENT_UNPROVEN */
  async find (patientId: string, deviceId: string): Promise<KnownDevice> {
    const name = nameOf(patientId, deviceId)
    const entry = this.#findFresh(patientId, deviceId) ?? this.#read(patientId, deviceId)
    this.#entries.delete(name)
    this.#entries.set(name, entry)
    const oldest = this.#entries.keys().next()
    if (this.#entries.size > DEVICES_MAX && oldest.done !== true) this.#entries.delete(oldest.value)
    return await entry.device
  }

  /** The same of one that was read a while ago and counts still; undefined where the ledger must be asked. */
  recall (patientId: string, deviceId: string): Promise<KnownDevice> | undefined {
    return this.#findFresh(patientId, deviceId)?.device
  }

  #findFresh (patientId: string, deviceId: string): Entry | undefined {
    const known = this.#entries.get(nameOf(patientId, deviceId))
    const isFresh = known !== undefined && this.#context.events.connected && performance.now() - known.readAt < LIFE_MS
    return isFresh ? known : undefined
  }

  /** Forgets what a block says is no longer so. */
  note (event: LedgerEvent): void {
    if (!TELLING.includes(event.name)) return
    const patientId = patientOf(event)
    for (const [name, entry] of this.#entries) {
      if (patientId === undefined || entry.patientId === patientId) this.#entries.delete(name)
    }
  }

  #read (patientId: string, deviceId: string): Entry {
    const [name, device] = [nameOf(patientId, deviceId), this.#prove(patientId, deviceId)]
    const entry: Entry = { device, patientId, readAt: performance.now() }
    // What fails is asked again by whoever comes next.
    device.catch(() => { if (this.#entries.get(name) === entry) this.#entries.delete(name) })
    return entry
  }

  async #prove (patientId: string, deviceId: string): Promise<KnownDevice> {
    const { context: { ledger, reader }, freezes } = this.#context.proxy
    const state = await ledger.getDevice(patientId, deviceId)
    const [directory, standing] = [await ledger.getDirectory(patientId), await ledger.getStanding(patientId)]
    const proven = judged(() => verifyDirectory(directory, patientId, reader))
    const device = judged(() => verifyDevice(state, proven, reader))
    if (device.endedAt !== undefined) throw new LedgerError('DEVICE_ENDED', `device ${deviceId} was ended`)
    if (proven.succeededBy !== undefined) throw new LedgerError('PATIENT_SUCCEEDED', `patient ${patientId} was handed over`)
    if (standing.freeze !== undefined || await freezes.isFrozen(patientId)) {
      throw new LedgerError('PATIENT_FROZEN', `patient ${patientId} is frozen: a device keeps its windows until that ends`)
    }
    const { key, label, notBefore, notAfter, shortestWindowMs } = device.body
    const epoch = Math.max(0, ...proven.newest.compartments.filter((c) => c.label === label).map((c) => c.epoch))
    return { deviceId, patientId, key, label, notBefore, notAfter, shortestWindowMs, epoch }
  }
}

/** A device is asked for under its patient: under another's it is none, and that keeps nobody from finding it. */
function nameOf (patientId: string, deviceId: string): string {
  return `${patientId} ${deviceId}`
}

/** The patient whom an event's statement is about; undefined where that cannot be read. */
function patientOf (event: LedgerEvent): string | undefined {
  try {
    if (event.name === LEDGER_EVENTS.deviceEnded) return readPayload(DeviceEndEntry, event).patientId
    const { patientId } = JSON.parse(readPayload(StoredStatement, event).statement.body) as { patientId?: unknown }
    return typeof patientId === 'string' ? patientId : undefined
  } catch {
    // What cannot be read may be about anybody.
    return undefined
  }
}

/** The device is in its period by this gateway's clock. @throws {LedgerError} DEVICE_NOT_IN_FORCE */
export function requireInPeriod ({ deviceId, notBefore, notAfter }: KnownDevice, now: number): void {
  if (notBefore <= now && now <= notAfter) return
  throw new LedgerError('DEVICE_NOT_IN_FORCE', `device ${deviceId} may write from ${String(notBefore)} to ${String(notAfter)}, and it is ${String(now)}`)
}

/** A device whose session opened a request. */
export interface DeviceCaller { patientId: string, deviceId: string }
