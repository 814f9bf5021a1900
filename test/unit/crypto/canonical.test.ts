import { canonicalize, MAX_CANONICAL_BYTES, parseCanonical } from '@epione/crypto'
import fc from 'fast-check'
import t from 'tap'
import { refuses, runs } from './support.ts'

t.test('members are ordered by UTF-16 code units, as RFC 8785 §3.2.3 shows', (t) => {
  const value = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    דּ: 'Hebrew Letter Dalet With Dagesh',
    1: 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    ö: 'Latin Small Letter O With Diaeresis'
  }
  t.equal(canonicalize(value), '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis",' +
    '"€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}')
  t.end()
})

t.test('strings and literals are written as RFC 8785 §3.2.2 shows', (t) => {
  t.equal(canonicalize({ string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/', literals: [null, true, false] }),
    '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}')
  t.end()
})

t.test('what is canonical parses to what was written', (t) => {
  const json = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small', withCrossShrink: true },
      fc.constant(null), fc.boolean(), fc.maxSafeInteger().map((number) => number + 0), fc.string({ unit: 'grapheme' }),
      fc.array(tie('value')), fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { noNullPrototype: true }))
  })).value
  fc.assert(fc.property(json, (value) => {
    const text = canonicalize(value)
    t.equal(canonicalize(parseCanonical(text)), text)
  }), runs(100))
  t.end()
})

t.test('the text is the same whatever the order of members, in any depth', (t) => {
  const [sorted, mixed] = [{ 10: 0, 9: { a: [{ x: 1, y: '\u2028' }], b: null } }, { 9: { b: null, a: [{ y: '\u2028', x: 1 }] }, 10: 0 }]
  const text = '{"10":0,"9":{"a":[{"x":1,"y":"\u2028"}],"b":null}}'
  for (const value of [sorted, mixed, { __proto__: null, ...sorted }]) t.equal(canonicalize(value), text)
  fc.assert(fc.property(fc.dictionary(fc.string({ unit: 'binary' }).filter((name) => name.isWellFormed()), fc.nat(), { noNullPrototype: true }), (value) => {
    const names = Object.keys(value)
    const inOrder = Object.fromEntries(names.toSorted().map((name) => [name, value[name]]))
    const backwards = Object.fromEntries(names.toSorted().toReversed().map((name) => [name, value[name]]))
    t.equal(canonicalize(inOrder), canonicalize(backwards))
    t.equal(canonicalize({ outer: inOrder }), canonicalize({ outer: backwards }))
  }), runs(200))
  t.end()
})

t.test('any other spelling of the same data is refused', (t) => {
  t.strictSame(parseCanonical('{"a":1,"b":[2]}'), { a: 1, b: [2] })
  const spellings = [
    '{"b":[2],"a":1}', '{"a": 1,"b":[2]}', '{"a":1,"b":[2]}\n', '{"a":1.0,"b":[2]}', '{"a":1e0,"b":[2]}',
    '{"\\u0061":1,"b":[2]}', '\ufeff{"a":1}', '{"a":-0}'
  ]
  for (const text of spellings) {
    t.throws(
      () => parseCanonical(text),
      { code: text.startsWith('\ufeff') ? 'STATEMENT_MALFORMED' : 'STATEMENT_NOT_CANONICAL' },
      text
    )
  }
  t.end()
})

t.test('a duplicate member is refused, also one whose value is the same', (t) => {
  for (const text of ['{"a":1,"a":2}', '{"a":1,"a":1}', '{"b":{"a":1,"a":1}}', '{"__proto__":1,"__proto__":1}']) {
    refuses(t, 'STATEMENT_NOT_CANONICAL', () => parseCanonical(text), text)
  }
  t.end()
})

t.test('numbers that are not exact integers are refused', (t) => {
  t.equal(canonicalize([0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]), '[0,-1,9007199254740991,-9007199254740991]')
  for (const number of [
    0.5, 2 ** 53, -(2 ** 53), 1e30, Number.NaN, Infinity
  ]) refuses(t, 'STATEMENT_MALFORMED', () => canonicalize({ number }), String(number))
  for (const text of ['0.5', '9007199254740993', '1e400']) refuses(t, 'STATEMENT_MALFORMED', () => parseCanonical(text), text)
  t.end()
})

t.test('what JSON does not know is refused, not dropped', (t) => {
  const values: [string, unknown][] = [
    ['undefined', undefined], ['undefined member', { a: undefined }], ['hole', new Array(2)], ['bigint', 1n], ['date', new Date(0)],
    ['map', new Map()], ['bytes', new Uint8Array(1)], ['function', { toJSON: () => 1 }], ['symbol', Symbol('a')], ['boxed', Object(1)]
  ]
  for (const [what, value] of values) refuses(t, 'STATEMENT_MALFORMED', () => canonicalize(value), what)
  t.end()
})

t.test('lone surrogates are refused in strings and names', (t) => {
  for (const value of ['\ud800', { '\udc00': 1 }, ['a\ud800b']]) refuses(t, 'STATEMENT_MALFORMED', () => canonicalize(value), 'value')
  for (const text of ['"\\ud800"', '"\ud800"']) refuses(t, 'STATEMENT_MALFORMED', () => parseCanonical(text), 'text')
  t.end()
})

t.test('text is refused from one byte over 64 KiB on, counted in UTF-8', (t) => {
  const exact = `"${'é'.repeat((MAX_CANONICAL_BYTES - 2) / 2)}"`
  t.equal(parseCanonical(exact), exact.slice(1, -1))
  refuses(t, 'STATEMENT_TOO_LARGE', () => parseCanonical(`"${'é'.repeat((MAX_CANONICAL_BYTES - 2) / 2)}a"`), 'one more')
  refuses(t, 'STATEMENT_TOO_LARGE', () => parseCanonical('['.repeat(10_000_000)), 'huge')
  t.end()
})

t.test('deep nesting is refused and costs no stack', (t) => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
  t.ok(parseCanonical(nested(32)))
  refuses(t, 'STATEMENT_MALFORMED', () => parseCanonical(nested(34)), '34 levels')
  refuses(t, 'STATEMENT_MALFORMED', () => parseCanonical(nested(32_000)), '32,000 levels')
  const loop: unknown[] = []
  loop.push(loop)
  refuses(t, 'STATEMENT_MALFORMED', () => canonicalize(loop), 'a loop')
  t.end()
})

t.test('text that is not JSON is refused', (t) => {
  for (const text of [
    '', '{', 'undefined', '{a:1}', '[1,]', 'NaN', '"\n"', '01'
  ]) refuses(t, 'STATEMENT_MALFORMED', () => parseCanonical(text), text)
  t.end()
})
