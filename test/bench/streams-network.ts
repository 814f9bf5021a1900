import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { fromHex } from '@epione/crypto'
import { followEvent, isSegment, openBytes, openSegments, redeemWindows, requestFollow } from '@epione/sdk'
import type { PractitionerContext } from '@epione/sdk'
import { streamIdOf } from '@epione/protocol'
import { connectFabric } from '@epione/ledger/fabric'
import type { GatewayAnswer } from '../helpers/gateway-client.ts'
import { openPeerWorld, readIdentity } from '../helpers/peer-world.ts'
import { RealSharing } from '../helpers/proxies.ts'
import { readerContextOf } from '../helpers/real-reader.ts'
import type { RealRecord } from '../helpers/proxies.ts'
import { createDevice, TestStream } from '../helpers/streaming.ts'
import type { TestWindow } from '../helpers/streaming.ts'
import { TestNetwork } from '../helpers/test-network.ts'
import type { NetworkFile } from '../../network/render/network-file.ts'
import { median } from './measure.ts'

const readText = (path: string): string => readFileSync(path, 'utf8')

type Say = (text: string) => void

const [HOURS, PER_HOUR, PER_CALL] = [24, 60, 64]
/** What a device measures in a minute: one value a second, with a header. */
const WINDOW_BYTES = 512
const READS = 5
const [FOLLOWED, FOLLOWED_EVERY_MS] = [40, 250]
const BATCH = 32
const SETTLE_MS = 500

/**
 * A day of one device on a real network of three hospitals whose processes all share this machine: stored, registered an hour at a time,
 * read whole by one permit, and followed.
 */
export async function measureStreams (say: Say): Promise<{ ratios: object, figures: object }> {
  const network = await TestNetwork.create({ organizations: 3 })
  try {
    const file = await network.network()
    const sharing = await RealSharing.create(file, network.stateDir)
    const signing = { networkId: fromHex(file.networkId), now: Date.now }
    const { patient, author } = sharing
    const device = createDevice(signing, patient, { label: patient.label, epoch: 1, secret: patient.compartment })
    await must(author.send('POST', '/v1/devices', { statement: device.statement }))
    const stream = new TestStream(signing, device)
    const windows = await stream.sealMany(HOURS * PER_HOUR, WINDOW_BYTES)
    // Connections that the gateway closed meanwhile are seen to be closed.
    await delay(SETTLE_MS)
    say('a day is sealed')
    const windowsPerSecond = await storeDay(sharing, stream, windows)
    say(`stored at ${windowsPerSecond.toFixed(0)} windows a second`)
    const segments: Segment[] = []
    const before = await ledgerBytes(file)
    for (let hour = 0; hour < HOURS; hour++) {
      const own = windows.slice(hour * PER_HOUR, (hour + 1) * PER_HOUR)
      await must(author.send('POST', `/v1/streams/${stream.stream}/segments`, { statement: stream.close(own) }, { authorization: stream.session(author.url) }))
      segments.push({ recordId: stream.stream, version: hour + 1, windows: own })
    }
    const ledgerBytesPerDeviceDay = await ledgerBytes(file) - before
    say(`the ledger grew by ${String(ledgerBytesPerDeviceDay)} bytes`)
    const grant = await sharing.createGrant({ actions: ['read', 'follow'] })
    await must(sharing.grant(grant))
    const context = readerContextOf(file, sharing)
    const reads: number[] = []
    for (let round = 0; round < READS; round++) {
      reads.push(await readDay(context, sharing, grant.consentId, segments))
    }
    say(`read in ${reads.map((ms) => ms.toFixed(0)).join(', ')} ms`)
    const lags = await measureLag(context, sharing, stream, grant.consentId)
    const segmentsVsSingle = await compareRegistration(network, sharing, signing)
    await context.gateways.close()
    await sharing.close()
    return {
      ratios: { segmentsVsSingle: Number(segmentsVsSingle.toFixed(2)) },
      figures: {
        windowsPerSecond: Math.round(windowsPerSecond),
        readDayMs: Math.round(median(reads)),
        ledgerBytesPerDeviceDay,
        lagP95Ms: Math.round(lags.toSorted((a, b) => a - b)[Math.floor(lags.length * 0.95)] ?? NaN)
      }
    }
  } finally {
    await network.destroy()
  }
}

interface Segment { recordId: string, version: number, windows: readonly TestWindow[] }

/** Windows a second that one gateway takes and copies to another hospital, 64 a request, one request after the other. */
async function storeDay ({ author }: RealSharing, stream: TestStream, windows: readonly TestWindow[]): Promise<number> {
  const started = performance.now()
  for (let from = 0; from < windows.length; from += PER_CALL) {
    const sent = windows.slice(from, from + PER_CALL).map((window) => window.sent)
    await must(author.send('POST', `/v1/streams/${stream.stream}/windows`, { windows: sent }, { authorization: stream.session(author.url) }))
  }
  return windows.length / (performance.now() - started) * 1000
}

