import { GatewayError } from '../errors.ts'

/** The refusal of whoever has no certificate of the hospital: code NOT_ENROLLED. */
export function notEnrolled (): GatewayError {
  return new GatewayError(
    'NOT_ENROLLED',
    'this person has no certificate of the hospital yet: its admin runs "epione practitioner enroll" (POST /v1/practitioners)'
  )
}
