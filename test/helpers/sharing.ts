import { join } from 'node:path'
import {
  Batch, BatchOpener, PublicKey, SecretKey, fromHex, kfragAssociatedData, parseWrap, sealTo, statementId, toHex,
  verifyBatch, verifyPrecursor
} from '@epione/crypto'
import type { Capsule } from '@epione/crypto'
import type { SignedAnswer, SignedStatement, TransactionName } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import { LedgerUnavailable } from '@epione/ledger/fabric'
import type { CommittedTransaction } from '../../ledger/src/fabric/ledger-connection.ts'
import type { Ports } from '../../gateway/src/dependencies.ts'
import { loadOrCreateProxyKeys } from '../../gateway/src/proxy/proxy-keys.ts'
import type {} from '../../gateway/src/records/contents-plugin.ts'
import type {} from '../../gateway/src/outbox/outbox-plugin.ts'
import type {} from '../../gateway/src/peers/peers-plugin.ts'
import type {} from '../../gateway/src/proxy/proxy-plugin.ts'
import type {} from '../../gateway/src/store/store-plugin.ts'
import { storeWrap } from '../../gateway/src/records/wraps.ts'
import { buildGateway, createConsortium } from './gateway.ts'
import type { Consortium, GatewayOptions, Teardown, TestGateway } from './gateway.ts'
import {
  bindPractitioner, createConsent, publishPatient, registerRecord, sign, signBinding, signRequest, signRevocation
} from './ledger-fixtures.ts'
import type { ConsentMembers, TestPatient, TestPractitioner, TestRecord } from './ledger-fixtures.ts'
import type { MemoryWorld } from './memory-world.ts'

export interface Answered { status: number, body: Record<string, unknown> & { code?: string } }
export interface SealedFor { mspId: string, kfragId: string, sealed: string }
export interface GrantRequest { statement: SignedStatement, kfrags: SealedFor[], consentId: string }
export interface CollectedBody {
  answers: { mspId: string, answer: SignedAnswer }[]
  wraps: { recordId: string, version: number, wrap: string }[]
  missing: { recordId: string, version: number, code: string, detail: string }[]
  failures: { mspId: string, code: string, detail: string, records?: { recordId: string, version: number }[] }[]
}

export interface SharingOptions {
  clock?: () => number
  /** Hospitals whose gateways run; by default all. */
  running?: readonly string[]
  /** What is special about one hospital's gateway. */
  special?: (mspId: string, consortium: Consortium) => Partial<GatewayOptions>
}

/** Who is to be seen is waited for, however busy the machine. */
const PATIENCE = { graceMs: 30_000, deadlineMs: 60_000 }
/** Where the reader works; the author works at the first hospital. */
export const READER_MSP = 'Regional1MSP'
const SUBJECT = 'dr-reader'
const READ = 'user/DocumentReference.rs'

/**
 * A consortium in memory whose gateways talk over real TLS, with a patient, a record of theirs at the first hospital, and
 * a physician of the second who wants to read it.
 */
export class Sharing {
  readonly consortium: Consortium
  readonly gateways = new Map<string, TestGateway>()
  readonly #test: Teardown
  readonly #options: SharingOptions
  patient!: TestPatient
  reader!: TestPractitioner
  author!: TestPractitioner
  record!: TestRecord
  #token = ''
  readonly #consents = new Map<string, ConsentMembers>()
  readonly #records = new Map<string, TestRecord>()

  private constructor (t: Teardown, consortium: Consortium, options: SharingOptions) {
    this.#test = t
    this.consortium = consortium
    this.#options = options
  }

  static async create (t: Teardown, options: SharingOptions = {}): Promise<Sharing> {
    const sharing = new Sharing(t, await createConsortium(t, options.clock === undefined ? {} : { clock: options.clock }), options)
    await Promise.all((options.running ?? sharing.world.members).map(async (mspId) => await sharing.start(mspId)))
    await sharing.#hire()
    sharing.author = await bindPractitioner(sharing.world)
    sharing.patient = await publishPatient(sharing.world)
    sharing.record = await sharing.addRecord()
    return sharing
  }

  get world (): MemoryWorld {
    return this.consortium.world
  }

  get token (): string {
    return this.#token
  }

