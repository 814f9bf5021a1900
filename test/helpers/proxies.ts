import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateKfrags, kfragAssociatedData, PublicKey, sealTo, statementId, toHex } from '@epione/crypto'
import type { SignedStatement } from '@epione/protocol'
import { Agent, request } from 'undici'
import { createPatientKeys, createRecordId, GatewayClient, sealZeros } from './gateway-client.ts'
import type { GatewayAnswer, PatientKeys, StaffMember } from './gateway-client.ts'
import type { NetworkFile } from '../../network/render/network-file.ts'

export interface RealRecord { recordId: string, version: number, wrap: string, statement: SignedStatement }
export interface RealGrant { statement: SignedStatement, kfrags: { mspId: string, kfragId: string, sealed: string }[], consentId: string }

/** A patient, an author at the first hospital and a reader at the second, on the gateways of a running network. */
export class RealSharing {
  readonly author: GatewayClient
  readonly reader: GatewayClient
  readonly patient: PatientKeys = createPatientKeys()
  readonly #file: NetworkFile
  readonly #stateDir: string
  readonly #agents: Agent[] = []
  writer!: StaffMember
  person!: StaffMember
  record!: RealRecord

  private constructor (file: NetworkFile, stateDir: string) {
    this.#file = file
    this.#stateDir = stateDir
    const [first, second] = file.organizations
    this.author = new GatewayClient(file, stateDir, first?.id ?? '')
    this.reader = new GatewayClient(file, stateDir, second?.id ?? '')
  }

  static async create (file: NetworkFile, stateDir: string): Promise<RealSharing> {
    const sharing = new RealSharing(file, stateDir)
    const run = randomBytes(4).toString('hex')
    await must(sharing.author.registerPatient(sharing.patient))
    sharing.writer = await sharing.author.hire(`dr-writer-${run}`)
    sharing.person = await sharing.reader.hire(`dr-reader-${run}`)
    sharing.record = await sharing.addRecord()
    return sharing
  }

  async addRecord (): Promise<RealRecord> {
    const recordId = createRecordId()
    const pieces: Uint8Array[] = []
    for await (const piece of sealZeros(recordId, 1_000, this.writer.requestKey)) pieces.push(piece)
    const stored = await must(this.author.upload(Buffer.concat(pieces), this.writer.authorization))
    const record = this.author.signRecord(this.writer, this.patient, recordId, stored)
    await must(this.author.send('POST', '/v1/records', record, { authorization: this.writer.authorization }))
    return { recordId, version: 1, ...record }
  }

  /** A 2-of-n consent to the reader with a kfrag for every proxy. */
  async createGrant (members: object = {}): Promise<RealGrant> {
    const { items } = (await must(this.author.send('GET', '/v1/organizations'))) as { items: { mspId: string, encryptionKey: string }[] }
    const { patient, person } = this
    const made = generateKfrags({
      delegatingKey: patient.compartment,
      receivingKey: person.receivingKey.publicKey(),
      signingKey: patient.kfragSigning,
      threshold: 2,
      shares: items.length
    })
    const shares = made.map((kfrag, i) => ({ mspId: items[i]?.mspId ?? '', kfragId: toHex(kfrag.id), commitment: toHex(kfrag.commitment) }))
    const statement = this.author.sign('Consent', {
      patientId: patient.patientId,
      directoryVersion: 1,
      grantee: {
        kind: 'practitioner',
        mspId: this.reader.mspId,
        staffId: person.staffId,
        receivingKey: person.receivingKey.publicKey().toHex()
      },
      compartments: [{ label: patient.label, epoch: 1, precursor: this.author.provePrecursor(patient, made), shares }],
      actions: ['read'],
      purposes: ['TREAT'],
      notBefore: Date.now() - 60_000,
      notAfter: Date.now() + 3_600_000,
      conditions: [],
      threshold: 2,
      emergency: false,
      ...members
    }, patient.identity)
    const consentId = statementId(statement.body)
    const kfrags = made.map((kfrag, i) => {
      const { mspId = '', encryptionKey = '' } = items[i] ?? {}
      const kfragId = toHex(kfrag.id)
      return {
        mspId,
        kfragId,
        sealed: toHex(sealTo(PublicKey.fromHex(encryptionKey), kfrag.toBytes(), kfragAssociatedData({ consentId, mspId, kfragId })))
      }
    })
    return { statement, kfrags, consentId }
  }

