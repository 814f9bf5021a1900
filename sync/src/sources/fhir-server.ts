import type { Attachment, FhirResource } from 'fhir/r4.js'
import { asEnd, Left, requireLeft, SyncError } from '../errors.ts'
import { keyAt, requireBundle, requireIdentified, requireSize } from '../fhir-json.ts'
import type { BundleShown } from '../fhir-json.ts'
import type { MovedType } from '../resources.ts'
import { requireShaped } from '../shapes.ts'
import type { EntryOfBundle } from '../shapes.ts'
import { keyOf } from '../source.ts'
import type { Key, Marks, Shown, Source, SourcePatient, Told } from '../source.ts'
import { FhirHttp } from './fhir-http.ts'
import type { FhirServer } from './fhir-http.ts'
import { Paging } from './paging.ts'

export interface FhirServerOptions extends FhirServer {
  readonly types: readonly MovedType[]
  /** Resources asked for in a page. */
  readonly count?: number
  /** Everything again, also what did not change. */
  readonly full?: boolean
}

const COUNT_DEFAULT = 100
/** Before the last run's time (ms): a server may show a resource some time after the time that it gives it. */
const OVERLAP_MS = 120_000
/** Mark of the version that the server says it speaks: some take long to say it, so it is asked once. */
const VERSION = 'fhirVersion'

/**
 * A FHIR R4 server. Each type is searched for what changed since the last run, page by page as `next` says; then its history tells what
 * was deleted, and where it keeps none each that is known is asked for. A deletion counts once the resource itself answers 404 or 410.
 */
export class FhirServerSource implements Source {
  readonly isComplete = false
  readonly #http: FhirHttp
  readonly #options: FhirServerOptions

  constructor (options: FhirServerOptions) {
    this.#options = options
    this.#http = new FhirHttp(options)
  }

  get base (): string {
    return this.#http.base
  }

  async * tell (marks: Marks): AsyncGenerator<Told> {
    yield * this.tellVersion(marks)
    for (const type of this.#options.types) {
      const since = this.#options.full === true ? undefined : marks.get(type)
      try {
        yield * this.#tellType(type, since, marks.get(type) !== undefined)
      } catch (error) {
        // The others may be read; this one begins at the same mark again.
        yield { kind: 'fault', left: requireLeft(error), what: type }
      }
    }
  }

  /** @throws {SyncError} for a server that does not speak R4 */
  async * tellVersion (marks: Marks): AsyncGenerator<Told> {
    if (marks.get(VERSION) === undefined) yield { kind: 'mark', name: VERSION, value: await this.#requireR4() }
  }

  async * #tellType (type: MovedType, since: string | undefined, wasReadBefore: boolean): AsyncGenerator<Told> {
    const count = String(this.#options.count ?? COUNT_DEFAULT)
    const changed = since === undefined ? '' : `&_lastUpdated=ge${encodeURIComponent(since)}`
    let begun: string | undefined
    for await (const { bundle, time } of this.#pages(`${type}?_count=${count}&_sort=_lastUpdated${changed}`, 'searchset')) {
      begun ??= time
      if (since !== undefined && Date.parse(begun) + OVERLAP_MS < Date.parse(since)) {
        // The mark is of a clock that was ahead: what changed meanwhile has times before it.
        yield * this.#tellType(type, undefined, wasReadBefore)
        return
      }
      for (const entry of bundle.entry) {
        const told = await this.#toldOf(type, entry)
        if (told !== undefined) yield told
      }
    }
    if (wasReadBefore) yield * this.tellDeletions(type, since)
    yield { kind: 'mark', name: type, value: begun ?? new Date(Date.now() - OVERLAP_MS).toISOString() }
  }

  async #toldOf (type: MovedType, { resource, search, fullUrl }: EntryOfBundle): Promise<Told | undefined> {
    if (search?.mode === 'include' || search?.mode === 'outcome') return undefined
    const named = keyAt(fullUrl)
    // By its key it is tried again: the mark goes on.
    let key = named?.startsWith(`${type}/`) === true ? named : undefined
    try {
      const identified = requireIdentified(resource, type)
      const own = keyOf(type, identified.id)
      if (named !== undefined && named !== own) throw new Left('RESOURCE_INVALID', `its address is ${named}, and it says that it is ${own}`)
      key = own
      return { kind: 'resource', key, resource: await this.withAttachments(requireShaped(identified)) }
    } catch (error) {
      return { kind: 'fault', key, left: requireLeft(error), what: `${type} ${fullUrl?.slice(0, 200) ?? ''}` }
    }
  }

  /** What was deleted since a time, or, where that is not said, what is to be asked for. @throws {Left} */
  async * tellDeletions (type: MovedType, since: string | undefined): AsyncGenerator<Told> {
    if (since === undefined) {
      yield { kind: 'ask-for-all', type }
      return
    }
    try {
      for await (const { bundle } of this.#pages(`${type}/_history?_since=${encodeURIComponent(since)}&_count=${String(this.#options.count ?? COUNT_DEFAULT)}`, 'history')) {
        for (const { request, fullUrl } of bundle.entry) {
          const key = request?.method === 'DELETE' ? keyAt(request.url) ?? keyAt(fullUrl) : undefined
          if (key?.startsWith(`${type}/`) === true) yield { kind: 'deleted', key }
        }
      }
    } catch (error) {
      // A server that keeps no history of a type says so by many a status.
      if (requireLeft(error).reason !== 'SOURCE_INVALID') throw error
      yield { kind: 'ask-for-all', type }
    }
  }

