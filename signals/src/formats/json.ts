import { evaluate, parse } from '@humanwhocodes/momoa'
import { Value } from 'typebox/value'
import { SignalError } from '../errors.ts'
import type { ValueNode } from '@humanwhocodes/momoa'
import type { Static, TSchema } from 'typebox'

/** JSON that remembers where each value stood. */
export interface Located {
  readonly value: unknown
  /** Line and column, from 1, of the value at a JSON pointer, or of the nearest value around it that is there. */
  at (pointer: string): { line: number, column: number }
}

/** @throws {SignalError} `FORMAT_INVALID` where it is no JSON (RFC 8259) or names a member twice */
export function readJson (text: string): Located {
  const { root, value } = parseJson(text)
  return {
    value,
    at: (pointer) => {
      let node = root
      for (const step of pointer.split('/').slice(1)) {
        const next = childOf(node, step.replaceAll('~1', '/').replaceAll('~0', '~'))
        if (next === undefined) break
        node = next
      }
      const { line, column } = node.loc.start
      return { line, column }
    }
  }
}

function parseJson (text: string): { root: ValueNode, value: unknown } {
  try {
    const { body } = parse(text, { mode: 'json' })
    refuseTwins(body)
    return { root: body, value: evaluate(body) }
  } catch (error) {
    if (error instanceof SignalError) throw error
    if (error instanceof RangeError) throw new SignalError('FORMAT_INVALID', 'JSON is nested too deeply', { cause: error })
    const { message, line, column } = error as Error & { line?: number, column?: number }
    const place = line === undefined || column === undefined ? {} : { line, column }
    throw new SignalError('FORMAT_INVALID', `this is no JSON: ${message.replace(/ \(\d+:\d+\)$/, '')}`, { ...place, cause: error })
  }
}

/* A member that stands twice means one thing to this reader and another to the next. */
function refuseTwins (node: ValueNode): void {
  if (node.type === 'Array') for (const { value } of node.elements) refuseTwins(value)
  if (node.type === 'Number' && !Number.isFinite(node.value)) throw new SignalError('FORMAT_INVALID', 'a number is too large', node.loc.start)
  if (node.type !== 'Object') return
  const seen = new Set<string>()
  for (const { name, value } of node.members) {
    const key = name.type === 'String' ? name.value : name.name
    if (seen.has(key)) throw new SignalError('FORMAT_INVALID', `"${key}" stands twice in one object`, name.loc.start)
    seen.add(key)
    refuseTwins(value)
  }
}

function childOf (node: ValueNode, step: string): ValueNode | undefined {
  if (node.type === 'Array') return node.elements[Number(step)]?.value
  if (node.type !== 'Object') return undefined
  return node.members.find(({ name }) => (name.type === 'String' ? name.value : name.name) === step)?.value
}

/** The value at `pointer`, typed. @throws {SignalError} `FORMAT_INVALID` at the deepest value that does not fit */
export function requireShape<S extends TSchema> (located: Located, pointer: string, schema: S, value: unknown, what: string): Static<S> {
  if (Value.Check(schema, value)) return value
  const fault = deepest(Value.Errors(schema, value))
  throw invalid(located, pointer + fault.instancePath, `no ${what}: ${fault.message}`)
}

interface Fault { readonly instancePath: string, readonly message: string }

/** Of several faults the one deepest in the value: what a person would call the fault. */
export function deepest (faults: readonly Fault[]): Fault {
  const depth = (fault: Fault): number => fault.instancePath.split('/').length
  return faults.toSorted((a, b) => depth(b) - depth(a))[0] ?? { instancePath: '', message: 'does not fit' }
}

/** A fault of the value at `pointer`, to be thrown. */
export function invalid (located: Located, pointer: string, message: string, code: SignalError['code'] = 'FORMAT_INVALID'): SignalError {
  return new SignalError(code, pointer === '' ? message : `${pointer}: ${message}`, located.at(pointer))
}
