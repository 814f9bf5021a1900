import { isClientError } from '../errors.ts'

/** Whether a gateway refused with this code of its own. */
export function isGatewayCode (error: unknown, ...codes: string[]): boolean {
  return isClientError(error) && codes.some((code) => code === error.details['gatewayCode'])
}

/** A number that a refusal carries beside its code. */
export function problemNumber (error: unknown, member: string): number | undefined {
  const value = problemMember(error, member)
  return typeof value === 'number' ? value : undefined
}

/** What a refusal carries under a name beside its code. */
export function problemMember (error: unknown, member: string): unknown {
  const problem = isClientError(error) ? error.details['problem'] : undefined
  return typeof problem === 'object' && problem !== null ? Object.entries(problem).find(([name]) => name === member)?.[1] : undefined
}