/** From a permit to all windows' plaintexts, in ms: statements proven, windows brought, re-encrypted, answers judged, contents opened. */
async function readDay (
  context: PractitionerContext, sharing: RealSharing, consentId: string, segments: readonly Segment[]
): Promise<number> {
  const eventId = await sharing.permit(consentId, segments.map(({ recordId, version }) => ({ recordId, version }) as unknown as RealRecord))
  const started = performance.now()
  const { facts, keys } = await redeemWindows(context, eventId)
  let opened = 0
  for await (const { segment: { body: { version } }, windows } of openSegments(context, eventId, facts.manifests.filter(isSegment), keys)) {
    for (const [place, { window, contentKey }] of windows.entries()) {
      const expected = segments[version - 1]?.windows[place]?.plaintext ?? new Uint8Array()
      if (!Buffer.from(expected).equals(await openBytes(window, contentKey))) throw new Error('a window opens to something else')
      opened += 1
    }
  }
  if (opened !== HOURS * PER_HOUR || keys.report.liars.length > 0) throw new Error(`opened ${String(opened)} windows`)
  return performance.now() - started
}

/** From the moment a device sends a window until its reader has it open, in ms. */
async function measureLag (context: PractitionerContext, sharing: RealSharing, stream: TestStream, consentId: string): Promise<number[]> {
  const { eventId } = await requestFollow(context, {
    patientId: sharing.patient.patientId, stream: stream.stream, lastsMs: 120_000, purpose: 'TREAT', consentId
  })
  const sentAt = new Map<number, number>()
  const lags: number[] = []
  const sending = (async () => {
    for (let count = 0; count < FOLLOWED; count++) {
      const window = await stream.seal(new Uint8Array(WINDOW_BYTES))
      sentAt.set(window.number, performance.now())
      const { author } = sharing
      await must(author.send('POST', `/v1/streams/${stream.stream}/windows`, { windows: [window.sent] }, { authorization: stream.session(author.url) }))
      await new Promise((resolve) => { setTimeout(resolve, FOLLOWED_EVERY_MS) })
    }
  })()
  try {
    for await (const followed of followEvent(context, eventId)) {
      if (followed.kind === 'end') throw new Error(`following ended: ${JSON.stringify(followed)}`)
      if (followed.kind !== 'window') continue
      lags.push(performance.now() - (sentAt.get(followed.number) ?? NaN))
      if (lags.length === FOLLOWED) break
    }
  } finally {
    await sending
  }
  return lags
}

/** How many times faster 32 segments are registered by one transaction than by one each, all sent at once. */
async function compareRegistration (
  network: TestNetwork, { patient }: RealSharing, signing: { networkId: Uint8Array, now: () => number }
): Promise<number> {
  const world = await openPeerWorld(network)
  const { ledger } = world.gateway('CoreMSP')
  const device = createDevice(signing, patient, { label: patient.label, epoch: 1, secret: patient.compartment })
  await ledger.addDevice(device.statement)
  let index = 0
  const make = async (): Promise<ReturnType<TestStream['close']>[]> => await Promise.all(Array.from({ length: BATCH }, async () => {
    const stream = new TestStream(signing, device, streamIdOf(device.deviceId, ++index))
    return stream.close(await stream.sealMany(1))
  }))
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const started = performance.now()
    await work()
    return performance.now() - started
  }
  const ratios: number[] = []
  for (let round = 0; round < 3; round++) {
    const [together, singly] = [await make(), await make()]
    const oneMs = await timed(async () => await ledger.registerSegments(together))
    const eachMs = await timed(async () => await Promise.all(singly.map(async (statement) => await ledger.registerSegments([statement]))))
    ratios.push(eachMs / oneMs)
  }
  await world.close()
  return median(ratios)
}

/** Bytes of all blocks of the channel so far, as the first hospital's peer sends them. */
async function ledgerBytes ({ organizations: [organization], channel, chaincode }: NetworkFile): Promise<number> {
  if (organization === undefined) throw new Error('a network has hospitals')
  const peers = organization.peers.map(({ address, tlsName }) => ({ address, tlsName, tlsCaPem: readText(organization.tlsCaFile) }))
  const connection = connectFabric({ peers, channel, chaincode, identity: readIdentity(organization, 'gateway') })
  try {
    const height = await connection.height()
    const stop = new AbortController()
    let [bytes, next] = [0, 0n]
    for await (const block of connection.rawBlocks(0n, stop.signal)) {
      bytes += block.length
      next += 1n
      if (next === height) break
    }
    return bytes
  } finally {
    await connection.close()
  }
}

async function must (answer: Promise<GatewayAnswer>): Promise<Record<string, unknown>> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`answered ${String(status)}: ${JSON.stringify(body)}`)
  return body
}
