import { Type } from 'typebox'
import t from 'tap'
import { compilers } from '../../../gateway/src/http/compilers.ts'

type Validate = ((value: unknown) => boolean) & { errors?: unknown }
type Compile<T> = (route: { schema: unknown }) => T
interface Compilers {
  buildValidator: (schemas: object, options: object) => Compile<Validate>
  buildSerializer: (schemas: object, options: object) => Compile<(document: unknown) => string>
}
const { buildValidator, buildSerializer } = compilers as unknown as Compilers

/* That every schema of the routes compiles shows where the API document is made (openapi.test.ts): that compiles all of them. */

t.test('schemas of one text are compiled once, when they are first used', (t) => {
  const schema = Type.Object({ name: Type.String() })
  const compile = buildValidator({}, { customOptions: { coerceTypes: false } })
  const validate = compile({ schema })
  t.equal(compile({ schema: structuredClone(schema) }), validate)
  t.not(compile({ schema: Type.Object({ name: Type.Integer() }) }), validate)
  t.equal(buildValidator({}, { customOptions: { coerceTypes: false } })({ schema }), validate, 'for another gateway of this process, too')
  t.equal(validate({ name: 'a' }), true)
  t.equal(validate({ name: 1 }), false)
  t.match(validate.errors, [{ instancePath: '/name' }])
  t.equal(buildValidator({}, { customOptions: { coerceTypes: true } })({ schema })({ name: 1 }), true, 'other options, another one')
  const broken = compile({ schema: { type: 'nothing' } })
  t.throws(() => broken({}), /schema is invalid/)
  const serialize = buildSerializer({}, {})
  t.equal(serialize({ schema })({ name: 'a', more: 1 }), '{"name":"a"}')
  t.equal(serialize({ schema: structuredClone(schema) }), serialize({ schema }))
  t.end()
})
