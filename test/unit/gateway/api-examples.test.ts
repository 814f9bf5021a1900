import t from 'tap'
import { Type } from 'typebox'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { Operation } from '@epione/protocol/api'
import { createOpenapiDocument, createOperationList } from '../../../gateway/src/admin/openapi.ts'
import { readExamples } from '../../../gateway/src/http/api-examples.ts'
import type { ApiExample } from '../../../gateway/src/http/api-examples.ts'
import { linksOf } from '../../../gateway/src/http/api-links.ts'

/* Examples and links of the API document. */

const ADVICE = 'record it anew: EPIONE_RECORD_EXAMPLES=FOLDER node test/run.ts unit PART, then node test/docs/api-examples.ts FOLDER, npm run openapi -w gateway'
/** The part of all operations of which there is an example; some take and give bytes alone. */
const SHOWN_MIN = 0.85

const operations = await createOperationList()
const examples = readExamples()
const named = new Map(operations.map((operation) => [operation.id, operation]))

function operationOf ({ operation }: Pick<ApiExample, 'operation'>): Operation {
  const found = named.get(operation)
  if (found === undefined) throw new Error(`an example is of ${operation}, which is no operation: take it out of gateway/examples.json`)
  return found
}

/** What is wrong with a part of an example; undefined where no schema is said. */
function faultOf (schema: unknown, part: unknown): string | undefined {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema || 'anyOf' in schema || 'allOf' in schema)) return undefined
  const [error] = Value.Errors(schema as TSchema, part)
  return error === undefined ? undefined : `${error.instancePath} ${error.message}`
}

t.test('each example fits the schemas of its operation', (t) => {
  for (const example of examples) {
    const { params = Type.Object({}), query = Type.Object({}), body, answers } = operationOf(example)
    const { status } = example
    t.equal(faultOf(params, Value.Convert(params, example.params)), undefined, `${example.operation}: params; ${ADVICE}`)
    t.equal(faultOf(query, Value.Convert(query, example.query)), undefined, `${example.operation}: query; ${ADVICE}`)
    if (example.body !== undefined) t.equal(faultOf(body, example.body), undefined, `${example.operation}: body; ${ADVICE}`)
    t.ok(status in answers, `${example.operation} ${status}`)
    if (example.answer !== undefined) t.equal(faultOf(answers[status], example.answer), undefined, `${example.operation}: answer; ${ADVICE}`)
  }
  const [withBody] = examples.filter(({ operation, body }) => operation === 'enrolPractitioner' && body !== undefined)
  t.match(faultOf(operationOf({ operation: 'enrolPractitioner' }).body, { ...withBody?.body as object, role: 7 }), /role/, 'and another does not')
  t.end()
})

t.test('most operations have one, and the document shows it', async (t) => {
  const shown = new Set(examples.map(({ operation }) => operation))
  t.ok(shown.size >= SHOWN_MIN * operations.length, `${shown.size} of ${operations.length}: ${operations.filter(({ id }) => !shown.has(id)).map(({ id }) => id).join()}`)
  t.equal(new Set(examples.map(({ operation, status }) => `${operation} ${String(status)}`)).size, examples.length, 'one each')
  const { paths } = await createOpenapiDocument() as {
    paths: Record<string, Record<string, {
      parameters?: Array<{ name: string, example?: unknown }>
      requestBody?: { content: Record<string, { example?: unknown }> }
      responses: Record<string, { content?: Record<string, { example?: unknown }> }>
    }>>
  }
  const enrol = paths['/v1/practitioners']?.['post']
  const example = examples.find(({ operation }) => operation === 'enrolPractitioner')
  t.same(enrol?.requestBody?.content['application/json']?.example, example?.body)
  t.same(enrol?.responses['201']?.content?.['application/json']?.example, example?.answer)
  const ofRecord = examples.find(({ operation }) => operation === 'getRecord')
  const shownId = paths['/v1/records/{recordId}']?.['get']?.parameters?.find(({ name }) => name === 'recordId')?.example
  t.ok(shownId !== undefined && shownId === ofRecord?.params['recordId'])
})

t.test('links lead to operations by what the answer names', (t) => {
  let followed = 0
  for (const from of operations) {
    for (const { operationId, parameters } of Object.values(linksOf(from, operations))) {
      const to = operationOf({ operation: operationId })
      t.same(Object.keys(parameters).sort(), Object.keys(to.params?.properties ?? {}).sort(), `${from.id} to ${operationId}`)
      for (const example of examples.filter(({ operation, answer }) => operation === from.id && answer !== undefined)) {
        for (const [name, place] of Object.entries(parameters)) {
          if (!place.startsWith('$response.body#')) continue
          const value = Value.Pointer.Get(example.answer, place.slice('$response.body#'.length))
          if (value === undefined) continue
          followed++
          t.ok(Value.Check(to.params?.properties[name] as TSchema, value), `${from.id}: ${place} is a ${name} of ${operationId}`)
        }
      }
    }
  }
  t.ok(followed > 20, `${followed} were followed through examples`)
  t.match(linksOf(operationOf({ operation: 'listAccessEvents' }), operations), { explainAccessEvent: { parameters: { eventId: '$response.body#/items/0/eventId' } } })
  t.same(linksOf(operationOf({ operation: 'getDirectory' }), operations), {}, 'nothing that the request named already')
  t.end()
})
