import { createClient, http } from 'viem'
import { VerificationError } from '../errors.ts'

/** One JSON-RPC call: its result as it came. */
export type Rpc = (method: string, parameters: readonly unknown[]) => Promise<unknown>

const TIMEOUT_MS = 20_000
const RETRIES = 2

/** Calls of an EVM node over HTTP. They throw `RPC_UNUSABLE` when it cannot be reached or refuses. */
export function connectRpc (url: string): Rpc {
  const client = createClient({ transport: http(url, { timeout: TIMEOUT_MS, retryCount: RETRIES }) })
  // Methods are named by the caller, so viem cannot know their types.
  const request = client.request as (call: { method: string, params: readonly unknown[] }) => Promise<unknown>
  return async (method, parameters) => {
    try {
      return await request({ method, params: parameters })
    } catch (error) {
      throw new VerificationError('RPC_UNUSABLE', `The RPC ${url} does not answer ${method}: name another one.`, { cause: error })
    }
  }
}
