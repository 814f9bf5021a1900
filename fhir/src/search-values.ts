import type { Address, CodeableConcept, Coding, FhirResource, HumanName, Identifier, Period, Reference } from 'fhir/r4.js'
import { spanOf, SYSTEMS } from '@epione/protocol/fhir'
import type { Span } from '@epione/protocol/fhir'

/** A search parameter: its type, and what a resource has for it. */
export type SearchParameter =
  | { readonly type: 'token', readonly of: (resource: never) => Coding[] }
  | { readonly type: 'date', readonly of: (resource: never) => Span[] }
  | { readonly type: 'reference', readonly of: (resource: never) => Reference[] }
  | { readonly type: 'string', readonly of: (resource: never) => string[] }

type Of<T extends FhirResource['resourceType']> = Extract<FhirResource, { resourceType: T }>
type Many<T> = T | readonly T[] | undefined

const all = <T>(values: Many<T>): T[] => values === undefined ? [] : Array.isArray(values) ? [...values as readonly T[]] : [values as T]

const concepts = (...values: Array<Many<CodeableConcept>>): Coding[] =>
  values.flatMap((value) => all(value)).flatMap(({ coding = [] }) => coding)
const identifiers = (...values: Array<Many<Identifier>>): Coding[] =>
  values.flatMap((value) => all(value)).map(({ system, value: code }) =>
    ({ ...(system === undefined ? {} : { system }), ...(code === undefined ? {} : { code }) }))
const codes = (...values: Array<string | undefined>): Coding[] => values.flatMap((code) => code === undefined ? [] : [{ code }])
const dates = (...values: Array<string | undefined>): Span[] => values.flatMap((value) => value === undefined ? [] : spanOf(value) ?? [])

function period (value: Period | undefined): Span[] {
  if (value?.start === undefined && value?.end === undefined) return []
  const from = value.start === undefined ? undefined : spanOf(value.start)
  const until = value.end === undefined ? undefined : spanOf(value.end)
  return [{ fromMs: from?.fromMs ?? -8.64e15, untilMs: until?.untilMs ?? 8.64e15 }]
}

const names = (values: Many<HumanName>): string[] =>
  all(values).flatMap(({ family, given = [], text }) => [family, ...given, text].flatMap((word) => word ?? []))
const places = (values: Many<Address>): string[] => all(values).flatMap(({ city, text }) => [city, text].flatMap((word) => word ?? []))

/** A device of the network, which has an identifier, is also asked for as `Device/…`. */
const namedDevice = (device: Reference): Reference[] =>
  device.identifier?.system === SYSTEMS.device ? [device, { reference: `Device/${device.identifier.value ?? ''}` }] : [device]

type Parameters = Readonly<Record<string, SearchParameter>>

const EVERY: Parameters = {
  _id: { type: 'token', of: (r: FhirResource) => codes(r.id) },
  _lastUpdated: { type: 'date', of: (r: FhirResource) => dates(r.meta?.lastUpdated) },
  _security: { type: 'token', of: (r: FhirResource) => all(r.meta?.security) }
}