  async grant ({ statement, kfrags }: RealGrant): Promise<GatewayAnswer> {
    return await this.author.send('POST', '/v1/consents', { statement, kfrags })
  }

  async request (consentId?: string, records?: readonly RealRecord[], purpose?: string): Promise<GatewayAnswer> {
    return await this.ask(this.signRequest(consentId, records, purpose))
  }

  /** Sent again it answers the same. */
  async ask (statement: SignedStatement): Promise<GatewayAnswer> {
    return await this.reader.send('POST', '/v1/access-requests', { statement }, { authorization: this.person.authorization })
  }

  signRequest (consentId?: string, records: readonly RealRecord[] = [this.record], purpose = 'TREAT'): SignedStatement {
    return this.reader.sign('AccessRequest', {
      requester: { mspId: this.reader.mspId, staffId: this.person.staffId },
      patientId: this.patient.patientId,
      ...(consentId !== undefined && { consentId }),
      records: records.map(({ recordId, version }) => ({ recordId, version })),
      action: 'read',
      purpose,
      receivingKey: this.person.receivingKey.publicKey().toHex()
    }, this.person.requestKey)
  }

  /** A permitted event's id. */
  async permit (consentId: string, records?: readonly RealRecord[]): Promise<string> {
    const { event } = (await must(this.request(consentId, records))) as { event: { eventId: string } }
    return event.eventId
  }

  async collect (eventId: string): Promise<GatewayAnswer> {
    return await this.reader.send('POST', `/v1/access-events/${eventId}/cfrags`, undefined, { authorization: this.person.authorization })
  }

  async revoke (consentId: string, via = this.author): Promise<GatewayAnswer> {
    return await via.send('POST', '/v1/revocations', {
      statement: this.author.sign('Revocation', { patientId: this.patient.patientId, consentId }, this.patient.identity)
    })
  }

  async consent (
    consentId: string,
    via = this.author
  ): Promise<Record<string, unknown> & { custody: { submittedBy: string }[], destructions: { submittedBy: string }[] }> {
    return await must(
      via.send('GET', `/v1/consents/${consentId}`, undefined, { authorization: via.session(this.patient) })
    ) as Awaited<ReturnType<RealSharing['consent']>>
  }

  /** Asks one hospital's proxy for cfrags as another hospital's gateway would, with that gateway's own certificate. */
  async askProxy (
    of: string,
    as: string,
    eventId: string,
    wraps: readonly object[]
  ): Promise<{ status: number, code?: string, answers?: object[] }> {
    const folder = join(this.#stateDir, 'organizations', as, 'gateway', 'tls')
    const organization = this.#file.organizations.find((o) => o.id === of)
    const agent = new Agent({
      connect: {
        ca: readFileSync(organization?.tlsCaFile ?? ''),
        cert: readFileSync(join(folder, 'cert.pem')),
        key: readFileSync(join(folder, 'key.pem'))
      }
    })
    this.#agents.push(agent)
    const { statusCode, body } = await request(`${organization?.gateway.url ?? ''}/v1/peer/reencryptions`, {
      method: 'POST', dispatcher: agent, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ eventId, wraps })
    })
    return { status: statusCode, ...await body.json() as object }
  }

  async close (): Promise<void> {
    await Promise.all([this.author.close(), this.reader.close(), ...this.#agents.map(async (agent) => { await agent.destroy() })])
  }
}

/** The body of an answer that must not be a refusal. */
async function must (answer: Promise<GatewayAnswer>): Promise<Record<string, unknown>> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`answered ${String(status)}: ${JSON.stringify(body)}`)
  return body
}
