import { once } from '@epione/sdk'
import { asEnd, Left, requireLeft, SyncError } from '../errors.ts'
import { keyOf } from '../source.ts'
import type { Key, Marks, Shown, Source, Told } from '../source.ts'
import { isUid, readDicom } from './dicom.ts'
import { FhirHttp } from './fhir-http.ts'
import type { FhirServer } from './fhir-http.ts'
import { onlyPart } from './multipart.ts'
import { Paging } from './paging.ts'

/** `base` as `https://pacs.example/dicom-web`. */
export interface DicomwebOptions extends FhirServer {
  /** Instances asked for in a page. */
  readonly count?: number
  /** Also fetches what was sealed before, to see whether it changed: by the standard, an instance never does. */
  readonly full?: boolean
}

const TYPE = 'dicom'
/** Largest instance (bytes) that is fetched: it lies in memory until it is looked at. */
const INSTANCE_BYTES_MAX = 128 * 1024 * 1024
const COUNT_DEFAULT = 100
const [STUDY, SERIES, INSTANCE] = ['0020000D', '0020000E', '00080018']
const PART = 'multipart/related; type="application/dicom"; transfer-syntax=*'

/** An instance as QIDO-RS names it. */
interface Named { readonly study: string, readonly series: string, readonly instance: string }

/**
 * A PACS by DICOMweb: instances by QIDO-RS in pages, the bytes by WADO-RS. The UID of an instance names its bytes for ever (PS3.5 §9), so
 * what was sealed is not fetched again. What it no longer lists is asked for by itself before it counts as deleted.
 */
export class DicomwebSource implements Source {
  readonly isComplete = false
  readonly #http: FhirHttp
  readonly #options: DicomwebOptions

  constructor (options: DicomwebOptions) {
    this.#options = options
    this.#http = new FhirHttp(options, 'application/dicom+json')
  }

  async * tell (_marks: Marks, known: (key: Key) => boolean): AsyncGenerator<Told> {
    const count = this.#options.count ?? COUNT_DEFAULT
    try {
      for await (const found of this.#pages(count)) for (const value of found) yield * this.#toldOf(value, known)
    } catch (error) {
      yield { kind: 'fault', left: requireLeft(error), what: 'instances' }
    }
    yield { kind: 'ask-for-all', type: TYPE }
  }

  /** Up to one with nothing in it: a PACS may give fewer than it is asked for. One that knows no pages gives the same again. */
  async * #pages (count: number): AsyncGenerator<unknown[]> {
    const paging = new Paging()
    let before = ''
    for (let offset = 0; ;) {
      const found = await this.#find(`instances?includefield=${STUDY}&includefield=${SERIES}&limit=${String(count)}&offset=${String(offset)}`)
      const names = found.map((value) => valueOf(value, INSTANCE) ?? '')
      if (found.length === 0 || (found.length !== count && names.join() === before)) return
      before = names.join()
      offset += found.length
      paging.require(`instances ${String(offset)}`, names)
      yield found
    }
  }

  async * #toldOf (value: unknown, known: (key: Key) => boolean): AsyncGenerator<Told> {
    const named = namedIn(value)
    if (named === undefined) {
      yield { kind: 'fault', left: new Left('DICOM_INVALID', 'an instance is listed without its UIDs'), what: `instance ${(valueOf(value, INSTANCE) ?? '').slice(0, 64)}` }
      return
    }
    const key = keyOf(TYPE, named.instance)
    if (known(key) && this.#options.full !== true) {
      yield { kind: 'same', key }
      return
    }
    try {
      const shown = await this.#fetch(named)
      if (shown !== 'gone') yield shown
    } catch (error) {
      yield { kind: 'fault', key, left: requireLeft(error), what: key }
    }
  }

  async ask (key: Key, isSealed: boolean): Promise<Shown | 'gone' | 'same'> {
    const instance = key.slice(TYPE.length + 1)
    const found = await this.#find(`instances?${INSTANCE}=${instance}&includefield=${STUDY}&includefield=${SERIES}&limit=2`).catch((error: unknown) => {
      throw error instanceof SyncError ? new Left('SOURCE_UNAVAILABLE', error.message, { cause: error }) : error
    })
    if (found.length === 0) return 'gone'
    const named = namedIn(found[0])
    if (named?.instance !== instance) throw new Left('SOURCE_INVALID', `asked for instance ${instance} it lists ${named?.instance ?? 'something without UIDs'}`)
    return isSealed && this.#options.full !== true ? 'same' : await this.#fetch(named)
  }

  async #fetch ({ study, series, instance }: Named): Promise<Shown | 'gone'> {
    const { status, headers, bytes } = await this.#http.bytes(`studies/${study}/series/${series}/instances/${instance}`, PART, INSTANCE_BYTES_MAX)
    if (status === 404 || status === 410) return 'gone'
    if (status !== 200) throw new Left('SOURCE_INVALID', `instance ${instance}: it answers with status ${String(status)}`)
    const part = onlyPart(headers.get('content-type') ?? '', bytes)
    const head = await readDicom(async (offset, length) => await Promise.resolve(part.subarray(offset, offset + length)), part.length)
    if (head.instance !== instance) throw new Left('SOURCE_INVALID', `asked for instance ${instance} it answers with ${head.instance}`)
    return { kind: 'bytes', key: keyOf(TYPE, instance), patient: head.patient, bytes: { read: () => once(part), heldBytes: part.length } }
  }

  /** @throws {SyncError} where nothing can be listed */
  async #find (query: string): Promise<unknown[]> {
    try {
      const { status, value } = await this.#http.askList(query)
      if (status === 200 || status === 204) return value
      throw new Left('SOURCE_INVALID', `it answers with status ${String(status)}`)
    } catch (error) {
      throw asEnd(error, this.#http.base)
    }
  }
}

/** By which address an instance is asked for: nothing but UIDs goes into one. */
function namedIn (value: unknown): Named | undefined {
  const [study = '', series = '', instance = ''] = [STUDY, SERIES, INSTANCE].map((tag) => valueOf(value, tag))
  return [study, series, instance].every(isUid) ? { study, series, instance } : undefined
}

/** First value of an element of the DICOM JSON model. */
function valueOf (value: unknown, tag: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const element = (value as Record<string, { Value?: unknown[] } | undefined>)[tag]
  const first = Array.isArray(element?.Value) ? element.Value[0] : undefined
  return typeof first === 'string' ? first : undefined
}