/** What can be searched for, by type of resource; `patient` and `subject` choose whose records are looked at, and stand for themselves. */
export const SEARCH_PARAMETERS: Readonly<Record<string, Parameters>> = {
  DocumentReference: {
    ...EVERY,
    identifier: { type: 'token', of: (r: Of<'DocumentReference'>) => identifiers(r.masterIdentifier, r.identifier) },
    status: { type: 'token', of: (r: Of<'DocumentReference'>) => codes(r.status) },
    type: { type: 'token', of: (r: Of<'DocumentReference'>) => concepts(r.type) },
    category: { type: 'token', of: (r: Of<'DocumentReference'>) => concepts(r.category) },
    setting: { type: 'token', of: (r: Of<'DocumentReference'>) => concepts(r.context?.practiceSetting) },
    facility: { type: 'token', of: (r: Of<'DocumentReference'>) => concepts(r.context?.facilityType) },
    event: { type: 'token', of: (r: Of<'DocumentReference'>) => concepts(r.context?.event) },
    'security-label': { type: 'token', of: (r: Of<'DocumentReference'>) => concepts(r.securityLabel) },
    format: { type: 'token', of: (r: Of<'DocumentReference'>) => all(r.content).flatMap(({ format }) => all(format)) },
    contenttype: { type: 'token', of: (r: Of<'DocumentReference'>) => r.content.flatMap(({ attachment }) => codes(attachment.contentType)) },
    date: { type: 'date', of: (r: Of<'DocumentReference'>) => dates(r.date) },
    creation: { type: 'date', of: (r: Of<'DocumentReference'>) => r.content.flatMap(({ attachment }) => dates(attachment.creation)) },
    period: { type: 'date', of: (r: Of<'DocumentReference'>) => period(r.context?.period) },
    author: { type: 'reference', of: (r: Of<'DocumentReference'>) => all(r.author) },
    related: { type: 'reference', of: (r: Of<'DocumentReference'>) => all(r.context?.related) },
    relatesto: { type: 'reference', of: (r: Of<'DocumentReference'>) => all(r.relatesTo).map(({ target }) => target) },
    description: { type: 'string', of: (r: Of<'DocumentReference'>) => all(r.description) }
  },
  List: {
    ...EVERY,
    identifier: { type: 'token', of: (r: Of<'List'>) => identifiers(r.identifier) },
    status: { type: 'token', of: (r: Of<'List'>) => codes(r.status) },
    code: { type: 'token', of: (r: Of<'List'>) => concepts(r.code) },
    date: { type: 'date', of: (r: Of<'List'>) => dates(r.date) },
    source: { type: 'reference', of: (r: Of<'List'>) => all(r.source) },
    item: { type: 'reference', of: (r: Of<'List'>) => all(r.entry).map(({ item }) => item) },
    title: { type: 'string', of: (r: Of<'List'>) => all(r.title) }
  },
  Observation: {
    ...EVERY,
    identifier: { type: 'token', of: (r: Of<'Observation'>) => identifiers(r.identifier) },
    status: { type: 'token', of: (r: Of<'Observation'>) => codes(r.status) },
    code: { type: 'token', of: (r: Of<'Observation'>) => concepts(r.code) },
    category: { type: 'token', of: (r: Of<'Observation'>) => concepts(r.category) },
    date: { type: 'date', of: (r: Of<'Observation'>) => [...dates(r.effectiveDateTime, r.effectiveInstant), ...period(r.effectivePeriod)] },
    performer: { type: 'reference', of: (r: Of<'Observation'>) => all(r.performer) },
    device: { type: 'reference', of: (r: Of<'Observation'>) => all(r.device).flatMap(namedDevice) }
  },
  Patient: {
    ...EVERY,
    identifier: { type: 'token', of: (r: Of<'Patient'>) => identifiers(r.identifier) },
    family: { type: 'string', of: (r: Of<'Patient'>) => all(r.name).flatMap(({ family }) => all(family)) },
    given: { type: 'string', of: (r: Of<'Patient'>) => all(r.name).flatMap(({ given }) => all(given)) },
    name: { type: 'string', of: (r: Of<'Patient'>) => names(r.name) },
    'address-city': { type: 'string', of: (r: Of<'Patient'>) => places(r.address) },
    birthdate: { type: 'date', of: (r: Of<'Patient'>) => dates(r.birthDate) },
    gender: { type: 'token', of: (r: Of<'Patient'>) => codes(r.gender) }
  },
  Consent: {
    ...EVERY,
    status: { type: 'token', of: (r: Of<'Consent'>) => codes(r.status) },
    period: { type: 'date', of: (r: Of<'Consent'>) => period(r.provision?.period) },
    date: { type: 'date', of: (r: Of<'Consent'>) => dates(r.dateTime) },
    purpose: { type: 'token', of: (r: Of<'Consent'>) => all(r.provision?.purpose) },
    actor: { type: 'reference', of: (r: Of<'Consent'>) => all(r.provision?.actor).map(({ reference }) => reference) }
  },
  AuditEvent: {
    ...EVERY,
    date: { type: 'date', of: (r: Of<'AuditEvent'>) => dates(r.recorded) },
    agent: { type: 'reference', of: (r: Of<'AuditEvent'>) => all(r.agent).flatMap(({ who }) => all(who)) },
    entity: { type: 'reference', of: (r: Of<'AuditEvent'>) => all(r.entity).flatMap(({ what }) => all(what)) },
    action: { type: 'token', of: (r: Of<'AuditEvent'>) => codes(r.action) },
    outcome: { type: 'token', of: (r: Of<'AuditEvent'>) => codes(r.outcome) },
    type: { type: 'token', of: (r: Of<'AuditEvent'>) => all(r.type) },
    subtype: { type: 'token', of: (r: Of<'AuditEvent'>) => all(r.subtype) }
  },
  Provenance: {
    ...EVERY,
    target: { type: 'reference', of: (r: Of<'Provenance'>) => all(r.target) },
    recorded: { type: 'date', of: (r: Of<'Provenance'>) => dates(r.recorded) }
  }
}
