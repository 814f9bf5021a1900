import t from 'tap'
import type { RecordSummary } from '@epione/sdk'
import { readContent } from '../../../fhir/src/content.ts'
import { inPieces } from '../../../fhir/src/record-reader.ts'
import { readSearch } from '../../../fhir/src/search-query.ts'

/* What somebody sealed, or asks for, to stop a service that others need. */

t.test('a resource that is nested without end is bytes, and exhausts nobody\'s stack', (t) => {
  const nested = (levels: number): Buffer => Buffer.from(
    `{"resourceType":"DocumentReference","status":"current","content":[{"attachment":{}}],"extension":[${'{"url":"urn:x","extension":['.repeat(levels)}{"url":"urn:x","valueString":"x"}${']}'.repeat(levels)}]}`
  )
  t.equal(readContent(nested(20)).kind, 'resource')
  for (const levels of [100, 10_000, 1_000_000]) {
    t.match(readContent(nested(levels)), { kind: 'bytes', contentType: 'text/plain; charset=utf-8' }, String(levels))
  }
  t.end()
})

t.test('records are opened in pieces that fit into memory', (t) => {
  const record = (sizeClass: number): RecordSummary => ({ sizeClass }) as RecordSummary
  const pieces = (sizes: number[], max: number): number[][] =>
    [...inPieces(sizes.map(record), max)].map((piece) => piece.map(({ sizeClass }) => sizeClass))
  t.strictSame(pieces([], 64), [])
  t.strictSame(pieces([10, 10, 10], 2), [[10, 10], [10]])
  t.strictSame(pieces([26, 26, 26, 10], 64), [[26, 26], [26, 10]])
  t.strictSame(pieces([26, 25, 25, 10], 64), [[26, 25, 25], [10]])
  t.strictSame(pieces([40, 26, 40, 26], 64), [[40, 26, 40, 26]], 'what is too large is not opened at all')
  t.end()
})

t.test('a parameter named as a member of every object is one that is not known', (t) => {
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    t.throws(() => readSearch('DocumentReference', new URLSearchParams([[name, 'x']]), true), { code: 'PARAMETER_UNKNOWN' }, name)
    t.equal(readSearch('DocumentReference', new URLSearchParams([[name, 'x']]), false).isPlain, true, name)
  }
  t.end()
})
