import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Cuts the JSON schema of FHIR R4 (4.0.1, `fhir.schema.json` of the specification's downloads, CC0) down to the types that `epione fhir`
 * takes and gives, and writes fhir/src/r4-definitions.ts. Usage: node test/docs/fhir-schema.ts PATH
 */
const TARGET = join(import.meta.dirname, '..', '..', 'fhir', 'src', 'r4-definitions.ts')
/** Those that are served, and those that are met within them: `contained`, entries of a bundle. */
const TYPES = [
  'AuditEvent', 'Binary', 'Bundle', 'CapabilityStatement', 'Consent', 'Device', 'DocumentReference', 'Encounter', 'List', 'Location', 'Observation',
  'OperationOutcome', 'Organization', 'Patient', 'Practitioner', 'PractitionerRole', 'Provenance', 'RelatedPerson'
]

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
interface Definition { description?: string, pattern?: string, [name: string]: Json | undefined }

function referencesOf (value: Json | undefined, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const item of value) referencesOf(item, found)
    return
  }
  const { $ref } = value
  if (typeof $ref === 'string') found.add($ref.replace('#/definitions/', ''))
  for (const member of Object.values(value)) referencesOf(member, found)
}

/** The specification's pattern of base64 takes exponential time for white space that ends in something else; this one does not. */
const [SLOW, LINEAR] = ['^(\\s*([0-9a-zA-Z\\+/=]){4}\\s*)+$', '^[0-9A-Za-z+/=\\s]+$']

/** Descriptions are two thirds of the schema, and no validation reads them. */
function lighten (value: Json): Json {
  if (value === SLOW) return LINEAR
  // What is published as the schema of R4 is that of 4.0.0; the correction 4.0.1 changed no member of these types.
  if (Array.isArray(value)) return value.includes('4.0.0') && !value.includes('4.0.1') ? [...value, '4.0.1'] : value.map(lighten)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).flatMap(([name, member]) =>
    name === 'description' && typeof member === 'string' ? [] : [[name, lighten(member)]]))
}

const [path = ''] = process.argv.slice(2)
const { definitions } = JSON.parse(await readFile(path, 'utf8')) as { definitions: Record<string, Definition> }
const resourceList = {
  type: 'object',
  discriminator: { propertyName: 'resourceType' },
  required: ['resourceType'],
  oneOf: TYPES.map((type) => ({ $ref: `#/definitions/${type}` }))
}
const kept = new Map<string, Json>([['ResourceList', resourceList]])
const queue = [...TYPES]
for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
  if (kept.has(name)) continue
  const definition = definitions[name]
  if (definition === undefined) throw new Error(`the schema has no ${name}`)
  const cut = lighten(definition as Json)
  kept.set(name, cut)
  const found = new Set<string>()
  referencesOf(cut, found)
  queue.push(...found)
}
const text = JSON.stringify(Object.fromEntries([...kept].sort(([a], [b]) => a < b ? -1 : 1)))
await writeFile(TARGET, `/** Definitions of the JSON schema of FHIR R4 (4.0.1, CC0), of some types: made by test/docs/fhir-schema.ts. */
export const R4_DEFINITIONS = JSON.parse(\`${text.replaceAll('\\', '\\\\')}\`) as Readonly<Record<string, { properties?: Readonly<Record<string, unknown>> }>>
`)
