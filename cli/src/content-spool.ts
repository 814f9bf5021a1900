import { createHash, createHmac } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeyRing } from '@epione/crypto'
import { openBox, sealBox, takeLock } from '@epione/host'
import type { Lock } from '@epione/host'
import { SpooledRecord } from '@epione/sdk'
import type { UploadSpool } from '@epione/sdk'
import { listFolder, makeFolder, readTextIfThere, replaceFile, writeWhole } from './files.ts'
import { parseJson } from './parse-json.ts'

/** Contents from this size on (bytes) are kept sealed until they are registered: less is sent again as quickly. */
export const SPOOL_FROM_BYTES = 16 * 1024 * 1024
/** What nobody has come back to for so long (ms) is removed. */
const KEEP_MS = 7 * 24 * 3_600_000
/** Bytes that stay free on the disk beside a spooled content. */
const FREE_BYTES = 256 * 1024 * 1024
const BOX_NAME = 'epione/outgoing'
const READ_BYTES = 1024 * 1024

/** What tells one addition from another: the file as it is, and all that was said of it. */
export interface Addition { path: string, sizeBytes: number, changed: string, said: unknown }

/**
 * A sealed content on its way, in a folder of the home of its own: the ciphertext, and, sealed under the home's keys, its content key and
 * how far it is. The same command finds it again.
 */
export class ContentSpool implements UploadSpool {
  onProgress?: (bytes: number) => void
  readonly #folder: string
  readonly #key: Uint8Array
  readonly #lock: Lock

  private constructor (folder: string, key: Uint8Array, lock: Lock) {
    this.#folder = folder
    this.#key = key
    this.#lock = lock
  }

  /** Undefined where the disk has no room for it, or another command has it: the content is then sent without. */
  static async open (home: string, keys: KeyRing, addition: Addition): Promise<ContentSpool | undefined> {
    await makeFolder(home)
    await removeOld(home)
    const name = createHash('sha256').update(JSON.stringify(addition)).digest('hex').slice(0, 32)
    const folder = join(home, name)
    await makeFolder(folder)
    const lock = takeLock(join(folder, 'lock'))
    if (lock === undefined) return undefined
    const spool = new ContentSpool(folder, createHmac('sha256', keys.searchCacheKey()).update(BOX_NAME).digest(), lock)
    const { bavail, bsize } = await statfs(folder)
    if (await spool.load() !== undefined || bavail * bsize > addition.sizeBytes * 1.01 + FREE_BYTES) return spool
    await spool.drop()
    spool.close()
    return undefined
  }

  async load (): Promise<SpooledRecord | undefined> {
    const text = await readTextIfThere(this.#stateFile)
    const kept = text === undefined ? undefined : parseJson(SpooledRecord, this.#opened(text) ?? '')
    if (kept === undefined) return undefined
    const { size } = await stat(this.#contentFile).catch(() => ({ size: -1 }))
    return size === kept.sealedBytes ? kept : undefined
  }

  async write (ciphertext: AsyncIterable<Uint8Array>): Promise<void> {
    await rm(this.#stateFile, { force: true })
    await writeWhole(this.#contentFile, ciphertext, { overwrite: true })
  }

  async keep (record: SpooledRecord): Promise<void> {
    await replaceFile(this.#stateFile, sealBox(this.#key, Buffer.from(JSON.stringify(record)), BOX_NAME).toString('hex'))
  }

  read (from: number): AsyncIterable<Uint8Array> {
    return createReadStream(this.#contentFile, { start: from, highWaterMark: READ_BYTES }) as AsyncIterable<Uint8Array>
  }

  async drop (): Promise<void> {
    await rm(this.#stateFile, { force: true })
    await rm(this.#contentFile, { force: true })
  }

  /** Lets others have it; one in which nothing is left goes. */
  close (): void {
    this.#lock.release()
  }

  get #stateFile (): string { return join(this.#folder, 'state') }
  get #contentFile (): string { return join(this.#folder, 'content') }

  #opened (text: string): string | undefined {
    try {
      return openBox(this.#key, Buffer.from(text, 'hex'), BOX_NAME).toString('utf8')
    } catch {
      // Of another phrase, or damaged: the content is sealed anew.
      return undefined
    }
  }
}

async function removeOld (home: string): Promise<void> {
  for (const name of await listFolder(home)) {
    const folder = join(home, name)
    const newest = await Promise.all(['content', 'state', 'lock'].map(async (file) =>
      await stat(join(folder, file)).then(({ mtimeMs }) => mtimeMs, () => 0)))
    if (Math.max(...newest) < Date.now() - KEEP_MS) await rm(folder, { recursive: true, force: true })
  }
}
