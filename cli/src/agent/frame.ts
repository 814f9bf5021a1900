import { createHash } from 'node:crypto'

/*
 * What goes over an agent's socket: one line of JSON each way, and the connection ends. Both sides bound what they read and how long they
 * wait: the other may be anything that runs under this account.
 */

/** Longest request, and longest answer, in bytes. */
export const REQUEST_BYTES = 512
export const ANSWER_BYTES = 2_048
/** Time in ms that one exchange may take. */
export const EXCHANGE_MS = 1_500

/** Whose home it is: which keys it needs follows from that. */
export const ROLES = ['patient', 'practitioner', 'guardian'] as const
export type AgentRole = (typeof ROLES)[number]

export type AgentRequest =
  /** Keys of the home whose keystore has this hash. */
  | { ask: 'keys', keystore: string }
  | { ask: 'end' }

/** Every reason for which an agent refuses. */
export type AgentRefusal = 'REQUEST_INVALID' | 'REQUEST_TOO_LARGE' | 'KEYSTORE_OTHER' | 'LOCKED'

export type AgentAnswer =
  | { role: AgentRole, keys: string }
  | { ended: true }
  | { error: { code: AgentRefusal, message: string } }

/** Names a keystore: keys are given for this very file alone. */
export function hashOfKeystore (text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex')
}

export function parseRequest (line: string): AgentRequest | undefined {
  const request = parseObject(line)
  if (request?.['ask'] === 'end') return { ask: 'end' }
  const keystore = request?.['keystore']
  return request?.['ask'] === 'keys' && typeof keystore === 'string' && /^[0-9a-f]{64}$/.test(keystore) ? { ask: 'keys', keystore } : undefined
}

/** Keys and role of an agent's answer, where it gives any. */
export function parseKeys (line: string): { role: AgentRole, keys: Buffer } | undefined {
  const answer = parseObject(line)
  const [role, keys] = [ROLES.find((known) => known === answer?.['role']), answer?.['keys']]
  return role !== undefined && typeof keys === 'string' && /^[A-Za-z0-9+/]+=*$/.test(keys)
    ? { role, keys: Buffer.from(keys, 'base64') }
    : undefined
}

function parseObject (line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? value as Record<string, unknown> : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
