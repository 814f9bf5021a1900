import { Type } from 'typebox'
import type { Static } from 'typebox'

/* What is read of FHIR R4; members beside these are allowed and named as left out. */

export const UCUM = 'http://unitsofmeasure.org'
/** A component of such a code says a statistic of what its Observation measures: the form of FHIR's operation $stats. */
export const STATISTIC_SYSTEM = 'http://terminology.hl7.org/CodeSystem/observation-statistics'

const Coding = Type.Object({
  system: Type.Optional(Type.String({ maxLength: 256 })),
  code: Type.Optional(Type.String({ maxLength: 128 })),
  display: Type.Optional(Type.String())
})

export const CodeableConcept = Type.Object({ coding: Type.Optional(Type.Array(Coding)), text: Type.Optional(Type.String()) })
export type CodeableConcept = Static<typeof CodeableConcept>

export const Quantity = Type.Object({
  value: Type.Optional(Type.Number()),
  comparator: Type.Optional(Type.Enum(['<', '<=', '>=', '>', 'ad'])),
  unit: Type.Optional(Type.String()),
  system: Type.Optional(Type.String()),
  code: Type.Optional(Type.String())
})
export type Quantity = Static<typeof Quantity>

export const SampledData = Type.Object({
  origin: Quantity,
  period: Type.Number({ exclusiveMinimum: 0 }),
  factor: Type.Optional(Type.Number()),
  lowerLimit: Type.Optional(Type.Number()),
  upperLimit: Type.Optional(Type.Number()),
  dimensions: Type.Integer({ minimum: 1 }),
  data: Type.Optional(Type.String())
})
export type SampledData = Static<typeof SampledData>

const VALUE = {
  code: CodeableConcept,
  valueQuantity: Type.Optional(Quantity),
  valueSampledData: Type.Optional(SampledData),
  dataAbsentReason: Type.Optional(CodeableConcept)
}

export const Component = Type.Object(VALUE)
export type Component = Static<typeof Component>

export const Observation = Type.Object({
  resourceType: Type.Literal('Observation'),
  status: Type.Enum(['registered', 'preliminary', 'final', 'amended', 'corrected', 'cancelled', 'entered-in-error', 'unknown']),
  ...VALUE,
  effectiveDateTime: Type.Optional(Type.String()),
  effectiveInstant: Type.Optional(Type.String()),
  effectivePeriod: Type.Optional(Type.Object({ start: Type.Optional(Type.String()), end: Type.Optional(Type.String()) })),
  component: Type.Optional(Type.Array(Component))
})
export type Observation = Static<typeof Observation>

export const Bundle = Type.Object({
  resourceType: Type.Literal('Bundle'),
  entry: Type.Optional(Type.Array(Type.Object({ resource: Type.Optional(Type.Object({ resourceType: Type.String() })) })))
})
