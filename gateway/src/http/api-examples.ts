import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'

/** One request that a gateway answered in a test: path and query as texts, bodies as JSON where they are. */
export const ApiExample = Type.Object({
  operation: Type.String(),
  status: Type.Integer({ minimum: 200, maximum: 299 }),
  params: Type.Record(Type.String(), Type.String()),
  query: Type.Record(Type.String(), Type.String()),
  body: Type.Optional(Type.Unknown()),
  answer: Type.Optional(Type.Unknown())
})
export type ApiExample = Static<typeof ApiExample>

/** Recorded by `test/docs/api-examples.ts`. */
export const EXAMPLES_FILE = join(import.meta.dirname, '..', '..', 'examples.json')

/** The examples of the API document. @throws {Error} where the file is none of examples */
export function readExamples (): ApiExample[] {
  return Value.Parse(Type.Array(ApiExample), JSON.parse(readFileSync(EXAMPLES_FILE, 'utf8')))
}

interface Documented {
  parameters?: Array<{ name?: string, in?: string, example?: unknown, schema?: object }>
  requestBody?: { content?: Record<string, { example?: unknown }> }
  responses?: Record<string, { content?: Record<string, { example?: unknown }> }>
}

/** Shows an operation as it was asked and answered. */
export function showExample (documented: Documented, { status, params, query, body, answer }: ApiExample): void {
  for (const parameter of documented.parameters ?? []) {
    const { name = '', in: place = '', schema } = parameter
    const text = new Map([['path', params], ['query', query]]).get(place)?.[name]
    // A cursor is good for nobody else.
    if (text !== undefined && name !== 'cursor') parameter.example = isNumber(schema) ? Number(text) : text
  }
  show(documented.requestBody?.content, body)
  show(documented.responses?.[String(status)]?.content, answer)
}

function isNumber (schema: object = {}): boolean {
  return 'type' in schema && (schema.type === 'integer' || schema.type === 'number')
}

function show (content: Record<string, { example?: unknown }> | undefined, example: unknown): void {
  const [json] = Object.entries(content ?? {}).filter(([type]) => type.endsWith('json')).map(([, media]) => media)
  if (json !== undefined && example !== undefined) json.example = example
}
