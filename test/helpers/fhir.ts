import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import { buildFhirService, findFault, FolderCards, PatientFile } from '@epione/fhir'
import type { FhirServiceOptions } from '@epione/fhir'
import { makeCard } from '@epione/sdk'
import type { PatientContext, PractitionerContext } from '@epione/sdk'
import { Client } from 'fhir-kit-client'
import { MemoryCache } from './memory-cache.ts'

export const CALLER_TOKEN = 'a-token-of-this-service'

export interface FhirAnswer { status: number, headers: Headers, body: Record<string, unknown> & { resourceType?: string }, text: string }

export interface FhirCall { method?: string, body?: unknown, headers?: Record<string, string> }

/** A service of one person, whose every answer in FHIR is held against the schema of R4. */
export class FhirDesk {
  readonly base: string
  readonly origin: string
  readonly #faults: string[] = []

  private constructor (port: number) {
    this.origin = `http://127.0.0.1:${port}`
    this.base = `${this.origin}/fhir`
  }

  static async open (t: Test, context: PractitionerContext, folder: string, options: Partial<FhirServiceOptions> = {}): Promise<FhirDesk> {
    const failures: unknown[] = []
    const app = buildFhirService({
      context: () => Promise.resolve(context),
      token: CALLER_TOKEN,
      purpose: 'TREAT',
      cards: new FolderCards(join(folder, 'cards')),
      patients: new PatientFile(undefined),
      searchCache: new MemoryCache(),
      onFailure: (_requestId, error) => { failures.push(error) },
      ...options
    })
    const judged: { by?: FhirDesk } = {}
    app.addHook('onSend', (request, reply, payload, done) => {
      const type = String(reply.getHeader('content-type') ?? '')
      if (type.startsWith('application/fhir+json') && typeof payload === 'string' && payload !== '') judged.by?.judge(`${request.method} ${request.url}`, JSON.parse(payload))
      done()
    })
    await app.listen({ host: '127.0.0.1', port: 0 })
    app.server.unref()
    const opened = new FhirDesk((app.server.address() as AddressInfo).port)
    judged.by = opened
    t.teardown(async () => {
      await app.close()
      for (const error of failures) console.error(error)
      if (opened.#faults.length > 0) throw new Error(opened.#faults.join('\n'))
    })
    return opened
  }

  judge (what: string, resource: unknown): void {
    const fault = findFault(resource)
    if (fault !== undefined) this.#faults.push(`${what}: ${fault.expression}: ${fault.detail}`)
  }

  /** The stock client, as anybody sets it up. */
  client (headers: Record<string, string> = {}): Client {
    return new Client({ baseUrl: this.base, customHeaders: headers, bearerToken: CALLER_TOKEN })
  }

  async call (path: string, { method = 'GET', body, headers = {} }: FhirCall = {}): Promise<FhirAnswer> {
    const sent = body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
    const answer = await fetch(path.startsWith('http') ? path : `${this.base}${path}`, {
      method,
      headers: { authorization: `Bearer ${CALLER_TOKEN}`, ...(sent === undefined ? {} : { 'content-type': 'application/fhir+json' }), ...headers },
      ...(sent === undefined ? {} : { body: sent as string })
    })
    const text = await answer.text()
    const isJson = /[/+]json/.test(answer.headers.get('content-type') ?? '')
    return { status: answer.status, headers: answer.headers, body: isJson && text !== '' ? JSON.parse(text) as FhirAnswer['body'] : {}, text }
  }
}

/** Puts a patient's write card where a service looks for it. */
export async function giveCard (patient: PatientContext, folder: string): Promise<void> {
  const { card } = await makeCard(patient)
  mkdirSync(join(folder, 'cards'), { recursive: true })
  writeFileSync(join(folder, 'cards', `${patient.patientId}.json`), card)
}
