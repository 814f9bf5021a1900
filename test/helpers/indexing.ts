import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { sealContent, SecretKey, statementId, toHex } from '@epione/crypto'
import type { SignedStatement } from '@epione/protocol'
import type { IndexItem, SearchAnswers } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import type { Teardown, TestGateway } from './gateway.ts'
import { createIndexed, createSearchKey, signSearch, signSearchKeys } from './index-fixtures.ts'
import type { TestSearchKey } from './index-fixtures.ts'
import { sign, signBinding } from './ledger-fixtures.ts'
import type { TestCompartment, TestPatient, TestPractitioner, TestRecord } from './ledger-fixtures.ts'
import { post, READER_MSP, Sharing } from './sharing.ts'
import type { Answered, SharingOptions } from './sharing.ts'

/** A record version that was registered with an entry. */
export interface IndexedRecord extends TestRecord { hash: string, entry: Uint8Array, cid: string, statement: SignedStatement }

const CLINICIAN = 'user/DocumentReference.c user/DocumentReference.rs'
/** The hospital that neither registers nor reads. */
export const THIRD_MSP = 'Regional2MSP'

/** A consortium as `Sharing` has it, whose author registers over HTTP, and whose patient's first compartment has a search key. */
export class Indexing {
  readonly sharing: Sharing
  author!: TestPractitioner
  key!: TestSearchKey
  #token = ''

  private constructor (sharing: Sharing) {
    this.sharing = sharing
  }

  static async create (t: Teardown, options: SharingOptions = {}): Promise<Indexing> {
    const indexing = new Indexing(await Sharing.create(t, options))
    await indexing.#hire()
    const { patient } = indexing.sharing
    indexing.key = createSearchKey(patient, patient.compartments[0])
    await indexing.require(indexing.publish([indexing.key]), 201)
    return indexing
  }

  get core (): TestGateway {
    return this.sharing.of('CoreMSP')
  }

  get compartment (): TestCompartment {
    return this.sharing.patient.compartments[0]
  }

  /** Publishes search keys by the patient's session. */
  async publish (
    keys: readonly TestSearchKey[],
    members: { statement?: SignedStatement, wraps?: string[] } = {},
    by?: TestPatient
  ): Promise<Answered> {
    const { world, patient } = this.sharing
    const payload = { statement: signSearchKeys(world, patient, keys), wraps: keys.map(({ wrap }) => toHex(wrap)), ...members }
    return await post(this.core.app, '/v1/search-keys', payload, this.core.session(by ?? patient))
  }

  /** Registers a record with an entry over HTTP; `change` of the request's body. */
  async register (keywords?: readonly string[], key = this.key): Promise<IndexedRecord> {
    const { record, payload } = await this.prepare(keywords, key)
    await this.require(this.submit(payload), 201)
    return record
  }

  /** What `register` sends, its content stored already. */
  async prepare (keywords?: readonly string[], key = this.key): Promise<{ record: IndexedRecord, payload: Record<string, unknown> }> {
    const { world, patient } = this.sharing
    const { members, wrap, place, entry } = createIndexed(this.author, patient, key, keywords)
    const { recordId, wrapHash, index } = members
    const source = Readable.from([Buffer.from(`words of ${recordId}`)])
    const authorKey = this.author.requestSigning.publicKey()
    const content = await buffer(sealContent({ recordId, recordVersion: 1, authorKey }, source).ciphertext)
    const { cid, contentHash, sizeBytes } = await this.core.app.contents.receive(Readable.from([content]), { maxBytes: 1_000_000 })
    const manifest = { ...members, cid, contentHash, sizeClass: Math.ceil(Math.log2(sizeBytes)) }
    const statement = sign(world, 'RecordManifest', manifest, this.author.requestSigning)
    const compartment = patient.compartments.find(({ label }) => label === key.published.label) ?? patient.compartments[0]
    const record = {
      recordId, version: 1, manifestId: statementId(statement.body), wrap, wrapHash, place, compartment, hash: index?.hash ?? '', entry, cid, statement
    }
    return { record, payload: { statement, wrap: toHex(wrap), entry: toHex(entry) } }
  }

  async submit (payload: object): Promise<Answered> {
    return await post(this.core.app, '/v1/records', payload, this.#token)
  }

  /** A live permit of the reader to search the patient's first compartment. */
  async permit (): Promise<string> {
    const { world, reader, patient, token } = this.sharing
    const statement = signSearch(world, reader, patient, [this.compartment], await this.sharing.activate({ actions: ['search'] }))
    const { body } = await this.require(post(this.sharing.of(READER_MSP).app, '/v1/access-requests', { statement }, token), 201)
    return (body['event'] as { eventId: string }).eventId
  }

  /** The index of a compartment as a hospital's gateway serves it: to the reader under a permit. */
  async links (event: string, { after, label = this.compartment.label }: { after?: string, label?: string } = {}): Promise<Answered> {
    const { patient, token } = this.sharing
    const query = new URLSearchParams({ label, event, ...(after !== undefined && { after }) })
    return await get(this.sharing.of(READER_MSP).app, `/v1/patients/${patient.patientId}/index?${query.toString()}`, token)
  }

  /** The same to a patient, by their session. */
  async ownLinks (gateway = this.core, by = this.sharing.patient, label = this.compartment.label): Promise<Answered> {
    const { patient } = this.sharing
    return await get(gateway.app, `/v1/patients/${patient.patientId}/index?label=${label}`, gateway.session(by))
  }

  /** Signed answers of the proxies to a permit. */
  async answers (event: string, token = this.sharing.token): Promise<{ status: number, body: SearchAnswers & { code?: string } }> {
    const { status, body } = await post(this.sharing.of(READER_MSP).app, `/v1/access-events/${event}/search-answers`, undefined, token)
    return { status, body: body as unknown as SearchAnswers }
  }

  /** Which hospitals have an entry of a record version. */
  async hospitalsWith ({ recordId, version, hash }: Pick<IndexedRecord, 'recordId' | 'version' | 'hash'>): Promise<string[]> {
    const found = await Promise.all([...this.sharing.gateways].map(async ([mspId, { app }]) => {
      const rows = await app.store.db.selectFrom('index_entries').select('entry_hash')
        .where('record_id', '=', recordId).where('version', '=', version).where('entry_hash', '=', hash).execute()
      return rows.length > 0 ? [mspId] : []
    }))
    return found.flat().sort()
  }

  async require (answer: Promise<Answered>, status: number): Promise<Answered> {
    const { status: actual, body } = await answer
    if (actual !== status) throw new Error(`answered ${String(actual)}: ${JSON.stringify(body)}`)
    return { status: actual, body }
  }

  async #hire (): Promise<void> {
    const staffId = await this.core.enrol('dr-author')
    const { world } = this.sharing
    this.author = {
      ...world.actor({ mspId: 'CoreMSP', staffId, role: 'physician' }),
      receiving: SecretKey.random(),
      requestSigning: SecretKey.random()
    }
    await this.author.ledger.bindKeys(signBinding(world, this.author))
    this.#token = `Bearer ${await this.core.token('dr-author', CLINICIAN)}`
  }
}

export async function get (app: FastifyInstance, url: string, authorization: string): Promise<Answered> {
  const response = await app.inject({ method: 'GET', url, headers: { authorization } })
  return { status: response.statusCode, body: response.json() }
}

/** The links of a page, without ends. */
export function linksOf ({ body }: Answered): Array<Extract<IndexItem, { link: object }>> {
  return (body['items'] as IndexItem[]).flatMap((item) => 'link' in item ? [item] : [])
}
