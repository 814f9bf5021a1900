import { checkServerIdentity } from 'node:tls'
import { addressOf, ANCHORS, bodyOf, checkAnswer } from '@epione/protocol/api'
import type { AnchorStatus, AnswerOf, Input, Operation, PublishedBatch } from '@epione/protocol/api'
import { Agent, request } from 'undici'
import { AnchorError } from '../errors.ts'
import type { Vote } from '../store/batch-store.ts'
import { readCertificateFile, readPrivateKeyFile } from './settings.ts'

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
    await this.#ask(ANCHORS.propose, { body: vote })
  }

  async list (number: number): Promise<(Vote & { mspId: string })[]> {
    return (await this.#ask(ANCHORS.listProposals, { query: { number } })).items
  }

  async publish (batch: PublishedBatch): Promise<void> {
    await this.#ask(ANCHORS.publish, { params: { number: batch.number }, body: batch })
  }

  /** How anchoring stands, for whoever looks after the hospital's part of the network. */
  async tellStatus (status: AnchorStatus): Promise<void> {
    await this.#ask(ANCHORS.tellStatus, { body: status })
  }

  async close (): Promise<void> {
    await this.#agent.destroy()
  }

  async #ask<O extends Operation> (operation: O, input: Input<O>): Promise<AnswerOf<O>> {
    const { method } = operation
    const [path, body] = [addressOf(operation, input), bodyOf(operation, input)]
    try {
      const response = await request(`${this.#url}${path}`, {
        method,
        dispatcher: this.#agent,
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
      })
      const text = await response.body.text()
      if (response.statusCode >= 400) throw new Error(`${response.statusCode}: ${text.slice(0, 300)}`)
      return checkAnswer(operation, response.statusCode, JSON.parse(text))
    } catch (cause) {
      throw new AnchorError('MAILBOX_UNAVAILABLE', `The own gateway does not take ${method} ${path} (${cause instanceof Error
        ? cause.message
        : String(cause)}); it is tried again.`, { cause })
    }
  }
}
