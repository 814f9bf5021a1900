import type { SecretKey } from '@epione/crypto'
import { fromHex, toHex, utf8 } from '@epione/crypto'
import { streamIdOf } from '@epione/protocol'
import { SealedStore } from './device-store.ts'
import type { DeviceStore } from './device-store.ts'
import type { MeasuredWindow, QueueState, SignedWindow, WindowBatch } from './queued.ts'

/** Whose queue it is. */
export interface QueueOwner { readonly key: SecretKey, /** Statement id of its `Device`. */ readonly deviceId: string }

const STATE = 'state'
const name = (kind: 'k' | 'c' | 'b', number: number): string => `${kind}-${String(number).padStart(15, '0')}`
const numberOf = (entry: string): number => Number(entry.slice(2))

/**
 * What a device has measured and may not forget yet, in a store that survives: `state`; of each window `c-NUMBER`, its ciphertext, and
 * until it is sent `k-NUMBER`, its content key; `b-FIRST`, windows signed to be sent together. All but ciphertext is sealed under the
 * device's key.
 */
export class DeviceQueue {
  readonly #store: DeviceStore
  readonly #sealed: SealedStore
  #state: QueueState
  /** Numbers with an entry of each kind, ascending. */
  readonly #entries: Record<'k' | 'c' | 'b', Set<number>>
  #highest = 0

  private constructor (store: DeviceStore, sealed: SealedStore, state: QueueState, entries: Record<'k' | 'c' | 'b', Set<number>>) {
    this.#store = store
    this.#sealed = sealed
    this.#state = state
    this.#entries = entries
  }

  /**
   * The queue of a store, which begins the device's stream when it is empty. Only whoever holds the device's lock may call it: it clears
   * away what another program might be writing. @throws {ClientError} FILE_DAMAGED
   */
  static async open (store: DeviceStore, { key, deviceId }: QueueOwner): Promise<DeviceQueue> {
    const begun = await store.read('stream')
    const stream = begun ?? fromHex(streamIdOf(deviceId))
    if (begun === undefined) await store.write('stream', stream)
    const queue = await DeviceQueue.#read(store, key, stream)
    await queue.#tidy()
    return queue
  }

  /** The queue as it is now, to be looked at, also while another program runs it; undefined before it has begun. */
  static async look (store: DeviceStore, key: SecretKey): Promise<DeviceQueue | undefined> {
    const stream = await store.read('stream')
    return stream === undefined ? undefined : DeviceQueue.#read(store, key, stream)
  }

