import type { TNever, TSchema } from 'typebox'
import { Value } from 'typebox/value'

/**
 * What formats are agreed for, and no code does yet. A statement or member of such a feature is refused by everybody with
 * `FEATURE_INACTIVE`, so that nothing is half accepted. Whoever builds a feature takes its marks (`later`) out of the shapes: the
 * types then show each place that must know it.
 */
export const FEATURE_NAMES: readonly string[] = []
export type Feature = string

/** The schema keyword that carries the mark. */
export const FEATURE_KEYWORD = 'x-feature'

/**
 * Where a shape needs a feature: the whole of it when `member` is empty, else a member (`compartments[].searchKey`) or one of its values
 * (`actions[]=search`).
 */
export interface FeatureRow { readonly feature: Feature, readonly member: string }

/** Marks a member, or one alternative of a union. Its type is `never`: no code uses it while the mark is there. */
export function later (feature: Feature, schema: TSchema): TNever {
  return marked(feature, schema) as unknown as TNever
}

/** Marks a whole statement, whose type stays: nothing makes or reads one by accident. */
export function laterStatement<S extends TSchema> (feature: Feature, schema: S): S {
  return marked(feature, schema)
}

/** A copy with the keyword; TypeBox keeps the kind and refinements of a schema in members that a spread leaves behind. */
function marked<S extends TSchema> (feature: Feature, schema: S): S {
  const members = { ...Object.getOwnPropertyDescriptors(schema), [FEATURE_KEYWORD]: { value: feature, enumerable: true } }
  return Object.defineProperties({}, members) as S
}

interface Node { [FEATURE_KEYWORD]?: Feature, properties?: Record<string, Node>, items?: Node, anyOf?: Node[], const?: unknown }

/** Every place of a schema that needs a feature. */
export function listFeatures (schema: TSchema): readonly FeatureRow[] {
  const node = schema as Node
  const known = ROWS.get(node)
  if (known !== undefined) return known
  const rows = rowsOf(node, '')
  ROWS.set(node, rows)
  return rows
}
const ROWS = new WeakMap<Node, readonly FeatureRow[]>()

function rowsOf (node: Node, member: string): FeatureRow[] {
  const feature = node[FEATURE_KEYWORD]
  if (feature !== undefined) return [{ feature, member }]
  return [
    ...(node.anyOf ?? []).flatMap((alternative) => rowsOf(alternative, member + nameOf(alternative))),
    ...(node.items === undefined ? [] : rowsOf(node.items, `${member}[]`)),
    ...Object.entries(node.properties ?? {}).flatMap(([name, property]) => rowsOf(property, join(member, name)))
  ]
}

/** Which of those places a value that fits the schema uses, each once. */
export function usedFeatures (schema: TSchema, value: unknown): FeatureRow[] {
  if (listFeatures(schema).length === 0) return []
  const rows = usesOf(schema, value, '')
  return rows.filter(({ member }, i) => rows.findIndex((r) => r.member === member) === i)
}

function usesOf (node: Node, value: unknown, member: string): FeatureRow[] {
  const feature = node[FEATURE_KEYWORD]
  if (feature !== undefined) return [{ feature, member }]
  if (node.anyOf !== undefined) {
    const alternative = node.anyOf.find((a) => Value.Check(a as TSchema, value))
    return alternative === undefined ? [] : usesOf(alternative, value, member + nameOf(alternative))
  }
  if (node.items !== undefined && Array.isArray(value)) return value.flatMap((item) => usesOf(node.items ?? {}, item, `${member}[]`))
  if (node.properties === undefined || typeof value !== 'object' || value === null) return []
  const members: Record<string, unknown> = { ...value }
  return Object.entries(node.properties).flatMap(([name, property]) =>
    Object.hasOwn(members, name) ? usesOf(property, members[name], join(member, name)) : [])
}

const join = (member: string, name: string): string => member === '' ? name : `${member}.${name}`

/** An alternative is named by its constant, or by that of its member `kind`; one without either changes no name. */
function nameOf (node: Node): string {
  const kind = node.const ?? node.properties?.['kind']?.const
  return typeof kind === 'string' || typeof kind === 'boolean' ? `=${String(kind)}` : ''
}
