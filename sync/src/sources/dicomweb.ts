import { once } from '@epione/sdk'
import { Left, requireLeft, SyncError } from '../errors.ts'
import { keyOf } from '../source.ts'
import type { Key, Marks, Shown, Source, Told } from '../source.ts'
import { readDicom } from './dicom.ts'
import { FhirHttp } from './fhir-http.ts'
import { onlyPart } from './multipart.ts'
import { Paging } from './paging.ts'

export interface DicomwebOptions {
  /** As `https://pacs.example/dicom-web`. */
  readonly base: string
  readonly token?: string | undefined
  /** Instances asked for in a page. */
  readonly count?: number
  /** Also fetches what was sealed before, to see whether it changed: by the standard, an instance never does. */
  readonly full?: boolean
}

const TYPE = 'dicom'
/** Largest instance (bytes) that is fetched: it lies in memory until it is looked at. */
export const INSTANCE_BYTES_MAX = 128 * 1024 * 1024
const COUNT_DEFAULT = 100
const [STUDY, SERIES, INSTANCE] = ['0020000D', '0020000E', '00080018']
const UID = /^[0-9.]{1,64}$/
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
    const paging = new Paging()
    for (let offset = 0; ; offset += count) {
      const found = await this.#find(`instances?includefield=${STUDY}&includefield=${SERIES}&limit=${String(count)}&offset=${String(offset)}`)
      for (const value of found) yield * this.#toldOf(value, known)
      if (found.length < count) break
      paging.require(`instances ${String(offset)}`, found.map((value) => valueOf(value, INSTANCE) ?? ''))
    }
    yield { kind: 'ask-for-all', type: TYPE }
  }

  async * #toldOf (value: unknown, known: (key: Key) => boolean): AsyncGenerator<Told> {
    const [study = '', series = '', instance = ''] = [STUDY, SERIES, INSTANCE].map((tag) => valueOf(value, tag))
    const key = keyOf(TYPE, instance)
    if (![study, series, instance].every((uid) => UID.test(uid))) {
      yield { kind: 'fault', left: new Left('DICOM_INVALID', 'an instance is listed without its UIDs'), what: `instance ${instance.slice(0, 64)}` }
      return
    }
    if (known(key) && this.#options.full !== true) {
      yield { kind: 'same', key }
      return
    }
    try {
      const shown = await this.#fetch({ study, series, instance })
      if (shown !== 'gone') yield shown
    } catch (error) {
      yield { kind: 'fault', key, left: requireLeft(error), what: key }
    }
  }

  async ask (key: Key): Promise<Shown | 'gone'> {
    const instance = key.slice(TYPE.length + 1)
    const found = await this.#find(`instances?${INSTANCE}=${instance}&includefield=${STUDY}&includefield=${SERIES}&limit=2`).catch((error: unknown) => {
      throw error instanceof SyncError ? new Left('SOURCE_UNAVAILABLE', error.message, { cause: error }) : error
    })
    const [study = '', series = '', named = ''] = [STUDY, SERIES, INSTANCE].map((tag) => valueOf(found[0], tag))
    if (found.length === 0) return 'gone'
    if (named !== instance) throw new Left('SOURCE_INVALID', `asked for instance ${instance} it lists ${named.slice(0, 64)}`)
    return await this.#fetch({ study, series, instance })
  }

  async #fetch ({ study, series, instance }: Named): Promise<Shown | 'gone'> {
    const { status, headers, bytes } = await this.#http.bytes(`studies/${study}/series/${series}/instances/${instance}`, PART, INSTANCE_BYTES_MAX)
    if (status === 404 || status === 410) return 'gone'
    if (status !== 200) throw new Left('SOURCE_INVALID', `instance ${instance}: it answers with status ${String(status)}`)
    const part = onlyPart(headers.get('content-type') ?? '', bytes)
    const head = await readDicom(async (offset, length) => await Promise.resolve(part.subarray(offset, offset + length)), part.length)
    if (head.instance !== instance) throw new Left('SOURCE_INVALID', `asked for instance ${instance} it answers with ${head.instance}`)
    return { kind: 'bytes', key: keyOf(TYPE, instance), patient: head.patient, bytes: { read: () => once(part) } }
  }

  /** @throws {SyncError} where nothing can be listed */
  async #find (query: string): Promise<unknown[]> {
    try {
      const { status, value } = await this.#http.askList(query)
      if (status === 200 || status === 204) return value
      throw new Left('SOURCE_INVALID', `it answers with status ${String(status)}`)
    } catch (error) {
      const { reason, message } = requireLeft(error)
      const code = reason === 'SOURCE_UNAVAILABLE' || reason === 'SOURCE_REFUSED' ? reason : 'SOURCE_INVALID'
      throw new SyncError(code, `${this.#http.base}: ${message}.`, { cause: error })
    }
  }
}

/** First value of an element of the DICOM JSON model. */
function valueOf (value: unknown, tag: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const element = (value as Record<string, { Value?: unknown[] } | undefined>)[tag]
  const first = Array.isArray(element?.Value) ? element.Value[0] : undefined
  return typeof first === 'string' ? first : undefined
}
