import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { Agent, request } from 'undici'
import { createWrap, fromHex, patientIdOf, provePrecursor, sealContent, SecretKey, signStatement, toHex, wrapHash } from '@epione/crypto'
import type { ProvenPrecursor, SignedStatement, VerifiedKfrag } from '@epione/crypto'
import { recordPlace } from '@epione/protocol'
import type { StatementType } from '@epione/protocol'
import type { NetworkFile } from '../../network/render/network-file.ts'
import { signIn, SCOPES } from './sign-in.ts'

export interface GatewayAnswer { status: number, headers: Record<string, string | string[] | undefined>, body: Record<string, unknown> }

/** A patient with one compartment. */
export interface PatientKeys { patientId: string, identity: SecretKey, kfragSigning: SecretKey, compartment: SecretKey, label: string }

/** A member of staff as a gateway knows them, with the keys of their workstation. */
export interface StaffMember { subject: string, staffId: string, authorization: string, requestKey: SecretKey, receivingKey: SecretKey }

/** One hospital's gateway of a running network, over TLS; requests and statements as a client makes them. */
export class GatewayClient {
  readonly mspId: string
  readonly url: string
  readonly #id: string
  readonly #stateDir: string
  readonly #networkId: Uint8Array
  readonly #agent: Agent

  constructor (network: NetworkFile, stateDir: string, organizationId: string) {
    const organization = network.organizations.find((o) => o.id === organizationId)
    if (organization === undefined) throw new Error(`no hospital ${organizationId}`)
    this.mspId = organization.mspId
    this.url = organization.gateway.url
    this.#id = organizationId
    this.#stateDir = stateDir
    this.#networkId = fromHex(network.networkId)
    this.#agent = new Agent({ connect: { ca: readFileSync(organization.tlsCaFile) } })
  }

