import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { CryptoError, HEADER_BYTES, parseContentHeader } from '@epione/crypto'
import type { ContentHeader } from '@epione/crypto'
import { isErrno, syncPath } from '@epione/host'
import type { FastifyBaseLogger } from 'fastify'
import type { Kysely, Selectable } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { ContentsTable, Tables } from '../store/tables.ts'
import type { IpfsNode } from './ipfs-node.ts'
import { Tally, weigh } from './tally.ts'
import type { Owner } from './tally.ts'
import { writeContent } from './write-content.ts'
import type { ReceiveOptions, StoredContent } from './write-content.ts'

/** First and last byte of a part, both inclusive. */
export interface ByteRange { start: number, end: number }

/** Silence (ms) after which an upload in one piece is over, whoever received it: a gateway ends one that stalls within a minute or two. */
const ABANDONED_MS = 60 * 60 * 1000
/** Rows looked at in one go. */
const PAGE = 500

/** Ciphertext on disk under the CID that IPFS gives it. */
export class ContentStore {
  /** What no record names yet, weighed, by who brought it; of what this process took at least so much, until it is counted anew. */
  unnamed = new Tally()
  #takenSince: Array<[Owner, number]> = []
  readonly #directory: string
  readonly #incoming: string
  readonly #torn: string
  /** Folder of uploads that are not finished yet, on the same disk. */
  readonly uploadsDirectory: string
  readonly #db: Kysely<Tables>
  readonly #clock: () => number
  readonly #ipfs: Pick<IpfsNode, 'remove'> | undefined

  private constructor (directory: string, db: Kysely<Tables>, clock: () => number, ipfs?: Pick<IpfsNode, 'remove'>) {
    this.#directory = directory
    this.#incoming = join(directory, 'incoming')
    this.#torn = join(directory, 'torn')
    this.uploadsDirectory = join(directory, 'uploads')
    this.#db = db
    this.#clock = clock
    this.#ipfs = ipfs
  }

