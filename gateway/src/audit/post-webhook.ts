import { lookup } from 'node:dns'
import type { LookupAddress } from 'node:dns'
import { Agent, request } from 'node:https'
import { isIP } from 'node:net'
import { Webhook as Signer } from 'standardwebhooks'
import type { Webhook, Webhooks } from './webhook-settings.ts'

/** How long (ms) a receiver may take in all: less than after which the outbox takes work for lost. */
const TIMEOUT_MS = 10_000
/** Bytes of an answer that are read, and passed over. */
const ANSWER_MAX = 16_384

export interface WebhookMessage { /** The same at each attempt. */ id: string, body: string }

/**
 * Sends a message, signed as Standard Webhooks says, and settles once the receiver answers with success. It follows no redirect, looks the
 * name up once and connects to what it found, where that may be reached, and reads no more of an answer than a little.
 * @throws {Error} for everything else, in words without anything that the receiver said
 */
export async function postWebhook ({ url, secret, ca }: Webhook, { id, body }: WebhookMessage, { mayReach, timeoutMs = TIMEOUT_MS }: Pick<Webhooks, 'mayReach' | 'timeoutMs'>): Promise<void> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // Of an address no name is looked up.
  if (isIP(host) !== 0 && !mayReach(host)) throw new Error(`${host} is no address that webhooks may go to`)
  const now = new Date()
  const agent = new Agent({ keepAlive: false })
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const status = await new Promise<number>((resolve, reject) => {
      let isAnswered = false
      const sent = request(url, {
        method: 'POST',
        agent,
        signal,
        maxHeaderSize: ANSWER_MAX,
        minVersion: 'TLSv1.2',
        ...(ca !== undefined && { ca }),
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'epione-webhooks',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': new Signer(secret).sign(id, now, body)
        },
        lookup: (name, options, callback) => { lookUp(name, options, mayReach, callback) }
      }, (response) => {
        isAnswered = true
        let bytes = 0
        response.on('data', (piece: Buffer) => {
          bytes += piece.length
          if (bytes > ANSWER_MAX) sent.destroy(new Error('the answer is too long'))
        })
        response.on('end', () => { resolve(response.statusCode ?? 0) })
        response.on('error', reject)
      })
      sent.on('error', reject)
      // A receiver that changes the protocol (101) ends the request without an answer, an error, or anything left for the signal to end.
      sent.on('close', () => { if (!isAnswered) reject(new Error('the receiver closed the connection, or changed its protocol, without an answer')) })
      sent.end(body)
    })
    if (status >= 300 && status < 400) throw new Error(`the receiver redirects (${status}), which is not followed`)
    if (status < 200 || status > 299) throw new Error(`the receiver answers ${status}`)
  } catch (error) {
    throw signal.aborted ? new Error(`the receiver did not answer within ${timeoutMs} ms`, { cause: error }) : error
  } finally {
    agent.destroy()
  }
}

type LookUpCallback = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void

/** Every address of a name must be one that may be reached: one that changes its answers gets no second chance. */
function lookUp (name: string, { all }: { all?: boolean | undefined }, mayReach: Webhooks['mayReach'], callback: LookUpCallback): void {
  lookup(name, { all: true }, (error, addresses) => {
    const [first] = addresses
    if (error !== null) callback(error, [])
    else if (first === undefined || !addresses.every(({ address }) => mayReach(address))) callback(new Error(`${name} is at an address that webhooks may not go to`), [])
    else if (all === true) callback(null, addresses)
    else callback(null, first.address, first.family)
  })
}
