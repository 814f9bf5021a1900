import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileExists, isErrno, syncPath } from '@epione/host'
import type { FastifyBaseLogger } from 'fastify'
import type { Kysely, Selectable } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { Tables, UploadsTable } from '../store/tables.ts'
import type { ContentStore } from './content-store.ts'
import type { Quota } from './quota.ts'
import { weigh } from './tally.ts'
import type { Owner, Reservation } from './tally.ts'
import { ContentDigests, gather, writeAll } from './write-content.ts'
import type { StoredContent } from './write-content.ts'

type Row = Selectable<UploadsTable>

/** An upload as its owner sees it. `offset`: bytes that are here; `content` once it is finished. */
export interface UploadState {
  readonly id: string
  readonly offset: number
  readonly length: number
  readonly createdAt: number
  readonly expiresAt: number
  readonly content?: StoredContent
}

interface Context {
  /** Folder of the unfinished files, on the same disk as the contents. */
  directory: string
  db: Kysely<Tables>
  contents: ContentStore
  quota: Quota
  /** Takes room on the disk. @throws {GatewayError} STORAGE_FULL */
  take: (bytes: number) => Promise<void>
  clock: () => number
  maxBytes: number
  /** Unfinished uploads of one owner. */
  openPerCaller: number
  /** Time (ms) from its beginning after which an unfinished upload is removed, and what a finished one was is forgotten. */
  lifeMs: number
}

/** Bytes read at once when a whole upload is hashed after its last part. */
const READ_BYTES = 1_048_576

/**
 * Ciphertext that comes in parts, each durable before it is acknowledged: a file under the upload's id, whose length is the offset, and a
 * row that says whose it is. When the last byte is here the whole is held against CID and content hash like any other upload, and moves
 * into the store of contents.
 */
export class ResumableUploads {
  readonly #context: Context
  /** Moves of finished files into the store: one at a time of an upload. */
  readonly #moves = new Map<string, Promise<void>>()

  private constructor (context: Context) {
    this.#context = context
  }

  /** Largest content. */
  get maxBytes (): number {
    return this.#context.maxBytes
  }

  /** Time (ms) from its beginning after which an unfinished upload is removed. */
  get lifeMs (): number {
    return this.#context.lifeMs
  }

  static async open (context: Context): Promise<ResumableUploads> {
    await mkdir(context.directory, { recursive: true, mode: 0o700 })
    return new ResumableUploads(context)
  }

