import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import type { FhirResource } from 'fhir/r4.js'
import { toHex } from '@epione/crypto'
import { listIfExists, PRIVATE_FOLDER_MODE } from '@epione/host'
import { messageOf } from '@epione/sdk'
import { FhirError } from '../errors.ts'
import { SealedFile } from './spool.ts'

/** Exports that one caller has at once, and how long one is kept once it is done, ms. */
const [JOBS_MAX, KEPT_MS] = [4, 3_600_000]
/** Lines and bytes of one file; bytes of one export. */
const [LINES_MAX, FILE_BYTES_MAX, JOB_BYTES_MAX] = [50_000, 256 * 1024 * 1024, 4 * 1024 * 1024 * 1024]
/** What a process that was killed left is unreadable, and removed by a later one. */
const LEFT_MS = 24 * 3_600_000

export interface ExportedFile { readonly type: string, readonly name: string, readonly file: SealedFile }

/** An export under way or done: its files are sealed under keys that are in memory alone. */
export class ExportJob {
  readonly id = toHex(randomBytes(16))
  readonly caller: string
  /** Address with which it was begun. */
  readonly request: string
  readonly begunAt = Date.now()
  readonly folder: string
  readonly #cancelled = new AbortController()
  readonly #files: ExportedFile[] = []
  #bytes = 0
  progress = 'waiting'
  doneAt: number | undefined
  failure: Error | undefined

  constructor ({ caller, request, folder }: { caller: string, request: string, folder: string }) {
    this.caller = caller
    this.request = request
    this.folder = join(folder, this.id)
  }

  get files (): readonly ExportedFile[] { return this.#files }
  get signal (): AbortSignal { return this.#cancelled.signal }
  get expiresAt (): number | undefined { return this.doneAt === undefined ? undefined : this.doneAt + KEPT_MS }
  get resources (): number { return this.#files.reduce((sum, { file }) => sum + file.lines, 0) }

  cancel (): void { this.#cancelled.abort() }

  /** Adds a resource to a file of its type; `as` names another. @throws {FhirError} EXPORT_TOO_LARGE */
  async add (resource: FhirResource, as: string = resource.resourceType): Promise<void> {
    const line = JSON.stringify(resource)
    this.#bytes += line.length
    if (this.#bytes > JOB_BYTES_MAX) throw new FhirError('EXPORT_TOO_LARGE', `more than ${String(JOB_BYTES_MAX / 1024 ** 3)} GiB are not exported at once: say _type, _since or patient`, { issue: 'too-costly' })
    const current = this.#files.findLast(({ type }) => type === as)
    const isRoom = current !== undefined && current.file.lines < LINES_MAX && current.file.bytes < FILE_BYTES_MAX
    await (isRoom ? current : this.#newFile(as)).file.write(line)
  }

  async flush (): Promise<void> {
    for (const { file } of this.#files) await file.flush()
  }

  #newFile (type: string): ExportedFile {
    const number = this.#files.length + 1
    const made = { type, name: `${type}-${String(number)}.ndjson`, file: new SealedFile(join(this.folder, String(number))) }
    this.#files.push(made)
    return made
  }
}

type Work = (job: ExportJob) => Promise<void>

/** The exports of a service: one after the other, each its caller's alone, an hour long once it is done. */
export class ExportJobs {
  readonly #parent: string
  readonly #folder: string
  readonly #jobs = new Map<string, ExportJob>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #turn = Promise.resolve()
  #isCleared = false

  constructor (folder: string) {
    this.#parent = folder
    this.#folder = join(folder, randomUUID())
  }

  /** Begins one, after those that are under way. @throws {FhirError} TOO_MANY_REQUESTS */
  begin (caller: string, request: string, work: Work): ExportJob {
    const own = [...this.#jobs.values()].filter((job) => job.caller === caller)
    if (own.length >= JOBS_MAX) throw new FhirError('TOO_MANY_REQUESTS', `you have ${String(JOBS_MAX)} exports: delete one that you have read, or that you do not want`)
    const job = new ExportJob({ caller, request, folder: this.#folder })
    this.#jobs.set(job.id, job)
    this.#turn = this.#turn.then(async () => { await this.#run(job, work) })
    return job
  }

  /** @throws {FhirError} NOT_FOUND, also of another caller's */
  find (id: string, caller: string): ExportJob {
    const job = this.#jobs.get(id)
    if (job?.caller === caller) return job
    throw new FhirError('NOT_FOUND', 'there is no such export: it was deleted, is more than an hour old, or never was')
  }

  /** Ends one, and removes what it has written. */
  async cancel (job: ExportJob): Promise<void> {
    this.#jobs.delete(job.id)
    job.cancel()
    // One that writes still removes it itself.
    if (job.doneAt !== undefined) await rm(job.folder, { recursive: true, force: true })
  }

  async close (): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer)
    for (const job of this.#jobs.values()) job.cancel()
    this.#jobs.clear()
    await this.#turn
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #run (job: ExportJob, work: Work): Promise<void> {
    try {
      job.signal.throwIfAborted()
      await this.#clear()
      await mkdir(job.folder, { recursive: true, mode: PRIVATE_FOLDER_MODE })
      await work(job)
      await job.flush()
    } catch (error) {
      job.failure = error instanceof Error ? error : new Error(String(error))
    }
    job.doneAt = Date.now()
    // Whether that can be removed or not, the next one's turn comes.
    if (job.signal.aborted || job.failure !== undefined) await rm(job.folder, { recursive: true, force: true }).catch(warn)
    if (job.signal.aborted) return
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.cancel(job).catch(warn)
    }, KEPT_MS)
    timer.unref()
    this.#timers.add(timer)
  }

  /** What cannot be removed stops no export: the next one tries again. */
  async #clear (): Promise<void> {
    if (this.#isCleared) return
    try {
      await removeLeft(this.#parent)
      this.#isCleared = true
    } catch (error) {
      warn(error)
    }
  }
}

const warn = (error: unknown): void => { process.emitWarning(`files of an export cannot be removed: ${messageOf(error)}`) }

async function removeLeft (folder: string): Promise<void> {
  for (const name of await listIfExists(folder)) {
    const path = join(folder, name)
    if ((await stat(path)).mtimeMs < Date.now() - LEFT_MS) await rm(path, { recursive: true, force: true })
  }
}
