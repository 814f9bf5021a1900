import { ClientError, isClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import type { Gateways } from '../gateways/gateways.ts'
import { CLOCK_TOLERANCE_MS } from './device-clock.ts'
import type { DeviceClock } from './device-clock.ts'

/** What an organisation's gateway says, as the time (ms) when the device's monotonic clock showed zero. */
interface Told { readonly mspId: string, readonly originMs: number }

/**
 * Sets a device's clock by gateways of two organisations that agree within a minute, so that no single one moves it: a device whose clock
 * began at 1970 cannot sign in before, and what it measured is dated by this. Where the first two differ the others are asked, too. To a
 * second; what is sent later tells the time more exactly. @throws {ClientError} UNAVAILABLE, SECOND_ORGANIZATION_UNREACHABLE,
 * ORGANIZATIONS_DIFFER: the clock stays as it was
 */
export async function readClock (gateways: Gateways, clock: DeviceClock): Promise<void> {
  const ask = async (gateway: GatewayApi): Promise<Told> =>
    ({ mspId: gateway.info.mspId, originMs: clock.originOf(await readTime(gateway)) })
  const told = (await gateways.askTwoReachable(ask)).answers.map(({ value }) => value)
  for (const gateway of gateways.all) {
    if (agreed(told) !== undefined) break
    if (told.some(({ mspId }) => mspId === gateway.info.mspId)) continue
    const more = await ask(gateway).catch((error: unknown) => {
      if (!isClientError(error, 'UNAVAILABLE')) throw error
    })
    if (more !== undefined) told.push(more)
  }
  const originMs = agreed(told)
  if (originMs === undefined) throw refusalOf(told)
  clock.set(originMs)
}

/** What two organisations say, by the one that comes first in the device's list. */
function agreed (told: readonly Told[]): number | undefined {
  return told.find((one) => told.some((other) => other !== one && Math.abs(other.originMs - one.originMs) <= CLOCK_TOLERANCE_MS))?.originMs
}

function refusalOf (told: readonly Told[]): ClientError {
  const mspIds = told.map(({ mspId }) => mspId)
  if (told.length < 2) {
    return new ClientError(
      'SECOND_ORGANIZATION_UNREACHABLE', `Only ${mspIds[0] ?? 'none'} tells the time; a device sets its clock by two organisations that agree.`
    )
  }
  return new ClientError('ORGANIZATIONS_DIFFER', `${mspIds.join(' and ')} differ by more than a minute in what time it is: the device keeps its windows.`, {
    party: { kind: 'organizations', mspIds }, what: 'time'
  })
}

/** @throws {ClientError} UNAVAILABLE also where an answer does not tell: then another is asked */
async function readTime (gateway: GatewayApi): Promise<number> {
  const value = await gateway.readTime()
  if (value !== undefined) return value
  const { mspId } = gateway.info
  throw new ClientError('UNAVAILABLE', `The gateway of ${mspId} does not tell the time.`, { party: { kind: 'gateway', mspId } })
}
