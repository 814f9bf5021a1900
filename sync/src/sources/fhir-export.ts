import { setTimeout as wait } from 'node:timers/promises'
import { Left, requireLeft } from '../errors.ts'
import type { Reason } from '../errors.ts'
import { parseFhir, RESOURCE_BYTES_MAX } from '../fhir-json.ts'
import { isMovedType } from '../resources.ts'
import type { MovedType } from '../resources.ts'
import { faultsIn, isManifest, readableIn } from '../shapes.ts'
import type { ExportedGiven, ManifestGiven } from '../shapes.ts'
import type { Key, Marks, Shown, Source, SourcePatient, Told } from '../source.ts'
import { FhirHttp, retryAfter } from './fhir-http.ts'
import { FhirServerSource, markAt } from './fhir-server.ts'
import type { FhirServerOptions } from './fhir-server.ts'
import { toldOfText } from './folder.ts'
import { linesOf } from './ndjson.ts'

export interface FhirExportOptions extends FhirServerOptions {
  /** `patient` for all patients, `system`, or `Group/ID`. */
  readonly of: string
}

/** An export that was begun, how many of its files are read, and whether nothing was missing in these, in whichever run. */
interface Begun { readonly request: string, readonly status: string, readonly done: number, readonly isWhole: boolean }

/** A line of a file, or why it cannot be read, and what a person calls it. */
type LineOf =
  | { readonly what: string, readonly text: string, readonly left?: undefined }
  | { readonly what: string, readonly text?: undefined, readonly left: Left }

const BEGUN = 'export'
const READABLE = 'exportReadable'
const NDJSON = 'application/fhir+ndjson'
/** Pauses (ms) between questions whether it is done, where the server says none. */
const [PAUSE_MIN_MS, PAUSE_MAX_MS] = [1_000, 30_000]
/** How long (ms) an export may take in one run; the next run goes on waiting for the same. */
const WAIT_MS = 24 * 3_600_000
const DOWNLOADS_MAX = 3
const PASSING: readonly Reason[] = ['SOURCE_UNAVAILABLE', 'SOURCE_REFUSED']
/** By this status a server says that its export failed. */
const FAILED = 500

/**
 * A FHIR R4 server by its bulk export (Bulk Data Access 2.0): begun, waited for, and read file by file, each a line after the other. Where
 * a run ends before the export does, or before all its files are read, the next one goes on with it. Next time only what changed since is
 * asked for. What is left, and whether something is gone, is asked of the same server as a resource.
 */
export class FhirExportSource implements Source {
  readonly isComplete = false
  readonly #http: FhirHttp
  readonly #server: FhirServerSource
  readonly #options: FhirExportOptions

  constructor (options: FhirExportOptions) {
    this.#options = options
    this.#http = new FhirHttp(options)
    this.#server = new FhirServerSource(options)
  }

  get base (): string {
    return this.#http.base
  }

  async * tell (marks: Marks): AsyncGenerator<Told> {
    yield * this.#server.tellVersion(marks)
    const since = this.#since(marks)
    try {
      const { status, manifest } = yield * this.#exported(marks, this.#request(since))
      const isWhole = (yield * this.#tellFiles(marks, manifest)) && (yield * this.#tellDeletions(marks, manifest))
      if (isWhole) {
        const time = markAt([manifest.transactionTime])
        for (const type of this.#options.types) yield { kind: 'mark', name: this.#markOf(type), value: time }
      }
      yield { kind: 'mark', name: BEGUN, value: '' }
      await this.#end(status)
    } catch (error) {
      const left = requireLeft(error)
      // What cannot be read now is gone on with; of what is wrong, or gone, a new one is begun.
      if (!PASSING.includes(left.reason)) yield { kind: 'mark', name: BEGUN, value: '' }
      yield { kind: 'fault', left, what: '$export' }
    }
  }

  async ask (key: Key): Promise<Shown | 'gone'> {
    return await this.#server.ask(key)
  }

  async patient (id: string): Promise<SourcePatient | undefined> {
    return await this.#server.patient(id)
  }

  readonly #markOf = (type: MovedType): string => `${BEGUN} ${this.#options.of} ${type}`

  /** Since when each of the types is known. */
  #since (marks: Marks): string | undefined {
    const times = this.#options.types.map((type) => marks.get(this.#markOf(type)))
    return this.#options.full === true || times.includes(undefined) ? undefined : times.sort().at(0)
  }

  #request (since: string | undefined): string {
    const { of, types } = this.#options
    const at = of === 'system' ? '$export' : `${of === 'patient' ? 'Patient' : of}/$export`
    return `${at}?_outputFormat=${encodeURIComponent(NDJSON)}&_type=${types.join(',')}${since === undefined ? '' : `&_since=${encodeURIComponent(since)}`}`
  }

