import { standingConviction } from '@epione/protocol'
import type { Conviction, NetworkDocument } from '@epione/protocol'
import type { ClientContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'
import { readOrganizations } from '../keys/organizations.ts'
import { readNetworkDocument } from '../keys/network.ts'

type Clearances = NonNullable<NetworkDocument['clearances']>

/** A proxy that nobody asks, and why. */
export interface ConvictedProxy extends Conviction { mspId: string }

/** The proxies that gave a false answer and that no network document in force has cleared, as two hospitals show them. */
export async function listConvicted (context: ClientContext): Promise<ConvictedProxy[]> {
  const [network, organizations] = [await readNetworkDocument(context), await readOrganizations(context)]
  return organizations.flatMap((organization) => {
    const conviction = standingConviction(organization, network)
    return conviction === undefined ? [] : [{ mspId: organization.mspId, ...conviction }]
  })
}

/**
 * What the next network document says so that these proxies are asked again: all that is proven of them by now is forgiven, and nothing
 * that may come. What was cleared before stays so. @throws {ClientError} USAGE for a proxy that is convicted of nothing
 */
export async function clearProxies (context: ClientContext, mspIds: readonly string[]): Promise<Clearances> {
  const { clearances = [] } = await readNetworkDocument(context)
  const convicted = await listConvicted(context)
  const added = mspIds.map((mspId) => {
    const conviction = convicted.find((c) => c.mspId === mspId)
    if (conviction === undefined) throw new ClientError('USAGE', `The proxy of ${mspId} is convicted of nothing: there is nothing to clear.`)
    return { mspId, until: conviction.eventTime }
  })
  return [...clearances.filter(({ mspId }) => !mspIds.includes(mspId)), ...added]
}
