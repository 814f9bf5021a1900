import { utf8 } from '@epione/crypto'
import {
  contentTypeOf, getRecord, isClientError, joinSeries, listAccessEvents, listConsents, listProhibitions, listRecords, listStreams,
  networkIdHex, readOwnStream
} from '@epione/sdk'
import { makeProof } from '@epione/sdk/proof'
import type { PatientContext, RecordSummary } from '@epione/sdk'
import { endingOf, mediaTypeOf } from '../endings.ts'
import type { Progress } from '../proposal.ts'
import type { Target, Written } from './target.ts'

/** What was taken, and what could not be, each with why. */
export interface Taken { files: number, bytes: number, kept: number, left: Array<{ what: string, why: string }> }

/** Bytes by which a type is told. */
const HEAD_BYTES = 4_096

/**
 * Writes everything of a patient's: each record version, opened and proven; streams; consents, prohibitions, the log, and the proof of each
 * event in it; last a manifest that names every file with its hash. What cannot be had is named and left out.
 */
export async function takeEverything (
  context: PatientContext, target: Target,
  { now, tell, unlessLocked }: { now: Date, tell: (progress: Progress) => void, unlessLocked: () => void }
): Promise<Taken> {
  const [records, streams, consents, prohibitions, log] = [
    await listRecords(context, context.patientId), await listStreams(context, context.patientId), await listConsents(context),
    await listProhibitions(context), await listAccessEvents(context, {})
  ]
  const take = new Take(context, target)
  const contents = records.filter(({ segment, end }) => segment === undefined && end === undefined)
  const of = contents.length + streams.length + log.items.length
  let done = 0
  const step = async (what: string, work: () => Promise<void>): Promise<void> => {
    unlessLocked()
    await take.one(what, work)
    tell({ done: done += 1, of })
  }
  for (const record of contents) await step(`record ${record.recordId} version ${record.version}`, async () => { await take.record(record) })
  for (const { stream } of streams) await step(`stream ${stream}`, async () => { await take.stream(stream) })
  for (const { eventId } of log.items) {
    await step(`proof of ${eventId}`, async () => { await take.json(`proofs/${eventId}.json`, (await makeProof(context, eventId)).proof) })
  }
  await take.json('records.json', records)
  await take.json('consents.json', consents)
  await take.json('prohibitions.json', prohibitions)
  await take.json('log.json', log)
  return await take.end(now)
}

class Take {
  readonly #context: PatientContext
  readonly #target: Target
  readonly #files: Array<Written & { mediaType: string, recordId?: string, version?: number }> = []
  readonly #left: Taken['left'] = []
  #kept = 0

  constructor (context: PatientContext, target: Target) {
    this.#context = context
    this.#target = target
  }

  /** What one hospital lost or falsified keeps nobody from the rest; a disk that is full does. */
  async one (what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!isClientError(error)) throw error
      this.#left.push({ what, why: `${error.code}: ${error.message}` })
    }
  }

  async record ({ recordId, version, category = 'unknown', sizeClass }: RecordSummary): Promise<void> {
    const [folder, begin] = [`records/${category}`, `${recordId}.v${version}.`]
    const there = await this.#target.find(folder, (name) => name.startsWith(begin) && mediaTypeOf(name.slice(begin.length)) !== undefined)
    if (there !== undefined) {
      this.#kept += 1
      const mediaType = mediaTypeOf(there.path.slice(there.path.lastIndexOf('.') + 1)) ?? ''
      this.#files.push({ ...there, mediaType, recordId, version })
      return
    }
    if (this.#target.wholeUpTo !== undefined && 2 ** (sizeClass - 1) > this.#target.wholeUpTo) {
      this.#left.push({ what: `record ${recordId} version ${version}`, why: 'It is too large for a ZIP: take everything into a folder.' })
      return
    }
    await getRecord(this.#context, {
      recordId,
      version,
      to: {
        write: async (pieces) => {
          const { head, all } = await peek(pieces)
          const mediaType = contentTypeOf(head)
          this.#files.push({ ...await this.#target.write(`${folder}/${begin}${endingOf(mediaType)}`, all), mediaType, recordId, version })
        }
      }
    })
  }

  async stream (stream: string): Promise<void> {
    const { windows, gaps, ended, warnings } = await readOwnStream(this.#context, { stream })
    await this.json(`streams/${stream}.json`, { stream, series: joinSeries(windows), gaps, ended, warnings })
  }

  async json (path: string, value: unknown): Promise<void> {
    this.#files.push({ ...await this.#target.write(path, only(utf8(`${JSON.stringify(value, null, 1)}\n`))), mediaType: 'application/json' })
  }

  async end (now: Date): Promise<Taken> {
    const { patientId } = this.#context
    const [files, left] = [[...this.#files], [...this.#left]]
    await this.json('manifest.json', { format: 'epione-takeaway/1', networkId: networkIdHex(this.#context), patientId, time: now.toISOString(), files, left })
    return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), kept: this.#kept, left }
  }
}

async function * only (bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> { yield await Promise.resolve(bytes) }

/** The first bytes, and everything with them. */
async function peek (pieces: AsyncIterable<Uint8Array>): Promise<{ head: Uint8Array, all: AsyncIterable<Uint8Array> }> {
  const iterator = pieces[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let length = 0
  while (length < HEAD_BYTES) {
    const next = await iterator.next()
    if (next.done === true) break
    first.push(next.value)
    length += next.value.length
  }
  async function * all (): AsyncGenerator<Uint8Array, void, void> {
    yield * first
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value
  }
  return { head: await new Blob(first as Array<Uint8Array<ArrayBuffer>>).bytes(), all: all() }
}
