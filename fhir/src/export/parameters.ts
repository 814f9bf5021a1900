import type { FastifyRequest } from 'fastify'
import { spanOf } from '@epione/protocol/fhir'
import { preferenceOf, prefers } from '../answers.ts'
import { mayFind, missingScope } from '../callers.ts'
import type { Caller } from '../callers.ts'
import { FhirError } from '../errors.ts'

/** What can be exported; the log only where it is asked for. */
export const EXPORTED = ['Patient', 'DocumentReference', 'List', 'Observation', 'Consent', 'Provenance', 'AuditEvent'] as const
export type ExportedType = (typeof EXPORTED)[number]

const FORMATS = ['application/fhir+ndjson', 'application/ndjson', 'ndjson']

/** What is to be exported. */
export interface ExportWanted {
  readonly types: ReadonlySet<ExportedType>
  /** Only what was written after that, ms. */
  readonly sinceMs: number | undefined
  /** References to patients, where not all are wanted. */
  readonly patients: readonly string[]
}

/**
 * Parameters of `$export`, by GET or in Parameters. What is not known is refused, but to whoever is lenient (`Prefer: handling=lenient`).
 * @throws {FhirError} REQUEST_INVALID, PARAMETER_UNKNOWN, SCOPE_MISSING
 */
export function readExport (request: FastifyRequest): ExportWanted {
  if (!prefers(request, 'respond-async')) throw invalid('Prefer', 'an export takes its time: say "Prefer: respond-async"')
  const isLenient = preferenceOf(request, 'handling') === 'lenient'
  let types: readonly string[] = []
  let sinceMs: number | undefined
  const patients: string[] = []
  for (const [name, value] of parametersOf(request)) {
    if (name === '_outputFormat' && !FORMATS.includes(value)) throw invalid(name, `files are written as ${FORMATS.join(', ')}`)
    else if (name === '_outputFormat' || name === '_format') continue
    else if (name === '_since') sinceMs = readSince(value)
    else if (name === '_type') types = [...types, ...value.split(',')]
    else if (name === 'patient') patients.push(...value.split(','))
    else if (!isLenient) throw unknown(name, `an export takes _outputFormat, _since, _type and patient, and no "${name.slice(0, 40)}"`)
  }
  return { types: readTypes(types, request.caller, isLenient), sinceMs, patients }
}

function readTypes (asked: readonly string[], caller: Caller, isLenient: boolean): ReadonlySet<ExportedType> {
  if (asked.length === 0) {
    const all = EXPORTED.filter((type) => type !== 'AuditEvent' && mayFind(caller, type))
    if (all.length === 0) throw missingScope('system/DocumentReference.rs')
    return new Set(all)
  }
  const strange = asked.find((type) => !isExported(type))
  if (strange !== undefined && !isLenient) throw unknown('_type', `"${strange.slice(0, 40)}" is not exported: ${EXPORTED.join(', ')} are`)
  const known = asked.filter(isExported)
  if (known.length === 0) throw unknown('_type', `nothing of what is asked for is exported: ${EXPORTED.join(', ')} are`)
  const foreign = known.find((type) => !mayFind(caller, type))
  if (foreign !== undefined) throw missingScope(`system/${foreign}.rs`)
  return new Set(known)
}

const isExported = (type: string): type is ExportedType => EXPORTED.some((known) => known === type)

function readSince (value: string): number {
  const span = value.includes('T') ? spanOf(value) : undefined
  if (span === undefined) throw invalid('_since', 'an instant says since when, as 2026-11-30T08:00:00Z')
  return span.fromMs
}

function parametersOf ({ url, method, body }: FastifyRequest): Array<[name: string, value: string]> {
  const inAddress = [...new URLSearchParams(url.split('?')[1] ?? '')]
  return method === 'POST' ? [...inAddress, ...inBody(body)] : inAddress
}

function inBody (body: unknown): Array<[name: string, value: string]> {
  if (body === undefined || body === null) return []
  const { resourceType, parameter = [] } = body as { resourceType?: unknown, parameter?: unknown }
  if (resourceType !== 'Parameters' || !Array.isArray(parameter)) throw invalid('Parameters', 'the body is a Parameters resource, or none')
  return parameter.map((one: unknown): [string, string] => {
    const { name, valueReference, ...values } = (one ?? {}) as Record<string, unknown>
    const value = valueReference === undefined
      ? Object.entries(values).find(([key]) => key.startsWith('value'))?.[1]
      : referenceOf(valueReference)
    if (typeof name !== 'string' || typeof value !== 'string') throw invalid('Parameters', 'each parameter has a name and one value of text or a reference')
    return [name, value]
  })
}

const referenceOf = (value: unknown): unknown => typeof value === 'object' && value !== null && 'reference' in value ? value.reference : undefined

const invalid = (name: string, message: string): FhirError => new FhirError('REQUEST_INVALID', message, { issue: 'value', expression: [`http.${name}`] })
const unknown = (name: string, message: string): FhirError =>
  new FhirError('PARAMETER_UNKNOWN', message, { issue: 'not-supported', expression: [`http.${name.slice(0, 40)}`] })