  async ask (key: Key): Promise<Shown | 'gone'> {
    const [type = '', id = ''] = key.split('/')
    const { status, value } = await this.#http.ask(`${type}/${id}`)
    if (status === 404 || status === 410) return 'gone'
    if (status !== 200) throw new Left('SOURCE_INVALID', `${key}: it answers with status ${String(status)}`)
    const resource = requireShaped(requireIdentified(value, type))
    if (resource.id !== id) throw new Left('RESOURCE_INVALID', `asked for ${key} it answers with ${keyOf(type, resource.id)}`)
    return { kind: 'resource', key, resource: await this.withAttachments(resource) }
  }

  async patient (id: string): Promise<SourcePatient | undefined> {
    const { status, value } = await this.#http.ask(`Patient/${encodeURIComponent(id)}`)
    if (status !== 200) return undefined
    const resource = requireShaped(requireIdentified(value, 'Patient'))
    if (resource.id !== id) throw new Left('PATIENT_AMBIGUOUS', `asked for patient ${id} the source answers with ${resource.id}`)
    return resource as SourcePatient
  }

  async * #pages (first: string, type: string): AsyncGenerator<{ bundle: BundleShown, time: string }> {
    const paging = new Paging()
    for (let address: string | undefined = first; address !== undefined;) {
      const { status, value, headers } = await this.#http.ask(address)
      if (status !== 200) throw new Left('SOURCE_INVALID', `it answers ${address.slice(0, 120)} with status ${String(status)}`)
      const bundle = requireBundle(value, type)
      yield { bundle, time: timeOf(bundle, headers) }
      const next: string | undefined = bundle.link?.find(({ relation }) => relation === 'next')?.url
      address = next === undefined ? undefined : this.#http.resolve(next)
      paging.require(address, bundle.entry.map(nameOf))
    }
  }

  /** Documents with the bytes that the source keeps as Binaries beside them. @throws {Left} ATTACHMENT_UNAVAILABLE */
  async withAttachments<R extends FhirResource> (resource: R): Promise<R> {
    requireSize(resource)
    for (const attachment of attachmentsOf(resource)) {
      const key = keyAt(attachment.url)
      const isHere = key?.startsWith('Binary/') === true && (attachment.url === key || attachment.url?.startsWith(`${this.base}/`) === true)
      if (!isHere || attachment.data !== undefined) continue
      const { status, value } = await this.#http.ask(key).catch((error: unknown) => {
        throw new Left('ATTACHMENT_UNAVAILABLE', `its attachment ${key}: ${requireLeft(error).message}`, { cause: error })
      })
      if (status !== 200) throw new Left('ATTACHMENT_UNAVAILABLE', `its attachment ${key} is not to be had: status ${String(status)}`)
      const binary = requireShaped(requireIdentified(value, 'Binary')) as { data?: string, contentType?: string }
      attachment.data = (binary.data ?? '').replaceAll(/\s/g, '')
      if (binary.contentType !== undefined) attachment.contentType ??= binary.contentType
      delete attachment.url
      requireSize(resource)
    }
    return resource
  }

  /** @throws {SyncError} */
  async #requireR4 (): Promise<string> {
    try {
      const { status, value } = await this.#http.ask('metadata')
      const { fhirVersion } = (value ?? {}) as { fhirVersion?: unknown }
      if (status === 200 && typeof fhirVersion === 'string' && fhirVersion.startsWith('4.0')) return fhirVersion
      throw new SyncError('SOURCE_INVALID', `${this.base} is no FHIR R4 server: its metadata has status ${String(status)} and names version ${String(fhirVersion).slice(0, 20)}.`)
    } catch (error) {
      throw error instanceof SyncError ? error : asEnd(error, this.base)
    }
  }
}

function attachmentsOf (resource: FhirResource): Attachment[] {
  switch (resource.resourceType) {
    case 'DocumentReference': return resource.content.map(({ attachment }) => attachment)
    case 'DiagnosticReport': return resource.presentedForm ?? []
    case 'Media': return [resource.content]
    default: return []
  }
}

/** An entry of a page, each version of a history another one. */
function nameOf ({ fullUrl = '', resource }: EntryOfBundle): string {
  const { id, meta } = (typeof resource === 'object' && resource !== null ? resource : {}) as { id?: unknown, meta?: { versionId?: unknown } }
  return JSON.stringify([fullUrl, id, meta?.versionId])
}

/** When the server made a page, by its own clock. */
function timeOf ({ meta }: BundleShown, headers: Headers): string {
  return markAt([meta?.lastUpdated, headers.get('date')])
}

/** The first of these times that is one, less the overlap; never later than now, or a clock that is ahead would hide changes. */
export function markAt (times: ReadonlyArray<string | null | undefined>): string {
  const said = times.map((text) => Date.parse(text ?? '')).find((ms) => !Number.isNaN(ms))
  const now = Date.now()
  return new Date(Math.max(0, Math.min(said ?? now, now) - OVERLAP_MS)).toISOString()
}