  /** Begins an upload. @throws {GatewayError} CONTENT_TOO_LARGE, CONTENT_EMPTY, QUOTA_EXCEEDED */
  async create (owner: Owner, length: number, wantedCid: string | undefined): Promise<UploadState> {
    const { db, quota, contents, clock, maxBytes, openPerCaller, directory } = this.#context
    if (length > maxBytes) throw new GatewayError('CONTENT_TOO_LARGE', `this gateway takes ${maxBytes} bytes of ciphertext at most`)
    if (length === 0) throw new GatewayError('CONTENT_EMPTY', 'no sealed content has 0 bytes')
    const { count } = await db.selectFrom('uploads').select((eb) => eb.fn.countAll<number | string>().as('count'))
      .where('owner', '=', owner).where('cid', 'is', null).executeTakeFirstOrThrow()
    if (Number(count) >= openPerCaller) {
      throw new GatewayError('QUOTA_EXCEEDED', `${String(count)} uploads are unfinished already: end one first`, { retryAfterSeconds: 600 })
    }
    // A promise is judged, and takes no place.
    const promise = await quota.begin(owner, length)
    try {
      const row: Row = {
        id: randomBytes(16).toString('hex'),
        owner,
        length_bytes: length,
        received_bytes: 0,
        created_at: clock(),
        wanted_cid: wantedCid ?? null,
        cid: null,
        content_hash: null
      }
      await (await open(this.#pathOf(row.id), 'wx', 0o600)).close()
      await syncPath(directory)
      await db.insertInto('uploads').values(row).execute()
      contents.count(owner, weigh(0))
      return this.#stateOf(row, 0)
    } finally {
      promise.end()
    }
  }

  /**
   * As `get`, for whoever takes an upload of which every byte is here for a stored one: what a process left that died before it was is
   * checked and stored. One request at a time of an upload. @throws {GatewayError} as `get`; UPLOAD_UNKNOWN also where the bytes are none
   * that are kept
   */
  async settle (id: string, owner: Owner): Promise<UploadState> {
    const state = await this.get(id, owner)
    if (state.content !== undefined || state.offset < state.length) return state
    try {
      return await this.#finish(await this.#require(id, owner), undefined)
    } catch (error) {
      throw error instanceof GatewayError && ['CONTENT_EMPTY', 'CONTENT_MISMATCH'].includes(error.code) ? unknown(error) : error
    }
  }

  /** @throws {GatewayError} UPLOAD_UNKNOWN, also for another's; UPLOAD_EXPIRED */
  async get (id: string, owner: Owner): Promise<UploadState> {
    const row = await this.#require(id, owner)
    return row.cid === null ? this.#stateOf(row, await this.#lengthOf(id)) : await this.#finished(row)
  }

  /**
   * Adds bytes from `offset` on, and returns where the upload is then, also after it broke off: what was written stays. At its last byte
   * it is checked and stored.
   * @throws {GatewayError} UPLOAD_CONFLICT, CONTENT_TOO_LARGE, QUOTA_EXCEEDED, STORAGE_FULL, REQUEST_TIMEOUT, CONTENT_INTERRUPTED, and at
   * the end, when nothing of it is kept, CONTENT_EMPTY and CONTENT_MISMATCH
   */
  async append (id: string, owner: Owner, offset: number, source: AsyncIterable<Uint8Array>): Promise<UploadState> {
    const { quota } = this.#context
    const row = await this.#require(id, owner)
    if (row.cid !== null) return await this.#finished(row)
    const reservation = await quota.begin(owner, row.length_bytes - offset)
    // Taken as the bytes pass when all come at once, else of the file in the end.
    const digests = offset === 0 ? new ContentDigests() : undefined
    let end = offset
    try {
      end = await this.#write(row, offset, source, { reservation, digests })
    } finally {
      reservation.end()
    }
    return end === row.length_bytes ? await this.#finish(row, digests) : this.#stateOf(row, end)
  }

  /** Removes an unfinished upload; a finished one is a content and stays. @throws {GatewayError} UPLOAD_UNKNOWN */
  async end (id: string, owner: Owner): Promise<void> {
    await this.#remove(await this.#require(id, owner))
  }

  /** Removes what is too old, and files that no row names; what cannot be removed is logged and tried again. */
  async removeExpired (log: FastifyBaseLogger): Promise<number> {
    const { db, clock, lifeMs, directory } = this.#context
    const before = clock() - lifeMs
    let removed = 0
    const attempt = async (id: string, work: () => Promise<void>): Promise<void> => {
      try {
        await work()
        removed += 1
      } catch (error) {
        log.error({ err: error, uploadId: id }, 'an upload that is over cannot be removed')
      }
    }
    const rows = await db.selectFrom('uploads').selectAll().where('created_at', '<', before).execute()
    for (const row of rows) await attempt(row.id, async () => { await this.#remove(row) })
    const known = new Set((await db.selectFrom('uploads').select('id').execute()).map(({ id }) => id))
    for (const name of await readdir(directory)) {
      if (known.has(name)) continue
      // Of one that is just being made the row comes after the file.
      const { mtimeMs } = await stat(join(directory, name)).catch(() => ({ mtimeMs: Infinity }))
      if (mtimeMs < Date.now() - lifeMs) await attempt(name, async () => { await rm(join(directory, name), { force: true }) })
    }
    if (removed > 0) log.info({ removed }, 'removed uploads that were not finished in time')
    return removed
  }

  async #write (
    row: Row,
    offset: number,
    source: AsyncIterable<Uint8Array>,
    { reservation, digests }: { reservation: Reservation, digests: ContentDigests | undefined }
  ): Promise<number> {
    const file = await open(this.#pathOf(row.id), 'r+').catch(unknownIfGone)
    let { size: end } = await file.stat()
    try {
      if (end !== offset) throw new GatewayError('UPLOAD_CONFLICT', `the upload is at byte ${String(end)}`)
      for await (const piece of gather(source)) {
        if (end + piece.length > row.length_bytes) {
          throw new GatewayError('CONTENT_TOO_LARGE', `the upload was begun for ${String(row.length_bytes)} bytes`)
        }
        await this.#context.take(piece.length)
        await reservation.grow(piece.length)
        await Promise.all([digests?.update(piece), writeAll(file, piece, end)])
        end += piece.length
      }
    } finally {
      try {
        await file.sync()
      } finally {
        await file.close()
      }
      await this.#note(row, end)
    }
    return end
  }

  async #note (row: Row, end: number): Promise<void> {
    await this.#context.db.updateTable('uploads').set({ received_bytes: end }).where('id', '=', row.id).execute()
    this.#context.contents.count(row.owner, weigh(end) - weigh(row.received_bytes))
    row.received_bytes = end
  }

  async #finish (row: Row, digests: ContentDigests | undefined): Promise<UploadState> {
    let content: StoredContent
    try {
      content = await (digests ?? await this.#hash(row.id)).finish(row.wanted_cid ?? undefined)
    } catch (error) {
      // These bytes are never a content: whoever goes on with them is told to begin anew.
      if (error instanceof GatewayError) await this.#remove(row)
      throw error
    }
    // Named first: after a crash between these two the file is taken over when it is asked for.
    const { numUpdatedRows } = await this.#context.db.updateTable('uploads')
      .set({ cid: content.cid, content_hash: content.contentHash }).where('id', '=', row.id).executeTakeFirstOrThrow()
    // Its time ended while it was written, or another process of its owner gave it up.
    if (numUpdatedRows === 0n) throw unknown()
    await this.#adopt(row, content)
    return this.#stateOf(row, content.sizeBytes, content)
  }

  /** Moves the file into the store, unless it is there already: whoever asks meanwhile waits for the same move. */
  async #adopt (row: Row, content: StoredContent): Promise<void> {
    const move = async (): Promise<void> => {
      if (!await fileExists(this.#pathOf(row.id))) return
      await this.#context.contents.adopt(this.#pathOf(row.id), content, row.owner)
      this.#context.contents.count(row.owner, -weigh(row.received_bytes))
    }
    const moving = this.#moves.get(row.id) ?? move().finally(() => { this.#moves.delete(row.id) })
    this.#moves.set(row.id, moving)
    await moving
  }

  async #finished (row: Row): Promise<UploadState> {
    const content = { cid: String(row.cid), contentHash: String(row.content_hash), sizeBytes: row.length_bytes }
    await this.#adopt(row, content)
    return this.#stateOf(row, content.sizeBytes, content)
  }

  async #hash (id: string): Promise<ContentDigests> {
    const digests = new ContentDigests()
    const file = await open(this.#pathOf(id)).catch(unknownIfGone)
    for await (const piece of file.createReadStream({ highWaterMark: READ_BYTES })) await digests.update(piece as Buffer)
    return digests
  }

  async #remove (row: Row): Promise<void> {
    const { db, contents } = this.#context
    const { numDeletedRows } = await db.deleteFrom('uploads').where('id', '=', row.id).executeTakeFirstOrThrow()
    await rm(this.#pathOf(row.id), { force: true })
    if (numDeletedRows > 0n && row.cid === null) contents.count(row.owner, -weigh(row.received_bytes))
  }

  async #require (id: string, owner: Owner): Promise<Row> {
    const row = await this.#context.db.selectFrom('uploads').selectAll().where('id', '=', id).where('owner', '=', owner).executeTakeFirst()
    if (row === undefined) throw unknown()
    if (row.created_at + this.#context.lifeMs < this.#context.clock()) throw new GatewayError('UPLOAD_EXPIRED', 'the upload was not finished in time')
    return row
  }

  async #lengthOf (id: string): Promise<number> {
    return (await stat(this.#pathOf(id)).catch(unknownIfGone)).size
  }

  #stateOf ({ id, length_bytes: length, created_at: createdAt }: Row, offset: number, content?: StoredContent): UploadState {
    const expiresAt = createdAt + this.#context.lifeMs
    return { id, offset, length, createdAt, expiresAt, ...(content !== undefined && { content }) }
  }

  #pathOf (id: string): string {
    return join(this.#context.directory, id)
  }
}

function unknown (cause?: unknown): GatewayError {
  return new GatewayError('UPLOAD_UNKNOWN', 'no such upload of yours is under way here: begin it anew', cause === undefined ? {} : { cause })
}

function unknownIfGone (cause: unknown): never {
  throw isErrno(cause, 'ENOENT') ? unknown(cause) : cause
}
