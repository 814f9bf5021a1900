import { checkServerIdentity } from 'node:tls'
import { checkSchema } from '@epione/protocol'
import { Type } from 'typebox'
import { Agent, request } from 'undici'
import { AnchorError } from '../errors.ts'
import type { Vote } from '../store/batch-store.ts'
import { readCertificateFile, readPrivateKeyFile } from './settings.ts'

const Proposals = Type.Object({
  items: Type.Array(Type.Object({
    number: Type.Integer(),
    firstBlock: Type.Integer(),
    lastBlock: Type.Integer(),
    root: Type.String(),
    witness: Type.String(),
    signature: Type.String(),
    mspId: Type.String()
  }))
})

/** A batch as the gateway keeps it for proofs; hex without 0x. */
export interface PublishedBatch {
  number: number
  firstBlock: number
  lastBlock: number
  root: string
  blockLeaves: string[]
  witnesses: string[]
  signatures: { witness: string, signature: string }[]
  chain: { name: string, chainId: number, contract: string, transactionHash?: string, blockNumber?: number, blockHash?: string }
  state: 'pending' | 'submitted' | 'included' | 'final'
}

/** The own gateway, through which witnesses exchange signatures. */
export interface Mailbox {
  propose: (vote: Vote) => Promise<void>
  list: (number: number) => Promise<(Vote & { mspId: string })[]>
  publish: (batch: PublishedBatch) => Promise<void>
}

/** Longest time in ms for the gateway to answer. */
const TIMEOUT_MS = 10_000

export interface GatewayMailboxOptions { gatewayUrl: string, tlsCaPem: string, certificate: string, privateKey: string }

/** The mailbox over mutual TLS, with the organisation's own certificate. */
export class GatewayMailbox implements Mailbox {
  readonly #url: string
  readonly #agent: Agent

  constructor ({ gatewayUrl, tlsCaPem, certificate, privateKey }: GatewayMailboxOptions) {
    this.#url = gatewayUrl
    this.#agent = new Agent({
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
      connect: { ca: tlsCaPem, cert: certificate, key: privateKey, minVersion: 'TLSv1.3', timeout: TIMEOUT_MS, checkServerIdentity }
    })
  }

  /** Reads the files of the certificate. */
  static async open (
    { gatewayUrl, tlsCaPem, certFile, keyFile }: { gatewayUrl: string, tlsCaPem: string, certFile: string, keyFile: string }
  ): Promise<GatewayMailbox> {
    return new GatewayMailbox({
      gatewayUrl,
      tlsCaPem,
      certificate: await readCertificateFile('TLS_CERT_FILE', certFile),
      privateKey: await readPrivateKeyFile('TLS_KEY_FILE', keyFile)
    })
  }

  async propose (vote: Vote): Promise<void> {
    await this.#send('POST', '/v1/anchors/proposals', vote)
  }

  async list (number: number): Promise<(Vote & { mspId: string })[]> {
    return checkSchema(Proposals, await this.#send('GET', `/v1/anchors/proposals?number=${number}`), 'proposals').items
  }

  async publish (batch: PublishedBatch): Promise<void> {
    await this.#send('PUT', `/v1/anchors/batches/${batch.number}`, batch)
  }

  async close (): Promise<void> {
    await this.#agent.destroy()
  }

  async #send (method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<unknown> {
    try {
      const response = await request(`${this.#url}${path}`, {
        method,
        dispatcher: this.#agent,
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
      })
      const text = await response.body.text()
      if (response.statusCode >= 400) throw new Error(`${response.statusCode}: ${text.slice(0, 300)}`)
      return text === '' ? undefined : JSON.parse(text)
    } catch (cause) {
      throw new AnchorError('MAILBOX_UNAVAILABLE', `The own gateway does not take ${method} ${path} (${cause instanceof Error
        ? cause.message
        : String(cause)}); it is tried again.`, { cause })
    }
  }
}