  /**
   * Opens the store in `directory` and removes what uploads in one piece left unfinished: all of it where this process is alone on it, else
   * what nobody has written to for long.
   */
  static async open (
    directory: string, { db, clock, isAlone, ipfs }: { db: Kysely<Tables>, clock: () => number, isAlone: boolean, ipfs?: Pick<IpfsNode, 'remove'> | undefined }
  ): Promise<ContentStore> {
    const store = new ContentStore(directory, db, clock, ipfs)
    for (const folder of [store.#incoming, store.#torn]) await mkdir(folder, { recursive: true, mode: 0o700 })
    await store.removeIncoming(isAlone ? Infinity : Date.now() - ABANDONED_MS)
    await store.recount()
    return store
  }

  /** Removes what uploads in one piece left, and nobody wrote to since `before` (ms). */
  async removeIncoming (before: number): Promise<void> {
    for (const name of await readdir(this.#incoming)) {
      const path = join(this.#incoming, name)
      // One that came to its end meanwhile is gone.
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }))
      if (mtimeMs <= before) await rm(path, { recursive: true, force: true })
    }
  }

  /** Counts what no record names: blocks, sweeps and other processes on the same database change it. */
  async recount (): Promise<void> {
    const takenSince: Array<[Owner, number]> = []
    this.#takenSince = takenSince
    const rows = await this.#db.selectFrom('contents').where('named', '=', 0).groupBy('owner')
      .select((eb) => [
        'owner',
        eb.fn.sum<number | string>(eb.case().when('size_bytes', '<', weigh(0)).then(weigh(0)).else(eb.ref('size_bytes')).end()).as('bytes')
      ]).execute()
    const unfinished = await this.#db.selectFrom('uploads').where('cid', 'is', null).select(['owner', 'received_bytes']).execute()
    const counted = new Tally()
    for (const { owner, bytes } of rows) if (owner !== null) counted.add(owner, Number(bytes))
    for (const { owner, received_bytes: bytes } of unfinished) counted.add(owner, weigh(bytes))
    for (const [owner, bytes] of takenSince) counted.add(owner, bytes)
    this.unnamed = counted
  }

  /**
   * Stores a stream in constant memory and resolves when file, directory entry and row are on disk.
   * Storing the same bytes again is fine.
   * @throws {GatewayError} CONTENT_EMPTY, CONTENT_TOO_LARGE, CONTENT_MISMATCH, CONTENT_INTERRUPTED
   */
  async receive (source: AsyncIterable<Uint8Array>, options: ReceiveOptions): Promise<StoredContent> {
    const path = join(this.#incoming, randomUUID())
    const file = await open(path, 'wx', 0o600)
    try {
      const content = await writeContent(file, source, options)
      await file.sync()
      await this.adopt(path, content, options.owner)
      return content
    } finally {
      await file.close()
      await rm(path, { force: true })
    }
  }

  /** What is stored under the CID, or undefined: also when the file is gone, cannot be looked at, or has another length (set aside). */
  async find (cid: string): Promise<StoredContent | undefined> {
    const known = await this.#rowOf(cid)
    return known !== undefined && await this.#isWhole(known) ? known : undefined
  }

  /** True when the content was stored here for good and its file is torn or gone: it is to be fetched again. */
  async isLost (cid: string): Promise<boolean> {
    const known = await this.#rowOf(cid)
    return known !== undefined && !await this.#isWhole(known)
  }

  /** Sets torn files aside, each before somebody asks for it, and logs what has no whole file. */
  async reportLost (log: FastifyBaseLogger): Promise<number> {
    let [lost, last] = [0, '']
    for (;;) {
      const rows = await this.#db.selectFrom('contents').selectAll().where('cid', '>', last).orderBy('cid').limit(PAGE).execute()
      for (const row of rows) {
        const { cid } = row
        if (await this.#isWhole(toStored(row))) continue
        log.error({ cid }, 'a content in the own store is torn, unreadable or gone: it is fetched from another hospital when it is asked for')
        lost += 1
      }
      last = rows.at(-1)?.cid ?? ''
      if (rows.length < PAGE) return lost
    }
  }

  async #rowOf (cid: string): Promise<StoredContent | undefined> {
    const row = await this.#db.selectFrom('contents').selectAll().where('cid', '=', cid).executeTakeFirst()
    return row === undefined ? undefined : toStored(row)
  }

  /** False when the file is gone, cannot be looked at, or has another length: that one is set aside. */
  async #isWhole (known: StoredContent): Promise<boolean> {
    const length = await lengthOf(this.#pathOf(known.cid))
    if (length !== undefined && length !== known.sizeBytes) await this.#setAside(known)
    return length === known.sizeBytes
  }

  /** Keeps a torn file out of the way for whoever looks into it; the good one may have taken its place in this very moment. */
  async #setAside ({ cid, sizeBytes }: StoredContent): Promise<void> {
    const aside = join(this.#torn, `${cid}.${randomUUID()}`)
    try {
      await rename(this.#pathOf(cid), aside)
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return
      throw error
    }
    if (await lengthOf(aside) === sizeBytes) await rename(aside, this.#pathOf(cid))
  }

  /** The bytes, or a part of them. @throws {GatewayError} CONTENT_UNKNOWN when the file is gone */
  async read (cid: string, range?: ByteRange): Promise<Readable> {
    let file: FileHandle
    try {
      // Opened before the stream is made: nobody listens yet to an error of its opening.
      file = await open(this.#pathOf(cid))
    } catch (cause) {
      // One that only cannot be opened now is none that is gone: a sweep would delete it.
      if (!isErrno(cause, 'ENOENT')) throw cause
      throw new GatewayError('CONTENT_UNKNOWN', 'this gateway has no such content', { cause })
    }
    return file.createReadStream(range)
  }

  /**
   * What the stored content says of itself. @throws {GatewayError} CONTENT_UNKNOWN when the file is gone, CONTENT_MISMATCH when it is no
   * sealed content
   */
  async readHeader (cid: string): Promise<ContentHeader> {
    const bytes = await buffer(await this.read(cid, { start: 0, end: HEADER_BYTES - 1 }))
    try {
      return parseContentHeader(Uint8Array.from(bytes))
    } catch (cause) {
      if (!(cause instanceof CryptoError)) throw cause
      throw new GatewayError('CONTENT_MISMATCH', `what is stored under this CID is no sealed content: ${cause.message}`, { cause })
    }
  }

  /** Keeps content that no record names for another day: one is about to. */
  async ask (cid: string): Promise<void> {
    await this.#db.updateTable('contents').set({ created_at: this.#clock() }).where('cid', '=', cid).where('named', '=', 0).execute()
  }

  /** A record on the ledger names it: it stays for good, and counts for nobody. */
  async markNamed (cid: string): Promise<void> {
    await this.#db.updateTable('contents').set({ named: 1 }).where('cid', '=', cid).execute()
  }

  /** Removes content that nobody asked for since `askedAt`; false when somebody has, or a record names it. */
  async remove (cid: string, askedAt: number): Promise<boolean> {
    const { numDeletedRows } = await this.#db.deleteFrom('contents')
      .where('cid', '=', cid).where('created_at', '=', askedAt).where('named', '=', 0).executeTakeFirstOrThrow()
    if (numDeletedRows === 0n) return false
    const aside = join(this.#incoming, randomUUID())
    await rename(this.#pathOf(cid), aside).catch((error: unknown) => {
      if (!isErrno(error, 'ENOENT')) throw error
    })
    // Who brought the same bytes meanwhile has a row again: the file is theirs.
    if (await this.#rowOf(cid) === undefined) await rm(aside, { force: true })
    else await rename(aside, this.#pathOf(cid))
    return true
  }

  /**
   * Removes content for good, torn copies and what the own IPFS node has of it too, row first: what has no row is given to nobody.
   * False when nothing of it lay here. @throws {GatewayError} IPFS_UNAVAILABLE: then it is not done
   */
  async destroy (cid: string): Promise<boolean> {
    await this.#ipfs?.remove(cid)
    const row = await this.#db.deleteFrom('contents').where('cid', '=', cid).returning('cid').executeTakeFirst()
    await rm(this.#pathOf(cid), { force: true })
    for (const name of await readdir(this.#torn)) {
      if (name.startsWith(`${cid}.`)) await rm(join(this.#torn, name), { force: true })
    }
    return row !== undefined
  }

  /**
   * Removes files without a row that are older than `before` (ms): a process died between the two. What cannot be looked at is logged and
   * left.
   */
  async removeStrays (before: number, log: FastifyBaseLogger): Promise<number> {
    let removed = 0
    for (const folder of await readdir(this.#directory, { withFileTypes: true })) {
      const path = join(this.#directory, folder.name)
      if (!folder.isDirectory() || [this.#incoming, this.#torn, this.uploadsDirectory].includes(path)) continue
      const names = await readdir(path).catch((error: unknown) => {
        log.error({ err: error, folder: folder.name }, 'a folder of contents cannot be looked at')
        return []
      })
      for (const name of names) {
        try {
          if (await this.#removeStray(name, before)) removed += 1
        } catch (error) {
          log.error({ err: error, folder: folder.name, name }, 'a file among the contents cannot be looked at, or removed')
        }
      }
    }
    return removed
  }

  async #removeStray (cid: string, before: number): Promise<boolean> {
    const path = this.#pathOf(cid)
    if (await this.#rowOf(cid) !== undefined || (await stat(path)).mtimeMs >= before) return false
    await rm(path, { force: true })
    return true
  }

  /** Takes over a file whose content was checked and is on disk. @throws {GatewayError} CONTENT_INTERRUPTED */
  async adopt (path: string, { cid, contentHash, sizeBytes }: StoredContent, owner: Owner | undefined): Promise<void> {
    const target = this.#pathOf(cid)
    await mkdir(join(target, '..'), { recursive: true, mode: 0o700 })
    await rename(path, target)
    await syncPath(join(target, '..'))
    await syncPath(this.#directory)
    const now = this.#clock()
    const row = await this.#db.insertInto('contents')
      .values({ cid, content_hash: contentHash, size_bytes: sizeBytes, created_at: now, owner: owner ?? null })
      .onConflict((c) => c.column('cid').doNothing()).returning('cid').executeTakeFirst()
    if (row === undefined) await this.#db.updateTable('contents').set({ created_at: now }).where('cid', '=', cid).execute()
    else if (owner !== undefined) this.count(owner, weigh(sizeBytes))
    // A sweep may have set it aside in this very moment; then it is to be brought again.
    await stat(target).catch((cause: unknown) => {
      throw new GatewayError('CONTENT_INTERRUPTED', 'the content was removed while it came: send it again', { cause })
    })
  }

  /** Counts what came to lie here unnamed, or less than 0 for what went. */
  count (owner: Owner, bytes: number): void {
    this.unnamed.add(owner, bytes)
    this.#takenSince.push([owner, bytes])
  }

  /** Two levels: a directory with millions of entries is slow to list and to sync. The CID's end is evenly spread. */
  #pathOf (cid: string): string {
    return join(this.#directory, cid.slice(-2), cid)
  }
}

function toStored ({ cid, content_hash: contentHash, size_bytes: sizeBytes }: Selectable<ContentsTable>): StoredContent {
  return { cid, contentHash, sizeBytes }
}

/** Bytes of a file; undefined when there is none, or it cannot be looked at: either way it serves nobody. */
async function lengthOf (path: string): Promise<number | undefined> {
  return await stat(path).then(({ size }) => size, () => undefined)
}
