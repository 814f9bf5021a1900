import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import { STATISTICS } from '@epione/protocol/streams'
import { SignalError } from '../errors.ts'
import { isUnit } from '../units.ts'

/** Figures that rules watch beside values as measured: of the last `overMs` of a trace. */
export const FIGURES = ['heartRate', 'sdnn', 'rmssd', 'pnn50', 'quality'] as const

const COMMON = {
  /** Names the rule in its alarms. */
  name: Type.String({ minLength: 1, maxLength: 64, pattern: '^[\\p{L}\\p{N} .,()%/+-]+$' }),
  /** What is watched: values of this kind, or a figure of a trace of it. */
  kind: Type.Object({
    system: Type.String({ minLength: 1, maxLength: 256 }),
    code: Type.String({ minLength: 1, maxLength: 128 })
  }, { additionalProperties: false }),
  /** Values are turned into this unit of UCUM first. */
  unit: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  /** Values of a roll-up in place of samples. */
  statistic: Type.Optional(Type.Enum(STATISTICS)),
  /** A figure of the trace in place of its values, with the stretch of the trace that it is made of. */
  figure: Type.Optional(Type.Object({
    of: Type.Enum(FIGURES),
    overMs: Type.Number({ minimum: 5_000, maximum: 3_600_000 }),
    trace: Type.Optional(Type.Enum(['pulse', 'ecg'])),
    bandHz: Type.Optional(Type.Tuple([Type.Number({ exclusiveMinimum: 0 }), Type.Number({ exclusiveMinimum: 0 })]))
  }, { additionalProperties: false })),
  severity: Type.Enum(['high', 'moderate', 'low']),
  /** After an alarm the rule is silent as long, and until what it watches was well once. */
  silentMs: Type.Number({ minimum: 0, maximum: 7 * 86_400_000 }),
  /** What people read in the alarm. */
  text: Type.String({ minLength: 1, maxLength: 500 })
}

/** Above or below a bound, for so long without a break. */
export const ThresholdRule = Type.Object({
  ...COMMON,
  type: Type.Literal('threshold'),
  above: Type.Optional(Type.Number()),
  below: Type.Optional(Type.Number()),
  /** 0: one value is enough. */
  forMs: Type.Number({ minimum: 0, maximum: 7 * 86_400_000 })
}, { additionalProperties: false })

/** Rises or falls by so much within a time: the slope of a straight line through the values, times that time. */
export const TrendRule = Type.Object({
  ...COMMON,
  type: Type.Literal('trend'),
  rises: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
  falls: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
  withinMs: Type.Number({ minimum: 1_000, maximum: 7 * 86_400_000 }),
  /** Values that a line takes at least. */
  values: Type.Integer({ minimum: 3, maximum: 10_000 })
}, { additionalProperties: false })

/** Nothing was measured for so long. */
export const MissingRule = Type.Object({
  ...COMMON,
  type: Type.Literal('missing'),
  forMs: Type.Number({ minimum: 1_000, maximum: 7 * 86_400_000 })
}, { additionalProperties: false })

export const Rule = Type.Union([ThresholdRule, TrendRule, MissingRule])
export type Rule = Static<typeof Rule>

/** A file of rules. */
export const Rules = Type.Object({
  format: Type.Literal('epione/rules/1'),
  rules: Type.Array(Rule, { minItems: 1, maxItems: 64 })
}, { additionalProperties: false })

const BY_TYPE = { threshold: ThresholdRule, trend: TrendRule, missing: MissingRule } as const

/**
 * Rules of a file's JSON, checked.
 * @throws {SignalError} `RULES_INVALID`, naming the rule and the member
 */
export function checkRules (value: unknown): Rule[] {
  const list = (value as { rules?: unknown } | null)?.rules
  if (Array.isArray(list)) for (const [index, rule] of list.entries()) checkShape(rule, index)
  if (!Value.Check(Rules, value)) throw new SignalError('RULES_INVALID', 'rules are {"format": "epione/rules/1", "rules": [...]} with 1 to 64 rules')
  const names = new Set<string>()
  for (const [index, rule] of value.rules.entries()) {
    const fault = faultOf(rule) ?? (names.has(rule.name) ? 'another rule has this name' : undefined)
    if (fault !== undefined) throw new SignalError('RULES_INVALID', `rule ${index + 1} (${rule.name}): ${fault}`)
    names.add(rule.name)
  }
  return value.rules
}

function checkShape (rule: unknown, index: number): void {
  const type = (rule as { type?: unknown } | null)?.type
  const schema = type === 'threshold' || type === 'trend' || type === 'missing' ? BY_TYPE[type] : undefined
  if (schema === undefined) throw new SignalError('RULES_INVALID', `rule ${index + 1}: type is threshold, trend or missing`)
  if (Value.Check(schema, rule)) return
  const [fault] = Value.Errors(schema, rule)
  throw new SignalError('RULES_INVALID', `rule ${index + 1}${fault?.instancePath ?? ''}: ${fault?.message ?? 'does not fit'}`)
}

function faultOf (rule: Rule): string | undefined {
  if (rule.unit !== undefined && !isUnit(rule.unit)) return `"${rule.unit}" is no unit of UCUM`
  return faultOfFigure(rule) ?? faultOfBounds(rule)
}

function faultOfFigure ({ type, figure, unit, statistic }: Rule): string | undefined {
  if (figure === undefined) return undefined
  if (unit !== undefined || statistic !== undefined) return 'a figure has its own unit, and is made of samples'
  if (figure.bandHz !== undefined && figure.bandHz[0] >= figure.bandHz[1]) return 'a band goes from low to high'
  return type === 'missing' ? 'what is missing is a value, no figure' : undefined
}

function faultOfBounds (rule: Rule): string | undefined {
  if (rule.type === 'trend') return rule.rises === undefined && rule.falls === undefined ? 'say rises, falls or both' : undefined
  if (rule.type === 'missing') return undefined
  const { above, below } = rule
  if (above === undefined && below === undefined) return 'say above, below or both'
  return above !== undefined && below !== undefined && below > above ? 'every value is above or below these' : undefined
}
