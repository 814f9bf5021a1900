import { Ajv } from 'ajv'
import type { ValidateFunction } from 'ajv'
import type { FhirResource } from 'fhir/r4.js'
import { FhirError } from './errors.ts'
import { R4_DEFINITIONS } from './r4-definitions.ts'

const ajv = new Ajv({ strict: false, discriminator: true, unicodeRegExp: false, allErrors: false, validateFormats: false, logger: false })
const ID = 'http://hl7.org/fhir/json-schema/4.0'
ajv.addSchema({ $id: ID, definitions: R4_DEFINITIONS })

/** What the JSON schema cannot say: primitives that R4 requires. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  AuditEvent: ['recorded'],
  Binary: ['contentType'],
  Bundle: ['type'],
  CapabilityStatement: ['status', 'date', 'kind', 'fhirVersion', 'format'],
  Consent: ['status'],
  DocumentReference: ['status'],
  List: ['status', 'mode'],
  Observation: ['status'],
  Provenance: ['recorded']
}

/** Why a value is no resource of R4: where (FHIRPath) and what; `undefined` where it is one. */
export function findFault (value: unknown): { expression: string, detail: string } | undefined {
  if (typeof value !== 'object' || value === null || !('resourceType' in value) || typeof value.resourceType !== 'string') {
    return { expression: 'Resource', detail: 'it has no resourceType' }
  }
  const type = value.resourceType
  const validate = validatorOf(type)
  if (validate === undefined) return { expression: 'Resource.resourceType', detail: `resources of type "${type.slice(0, 64)}" are not taken here` }
  if (!validate(value)) {
    const [fault] = validate.errors ?? []
    return { expression: `${type}${(fault?.instancePath ?? '').replaceAll('/', '.')}`, detail: describe(fault) }
  }
  const missing = REQUIRED[type]?.find((name) => !(name in value))
  return missing === undefined ? undefined : { expression: `${type}.${missing}`, detail: 'it is missing' }
}

function describe (fault: NonNullable<ValidateFunction['errors']>[number] | undefined): string {
  const name: unknown = fault?.keyword === 'additionalProperties' ? fault.params['additionalProperty'] : undefined
  return `${fault?.message ?? 'it does not fit FHIR R4'}${typeof name === 'string' ? `: ${name.slice(0, 64)}` : ''}`
}

const validators = new Map<string, ValidateFunction>()

/* Compiled at first use: most programs use few types. */
function validatorOf (type: string): ValidateFunction | undefined {
  if (!Object.hasOwn(R4_DEFINITIONS, type) || R4_DEFINITIONS[type]?.properties?.['resourceType'] === undefined) return undefined
  const known = validators.get(type) ?? ajv.compile({ $ref: `${ID}#/definitions/${type}` })
  validators.set(type, known)
  return known
}

/** @throws {FhirError} RESOURCE_INVALID */
export function requireResource (value: unknown, at = ''): FhirResource {
  const fault = findFault(value)
  if (fault === undefined) return value as FhirResource
  throw new FhirError('RESOURCE_INVALID', `${fault.expression}: ${fault.detail}`, { issue: 'structure', expression: [`${at}${fault.expression}`] })
}
