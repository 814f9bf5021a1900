import type { SignedStatement } from '@epione/protocol'
import { PEER_STREAMS, WINDOWS_BYTES_MAX, WINDOWS_MAX } from '@epione/protocol/api'
import type { SentWindow, WindowsKept } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import { copyElsewhere } from '../peers/copy-elsewhere.ts'
import { readReceipt } from './window-receipts.ts'

/** Another hospital's word that it has windows, and which. */
export interface CopyReceipt { mspId: string, statement: SignedStatement, windowIds: ReadonlySet<string> }

interface Waiting {
  windows: readonly SentWindow[]
  windowIds: readonly string[]
  bytes: number
  resolve: (receipt: CopyReceipt) => void
  reject: (error: unknown) => void
}

export interface WindowCopiesOptions {
  /** Has one other hospital keep windows of any streams; its receipt names those that it took, one at least. @throws {GatewayError} */
  put: (windows: readonly SentWindow[]) => Promise<CopyReceipt>
  /** How long (ms) the first of a batch waits for others. */
  lingerMs?: number
}

/** A window waits so long (ms) for those of other devices: a request between hospitals costs as much as several windows. */
const LINGER_MS = 15
/** Requests under way at once: what comes meanwhile gathers. */
const UNDER_WAY_MAX = 4

/**
 * Copies windows of many devices to a second hospital in few requests. That hospital judges each stream alone: what it does not take of a
 * batch is offered again by itself, so that one bad window costs no other device anything.
 */
export class WindowCopies {
  readonly #put: WindowCopiesOptions['put']
  readonly #lingerMs: number
  #waiting: Waiting[] = []
  #underWay = 0
  #timer: NodeJS.Timeout | undefined

  constructor ({ put, lingerMs = LINGER_MS }: WindowCopiesOptions) {
    this.#put = put
    this.#lingerMs = lingerMs
  }

  /** Resolves once another hospital has all of these, which are of one stream. @throws {GatewayError} COPY_UNAVAILABLE */
  async copy (windows: readonly SentWindow[], windowIds: readonly string[]): Promise<WindowsKept['receipts'][number]> {
    const bytes = windows.reduce((sum, { ciphertext }) => sum + Math.ceil(ciphertext.length * 0.75), 0)
    const { mspId, statement } = await new Promise<CopyReceipt>((resolve, reject) => {
      this.#waiting.push({ windows, windowIds, bytes, resolve, reject })
      this.#schedule()
    })
    return { mspId, statement }
  }

  #schedule (): void {
    if (this.#underWay >= UNDER_WAY_MAX || this.#waiting.length === 0) return
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#begin()
    }, this.#lingerMs)
  }

  #begin (): void {
    const batch = this.#take()
    if (batch.length === 0) return
    this.#underWay += 1
    // It settles each by itself, and never fails.
    this.#run(batch).catch(() => undefined).finally(() => {
      this.#underWay -= 1
      this.#schedule()
    })
    this.#schedule()
  }

  /** The longest waiting, as many as one request takes. */
  #take (): Waiting[] {
    let [count, windows, bytes] = [0, 0, 0]
    for (const one of this.#waiting) {
      windows += one.windows.length
      bytes += one.bytes
      if (count > 0 && (windows > WINDOWS_MAX || bytes > WINDOWS_BYTES_MAX)) break
      count += 1
    }
    return this.#waiting.splice(0, count)
  }

  async #run (batch: readonly Waiting[]): Promise<void> {
    const receipt = await this.#offer(batch)
    const left = batch.filter((one) => !this.#settle(one, receipt))
    // All at once: a hospital that takes one of each batch and lets the others wait would hold up 63 devices after one another.
    await Promise.all(left.map(async (one) => {
      const own = await this.#offer([one])
      if (!this.#settle(one, own)) one.reject(own instanceof Error ? own : refused())
    }))
  }

  async #offer (batch: readonly Waiting[]): Promise<CopyReceipt | Error> {
    try {
      return await this.#put(batch.flatMap(({ windows }) => windows))
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  }

  /** Whether that is the end of it. */
  #settle ({ windowIds, resolve, reject }: Waiting, receipt: CopyReceipt | Error): boolean {
    if (receipt instanceof Error) {
      reject(receipt)
      return true
    }
    const isWhole = windowIds.every((id) => receipt.windowIds.has(id))
    if (isWhole) resolve(receipt)
    return isWhole
  }
}

/** Offers windows to other hospitals in turn, to the first that takes some of them. @throws {GatewayError} COPY_UNAVAILABLE */
export async function putCopies (app: FastifyInstance, windows: readonly SentWindow[]): Promise<CopyReceipt> {
  const receipts = new Map<string, CopyReceipt>()
  const [, mspId = ''] = await copyElsewhere(app, { what: 'copies of the windows' }, async (peer, signal) => {
    const { receipt } = await peer.call(PEER_STREAMS.putWindows, { body: { windows: [...windows] } }, signal)
    const { mspId } = peer.organization
    receipts.set(mspId, { mspId, statement: receipt, windowIds: await readReceipt(app.proxy.context, { mspId, receipt }) })
  })
  const taken = receipts.get(mspId)
  if (taken === undefined) throw new Error(`${mspId} took windows without a receipt`)
  return taken
}

function refused (): GatewayError {
  return new GatewayError('COPY_UNAVAILABLE', 'no other hospital took all of these windows, so nothing was kept; send them again')
}
