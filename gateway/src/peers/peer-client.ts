import { X509Certificate } from 'node:crypto'
import { checkServerIdentity } from 'node:tls'
import type { PeerCertificate } from 'node:tls'
import type { Readable } from 'node:stream'
import { readBoundedText } from '@epione/host'
import type { SignedStatement } from '@epione/protocol'
import { addressOf, bodyOf, checkAnswer, PEERS } from '@epione/protocol/api'
import type { AnswerOf, Input, Operation } from '@epione/protocol/api'
import { Agent, request } from 'undici'
import type { Dispatcher } from 'undici'
import { GatewayError } from '../errors.ts'
import type { Outcome } from '../metrics/metrics.ts'
import type { Organization } from '../network-file.ts'
import { gatewayCommonName } from './identify-peer.ts'

/** Longest time in ms to connect, to get an answer's head, and between two pieces of a body. */
const TIMEOUT_MS = { connect: 2_000, headers: 15_000, body: 15_000 }
/** Connections to one gateway. */
const CONNECTIONS = 16
/** Largest JSON answer in bytes: 64 answers of some 1.5 KiB. */
const ANSWER_BYTES_MAX = 1_048_576

/** Why the other gateway should serve ciphertext: a live permit, the patient's relayed session, or a record of the asker's own. */
export type Grounds = { event: string } | { session: string, recordId: string, version: number } | { recordId: string, version: number }

/** The signed statement that names a wrap. */
export type NamedBy = { manifest: SignedStatement } | { rewrap: SignedStatement }

/** A wrap (170 bytes), with the index entry where the statement names one, too; hex. */
export interface WrapWithEntry { wrap: string, entry?: string }

export interface PeerContent { status: number, headers: Record<string, string | string[] | undefined>, body: Readable }

/** Told of each call as it begins, and once its answer begins or fails; gives headers to send with it. */
export type BeginCall = (mspId: string, operation: string) => { headers: Record<string, string>, end: (outcome: Outcome) => void }

/** The gateway of another organisation, over mutual TLS: its certificate must be of that organisation's own TLS root. */
export class PeerClient {
  readonly organization: Organization
  readonly #agent: Agent
  readonly #begin: BeginCall