  static async #read (store: DeviceStore, key: SecretKey, streamBytes: Uint8Array): Promise<DeviceQueue> {
    const names = await store.list()
    const stream = toHex(streamBytes)
    const sealed = new SealedStore(store, key, stream)
    const state = await readJson<QueueState>(sealed, STATE) ?? { stream, next: 1, imports: {} }
    const of = (kind: 'k' | 'c' | 'b'): Set<number> =>
      new Set(names.filter((entry) => entry.startsWith(`${kind}-`)).map(numberOf).sort((a, b) => a - b))
    return new DeviceQueue(store, sealed, state, { k: of('k'), c: of('c'), b: of('b') })
  }

  get state (): QueueState {
    return this.#state
  }

  get stream (): string {
    return this.#state.stream
  }

  /** The number of the next window. */
  get nextNumber (): number {
    return Math.max(this.#state.next, this.#highest + 1)
  }

  /** Measured and not sent, in order. */
  get unsent (): number[] {
    return [...this.#entries.k]
  }

  /** First numbers of the batches, in order. */
  get batches (): number[] {
    return [...this.#entries.b]
  }

  /** Whether a window is kept, sent or not. */
  has (number: number): boolean {
    return this.#entries.c.has(number)
  }

  /** How many windows are kept. */
  get size (): number {
    return this.#entries.c.size
  }

  /** Whether a window with this number or a lower one is kept. */
  hasUpTo (number: number): boolean {
    const [first] = this.#entries.c
    return first !== undefined && first <= number
  }

  /** Members that are undefined go. */
  async change (change: { readonly [Name in keyof QueueState]?: QueueState[Name] | undefined }): Promise<void> {
    const members = Object.entries({ ...this.#state, ...change }).filter(([, value]) => value !== undefined)
    const state = Object.fromEntries(members) as unknown as QueueState
    await this.#sealed.write(STATE, encode(state))
    this.#state = state
  }

  /** What stood in the way of this number is over: it is left out, and shows as a gap. Remembered until the next start at least. */
  skip (number: number): void {
    this.#state = { ...this.#state, next: Math.max(this.#state.next, number + 1) }
  }

  /** The ciphertext first: a key without one would be of a window that was never sealed. */
  async addWindow (window: MeasuredWindow, ciphertext: Uint8Array): Promise<void> {
    await this.#store.write(name('c', window.number), ciphertext)
    try {
      await this.#sealed.write(name('k', window.number), encode(window))
    } catch (error) {
      await this.#store.remove(name('c', window.number))
      throw error
    }
    this.#entries.c.add(window.number)
    this.#entries.k.add(window.number)
    this.#highest = window.number
  }

  async readWindow (number: number): Promise<MeasuredWindow | undefined> {
    return readJson<MeasuredWindow>(this.#sealed, name('k', number))
  }

  async readCiphertext (number: number): Promise<Uint8Array | undefined> {
    return this.#store.read(name('c', number))
  }

  async readBatch (first: number): Promise<WindowBatch | undefined> {
    return readJson<WindowBatch>(this.#sealed, name('b', first))
  }

  async writeBatch (batch: WindowBatch): Promise<void> {
    const first = batch.windows[0]?.number ?? 0
    await this.#sealed.write(name('b', first), encode(batch))
    this.#entries.b.add(first)
  }

  /** Two hospitals have a batch: keys of its windows go, and with them what could open them here. */
  async markSent ({ windows }: WindowBatch): Promise<void> {
    const lastOf = windows.at(-1)
    if (lastOf === undefined) return
    const imports = await this.#countImports(windows.map(({ number }) => number))
    await this.change({ sent: { number: lastOf.number, id: lastOf.id }, next: Math.max(this.#state.next, lastOf.number + 1), imports })
    for (const { number } of windows) await this.#removeKey(number)
  }

  /** How many windows of an import were sealed already. */
  async importedOf (source: string): Promise<number> {
    const windows = await Promise.all(this.unsent.map((number) => this.readWindow(number)))
    const indexes = windows.flatMap((window) => window?.source?.name === source ? [window.source.index + 1] : [])
    return Math.max(this.#state.imports[source] ?? 0, ...indexes)
  }

  /** Forgets windows up to a number, and batches that have no other. */
  async forget (upTo: number): Promise<void> {
    for (const number of [...this.#entries.c].filter((one) => one <= upTo)) {
      await this.#removeCiphertext(number)
    }
    for (const first of this.batches.filter((one) => one <= upTo)) {
      const batch = await this.readBatch(first)
      if (batch?.windows.some(({ number }) => number > upTo) !== true) await this.#removeBatch(first)
    }
  }

  /**
   * Forgets windows that were sent for an epoch which their patient erased, or for an older one; `signedUntil`: those alone that were
   * signed by then (ms). What was to name them goes first, so that whatever is cut off here is done when it is done again. How many.
   */
  async forgetErased (erasure: ErasedEpochs): Promise<number> {
    const sent = this.#state.sent?.number ?? 0
    const isErased = (window: SignedWindow): boolean => window.number <= sent && isCoveredBy(erasure, window)
    const gone: number[] = []
    for (const first of this.batches) {
      const batch = await this.readBatch(first)
      const [erased, left] = partition(batch?.windows ?? [], isErased)
      if (batch === undefined || erased.length === 0) continue
      await this.#dropClosing(erased)
      if (left.length > 0) await this.writeBatch({ ...batch, windows: left })
      if (left[0]?.number !== first) await this.#removeBatch(first)
      gone.push(...erased.map(({ number }) => number))
    }
    for (const number of gone) await this.#removeCiphertext(number)
    return gone.length
  }

  /** A segment that was signed over any of these names windows that are nowhere. */
  async #dropClosing (windows: readonly SignedWindow[]): Promise<void> {
    const { closing } = this.#state
    if (closing === undefined || !windows.some(({ number }) => number >= closing.first && number <= closing.last)) return
    await this.change({ closing: undefined })
  }

  async #countImports (numbers: readonly number[]): Promise<QueueState['imports']> {
    const imports: Record<string, number> = { ...this.#state.imports }
    for (const number of numbers) {
      const source = (await this.readWindow(number))?.source
      if (source !== undefined) imports[source.name] = Math.max(imports[source.name] ?? 0, source.index + 1)
    }
    return imports
  }

  async #removeCiphertext (number: number): Promise<void> {
    await this.#store.remove(name('c', number))
    this.#entries.c.delete(number)
  }

  async #removeBatch (first: number): Promise<void> {
    await this.#sealed.remove(name('b', first))
    this.#entries.b.delete(first)
  }

  async #removeKey (number: number): Promise<void> {
    await this.#store.remove(name('k', number))
    this.#entries.k.delete(number)
  }

  /**
   * What a stop in the middle of a change left behind: a key whose window was sent, a ciphertext whose key was never written, or whose
   * batch was forgotten.
   */
  async #tidy (): Promise<void> {
    const sent = this.#state.sent?.number ?? 0
    for (const number of this.unsent.filter((one) => one <= sent)) await this.#removeKey(number)
    const batches = await Promise.all(this.batches.map((first) => this.readBatch(first)))
    const signed = new Set(batches.flatMap((batch) => batch?.windows.map(({ number }) => number) ?? []))
    for (const number of [...this.#entries.c].filter((one) => !this.#entries.k.has(one) && (one > sent || !signed.has(one)))) {
      await this.#removeCiphertext(number)
    }
    this.#highest = [...this.#entries.c].at(-1) ?? 0
  }
}

/** Those of which it holds, and the others. */
const partition = <T>(all: readonly T[], holds: (one: T) => boolean): [T[], T[]] => [all.filter(holds), all.filter((one) => !holds(one))]

/** What was erased: epochs up to this one, and of their windows those that were signed by then (ms). */
interface ErasedEpochs { epoch: number, signedUntil?: number }

function isCoveredBy ({ epoch, signedUntil = Infinity }: ErasedEpochs, { epoch: its, statement }: SignedWindow): boolean {
  return its <= epoch && (JSON.parse(statement.body) as { issuedAt: number }).issuedAt <= signedUntil
}

const encode = (value: object): Uint8Array => utf8(JSON.stringify(value))

/** Only what this device wrote is ever read: its seal is proven first. */
async function readJson<T> (store: SealedStore, entry: string): Promise<T | undefined> {
  const bytes = await store.read(entry)
  return bytes === undefined ? undefined : JSON.parse(new TextDecoder().decode(bytes)) as T
}
