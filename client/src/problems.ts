import type { components } from './schema.ts'

/** Every code that a gateway of this version answers with. */
export type ProblemCode = components['schemas']['ProblemCode']

/** What a refusal says (RFC 9457); `code` may be one that a later version of the gateway has, and further members depend on it. */
export interface ProblemDocument {
  type: string
  title: string
  status: number
  detail: string
  instance: string
  code: ProblemCode | (string & {})
  [member: string]: unknown
}

/** A refusal, or a failure, that a gateway told. */
export class GatewayProblem extends Error {
  override readonly name = 'GatewayProblem'
  readonly status: number
  readonly code: ProblemDocument['code']
  /** All that the gateway said, members of this code among it. */
  readonly problem: Readonly<ProblemDocument>
  /** Seconds after which it is worth trying again, where the gateway says so. */
  readonly retryAfterSeconds: number | undefined

  constructor (problem: ProblemDocument, response: Pick<Response, 'status' | 'headers'>) {
    super(`${problem.code}: ${problem.detail}`)
    this.status = response.status
    this.code = problem.code
    this.problem = problem
    this.retryAfterSeconds = secondsOf(response.headers.get('retry-after'))
  }
}

/** True for a gateway's answer with one of these codes. */
export function isProblem<Code extends ProblemCode> (
  error: unknown, ...codes: readonly [Code, ...Code[]]
): error is GatewayProblem & { code: Code } {
  return error instanceof GatewayProblem && (codes as readonly string[]).includes(error.code)
}

/** What a call of the client resolves to. */
export type Answered<Data> = { data: Data, error?: never, response: Response } | { data?: never, error: unknown, response: Response }

/** The answer's data. @throws {GatewayProblem} for a refusal; also for what stands between and answers otherwise (code `NOT_A_GATEWAY`) */
export async function unwrap<Data> (call: Promise<Answered<Data>>): Promise<Data> {
  const answered = await call
  const { error, response } = answered
  if (error === undefined && response.ok) return answered.data as Data
  throw new GatewayProblem(isDocument(error) ? error : toDocument(error, response), response)
}

/** Of FHIR operations, whose refusals are OperationOutcomes, and of whatever is no gateway. */
function toDocument (error: unknown, { status, statusText, url }: Response): ProblemDocument {
  const [issue] = issuesOf(error)
  const { coding: [coding] = [], text } = issue?.details ?? {}
  const detail = issue?.diagnostics ?? text ?? `${url} answered ${status} in another form than a gateway does`
  return { type: 'about:blank', title: statusText, status, detail, instance: '', code: coding?.code ?? 'NOT_A_GATEWAY' }
}

interface Issue { diagnostics?: string, details?: { text?: string, coding?: Array<{ code?: string }> } }

function issuesOf (error: unknown): Issue[] {
  const isOutcome = typeof error === 'object' && error !== null && 'issue' in error && Array.isArray(error.issue)
  return isOutcome ? error.issue as Issue[] : []
}

function isDocument (error: unknown): error is ProblemDocument {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' && 'detail' in error
}

/** `Retry-After` in seconds; other hosts may write a date. */
export function secondsOf (retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter)
  const at = Date.parse(retryAfter)
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - Date.now()) / 1000))
}