  constructor (
    organization: Organization,
    tls: { certificate: string, privateKey: string },
    begin: BeginCall = () => ({ headers: {}, end: () => undefined })
  ) {
    this.organization = organization
    this.#begin = begin
    this.#agent = new Agent({
      connections: CONNECTIONS,
      headersTimeout: TIMEOUT_MS.headers,
      bodyTimeout: TIMEOUT_MS.body,
      connect: {
        ca: organization.tlsCaPem,
        cert: tls.certificate,
        key: tls.privateKey,
        minVersion: 'TLSv1.3',
        timeout: TIMEOUT_MS.connect,
        checkServerIdentity: (
          host: string,
          certificate: PeerCertificate
        ) => checkServerIdentity(host, certificate) ?? checkName(organization, certificate)
      }
    })
  }

  /** Asks for one operation whose answer is JSON. @throws {GatewayError} PEER_REFUSED, PEER_UNAVAILABLE */
  async call<O extends Operation> (operation: O, input: Input<O>, signal?: AbortSignal): Promise<AnswerOf<O>> {
    const body = bodyOf(operation, input)
    const json = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const response = await this.#require(await this.#ask(operation, input, json, signal))
    try {
      return checkAnswer(operation, response.statusCode, await readJson(response))
    } catch (cause) {
      throw this.#unavailable('answered something else than was asked', cause)
    }
  }

  /** Hands over a copy of a ciphertext as a stream. @throws {GatewayError} PEER_REFUSED, PEER_UNAVAILABLE */
  async putContent (cid: string, body: Readable, sizeBytes: number, signal?: AbortSignal): Promise<void> {
    const headers = { 'content-type': 'application/octet-stream', 'content-length': String(sizeBytes) }
    await this.#drain(await this.#require(await this.#ask(PEERS.putContent, { params: { cid } }, { headers, body }, signal)))
  }

  /** Hands over a copy of a wrap and what goes with it. @throws {GatewayError} PEER_REFUSED, PEER_UNAVAILABLE */
  async putWrap (wrapHash: string, wrap: WrapWithEntry, named: NamedBy, signal?: AbortSignal): Promise<void> {
    await this.call(PEERS.putWrap, { params: { wrapHash }, body: { ...wrap, ...named } }, signal)
  }

  /**
   * Hands over the wrap that takes the place of another; false when that gateway has neither. @throws {GatewayError} PEER_REFUSED,
   * PEER_UNAVAILABLE
   */
  async replaceWrap (
    wrapHash: string,
    wrap: WrapWithEntry,
    rewrap: SignedStatement,
    replaces: string,
    signal?: AbortSignal
  ): Promise<boolean> {
    const { kept } = await this.call(PEERS.putWrap, { params: { wrapHash }, body: { ...wrap, rewrap, replaces } }, signal)
    return kept
  }

  /**
   * A ciphertext or a range of it, as a stream, unproven; the caller reads or destroys the body. @throws {GatewayError} PEER_REFUSED,
   * PEER_UNAVAILABLE
   */
  async getContent (cid: string, grounds: Grounds, range?: string, signal?: AbortSignal): Promise<PeerContent> {
    const headers = range === undefined ? {} : { range }
    const asked = await this.#ask(PEERS.getContent, { params: { cid }, query: grounds }, { headers }, signal)
    const { statusCode, headers: answered, body } = await this.#require(asked)
    return { status: statusCode, headers: answered, body }
  }

  /** Of these contents, those that this gateway says it has. @throws {GatewayError} PEER_REFUSED, PEER_UNAVAILABLE */
  async countCopies (cids: readonly string[], signal?: AbortSignal): Promise<string[]> {
    return (await this.call(PEERS.countCopies, { body: { cids: [...cids] } }, signal)).held
  }

  /** Asks it to take a copy from the IPFS swarm; true if it says that it has one. @throws {GatewayError} PEER_REFUSED, PEER_UNAVAILABLE */
  async keepCopy (record: { recordId: string, version: number }, signal?: AbortSignal): Promise<boolean> {
    return (await this.call(PEERS.keepCopy, { body: record }, signal)).held
  }

  /** A wrap in hex, unproven. @throws {GatewayError} PEER_REFUSED, PEER_UNAVAILABLE */
  async getWrap (wrapHash: string, grounds: Grounds, signal?: AbortSignal): Promise<string> {
    const { wrap } = await this.call(PEERS.getWrap, { params: { wrapHash }, query: grounds }, signal)
    return wrap
  }

  async close (): Promise<void> {
    await this.#agent.destroy()
  }

  async #ask<O extends Operation> (
    operation: O,
    input: Input<O>,
    options: Pick<Dispatcher.RequestOptions, 'body'> & { headers?: Record<string, string> },
    signal: AbortSignal | undefined
  ): Promise<Dispatcher.ResponseData> {
    const { headers, end } = this.#begin(this.organization.mspId, operation.id)
    try {
      const response = await request(`${this.organization.gatewayUrl}${addressOf(operation, input)}`, {
        method: operation.method,
        dispatcher: this.#agent,
        signal: signal ?? null,
        ...options,
        headers: { ...headers, ...options.headers }
      })
      end(response.statusCode < 400 ? 'ok' : 'refused')
      return response
    } catch (cause) {
      end('unavailable')
      throw this.#unavailable('does not answer', cause)
    }
  }

  async #require (response: Dispatcher.ResponseData): Promise<Dispatcher.ResponseData> {
    if (response.statusCode < 400) return response
    throw this.#refused(response.statusCode, await readJson(response).catch(() => undefined))
  }

  async #drain (response: Dispatcher.ResponseData): Promise<void> {
    await response.body.dump().catch((cause: unknown) => { throw this.#unavailable('broke off its answer', cause) })
  }

  #unavailable (what: string, cause: unknown): GatewayError {
    return new GatewayError('PEER_UNAVAILABLE', `the gateway of ${this.organization.mspId} ${what}`, { cause })
  }

  /** A refusal keeps the other side's code and words, so that whoever asked can be told. */
  #refused (status: number, problem: unknown): GatewayError {
    const { code, detail, rule } = (typeof problem === 'object' && problem !== null ? problem : {}) as Record<string, unknown>
    const peerCode = typeof code === 'string' ? code : 'UNKNOWN'
    const words = typeof detail === 'string' ? detail : `status ${status}`
    return new GatewayError('PEER_REFUSED', `the gateway of ${this.organization.mspId} refused: ${peerCode}: ${words}`, {
      extensions: { mspId: this.organization.mspId, peerCode, peerStatus: status, ...(typeof rule === 'string' && { rule: rule.slice(0, 64) }) }
    })
  }
}

function checkName (organization: Organization, { raw }: PeerCertificate): Error | undefined {
  const expected = gatewayCommonName(organization)
  const names = new X509Certificate(raw).subject.split('\n')
  return names.includes(`CN=${expected}`) ? undefined : new Error(`the server is not ${expected}`)
}

async function readJson ({ body }: Dispatcher.ResponseData): Promise<unknown> {
  return JSON.parse(await readBoundedText(body, ANSWER_BYTES_MAX))
}
