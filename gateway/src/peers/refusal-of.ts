import { GatewayError, isRefusal } from '../errors.ts'

/** What whoever was asked refused with, wherever it runs: another hospital's gateway, or this one's own part. */
export function refusalOf (error: unknown): { code: string, detail: string } | undefined {
  if (!isRefusal(error)) return undefined
  const { peerCode } = error instanceof GatewayError ? error.extensions : {}
  return { code: typeof peerCode === 'string' ? peerCode : error.code, detail: error.message }
}
