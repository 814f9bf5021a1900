import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Teardown } from './gateway.ts'

interface Resource { resourceType: string, id: string, [member: string]: unknown }
interface Kept { resource: Resource, version: number, time: number, isDeleted: boolean }
type Answer = (request: IncomingMessage, response: ServerResponse) => boolean | undefined

/** A small FHIR server that does what it is told to, also lies; real ones stand in the integration tests. */
export class Ehr {
  readonly kept = new Map<string, Kept>()
  readonly asked: string[] = []
  readonly tokens: Array<string | undefined> = []
  /** Says something else, where it returns true. */
  answer: Answer = () => undefined
  hasHistory = true
  base = ''
  #clock = Date.now() - 3_600_000

  static async open (t: Teardown): Promise<Ehr> {
    const ehr = new Ehr()
    const server = createServer((request, response) => { ehr.#serve(request, response) })
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
    ehr.base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/fhir`
    t.teardown(async () => {
      server.closeAllConnections()
      await new Promise((resolve) => { server.close(resolve) })
    })
    return ehr
  }

  put (resource: Resource): void {
    const key = `${resource.resourceType}/${resource.id}`
    const version = (this.kept.get(key)?.version ?? 0) + 1
    this.#clock = Math.max(this.#clock + 1000, Date.now())
    const meta = { versionId: String(version), lastUpdated: new Date(this.#clock).toISOString() }
    this.kept.set(key, { resource: { ...resource, meta }, version, time: this.#clock, isDeleted: false })
  }

  delete (key: string): void {
    const kept = this.kept.get(key)
    if (kept === undefined) throw new Error(`there is no ${key}`)
    this.#clock = Math.max(this.#clock + 1000, Date.now())
    this.kept.set(key, { ...kept, version: kept.version + 1, time: this.#clock, isDeleted: true })
  }

  #serve (request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '', this.base)
    const path = url.pathname.replace(/^\/fhir\/?/, '')
    this.asked.push(`${request.method ?? ''} ${path}${url.search}`)
    this.tokens.push(request.headers.authorization)
    request.resume()
    if (this.answer(request, response) === true) return
    if (path === 'metadata') {
      say(response, 200, { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' })
      return
    }
    const [type = '', id] = path.split('/')
    if (id === '_history') this.#history(response, type, url)
    else if (id === undefined) this.#search(response, type, url)
    else this.#read(response, `${type}/${id}`)
  }

  #read (response: ServerResponse, key: string): void {
    const kept = this.kept.get(key)
    if (kept === undefined || kept.isDeleted) say(response, kept === undefined ? 404 : 410, { resourceType: 'OperationOutcome', issue: [] })
    else say(response, 200, kept.resource)
  }

  #search (response: ServerResponse, type: string, url: URL): void {
    const since = Date.parse(url.searchParams.get('_lastUpdated')?.slice(2) ?? '1970-01-01')
    const found = [...this.kept.values()].filter(({ resource, time, isDeleted }) =>
      resource.resourceType === type && time >= since && !isDeleted)
    this.#page(response, 'searchset', url, found.sort((a, b) => a.time - b.time)
      .map(({ resource }) => ({ fullUrl: `${this.base}/${type}/${resource.id}`, resource, search: { mode: 'match' } })))
  }

  #history (response: ServerResponse, type: string, url: URL): void {
    if (!this.hasHistory) {
      say(response, 400, { resourceType: 'OperationOutcome', issue: [] })
      return
    }
    const since = Date.parse(url.searchParams.get('_since') ?? '1970-01-01')
    const changed = [...this.kept.values()].filter(({ resource, time }) => resource.resourceType === type && time >= since)
    this.#page(response, 'history', url, changed.map(({ resource, isDeleted }) => ({
      fullUrl: `${this.base}/${type}/${resource.id}`,
      ...(isDeleted ? {} : { resource }),
      request: { method: isDeleted ? 'DELETE' : 'PUT', url: `${type}/${resource.id}` }
    })))
  }

  #page (response: ServerResponse, type: string, url: URL, all: object[]): void {
    const [count, from] = [Number(url.searchParams.get('_count') ?? '100'), Number(url.searchParams.get('_from') ?? '0')]
    const next = new URL(url)
    next.searchParams.set('_from', String(from + count))
    say(response, 200, {
      resourceType: 'Bundle',
      type,
      link: [{ relation: 'self', url: url.href }, ...from + count < all.length ? [{ relation: 'next', url: next.href }] : []],
      entry: all.slice(from, from + count)
    })
  }
}

export function say (response: ServerResponse, status: number, body: unknown, type = 'application/fhir+json'): void {
  response.writeHead(status, { 'content-type': type }).end(typeof body === 'string' ? body : JSON.stringify(body))
}

/** An observation of a patient of the source. */
export function observation (id: string, patient: string, value: number | object = 61, more: object = {}): Resource {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    subject: { reference: `Patient/${patient}` },
    valueQuantity: { value, unit: '/min' },
    ...more
  }
}