  /** One that was begun, or a new one where there is none, or the server has it no longer. */
  async * #exported (marks: Marks, request: string): AsyncGenerator<Told, { status: string, manifest: ManifestGiven }> {
    const before = begunIn(marks)
    if (before?.request === request) {
      const manifest = await this.#wait(before.status)
      if (manifest !== 'gone') return { status: before.status, manifest }
    } else if (before !== undefined) await this.#end(before.status)
    const status = await this.#begin(request)
    yield markOf({ request, status, done: 0, isWhole: true })
    const manifest = await this.#wait(status)
    if (manifest !== 'gone') return { status, manifest }
    throw new Left('SOURCE_INVALID', 'it does not know the export that it has just begun')
  }

  /** @throws {Left} SOURCE_INVALID where it exports nothing */
  async #begin (request: string): Promise<string> {
    const { status, headers, value } = await this.#http.ask(request, { headers: { prefer: 'respond-async' } })
    const address = headers.get('content-location')
    if (status === 202 && address !== null) return this.#http.resolve(address)
    throw new Left('SOURCE_INVALID', `it begins no export: status ${String(status)}, ${faultsIn(value)[0] ?? (status === 202 ? 'and says not where it is' : 'and says nothing of it')}`)
  }

  async #wait (status: string): Promise<ManifestGiven | 'gone'> {
    const until = Date.now() + WAIT_MS
    for (let pause = PAUSE_MIN_MS; Date.now() < until; pause = Math.min(pause * 2, PAUSE_MAX_MS)) {
      const answer = await this.#http.ask(status, { headers: { accept: 'application/json' }, means: FAILED })
      if (answer.status === 404 || answer.status === 410) return 'gone'
      if (answer.status === 200) return requireManifest(answer.value)
      if (answer.status !== 202) throw new Left('SOURCE_INVALID', `its export failed: status ${String(answer.status)}, ${faultsIn(answer.value)[0] ?? 'and says nothing of it'}`)
      await wait(retryAfter(answer.headers) || pause)
    }
    throw new Left('SOURCE_UNAVAILABLE', 'its export takes longer than a day')
  }

  /** All files that are not read yet. Answers whether nothing is missing in any of them, nor was in those that were read before. */
  async * #tellFiles (marks: Marks, { output, error = [] }: ManifestGiven): AsyncGenerator<Told, boolean> {
    for (const [index, file] of output.entries()) {
      const begun = begunIn(marks)
      if (begun === undefined || index < begun.done) continue
      const isWhole = yield * this.#tellFile(file, (told) => this.#toldOf(told))
      yield markOf({ ...begun, done: index + 1, isWhole: isWhole && begun.isWhole })
    }
    let isWhole = begunIn(marks)?.isWhole === true
    for (const file of error) {
      for await (const line of this.#lines(file)) {
        for (const left of leftsIn(line)) {
          isWhole = false
          yield { kind: 'fault', left, what: line.what }
        }
      }
    }
    return isWhole
  }

  /**
   * What breaks off is read again from its begin: what was told already is the same. Answers whether all lines are there, and it is known
   * of each what it is about: what is not can only be asked for by another export.
   */
  async * #tellFile (file: ExportedGiven, tell: (told: Told) => Iterable<Told> | AsyncIterable<Told>): AsyncGenerator<Told, boolean> {
    for (let download = 1; ; download++) {
      try {
        let [lines, isWhole] = [0, true]
        for await (const line of this.#lines(file)) {
          lines++
          for (const told of toldOfLine(line)) {
            if (told.kind === 'fault') isWhole = false
            yield * tell(told)
          }
        }
        if (file.count === undefined || lines >= file.count) return isWhole
        yield { kind: 'fault', left: new Left('SOURCE_INVALID', `it has ${String(lines)} lines of ${String(file.count)} that it is said to have`), what: nameOf(file) }
        return false
      } catch (error) {
        if (requireLeft(error).reason !== 'SOURCE_UNAVAILABLE' || download === DOWNLOADS_MAX) throw error
        await wait(PAUSE_MIN_MS * download)
      }
    }
  }

  async * #toldOf (told: Told): AsyncGenerator<Told> {
    if (told.kind !== 'resource') {
      yield told
      return
    }
    const { resource: { resourceType }, key } = told
    if (!this.#options.types.some((type) => type === resourceType)) {
      if (resourceType !== 'Patient') yield { kind: 'skipped', type: resourceType }
      return
    }
    try {
      yield { ...told, resource: await this.#server.withAttachments(told.resource) }
    } catch (error) {
      yield { kind: 'fault', key, left: requireLeft(error), what: key }
    }
  }

  async * #lines (file: ExportedGiven): AsyncGenerator<LineOf> {
    const { status, pieces } = await this.#http.stream(file.url, NDJSON)
    if (status !== 200) throw new Left('SOURCE_INVALID', `${nameOf(file)} of its export is not to be had: status ${String(status)}`)
    for await (const line of linesOf(pieces, RESOURCE_BYTES_MAX)) {
      const what = `${nameOf(file)}:${String(line.number)}`
      if ('left' in line) yield { left: line.left, what }
      else if (line.text.trim() !== '') yield { text: line.text, what }
    }
  }

  /**
   * What it says was deleted, or else, of what can be asked for, what its history says or what is known here. Answers whether all of what
   * it says was understood.
   */
  async * #tellDeletions (marks: Marks, { deleted }: ManifestGiven): AsyncGenerator<Told, boolean> {
    let isWhole = true
    for (const file of deleted ?? []) {
      const isRead = yield * this.#tellFile(file, (told) => told.kind === 'resource' ? [] : [told])
      isWhole &&= isRead
    }
    const since = this.#since(marks)
    if (deleted !== undefined && since !== undefined) return isWhole
    const readable = marks.get(READABLE)?.split(',') ?? await this.#readable()
    yield { kind: 'mark', name: READABLE, value: readable.join(',') }
    for (const type of this.#options.types) {
      if (readable.includes(type) && marks.get(this.#markOf(type)) !== undefined) yield * this.#server.tellDeletions(type, since)
    }
    return isWhole
  }

  /** A server that gives no single resource says 404 of each. */
  async #readable (): Promise<string[]> {
    const { value } = await this.#http.ask('metadata')
    return readableIn(value).filter(isMovedType)
  }

  /** The server may forget it; one that does not know that keeps it as long as it likes. */
  async #end (status: string): Promise<void> {
    await this.#http.ask(status, { method: 'DELETE' }).catch(requireLeft)
  }
}

