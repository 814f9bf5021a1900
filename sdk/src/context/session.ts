import { base64urlnopad } from '@scure/base'
import { LimitedKeys, utf8 } from '@epione/crypto'
import { SESSION_LIFE_MS } from '@epione/protocol'
import { currentTime, identityKeyOf } from './context.ts'
import type { PatientContext } from './context.ts'
import type { Authorize } from '../gateways/gateway-info.ts'
import { makeStatement } from './statements.ts'

/**
 * Signs a patient in to one gateway for one request: its address is in what is signed, so it is of no use to another, but to fetch the
 * bytes of the record that it names (PROTOCOL §4).
 */
export function authorizePatient (context: PatientContext): Authorize {
  return (gateway, record) => {
    const notAfter = currentTime(context) + SESSION_LIFE_MS
    const { statement } = makeStatement(context, 'Session', {
      patientId: context.patientId,
      audience: gateway.url,
      notAfter,
      ...(record === undefined ? {} : { record }),
      ...(context.keys instanceof LimitedKeys ? { as: { kind: 'delegate', delegateId: context.keys.delegateId } } : {})
    }, [identityKeyOf(context)])
    return `Session ${base64urlnopad.encode(utf8(JSON.stringify(statement)))}`
  }
}

/** The `Authorization` of whoever acts: a patient's session, or the token of a hospital's identity provider. */
export function authorizeAs (context: PatientContext | { role: 'practitioner' | 'token', token: { authorize: Authorize } }): Authorize {
  return context.role === 'patient' ? authorizePatient(context) : context.token.authorize
}
