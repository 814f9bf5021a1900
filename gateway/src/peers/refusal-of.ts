import { GatewayError, isRefusal } from '../errors.ts'

/** What another hospital's gateway, or this one's own part, refused with, and which rule of the ledger it found broken. */
export function refusalOf (error: unknown): { code: string, detail: string, rule?: string } | undefined {
  if (!isRefusal(error)) return undefined
  const { peerCode, rule } = error instanceof GatewayError ? error.extensions : {}
  const named = typeof rule === 'string' ? { rule } : {}
  return { code: typeof peerCode === 'string' ? peerCode : error.code, detail: error.message, ...named }
}
