import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { SecretKey, createWrap, fromHex, leafHash, merkleRoot, randomBytes, sealContent, signStatement, statementId, toHex, wrapHash } from '@epione/crypto'
import type { Place } from '@epione/crypto'
import { cidOf } from '@epione/crypto/cid'
import { sizeClassOf, streamIdOf, windowPlace } from '@epione/protocol'
import type { SignedStatement, StatementType } from '@epione/protocol'
import type { SentWindow } from '@epione/protocol/api'

/** What a device needs to know of its network to speak: real peers and the ledger in memory alike. */
export interface Signing { networkId: Uint8Array, now: () => number }

/** Compartment that a device writes to. */
export interface Compartment { label: string, epoch: number, secret: SecretKey }

export interface TestDevice { deviceId: string, patientId: string, key: SecretKey, compartment: Compartment, statement: SignedStatement }

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

function signBody (signing: Signing, type: StatementType, members: object, ...keys: SecretKey[]): SignedStatement {
  const issuedAt = signing.now()
  const bounds = ['Session', 'DeviceEnd'].includes(type) ? {} : { submitBefore: issuedAt + HOUR_MS }
  const body = { type, nonce: toHex(randomBytes(16)), issuedAt, ...bounds, ...members }
  const { body: text, signatures } = signStatement({ type, networkId: signing.networkId, body, keys })
  return { body: text, signatures: [...signatures] }
}

/** A device of a patient whose statement is not on the ledger yet. */
export function createDevice (
  signing: Signing,
  { patientId, identity }: { patientId: string, identity: SecretKey },
  { label, epoch, secret }: Compartment,
  members: { notBefore?: number, notAfter?: number, shortestWindowMs?: number } = {}
): TestDevice {
  const key = SecretKey.random()
  const [notBefore, notAfter] = [signing.now() - DAY_MS, signing.now() + 365 * DAY_MS]
  const body = {
    patientId,
    key: key.publicKey().toHex(),
    label,
    notBefore,
    notAfter,
    shortestWindowMs: 1000,
    kindsHash: toHex(randomBytes(32)),
    ...members
  }
  const statement = signBody(signing, 'Device', body, identity, key)
  return { deviceId: statementId(statement.body), patientId, key, compartment: { label, epoch, secret }, statement }
}

export function signDeviceEnd (signing: Signing, { patientId, deviceId, key }: TestDevice, by = key): SignedStatement {
  return signBody(signing, 'DeviceEnd', { patientId, deviceId }, by)
}

/** A window as it is sent, with what the device remembers of it. */
export interface TestWindow {
  number: number
  id: string
  sent: SentWindow
  wrapHash: string
  place: Place
  sizeBytes: number
  plaintext: Uint8Array
}

/** One stream of a device, as the device makes it. */
export class TestStream {
  readonly device: TestDevice
  readonly stream: string
  readonly windows: TestWindow[] = []
  #version = 0
  #manifest: string | undefined
  readonly #signing: Signing

  constructor (signing: Signing, device: TestDevice, stream = streamIdOf(device.deviceId)) {
    this.#signing = signing
    this.device = device
    this.stream = stream
  }

  /** Seals the next window; `members` replace what its statement says. */
  async seal (
    plaintext: Uint8Array = randomBytes(64), members: { number?: number, epoch?: number, previous?: string } = {}
  ): Promise<TestWindow> {
    const { device, stream } = this
    const before = this.windows.at(-1)
    const number = members.number ?? (before?.number ?? 0) + 1
    const place = { recordId: stream, recordVersion: number, authorKey: device.key.publicKey() }
    const sealed = sealContent(place, Readable.from([plaintext]))
    const ciphertext = await buffer(sealed.ciphertext)
    const { contentHash } = await sealed.result
    const wrapPlace = windowPlace(this.#signing.networkId, { stream, number, deviceId: device.deviceId })
    const wrap = createWrap(device.compartment.secret.publicKey(), sealed.contentKey, wrapPlace)
    const hash = toHex(wrapHash(wrap, wrapPlace))
    const statement = signBody(this.#signing, 'Window', {
      patientId: device.patientId,
      deviceId: device.deviceId,
      stream,
      number,
      ...(number > 1 && { previous: before?.id ?? toHex(randomBytes(32)) }),
      epoch: device.compartment.epoch,
      contentHash: toHex(contentHash),
      cid: await cidOf(Readable.from([ciphertext])),
      wrapHash: hash,
      ...members
    }, device.key)
    const sent = { statement, wrap: toHex(wrap), ciphertext: ciphertext.toString('base64') }
    const id = statementId(statement.body)
    const window = { number, id, sent, wrapHash: hash, place: wrapPlace, sizeBytes: ciphertext.length, plaintext }
    this.windows.push(window)
    return window
  }

  async sealMany (count: number, bytes = 64): Promise<TestWindow[]> {
    const sealed: TestWindow[] = []
    for (let i = 0; i < count; i++) sealed.push(await this.seal(randomBytes(bytes)))
    return sealed
  }

  /** The manifest of the next segment; the stream goes on from it. */
  close (windows: readonly TestWindow[], members: object = {}): SignedStatement {
    const statement = this.signSegment(windows, members)
    this.#version += 1
    this.#manifest = statementId(statement.body)
    return statement
  }

  /** The same, and the stream stays where it is. */
  signSegment (windows: readonly TestWindow[], members: object = {}): SignedStatement {
    const { device, stream } = this
    return signBody(this.#signing, 'RecordManifest', {
      recordId: stream,
      version: this.#version + 1,
      ...(this.#manifest !== undefined && { previous: this.#manifest }),
      patientId: device.patientId,
      author: { kind: 'device', deviceId: device.deviceId },
      label: device.compartment.label,
      epoch: device.compartment.epoch,
      sizeClass: sizeClassOf(windows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)),
      mediaClass: 'signal',
      segment: { stream, first: windows[0]?.number ?? 1, last: windows.at(-1)?.number ?? 1, root: rootOfWindows(windows) },
      ...members
    }, device.key)
  }

  /** Header value of a fresh session of the device at a gateway. */
  session (audience: string, members: object = {}, key = this.device.key): string {
    const { patientId, deviceId } = this.device
    const statement = signBody(this.#signing, 'Session', {
      patientId, audience, notAfter: this.#signing.now() + 60_000, as: { kind: 'device', deviceId }, ...members
    }, key)
    return `Session ${Buffer.from(JSON.stringify(statement)).toString('base64url')}`
  }
}

export function rootOfWindows (windows: readonly { id: string }[]): string {
  return toHex(merkleRoot(windows.map(({ id }) => leafHash(fromHex(id)))))
}

/** New wraps of all windows of a segment, and the members of the rewrap that names them. */
export function rewrapWindows (
  windows: readonly TestWindow[], stream: string, version: number, patientId: string, { label, epoch, secret }: Compartment
): { wraps: string[], members: object } {
  const made = windows.map(({ place }) => ({ wrap: createWrap(secret.publicKey(), randomBytes(32), place), place }))
  const root = toHex(merkleRoot(made.map(({ wrap, place }) => leafHash(wrapHash(wrap, place)))))
  return { wraps: made.map(({ wrap }) => toHex(wrap)), members: { patientId, recordId: stream, version, label, epoch, segment: { root } } }
}
