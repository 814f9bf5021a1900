import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { checkSeries, Series, StreamError } from '@epione/protocol/streams'
import { Value } from 'typebox/value'
import { fromHex } from '@epione/crypto'
import {
  ClientError, cutWindows, DeviceClock, DeviceQueue, endOwnDevice, fitWindow, Gateways, joinAsDevice, messageOf, offerDevice, readClock
} from '@epione/sdk'
import type { ClientContext, DeviceJoined } from '@epione/sdk'
import type { DeviceConfig, DeviceHome } from './device-home.ts'
import { DeviceRun } from './device-run.ts'
import type { RunCounts, RunOptions } from './device-run.ts'
import { HttpsTransport } from './https-transport.ts'
import { takeLines } from './intake.ts'
import { PushServer, readPushToken } from './push-server.ts'

export type NewDevice = Pick<DeviceConfig, 'networkId' | 'networkName' | 'document' | 'gateways' | 'name' | 'kinds' | 'windowMs'>

/**
 * Makes a device's key and folder, and what its patient is to be shown; done again where it was cut off before there was a device.
 * @throws {ClientError} ALREADY_INITIALIZED
 */
export async function initDevice (home: DeviceHome, device: NewDevice): Promise<{ offer: string, fingerprint: string }> {
  const { name, kinds, windowMs, networkId } = device
  const described = describe(kinds)
  const key = await home.begin()
  const { offer, file } = offerDevice({ networkId: fromHex(networkId, 32) }, { name, kinds: described, shortestWindowMs: windowMs }, key)
  await home.create({ version: 1, ...device, salt: offer.salt })
  return { offer: file, fingerprint: key.publicKey().fingerprint() }
}

/** What the patient is shown again, with the same key. @throws {ClientError} NOT_INITIALIZED */
export async function showOffer (home: DeviceHome): Promise<{ offer: string, fingerprint: string }> {
  const { name, kinds, salt, windowMs, networkId } = await home.readConfig()
  const key = (await home.readKey()).publicKey()
  const offer = { type: 'epione/device-offer', networkId, name, key: key.toHex(), kinds: describe(kinds), salt, shortestWindowMs: windowMs }
  return { offer: `${JSON.stringify(offer)}\n`, fingerprint: key.fingerprint() }
}

const describe = (kinds: DeviceConfig['kinds']): Array<Omit<DeviceConfig['kinds'][number], 'unit'>> =>
  kinds.map(({ unit: _, ...kind }) => kind)

/** Takes up the patient's pass and brings the device to the ledger. */
export async function joinDevice (home: DeviceHome, pass: string, options: RunOptions = {}): Promise<DeviceJoined> {
  const config = await home.readConfig()
  const key = await home.readKey()
  return await withContext(config, options, async (context) => {
    const { confirmedElsewhere: _, ...joined } = await joinAsDevice(context, key, config, pass)
    const { patientId, deviceId, label, notBefore, notAfter } = joined
    await home.writeConfig({ ...config, joined: { patientId, deviceId, label, notBefore, notAfter } })
    return joined
  })
}

/** Where measurements come from. */
export interface Inputs {
  /** A file of series, a JSON value a line; it is sealed once, however often it is given. */
  readonly file?: string | undefined
  /** Series of a file of another format, with the file's name. */
  readonly series?: { readonly name: string, readonly series: readonly Series[] }
  /** Lines as they come, until they end. */
  readonly lines?: NodeJS.ReadableStream | undefined
  /** Port on the loopback interface; 0 for any. */
  readonly listen?: number | undefined
  /** Ends when all input was sealed and sent, and its segment closed. */
  readonly once?: boolean | undefined
}

export interface RunReport extends RunCounts { readonly stream: string, readonly waiting: number, readonly kept: number }

/** The device at work, until its input ends (`once`) or `signal` is aborted. */
export async function runDevice (home: DeviceHome, inputs: Inputs, signal: AbortSignal, options: RunOptions = {}): Promise<RunReport> {
  const run = await DeviceRun.open(home, options)
  const stop = new AbortController()
  const stopped = AbortSignal.any([signal, stop.signal])
  let server: PushServer | undefined
  try {
    if (inputs.listen !== undefined) {
      server = await PushServer.start(run.intake, await readPushToken(home.tokenFile), inputs.listen)
      options.say?.(`Takes POST http://127.0.0.1:${server.port}/samples with the token of ${home.tokenFile}.`)
    }
    const fed = feed(run, home, inputs)
    if (inputs.once === true) {
      await fed
      await run.setClock()
      await run.seal()
      await run.send({ close: true })
      return reportOf(run)
    }
    // What ends one of both ends the other.
    const ending = (error: unknown): never => { stop.abort(); throw error }
    await Promise.all([fed.catch(ending), run.work(stopped).catch(ending)])
    await run.seal()
    return reportOf(run)
  } finally {
    await server?.close()
    await run.close()
  }
}

