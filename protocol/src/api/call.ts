import { checkSchema, SchemaMismatch } from '../shapes/check.ts'
import type { AnswerOf, Input, Operation } from './operation.ts'

type Values = Record<string, unknown>

/** The address of a call below the gateway's own: path and query; members of the query that are undefined are left out. */
export function addressOf<O extends Operation> (operation: O, input: Input<O>): string {
  const { params = {}, query = {} } = input as { params?: Values, query?: Values }
  const path = operation.path.replaceAll(/:([A-Za-z]+)/g, (_whole, name: string) => encodeURIComponent(String(params[name])))
  const parameters = Object.entries(query).filter(([, value]) => value !== undefined).map(([name, value]): [string, string] =>
    [name, String(value)])
  return parameters.length === 0 ? path : `${path}?${new URLSearchParams(parameters).toString()}`
}

/** The JSON body of a call, where its operation has one. */
export function bodyOf<O extends Operation> (operation: O, input: Input<O>): unknown {
  return operation.body === undefined ? undefined : (input as { body?: unknown }).body
}

/** A JSON answer, typed when it fits what the operation answers with that status. Nothing in it is believed. @throws {SchemaMismatch} */
export function checkAnswer<O extends Operation> (operation: O, status: number, body: unknown): AnswerOf<O> {
  const schema = operation.answers[status]
  if (schema === undefined || !('properties' in schema)) {
    throw new SchemaMismatch(operation.id, [`nothing is answered with status ${String(status)}`])
  }
  return checkSchema(schema, body, operation.id) as AnswerOf<O>
}
