import { base64urlnopad } from '@scure/base'
import { utf8 } from '@epione/crypto'
import type { SecretKey } from '@epione/crypto'
import { SESSION_LIFE_MS } from '@epione/protocol'
import type { ClientContext } from '../context/context.ts'
import { currentTime } from '../context/context.ts'
import { makeStatement } from '../context/statements.ts'
import type { Authorize } from '../gateways/gateway-info.ts'
import type { DeviceClock } from './device-clock.ts'

/** A patient's device: a key of its own, which opens nothing, and the compartment that it writes to. */
export interface DeviceContext extends ClientContext {
  readonly role: 'device'
  readonly patientId: string
  /** Statement id of its `Device`. */
  readonly deviceId: string
  /** The label of its compartment. */
  readonly label: string
  readonly key: SecretKey
  readonly clock: DeviceClock
  readonly now: () => number
}

/** Signs a device in to one gateway for one request. */
export function authorizeDevice (context: DeviceContext): Authorize {
  return (gateway) => {
    const { statement } = makeStatement(context, 'Session', {
      patientId: context.patientId,
      audience: gateway.url,
      notAfter: currentTime(context) + SESSION_LIFE_MS,
      as: { kind: 'device', deviceId: context.deviceId }
    }, [context.key])
    return `Session ${base64urlnopad.encode(utf8(JSON.stringify(statement)))}`
  }
}