function toldOfLine ({ text, left, what }: LineOf): Iterable<Told> {
  return left === undefined ? toldOfText(text, what) : [{ kind: 'fault', left, what }]
}

/** What a line says was not exported; one that cannot be read may say anything. */
function leftsIn ({ text, left }: LineOf): Left[] {
  if (left !== undefined) return [left]
  try {
    return faultsIn(parseFhir(text)).map((message) => new Left('SOURCE_INVALID', `it did not export something: ${message}`))
  } catch (error) {
    return [requireLeft(error)]
  }
}

const nameOf = ({ type, url }: ExportedGiven): string => `${type.slice(0, 64)} ${url.slice(url.lastIndexOf('/') + 1).slice(0, 80)}`

const markOf = (begun: Begun): Told => ({ kind: 'mark', name: BEGUN, value: JSON.stringify(begun) })

function begunIn (marks: Marks): Begun | undefined {
  const text = marks.get(BEGUN) ?? ''
  return text === '' ? undefined : JSON.parse(text) as Begun
}

/** @throws {Left} SOURCE_INVALID */
function requireManifest (value: unknown): ManifestGiven {
  if (!isManifest(value)) throw new Left('SOURCE_INVALID', 'its export has no list of files')
  // Without it nobody knows since when the next one is to say what changed.
  if (Number.isNaN(Date.parse(value.transactionTime))) throw new Left('SOURCE_INVALID', 'its export does not say of what time it is')
  return value
}
