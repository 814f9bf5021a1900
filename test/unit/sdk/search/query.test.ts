import t from 'tap'
import { isClientError } from '../../../../sdk/src/errors.ts'
import { parseKeywords, parseQuery } from '../../../../sdk/src/search/query.ts'
import type { Query } from '../../../../sdk/src/search/query.ts'

const day = (y: number, m: number, d: number): number => Date.UTC(y, m - 1, d) / 86_400_000

/** A query with all its brackets. */
function told (query: Query): string {
  if (query.kind === 'not') return `!${told(query.part)}`
  if (query.kind === 'keyword') return query.keyword
  if (query.kind === 'days') return `${query.range.from}..${query.range.until}`
  return `(${query.parts.map(told).join(query.kind === 'and' ? ' & ' : ' | ')})`
}

t.test('words, fields and operators are read with their order of binding', (t) => {
  const cases: Array<[string, string]> = [
    ['smoker', 'word:smoker'],
    ['code:loinc|4548-4 AND date:2024..2026 NOT smoker', `(code:loinc|4548-4 & ${day(2024, 1, 1)}..${day(2026, 12, 31)} & !word:smoker)`],
    ['a1c OR hba1c diabetes', '(word:a1c | (word:hba1c & word:diabetes))'],
    ['(a1c OR hba1c) diabetes', '((word:a1c | word:hba1c) & word:diabetes)'],
    ['NOT NOT (x1 OR NOT y1)', '!!(word:x1 | !word:y1)'],
    ['"Lung  NODULE"', '(word:lung & word:nodule)'],
    ['COVID-19', '(word:covid & word:19)'],
    ['"AND"', 'word:and'],
    ['and or not', '(word:and & word:or & word:not)'],
    ['TYPE:Observation modality:CT body:"Chest Wall"', '(type:observation & modality:ct & body:chest wall)'],
    ['code:http://snomed.info/sct|22298006', 'code:snomed|22298006'],
    ['code:"urn:x y|Z 1"', 'code:urn:x y|z 1']
  ]
  for (const [text, expected] of cases) t.equal(told(parseQuery(text)), expected, text)
  t.end()
})

t.test('dates are years, months, days and ranges of them', (t) => {
  const cases: Array<[string, number, number]> = [
    ['2024', day(2024, 1, 1), day(2024, 12, 31)],
    ['2024-02', day(2024, 2, 1), day(2024, 2, 29)],
    ['2023-02-28', day(2023, 2, 28), day(2023, 2, 28)],
    ['2023-11..2024', day(2023, 11, 1), day(2024, 12, 31)],
    ['2025-06..', day(2025, 6, 1), 2_932_896],
    ['..0099', -719_162, -683_004]
  ]
  for (const [text, from, until] of cases) t.strictSame(parseQuery(`date:${text}`), { kind: 'days', range: { from, until } }, text)
  t.end()
})

t.test('what cannot be read is refused with its column and what to do', (t) => {
  const cases: Array<[string, number, RegExp]> = [
    ['', 1, /word is missing/],
    ['a1 AND', 7, /word is missing/],
    ['OR a1', 1, /word is missing/],
    ['a1 (b1 OR', 10, /word is missing/],
    ['a1 (b1', 4, /not closed/],
    ['a1) b1', 3, /closes none/],
    ['()', 2, /word is missing/],
    ['a1 "b1', 4, /quotation mark/],
    ['x', 1, /no word that is kept/],
    ['a1 ?!', 4, /no word that is kept/],
    ['a1 colour:red', 4, /no field "colour": use code, type, modality, body or date/],
    ['code:4548-4', 1, /system\|code/],
    ['code:loinc|', 1, /system\|code/],
    ['type:', 1, /value of 1/],
    ['type:""', 1, /value of 1/],
    ['body:"x', 6, /quotation mark/],
    ['a1 date:yesterday', 4, /year, month or day/],
    ['date:2024-13', 1, /year, month or day/],
    ['date:2023-02-29', 1, /year, month or day/],
    ['date:..', 1, /year, month or day/],
    ['date:2020..2021..2022', 1, /year, month or day/],
    ['date:2025..2024', 1, /ends before it begins/],
    [`type:${'x'.repeat(300)}`, 1, /1 to 250 bytes/],
    ['('.repeat(18) + 'a1' + ')'.repeat(18), 18, /16 deep/],
    ['NOT '.repeat(200) + 'a1', 69, /16 deep/],
    [Array.from({ length: 65 }, (_, i) => `w${i}`).join(' '), 247, /64 words/],
    ['y'.repeat(1025), 1025, /1024 characters/]
  ]
  for (const [text, column, advice] of cases) {
    try {
      parseQuery(text)
      t.fail(`${text} was read`)
    } catch (error) {
      t.ok(isClientError(error, 'QUERY_INVALID'), text)
      t.match(error, { details: { column, advice }, exitCode: 2 }, text.slice(0, 40))
    }
  }
  t.end()
})

t.test('keywords that somebody names are spelt as in a query, and are no operators and no dates', (t) => {
  t.strictSame(parseKeywords('Smoker code:loinc|1 "lung nodule"'), ['word:smoker', 'code:loinc|1', 'word:lung', 'word:nodule'])
  for (const text of ['a1 AND b1', '(a1)', 'date:2024', 'NOT', '?']) t.throws(() => parseKeywords(text), { code: 'QUERY_INVALID' }, text)
  t.end()
})

t.test('no text makes the reader fail but by its own refusal', (t) => {
  const alphabet = ['a1', '"', '(', ')', ' AND ', ' OR ', ' NOT ', ':', 'date:', '2024', '..', '|', 'code:', '\u{1F600}', '\\', '\n', 'é']
  let seed = 7
  const next = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed % below
  }
  for (let run = 0; run < (process.env['SLOW'] === '1' ? 100_000 : 3_000); run++) {
    const text = Array.from({ length: next(30) }, () => alphabet[next(alphabet.length)] ?? '').join('')
    try {
      parseQuery(text)
    } catch (error) {
      if (!isClientError(error, 'QUERY_INVALID')) t.fail(`${JSON.stringify(text)}: ${String(error)}`)
    }
  }
  t.end()
})
