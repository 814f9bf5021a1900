import { AjvCompiler } from '@fastify/ajv-compiler'
import { SerializerSelector } from '@fastify/fast-json-stringify-compiler'
import type { FastifyServerOptions } from 'fastify'

type Factory = NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>
type Validate = ((...args: unknown[]) => unknown) & { errors?: unknown }
type Serialize = (document: unknown) => string
type Build<T> = (schemas: unknown, options: unknown) => (route: { schema: unknown }) => T

/**
 * Compilers of the routes' schemas that compile each schema once in this process, when it is first used: most answers of the
 * routes are alike, and a gateway would spend most of its start on them.
 */
export const compilers: Factory = {
  buildValidator: remember(AjvCompiler() as unknown as Build<Validate>, callValidator) as never,
  buildSerializer: remember(SerializerSelector() as unknown as Build<Serialize>, callSerializer) as never
}

/** One compilation for all schemas of one text and the same options. */
function remember<T> (build: Build<T>, call: (get: () => T) => T): Build<T> {
  const known = new Map<string, T>()
  return (schemas, options) => {
    const compile = build(schemas, options)
    const context = JSON.stringify([schemas, options])
    return ({ schema }) => {
      const text = context + JSON.stringify(schema)
      const found = known.get(text) ?? call(later(() => compile({ schema })))
      known.set(text, found)
      return found
    }
  }
}

function later<T> (make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}

function callValidator (get: () => Validate): Validate {
  const validate: Validate = (...args) => {
    const compiled = get()
    const isValid = compiled(...args)
    validate.errors = compiled.errors
    return isValid
  }
  return validate
}

function callSerializer (get: () => Serialize): Serialize {
  return (document) => get()(document)
}