  async send (
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    payload?: object,
    headers: Record<string, string> = {}
  ): Promise<GatewayAnswer> {
    const answer = await request(`${this.url}${path}`, {
      method,
      dispatcher: this.#agent,
      headers: { ...(payload !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(payload !== undefined && { body: JSON.stringify(payload) })
    })
    return { status: answer.statusCode, headers: answer.headers, body: await answer.body.json() as Record<string, unknown> }
  }

  /** Streams bytes up; returns what the gateway stored. */
  async upload (body: Buffer | Readable, authorization: string): Promise<GatewayAnswer> {
    const answer = await request(`${this.url}/v1/contents`, {
      method: 'POST',
      dispatcher: this.#agent,
      body,
      headers: { authorization, 'content-type': 'application/octet-stream' },
      headersTimeout: 0
    })
    return { status: answer.statusCode, headers: answer.headers, body: await answer.body.json() as Record<string, unknown> }
  }

  /** Streams bytes down. */
  async download (path: string, authorization: string): Promise<{ status: number, body: Readable }> {
    const answer = await request(`${this.url}${path}`, { dispatcher: this.#agent, headers: { authorization } })
    return { status: answer.statusCode, body: answer.body }
  }

  async token (subject: string, scope: string): Promise<string> {
    return `Bearer ${await signIn(this.#stateDir, this.#id, subject, scope)}`
  }

  sign (type: StatementType, members: object, ...keys: SecretKey[]): SignedStatement {
    const issuedAt = Date.now()
    const bounds = type === 'Session' || type === 'Revocation' ? {} : { submitBefore: issuedAt + 3_600_000 }
    return signStatement({
      type,
      networkId: this.#networkId,
      body: { type, nonce: toHex(randomBytes(16)), issuedAt, ...bounds, ...members },
      keys
    })
  }

  /** The precursor of a patient's kfrags with its proof, as a consent names it. */
  provePrecursor ({ patientId, label }: PatientKeys, [kfrag]: readonly VerifiedKfrag[]): ProvenPrecursor {
    if (kfrag === undefined) throw new Error('at least one kfrag')
    return provePrecursor(kfrag, { networkId: this.#networkId, patientId, label, epoch: 1 })
  }

  /** Header value of a fresh session. */
  session ({ patientId, identity }: PatientKeys): string {
    const statement = this.sign('Session', { patientId, audience: this.url, notAfter: Date.now() + 60_000 }, identity)
    return `Session ${Buffer.from(JSON.stringify(statement)).toString('base64url')}`
  }

  signDirectory ({ patientId, identity, kfragSigning, compartment, label }: PatientKeys): SignedStatement {
    const compartments = [{ label, level: 'N', epoch: 1, key: compartment.publicKey().toHex() }]
    return this.sign(
      'KeyDirectory',
      { patientId, version: 1, identityKey: identity.publicKey().toHex(), kfragSigningKey: kfragSigning.publicKey().toHex(), compartments },
      identity
    )
  }

  async registerPatient (
    patient: PatientKeys,
    statement = this.signDirectory(patient),
    headers: Record<string, string> = {}
  ): Promise<GatewayAnswer> {
    return await this.send('POST', '/v1/patients', { statement }, { authorization: await this.token('desk', SCOPES.desk), ...headers })
  }

  /** Enrols a person with the hospital's CA and, for clinicians, binds fresh keys. */
  async hire (subject: string, role = 'physician', scope: string = SCOPES.clinician, more: object = {}): Promise<StaffMember> {
    const enrolled = await this.send('POST', '/v1/practitioners', {
      subject,
      role,
      ...more
    }, { authorization: await this.token('head-of-staff', SCOPES.admin) })
    if (enrolled.status !== 201) throw new Error(`enrolment answered ${JSON.stringify(enrolled.body)}`)
    const staffId = String(enrolled.body['staffId'])
    const member: StaffMember = {
      subject,
      staffId,
      authorization: await this.token(subject, scope),
      requestKey: SecretKey.random(),
      receivingKey: SecretKey.random()
    }
    const bound = await this.send('POST', '/v1/practitioners/me/keys', {
      statement: this.signBinding(member)
    }, { authorization: member.authorization })
    if (bound.status !== 201) throw new Error(`binding answered ${JSON.stringify(bound.body)}`)
    return member
  }

  signBinding ({ staffId, requestKey, receivingKey }: StaffMember): SignedStatement {
    return this.sign(
      'KeyBinding',
      {
        mspId: this.mspId,
        staffId,
        version: 1,
        requestKey: requestKey.publicKey().toHex(),
        receivingKey: receivingKey.publicKey().toHex()
      },
      requestKey,
      receivingKey
    )
  }

  /** The body of POST /v1/records for content that was uploaded. */
  signRecord (
    author: StaffMember,
    patient: PatientKeys,
    recordId: string,
    stored: Record<string, unknown>
  ): { statement: SignedStatement, wrap: string } {
    const of = { recordId, version: 1, author: { kind: 'practitioner' as const, mspId: this.mspId, staffId: author.staffId } }
    const place = recordPlace(this.#networkId, of)
    const wrap = createWrap(patient.compartment.publicKey(), randomBytes(32), place)
    const manifest = {
      ...of,
      patientId: patient.patientId,
      label: patient.label,
      epoch: 1,
      contentHash: stored['contentHash'],
      sizeClass: Math.ceil(Math.log2(Number(stored['sizeBytes']))),
      cid: stored['cid'],
      wrapHash: toHex(wrapHash(wrap, place)),
      mediaClass: 'document'
    }
    return { statement: this.sign('RecordManifest', manifest, author.requestKey), wrap: toHex(wrap) }
  }

  /** Closes the connections. */
  async close (): Promise<void> {
    await this.#agent.destroy()
  }
}

export function createPatientKeys (): PatientKeys {
  const identity = SecretKey.random()
  return {
    patientId: patientIdOf(identity.publicKey()),
    identity,
    kfragSigning: SecretKey.random(),
    compartment: SecretKey.random(),
    label: toHex(randomBytes(32))
  }
}

export function createRecordId (): string {
  return toHex(randomBytes(16))
}

/** Sealed content of so many plaintext bytes (zeros), as a stream; the author's key is anybody's where nothing is registered. */
export function sealZeros (recordId: string, plaintextBytes: number, author = SecretKey.random()): AsyncIterable<Uint8Array> {
  return sealContent({ recordId, recordVersion: 1, authorKey: author.publicKey() }, zeros(plaintextBytes)).ciphertext
}

async function * zeros (bytes: number): AsyncGenerator<Uint8Array> {
  const piece = new Uint8Array(1_048_576)
  for (let sent = 0; sent < bytes; sent += piece.length) {
    yield await Promise.resolve(
      piece.subarray(0, Math.min(piece.length, bytes - sent))
    )
  }
}
