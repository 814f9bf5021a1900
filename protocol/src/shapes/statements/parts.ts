import { Type } from 'typebox'
import type { TObject, TProperties, TSchema } from 'typebox'
import { Count, EMERGENCY_PURPOSE, Hash, KeyHex, MspId, Nonce, PURPOSES, RecordId, StaffId, TimeMs, Version } from '../primitives.ts'

/** An object without other members. */
export const strict = <P extends TProperties>(properties: P, options: { minProperties?: number } = {}): TObject<P> =>
  Type.Object(properties, { additionalProperties: false, ...options })

/** `issuedAt` and `submitBefore` bound when a statement may be submitted. */
export const bounded = { nonce: Nonce, issuedAt: TimeMs, submitBefore: TimeMs }
/** Statements that end something have no upper bound. */
export const unbounded = { nonce: Nonce, issuedAt: TimeMs }

export const Person = strict({ mspId: MspId, staffId: StaffId })
export const RecordVersion = strict({ recordId: RecordId, version: Version })
export const Compartment = strict({ label: Hash, epoch: Version })

/** What a consent may allow and a request may ask for: open record versions, look for keywords, follow a stream. */
export const Action = Type.Union([Type.Literal('read'), Type.Literal('search'), Type.Literal('follow')])

/** A purpose that may be stated, or BTG: the emergency in which nobody can consent. */
export const AnyPurpose = Type.Enum([...PURPOSES, EMERGENCY_PURPOSE])

/** Days are times: `from` inclusive, `until` exclusive. */
export const Period = rule(
  strict({ from: TimeMs, until: TimeMs }),
  ({ from, until }) => isBefore(from, until),
  'a period ends after it begins'
)

/** Numbers of windows of a stream, both inclusive. */
export const WindowRange = rule(
  strict({ first: Count, last: Count }),
  ({ first, last }) => first === last || isBefore(first, last),
  'the first number is not above the last'
)

/** A sealed index entry: hash of its bytes, the author's index key and the issue of the compartment's search key that it is made for. */
export const IndexEntry = strict({ hash: Hash, key: KeyHex, issue: Version, truncated: Type.Boolean() })

type Members = Readonly<Record<string, unknown>>

/** An object that keeps a rule between its members, told as `sentence` when it does not. */
export function rule<S extends TSchema> (schema: S, keeps: (members: Members) => boolean, sentence: string): S {
  const check = (value: unknown): boolean => typeof value === 'object' && value !== null && keeps(value as Members)
  return Type.Refine<S, unknown>(schema, check, () => sentence)
}

/** True when exactly one of the members is there. */
export const hasOne = (members: Members, ...names: string[]): boolean => names.filter((name) => name in members).length === 1
export const hasAny = (members: Members, ...names: string[]): boolean => names.some((name) => name in members)
export const isBefore = (a: unknown, b: unknown): boolean => typeof a === 'number' && typeof b === 'number' && a < b

/** The first of a chain names none before it, every other one does. */
export const follows = (number: unknown, previous: unknown): boolean => (number === 1) === (previous === undefined)
