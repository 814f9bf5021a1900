import type { FhirResource } from 'fhir/r4.js'
import { Type } from 'typebox'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { Left } from './errors.ts'

/*
 * What is looked into before a resource is sealed or delivered, and no more: hospitals have much that is no R4 by the letter, and it is
 * sealed as it stands. What has another shape than this concerns one thing, and stops no others.
 */
const Text = Type.Optional(Type.String())
const Coding = Type.Object({ system: Text, code: Text })
const Codings = Type.Optional(Type.Array(Coding))
const Concept = Type.Object({ coding: Codings })
const Concepts = Type.Optional(Type.Array(Concept))
const Attachment = Type.Object({ url: Text, data: Text, contentType: Text })

const Resource = Type.Object({
  meta: Type.Optional(Type.Object({ lastUpdated: Text, security: Codings, tag: Codings }))
})

const OF_TYPE: Readonly<Record<string, TSchema>> = {
  Binary: Type.Object({ data: Text, contentType: Text }),
  DiagnosticReport: Type.Object({ category: Concepts, code: Type.Optional(Concept), presentedForm: Type.Optional(Type.Array(Attachment)) }),
  DocumentReference: Type.Object({
    securityLabel: Concepts,
    category: Concepts,
    type: Type.Optional(Concept),
    content: Type.Array(Type.Object({ attachment: Attachment }))
  }),
  List: Type.Object({ code: Type.Optional(Concept) }),
  Media: Type.Object({ content: Attachment }),
  Observation: Type.Object({ category: Concepts, code: Type.Optional(Concept) }),
  Patient: Type.Object({ identifier: Type.Optional(Type.Array(Type.Object({ system: Text, value: Text }))) })
}

const schemasOf = ({ resourceType }: FhirResource): TSchema[] => [Resource, OF_TYPE[resourceType] ?? Resource]

export const isShaped = (resource: FhirResource): boolean => schemasOf(resource).every((schema) => Value.Check(schema, resource))

/** @throws {Left} RESOURCE_INVALID */
export function requireShaped<R extends FhirResource> (resource: R): R {
  const { resourceType } = resource
  for (const schema of schemasOf(resource)) {
    const [fault] = Value.Check(schema, resource) ? [] : Value.Errors(schema, resource)
    if (fault !== undefined) throw new Left('RESOURCE_INVALID', `${resourceType}${fault.instancePath.replaceAll('/', '.')} ${fault.message}, and is no ${resourceType}'s`)
  }
  return resource
}

const Entry = Type.Object({
  fullUrl: Text,
  resource: Type.Optional(Type.Unknown()),
  request: Type.Optional(Type.Object({ method: Text, url: Text })),
  search: Type.Optional(Type.Object({ mode: Text }))
})
export type EntryOfBundle = Static<typeof Entry>

const Bundle = Type.Object({
  type: Text,
  meta: Type.Optional(Type.Object({ lastUpdated: Text })),
  link: Type.Optional(Type.Array(Type.Object({ relation: Text, url: Text }))),
  entry: Type.Optional(Type.Array(Type.Unknown()))
})
export type BundleGiven = Static<typeof Bundle>

const Files = Type.Array(Type.Object({ type: Type.String(), url: Type.String(), count: Type.Optional(Type.Number()) }))
const Manifest = Type.Object({ transactionTime: Type.String(), output: Files, deleted: Type.Optional(Files), error: Type.Optional(Files) })
/** What a bulk export made (Bulk Data Access 2.0). */
export type ManifestGiven = Static<typeof Manifest>
export type ExportedGiven = ManifestGiven['output'][number]
export const isManifest = (value: unknown): value is ManifestGiven => Value.Check(Manifest, value)

const Capable = Type.Object({ type: Type.String(), interaction: Type.Array(Type.Object({ code: Type.String() })) })
const Capability = Type.Object({ rest: Type.Array(Type.Object({ resource: Type.Array(Capable) })) })
/** Of a CapabilityStatement, the types of which one resource may be read. */
export const readableIn = (value: unknown): string[] => Value.Check(Capability, value)
  ? value.rest.flatMap(({ resource }) => resource.filter(({ interaction }) => interaction.some(({ code }) => code === 'read')).map(({ type }) => type))
  : []

const Outcome = Type.Object({ issue: Type.Array(Type.Object({ severity: Type.String(), diagnostics: Type.Optional(Type.String()) })) })
/** What an OperationOutcome says went wrong; empty for warnings alone. */
export const faultsIn = (value: unknown): string[] => Value.Check(Outcome, value)
  ? value.issue.filter(({ severity }) => severity === 'error' || severity === 'fatal').map(({ severity, diagnostics }) => (diagnostics ?? severity).slice(0, 300))
  : []

export const isEntry = (value: unknown): value is EntryOfBundle => Value.Check(Entry, value)
export const isBundleGiven = (value: unknown): value is BundleGiven => Value.Check(Bundle, value)