  /** Starts a hospital's gateway, or starts it again on its data. */
  async start (mspId: string): Promise<TestGateway> {
    const { ports, ...special } = this.#options.special?.(mspId, this.consortium) ?? {}
    const gateway = await buildGateway(this.#test, {
      consortium: this.consortium,
      mspId,
      listen: true,
      ...special,
      ports: { patience: PATIENCE, ...ports }
    })
    this.gateways.set(mspId, gateway)
    await until(() => gateway.app.proxy.reconciled)
    return gateway
  }

  of (mspId: string): TestGateway {
    const gateway = this.gateways.get(mspId)
    if (gateway === undefined) throw new Error(`${mspId} runs no gateway`)
    return gateway
  }

  /** Another record of the patient, with its wrap at the first running hospital. */
  async addRecord (compartment = this.patient.compartments[0]): Promise<TestRecord> {
    const record = await registerRecord(this.world, this.author, this.patient, compartment)
    this.#records.set(record.wrapHash, record)
    for (const { app } of this.gateways.values()) {
      await storeWrap(
        app.store.db,
        { hash: record.wrapHash, wrap: toHex(record.wrap), owner: 'staff:author', patientId: this.patient.patientId, subject: record },
        this.consortium.clock()
      )
    }
    return record
  }

  /** A consent of the patient to the reader, with kfrags sealed to each proxy. */
  async createGrant (members: Partial<ConsentMembers> = {}): Promise<GrantRequest> {
    const { members: body, kfrags } = createConsent(this.world, this.patient, this.reader, members)
    const statement = sign(this.world, 'Consent', body, this.patient.identity)
    const consentId = statementId(statement.body)
    this.#consents.set(consentId, body)
    const proxies = await this.world.gateway('CoreMSP').ledger.getProxies()
    const sealed = [...kfrags].flatMap(([mspId, theirs]) => theirs.map((kfrag): SealedFor => {
      const kfragId = toHex(kfrag.id)
      const encryptionKey = PublicKey.fromHex(proxies.find((p) => p.mspId === mspId)?.encryptionKey ?? '')
      return { mspId, kfragId, sealed: toHex(sealTo(encryptionKey, kfrag.toBytes(), kfragAssociatedData({ consentId, mspId, kfragId }))) }
    }))
    return { statement, kfrags: sealed, consentId }
  }

  async grant (request: Omit<GrantRequest, 'consentId'>, via = 'CoreMSP'): Promise<Answered> {
    return await post(this.of(via).app, '/v1/consents', { statement: request.statement, kfrags: request.kfrags })
  }

  /** A consent in custody of the running proxies. */
  async activate (members: Partial<ConsentMembers> = {}): Promise<string> {
    const request = await this.createGrant(members)
    const answer = await this.grant(request)
    if (answer.status !== 201) throw new Error(`the consent was refused: ${JSON.stringify(answer.body)}`)
    return request.consentId
  }

  /** The consent on the ledger, with custody confirmed in the name of these hospitals' proxies. */
  async commit ({ statement, consentId, kfrags }: GrantRequest, ...confirming: string[]): Promise<void> {
    await this.world.gateway('CoreMSP').ledger.grantConsent(statement)
    for (const mspId of confirming) {
      const keys = await loadOrCreateProxyKeys(join(this.consortium.hospitals.get(mspId)?.directory ?? '', 'data'))
      const kfragIds = kfrags.filter((kfrag) => kfrag.mspId === mspId).map((kfrag) => kfrag.kfragId)
      await this.world.gateway(mspId).ledger.confirmCustody(
        sign(this.world, 'CustodyConfirmation', { mspId, consentId, kfragIds }, keys.signing)
      )
    }
  }

  async request (consentId?: string, records: readonly TestRecord[] = [this.record]): Promise<Answered> {
    const statement = signRequest(this.world, this.reader, this.patient, records, consentId)
    return await post(this.of(READER_MSP).app, '/v1/access-requests', { statement }, this.#token)
  }

  /** A permitted event's id. */
  async permit (consentId: string, records?: readonly TestRecord[]): Promise<string> {
    const { status, body } = await this.request(consentId, records)
    if (status !== 201) throw new Error(`the request was refused: ${JSON.stringify(body)}`)
    return (body['event'] as { eventId: string }).eventId
  }

  async collect (eventId: string, token = this.#token): Promise<{ status: number, body: CollectedBody & { code?: string } }> {
    const { status, body } = await post(this.of(READER_MSP).app, `/v1/access-events/${eventId}/cfrags`, undefined, token)
    return { status, body: body as unknown as CollectedBody }
  }

  async revoke (consentId: string, via = 'CoreMSP', statement = signRevocation(this.world, this.patient, consentId)): Promise<Answered> {
    return await post(this.of(via).app, '/v1/revocations', { statement })
  }

  /** The content key, as the reader's client recovers it from answers that it verified. */
  open (record: TestRecord, answers: CollectedBody['answers']): Uint8Array {
    const keys = {
      signingKey: this.patient.kfragSigning.publicKey(),
      delegatingKey: record.compartment.secret.publicKey(),
      receivingKey: this.reader.receiving.publicKey()
    }
    this.#records.set(record.wrapHash, record)
    const own = answers.filter(({ answer }) => answer.body.wrapHashes.includes(record.wrapHash))
    const cfrags = own.flatMap(({ mspId, answer: { body } }) => {
      const { label, epoch, precursor, shares = [] } = this.#consents.get(body.consentId)?.compartments.find((c) =>
        c.shares.some((s) => s.kfragId === body.kfragId)) ?? {}
      const share = shares.find((s) => s.mspId === mspId)
      if (label === undefined || epoch === undefined || precursor === undefined || share === undefined) throw new Error('not of a consent')
      const place = { networkId: this.world.networkId, patientId: this.patient.patientId, label, epoch, ...keys }
      const verified = verifyBatch(Batch.fromBytes(fromHex(body.cfrags)), body.wrapHashes.map((hash) => this.#capsuleOf(hash)), {
        ...share, keys, precursor: verifyPrecursor(precursor, place)
      })
      return verified[body.wrapHashes.indexOf(record.wrapHash)] ?? []
    })
    return new BatchOpener(this.reader.receiving, keys.delegatingKey).open(record.wrap, cfrags)
  }

  #capsuleOf (hash: string): Capsule {
    const record = this.#records.get(hash)
    if (record === undefined) throw new Error('no record of this patient has that wrap')
    return parseWrap(record.wrap, record.place).capsule
  }

  async #hire (): Promise<void> {
    const gateway = this.of(READER_MSP)
    const staffId = await gateway.enrol(SUBJECT)
    const person = {
      ...this.world.actor({ mspId: READER_MSP, staffId, role: 'physician' }),
      receiving: SecretKey.random(),
      requestSigning: SecretKey.random()
    }
    await person.ledger.bindKeys(signBinding(this.world, person))
    this.reader = person
    this.#token = `Bearer ${await gateway.token(SUBJECT, READ)}`
  }
}

