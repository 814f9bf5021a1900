import { join, resolve } from 'node:path'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import { createFile, fileExists, isErrno, isStorageFull, readTextIfExists, replaceFile } from '@epione/host'
import { exportSecret, fromHex, SecretKey, toHex } from '@epione/crypto'
import { Hash, PatientId } from '@epione/protocol'
import { ClientError, DeviceOffer, messageOf, NetworkKnown } from '@epione/sdk'
import { FileStore } from './file-store.ts'

/** One kind of measurement of this device, with the unit of its values. */
export const DeviceKind = Type.Object({
  system: Type.String({ minLength: 1 }),
  code: Type.String({ minLength: 1 }),
  display: Type.Optional(Type.String()),
  unit: Type.String({ minLength: 1 })
})
export type DeviceKind = Static<typeof DeviceKind>

const Joined = Type.Object({ patientId: PatientId, deviceId: Hash, label: Hash, notBefore: Type.Number(), notAfter: Type.Number() })

/** What a device knows; nothing of it is secret. */
export const DeviceConfig = Type.Object({
  version: Type.Literal(1),
  ...NetworkKnown,
  name: Type.String(),
  kinds: Type.Array(DeviceKind, { minItems: 1 }),
  salt: DeviceOffer.properties.salt,
  /** How long a window lasts, ms: never shorter than the device's statement says. */
  windowMs: Type.Integer({ minimum: 1000, maximum: 86_400_000 }),
  /** Since its patient added it. */
  joined: Type.Optional(Joined)
})
export type DeviceConfig = Static<typeof DeviceConfig>

/** A device's folder: device.json (nothing secret), device.key (its key), queue/ (what is not sent, sealed), push.token. */
export class DeviceHome {
  readonly folder: string

  constructor (folder: string) {
    this.folder = resolve(folder)
  }

  get configFile (): string { return join(this.folder, 'device.json') }
  get keyFile (): string { return join(this.folder, 'device.key') }
  get lockFile (): string { return join(this.folder, 'device.lock') }
  /** What an HTTP push must show. */
  get tokenFile (): string { return join(this.folder, 'push.token') }

  /** Where windows are kept until they are sent and shown on the ledger. */
  get store (): FileStore {
    return new FileStore(join(this.folder, 'queue'))
  }

  /**
   * Begins a new device's folder with its key: one that was cut off here goes on with the key that it made.
   * @throws {ClientError} ALREADY_INITIALIZED, DISK_FULL, FILE_UNREADABLE, FILE_DAMAGED
   */
  async begin (): Promise<SecretKey> {
    if (await fileExists(this.configFile)) throw new ClientError('ALREADY_INITIALIZED', `${this.folder} is a device's folder already.`)
    if (await fileExists(this.keyFile)) return await this.readKey()
    const key = SecretKey.random()
    const secret = exportSecret(key)
    try {
      await this.#telling(createFile(this.keyFile, `${toHex(secret)}\n`))
    } finally {
      secret.fill(0)
    }
    return key
  }

  /** Makes the folder a device's. @throws {ClientError} ALREADY_INITIALIZED, DISK_FULL, FILE_UNREADABLE */
  async create (config: DeviceConfig): Promise<void> {
    await this.#telling(createFile(this.configFile, spell(config)))
  }

  async writeConfig (config: DeviceConfig): Promise<void> {
    await this.#telling(replaceFile(this.configFile, spell(config)))
  }

  /** @throws {ClientError} NOT_INITIALIZED, CONFIG_INVALID */
  async readConfig (): Promise<DeviceConfig> {
    const text = await this.#telling(readTextIfExists(this.configFile))
    if (text === undefined) throw new ClientError('NOT_INITIALIZED', `${this.folder} is no device's folder: run "epione device init" first.`)
    try {
      const config: unknown = JSON.parse(text)
      if (Value.Check(DeviceConfig, config)) return config
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
    }
    throw new ClientError('CONFIG_INVALID', `${this.configFile} is damaged: put back a copy, or set the device up anew.`)
  }

  /** @throws {ClientError} NOT_INITIALIZED, FILE_DAMAGED */
  async readKey (): Promise<SecretKey> {
    const text = await this.#telling(readTextIfExists(this.keyFile))
    if (text === undefined) throw new ClientError('NOT_INITIALIZED', `${this.folder} has no key: run "epione device init" first.`)
    try {
      return SecretKey.fromBytes(fromHex(text.trim(), 32))
    } catch (cause) {
      throw new ClientError('FILE_DAMAGED', `${this.keyFile} holds no key: end this device and set up another.`, {}, { cause })
    }
  }

  async #telling<T> (work: Promise<T>): Promise<T> {
    return work.catch((cause: unknown) => {
      if (isStorageFull(cause)) throw new ClientError('DISK_FULL', `There is no room in ${this.folder}: make room and do the same again.`, {}, { cause })
      if (isErrno(cause, 'EEXIST')) throw new ClientError('ALREADY_INITIALIZED', `${this.folder} is a device's folder already.`, {}, { cause })
      throw new ClientError('FILE_UNREADABLE', `${this.folder} cannot be used: ${messageOf(cause)}`, {}, { cause })
    })
  }
}

const spell = (config: DeviceConfig): string => `${JSON.stringify(config, undefined, 2)}\n`
