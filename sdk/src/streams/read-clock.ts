import { ClientError } from '../errors.ts'
import type { Gateways } from '../gateways/gateways.ts'
import type { DeviceClock } from './device-clock.ts'

/**
 * Sets a device's clock by the first gateway that can be reached, to a second: a device whose clock began at 1970 cannot sign in before.
 * What it sends later tells the time more exactly. @throws {ClientError} UNAVAILABLE
 */
export async function readClock (gateways: Gateways, clock: DeviceClock): Promise<void> {
  const { gateway, value } = await gateways.askFirstReachable((asked) => asked.readTime())
  if (value === undefined) {
    throw new ClientError('ANSWER_MALFORMED', `The gateway of ${gateway.info.mspId} does not tell the time.`, {
      party: { kind: 'gateway', mspId: gateway.info.mspId }
    })
  }
  clock.set(value)
}