/** A hospital's peers that say something else than the ledger: whatever the members return takes the place of what they got. */
export class LyingPeers {
  /** What the state shows for a transaction's result (undefined where it refuses); undefined leaves it. */
  state: (transaction: TransactionName, value: unknown) => unknown = () => undefined
  /** What the blocks show of a transaction. */
  block: (transaction: CommittedTransaction | undefined, txId: string) => CommittedTransaction | undefined = (transaction) => transaction

  /** True while no transaction can be submitted. */
  down = false
  /** What every submission is refused with, if anything. */
  refusal: Error | undefined

  /** Ports of a gateway that has these peers. */
  ports ({ blocks, network }: Consortium): Pick<Ports, 'connectLedger'> {
    return {
      connectLedger: () => {
        const honest = blocks.connect(network.networkId)
        return {
          ...honest,
          portFor: (identity) => {
            const port = honest.portFor(identity)
            return {
              submit: async (transaction, args) => {
                if (this.down) throw new LedgerUnavailable('the orderers are down')
                if (this.refusal !== undefined) throw this.refusal
                return await port.submit(transaction, args)
              },
              evaluate: async (transaction, args) => {
                const honest = await port.evaluate(transaction, args).catch((error: unknown) => error as Error)
                const said = this.state(transaction, honest instanceof Error ? undefined : JSON.parse(new TextDecoder().decode(honest)))
                if (said !== undefined) return new TextEncoder().encode(JSON.stringify(said))
                if (honest instanceof Error) throw honest
                return honest
              }
            }
          },
          findTransaction: async (txId) => this.block(await honest.findTransaction(txId), txId)
        }
      }
    }
  }
}

/** POSTs JSON by injection. */
export async function post (app: FastifyInstance, url: string, payload: object | undefined, authorization?: string): Promise<Answered> {
  const headers = authorization === undefined ? {} : { authorization }
  const response = await app.inject({ method: 'POST', url, headers, ...(payload === undefined ? {} : { payload }) })
  return { status: response.statusCode, body: response.json() }
}

const UNTIL_MS = 60_000

/** Waits until something that must happen has happened. @throws {Error} after a minute, saying where */
export async function until (happened: () => boolean | Promise<boolean>): Promise<void> {
  const { stack } = new Error('what was waited for')
  const deadline = Date.now() + UNTIL_MS
  while (!await happened()) {
    if (Date.now() > deadline) throw new Error(`it did not happen within ${UNTIL_MS / 1000} s: ${happened.toString()} ${stack ?? ''}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
