import type { HospitalState } from '@epione/protocol/api'
import type { ClientContext, TokenContext } from '../context/context.ts'
import { isClientError } from '../errors.ts'
import type { ClientError } from '../errors.ts'

/** Time in ms that a hospital gets to say whether it is ready: its own checks may take 3 s each, at once. */
const READY_MS = 8_000

/** What a hospital's gateway says of itself, or why it says nothing. */
export type HospitalHealth = { mspId: string } &
  ({ ready: boolean, failing: string[] } | { silent: Pick<ClientError, 'code' | 'message'> })

/** How the own hospital's part of the network is, by its gateway: for whoever looks after it. */
export async function readHospitalState (context: TokenContext): Promise<HospitalState> {
  return await context.gateways.own.getHospitalState(context.token.authorize)
}

/** Whether each hospital's gateway can do its work, by its own word, asked from here; those that say nothing are named. */
export async function readHealth ({ gateways }: ClientContext): Promise<HospitalHealth[]> {
  return await Promise.all(gateways.all.map(async (gateway): Promise<HospitalHealth> => {
    const { mspId } = gateway.info
    try {
      const { status, checks } = await gateway.readReadiness(READY_MS)
      return { mspId, ready: status === 'ready', failing: Object.entries(checks).flatMap(([name, result]) => result === 'failing' ? [name] : []) }
    } catch (error) {
      if (!isClientError(error)) throw error
      return { mspId, silent: { code: error.code, message: error.message } }
    }
  }))
}
