import { Type } from 'typebox'
import { isFhir } from '@epione/protocol/api'
import type { Operation } from '@epione/protocol/api'
import { problemsOf } from './catalogue.ts'
import type { Problem } from './catalogue.ts'

interface Documented { responses?: Record<string, unknown> }

/** Headers that refusals bring: how long to wait, and whose token is asked for. */
const HEADERS: Readonly<Record<number, object>> = {
  401: { 'WWW-Authenticate': { description: 'the scheme, and where tokens come from', schema: { type: 'string' } } },
  429: { 'Retry-After': { description: 'seconds to wait', schema: { type: 'string', pattern: '^[0-9]+$' } } },
  503: { 'Retry-After': { description: 'seconds to wait', schema: { type: 'string', pattern: '^[0-9]+$' } } }
}

/** What operations of an API document may be refused or fail with: a response for each status, which names its codes. */
export class DescribedProblems {
  /** Components of the document: operations that are refused alike share them. */
  readonly responses: Record<string, object> = {}
  readonly #names = new Map<string, string>()

  addTo (documented: Documented, operation: Operation): void {
    const refusals = [...problemsOf(operation)].sort(([a], [b]) => a - b)
    const referred = refusals.map(([status, problems]) => [String(status), { $ref: `#/components/responses/${this.#nameOf(status, problems, isFhir(operation.path))}` }])
    documented.responses = { ...Object.fromEntries(referred) as Record<string, unknown>, ...documented.responses }
  }

  #nameOf (status: number, problems: readonly Problem[], fhir: boolean): string {
    const kind = `${fhir ? 'Outcome' : 'Problem'}${status}`
    const key = `${kind} ${problems.map(({ code }) => code).join(' ')}`
    const known = this.#names.get(key)
    if (known !== undefined) return known
    const alike = [...this.#names.keys()].filter((other) => other.startsWith(`${kind} `)).length
    const name = alike === 0 ? kind : `${kind}-${alike + 1}`
    this.#names.set(key, name)
    this.responses[name] = {
      description: problems.map(({ code, means }) => `${code}: ${means}`).join(' '),
      ...(HEADERS[status] === undefined ? {} : { headers: HEADERS[status] }),
      content: fhir ? OUTCOME : problemContent(status, problems)
    }
    return name
  }
}

/** The same of operations that speak FHIR. */
const OUTCOME = {
  'application/fhir+json': {
    schema: Type.Object({ resourceType: Type.Literal('OperationOutcome'), issue: Type.Array(Type.Object({}, { additionalProperties: true })) })
  }
} as const

function problemContent (status: number, problems: readonly Problem[]): object {
  const [first] = problems
  return {
    'application/problem+json': {
      schema: {
        allOf: [
          { $ref: '#/components/schemas/Problem' },
          { type: 'object', properties: { status: { const: status }, code: { enum: problems.map(({ code }) => code) } } }
        ]
      },
      ...(first === undefined ? {} : { example: exampleOf(status, first) })
    }
  }
}

const exampleOf = (status: number, { code, means }: Problem): object => ({
  type: `urn:epione:problem:${code.toLowerCase().replaceAll('_', '-')}`,
  title: 'Refused',
  status,
  detail: means,
  instance: '7d8f4f4e-6f0c-4d0c-9a52-0a3d7c5b1c11',
  code
})
