import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Teardown } from './gateway.ts'

const [STUDY, SERIES, INSTANCE] = ['0020000D', '0020000E', '00080018']
const BOUNDARY = '8d1f5b0e-7c5e-4f0f-9d39-0a8e8a3b5c11'

/** A small PACS that answers as Orthanc's DICOMweb plugin does: QIDO-RS of instances, WADO-RS of one, as `multipart/related`. */
export class Pacs {
  /** Bytes of files by SOPInstanceUID, in the order in which they are listed. */
  readonly kept = new Map<string, Uint8Array>()
  readonly asked: string[] = []
  readonly tokens: Array<string | undefined> = []
  /** Most instances in one answer, whatever is asked for. */
  most = Infinity
  /** Says something else, where it returns true. */
  answer: (request: IncomingMessage, response: ServerResponse) => boolean | undefined = () => undefined
  base = ''

  static async open (t: Teardown): Promise<Pacs> {
    const pacs = new Pacs()
    const server = createServer((request, response) => { pacs.#serve(request, response) })
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
    pacs.base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/dicom-web`
    t.teardown(async () => {
      server.closeAllConnections()
      await new Promise((resolve) => { server.close(resolve) })
    })
    return pacs
  }

  #serve (request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '', this.base)
    const path = url.pathname.replace(/^\/dicom-web\/?/, '')
    this.asked.push(`${request.headers.accept ?? ''} ${path}${url.search}`)
    this.tokens.push(request.headers.authorization)
    if (this.answer(request, response) === true) return
    if (path === 'instances') this.#list(url, response)
    else this.#give(path.split('/'), response)
  }

  #list ({ searchParams }: URL, response: ServerResponse): void {
    const [wanted, limit, offset] = [searchParams.get(INSTANCE), Number(searchParams.get('limit')), Number(searchParams.get('offset') ?? '0')]
    const fits = [...this.kept.keys()].filter((uid) => wanted === null || uid === wanted)
    const found = fits.slice(offset, offset + Math.min(limit, this.most))
    if (found.length === 0) response.writeHead(204).end()
    else list(response, found)
  }

  #give ([studies, study, series, , instances, instance = '']: string[], response: ServerResponse): void {
    const isAddress = studies === 'studies' && series === 'series' && instances === 'instances' && study === studyOf(instance)
    const bytes = isAddress ? this.kept.get(instance) : undefined
    if (bytes === undefined) response.writeHead(404).end()
    else multipart(response, [bytes])
  }
}

const studyOf = (instance: string): string => `${instance}.1`

/** What QIDO-RS says of an instance. */
export const listed = (instance: string, { study = studyOf(instance), series = `${instance}.2` } = {}): object => ({
  '00080005': { vr: 'CS', Value: ['ISO_IR 100'] },
  [INSTANCE]: { vr: 'UI', Value: [instance] },
  [STUDY]: { vr: 'UI', Value: [study] },
  [SERIES]: { vr: 'UI', Value: [series] }
})

export function list (response: ServerResponse, instances: readonly string[]): void {
  response.writeHead(200, { 'content-type': 'application/dicom+json' }).end(JSON.stringify(instances.map((uid) => listed(uid))))
}

/** An answer of WADO-RS; `end` is what stands after the last part. */
export function multipart (response: ServerResponse, parts: readonly Uint8Array[], { end = `\r\n--${BOUNDARY}--\r\n`, type = `multipart/related; type="application/dicom"; boundary=${BOUNDARY}` } = {}): void {
  const pieces = parts.flatMap((part, index) => [
    Buffer.from(`${index === 0 ? '' : '\r\n'}--${BOUNDARY}\r\nContent-Type: application/dicom\r\nContent-Length: ${String(part.length)}\r\nMIME-Version: 1.0\r\n\r\n`), Buffer.from(part)
  ])
  response.writeHead(200, { 'content-type': type }).end(Buffer.concat([...pieces, Buffer.from(end)]))
}

/** The same file under another UID of the same length. */
export function renamed (file: Uint8Array, from: string, to: string): Uint8Array {
  if (from.length !== to.length) throw new Error('the length of a UID stands in the file')
  return Buffer.from(Buffer.from(file).toString('latin1').replaceAll(from, to), 'latin1')
}