async function feed (run: DeviceRun, home: DeviceHome, { file, series, lines }: Inputs): Promise<void> {
  const { windowMs } = await home.readConfig()
  if (file !== undefined) {
    const { name, series: read } = await readSeriesFile(file)
    await importAll(run, name, cutWindows(read, windowMs).flatMap(fitWindow))
  }
  if (series !== undefined) await importAll(run, series.name, cutWindows(series.series, windowMs).flatMap(fitWindow))
  if (lines !== undefined) {
    // A full disk makes windows wait in memory, and ends nothing: the run tells of it.
    const onFull = (error: ClientError): void => { run.tellFull(error) }
    await takeLines(run.intake, createInterface({ input: lines, crlfDelay: Infinity }), onFull)
  }
}

/** @throws {ClientError} USAGE for what no window of this device can hold */
async function importAll (run: DeviceRun, name: string, windows: ReadonlyArray<readonly Series[]>): Promise<void> {
  try {
    await run.importWindows(name, windows)
  } catch (cause) {
    if (!(cause instanceof StreamError)) throw cause
    throw new ClientError('USAGE', `The file holds what this device cannot send: ${cause.message}.`, {}, { cause })
  }
}

/** Series of a file, a JSON value a line, and a name that only a file with these bytes has. @throws {ClientError} FILE_UNREADABLE, USAGE */
async function readSeriesFile (path: string): Promise<{ name: string, series: Series[] }> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new ClientError('FILE_UNREADABLE', `${path} cannot be read: ${messageOf(cause)}`, { path }, { cause })
  })
  const series = bytes.toString('utf8').split('\n').flatMap((line, i) => {
    if (line.trim() === '') return []
    try {
      const value: unknown = JSON.parse(line)
      if (!Value.Check(Series, value)) throw new TypeError('no series {kind, unit, startMs, periodMs or offsetsMs, values}')
      return [checkSeries(value)]
    } catch (cause) {
      throw new ClientError('USAGE', `${path}, line ${i + 1}: ${messageOf(cause)}.`, { path, line: i + 1 }, { cause })
    }
  })
  if (series.length === 0) throw new ClientError('FILE_EMPTY', `${path} has no series.`, { path })
  return { name: nameOfImport(bytes), series }
}

/** The same for the same bytes. */
export function nameOfImport (bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32)
}

function reportOf (run: DeviceRun): RunReport {
  return { stream: run.stream, ...run.counts, ...run.backlog }
}

/** What a device's folder says, without a gateway. */
export async function showDevice (home: DeviceHome): Promise<object> {
  const config = await home.readConfig()
  const key = await home.readKey()
  const queue = await DeviceQueue.look(home.store, key)
  return {
    name: config.name,
    fingerprint: key.publicKey().fingerprint(),
    kinds: config.kinds,
    ...(config.joined === undefined ? { state: 'not joined' } : config.joined),
    ...(queue === undefined ? NOTHING_YET : progressOf(queue))
  }
}

const NOTHING_YET = { waiting: 0, kept: 0, sentUpTo: 0, onLedgerUpTo: 0 }

function progressOf ({ stream, unsent, size, state: { sent, segment } }: DeviceQueue): typeof NOTHING_YET & { stream: string } {
  return {
    stream,
    waiting: unsent.length,
    kept: Math.max(0, size - unsent.length),
    sentUpTo: sent?.number ?? 0,
    onLedgerUpTo: segment?.last ?? 0
  }
}

/** The device ends itself for good. */
export async function endThisDevice (home: DeviceHome, options: RunOptions = {}): Promise<object> {
  const config = await home.readConfig()
  const { joined } = config
  if (joined === undefined) throw new ClientError('NOT_INITIALIZED', 'No patient has added this device.')
  const key = await home.readKey()
  return await withContext(config, options, (context, clock) =>
    endOwnDevice({ ...context, role: 'device', ...joined, key, clock, now: () => clock.now() }))
}

async function withContext<T> (
  { networkId, document, gateways }: DeviceConfig, { clocks }: RunOptions, work: (context: ClientContext, clock: DeviceClock) => Promise<T>
): Promise<T> {
  const clock = new DeviceClock(clocks)
  const connected = new Gateways(gateways, { connect: (gateway) => new HttpsTransport(gateway, clocks?.wall) })
  try {
    await readClock(connected, clock)
    return await work({ networkId: fromHex(networkId), document, gateways: connected, now: () => clock.now() }, clock)
  } finally {
    await connected.close()
  }
}
