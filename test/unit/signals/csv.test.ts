import t from 'tap'
import { KINDS } from '@epione/signals'
import { readCsv, writeCsv } from '@epione/signals/formats'
import { codeOf, loadTrace, START_MS } from './fixtures.ts'

const HEAD = '#epione-csv,1\n#column,rate,http://loinc.org,8867-4,/min,Heart rate\n#time,at,instant\n'
const TABLE = 'at,rate,note\n2026-11-29T08:00:00Z,61,rest\n2026-11-29T08:00:01.5Z,,\n2026-11-29T08:00:02Z,62.5,"a, b"\n'

t.test('a table is read by its description, wherever that stands', (t) => {
  const expected = { series: [{ kind: KINDS.heartRate, unit: '/min', startMs: START_MS, offsetsMs: [0, 1_500, 2_000], values: [61, null, 62.5] }], leftOut: ['note'] }
  t.strictSame(readCsv(HEAD + TABLE), expected)
  t.strictSame(readCsv(TABLE, HEAD), expected)
  t.strictSame(readCsv(`\uFEFF${(HEAD + TABLE).replaceAll('\n', '\r\n')}`), expected, 'with a byte order mark and CRLF')
  t.end()
})

t.test('traces are read as they were published', (t) => {
  t.match(loadTrace('heartpy-data.csv'), { periodMs: 10, startMs: START_MS })
  t.equal(loadTrace('heartpy-data.csv').values.length, 2_483)
  const second = loadTrace('heartpy-data2.csv')
  t.strictSame([second.values.length, second.values[0], second.offsetsMs?.[1]], [15_000, 515, 8.54790319355])
  const ring = loadTrace('smart-ring-ppg.csv')
  t.strictSame([ring.values.length, ring.values.filter((value) => value === null).length], [91_987, 3_465])
  t.end()
})

t.test('a fault names its line and field', (t) => {
  const table = (row: string): string => `${HEAD}at,rate\n2026-11-29T08:00:00Z,61\n${row}\n`
  t.throws(() => readCsv(table('2026-11-29T08:00:01Z,high')), { code: 'FORMAT_INVALID', line: 6, column: 2, message: /high/ })
  t.throws(() => readCsv(table('2026-11-29T08:00:01Z,0x10')), { line: 6, column: 2, message: /0x10/ })
  t.throws(() => readCsv(table('2026-11-29T08:00:01,62')), { line: 6, column: 1, message: /zone/ })
  t.throws(() => readCsv(table('2026-11-29T07:00:00Z,62')), { line: 6, column: 1, message: /before/ })
  t.throws(() => readCsv(table('2026-11-29T08:00:01Z')), { line: 6, message: /1 fields, where 2/ })
  t.throws(() => readCsv(table('2026-11-29T08:00:01Z,"62')), { code: 'FORMAT_INVALID', message: /CSV/ })
  t.throws(() => readCsv(`${HEAD}at,pulse\n2026-11-29T08:00:00Z,61\n`), { line: 4, message: /rate/ })
  t.throws(() => readCsv(`${HEAD}at,rate,rate\n2026-11-29T08:00:00Z,61,62\n`), { line: 4, column: 2, message: /two/ })
  t.throws(() => readCsv(`${HEAD}at,rate\n`), { message: /no row/ })
  t.end()
})

t.test('a description that does not say enough is refused', (t) => {
  const described = (...lines: string[]): string => codeOf(() => readCsv('1\n2\n', lines.map((line) => `${line}\n`).join('')))
  const column = '#column,a,s,c,1'
  t.equal(codeOf(() => readCsv('a\n1\n')), 'FORMAT_INVALID', 'none')
  t.equal(described('#epione-csv,2', column, '#header,none', '#start,2026-11-29T08:00:00Z', '#period,10'), 'FORMAT_INVALID')
  t.equal(described('#epione-csv,1', column, '#header,none', '#period,10'), 'TIME_MISSING')
  t.equal(described('#epione-csv,1', column, '#header,none', '#start,2026-11-29T08:00:00Z'), 'TIME_MISSING')
  t.equal(described('#epione-csv,1', '#column,a,s,c,bpm', '#start,2026-11-29T08:00:00Z', '#period,10'), 'UNIT_UNKNOWN')
  t.equal(described('#epione-csv,1', column, column, '#start,2026-11-29T08:00:00Z', '#period,10'), 'FORMAT_INVALID', 'twice')
  t.equal(described('#epione-csv,1', '#colour,red'), 'FORMAT_INVALID')
  t.equal(described('#epione-csv,1', column, '#header,none', '#start,2026-11-29T08:00:00Z', '#period,-1'), 'FORMAT_INVALID')
  t.equal(described('#epione-csv,1', column, '#header,none', '#start,2026-11-29T08:00:00Z', '#period,10'), 'nothing was thrown')
  t.end()
})

t.test('what is written is read back, and series of different times are refused together', (t) => {
  const names = { system: 'urn:x,"y"', code: 'c', display: 'with, "quotes"' }
  const even = { kind: names, unit: '1', startMs: START_MS + 0.125, periodMs: 1_000 / 117, values: [1, null, -0.1, 1e-7, 5e300] }
  const mean = { kind: KINDS.heartRate, unit: '/min', statistic: 'mean' as const, startMs: even.startMs, periodMs: even.periodMs, values: [60, 61, null, null, 64] }
  t.strictSame(readCsv(writeCsv([even, mean])).series, [even, mean])
  const uneven = { kind: KINDS.heartRate, unit: '/min', startMs: START_MS, offsetsMs: [0, 0.5, 10_000], values: [null, 1, 2] }
  t.strictSame(readCsv(writeCsv([uneven])).series, [uneven])
  t.strictSame(readCsv(writeCsv([{ ...uneven, kind: { ...names, display: 'two\nlines' } }])).series[0]?.kind.display, 'two lines')
  t.equal(codeOf(() => writeCsv([even, { ...mean, startMs: START_MS }])), 'NOT_EXPRESSIBLE')
  t.equal(codeOf(() => writeCsv([])), 'NOT_EXPRESSIBLE')
  t.end()
})

t.test('rows whose times break the period that is said are refused, not shifted', (t) => {
  const table = (...seconds: number[]): string => ['#epione-csv,1', '#column,rate,s,c,/min', '#time,at,instant', '#period,1000', 'at,rate',
    ...seconds.map((second) => `2026-11-29T08:00:${String(second).padStart(2, '0')}Z,61`), ''].join('\n')
  t.match(readCsv(table(0, 1, 2)).series, [{ periodMs: 1000, values: [61, 61, 61] }])
  t.throws(() => readCsv(table(0, 1, 3)), { code: 'FORMAT_INVALID', line: 8, column: 1, message: /2000 ms after/ })
  t.end()
})
