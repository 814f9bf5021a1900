import t from 'tap'
import { parseLevels, parseTerms } from '../../../cli/src/commands/terms.ts'
import { epione } from '../../helpers/client/cli.ts'

const DAY = Date.UTC(2026, 10, 28)
const DAY_MS = 24 * 60 * 60 * 1000
const RECORD = '0a'.repeat(16)

t.test('terms of a consent are read into what it says', (t) => {
  t.strictSame(parseTerms({}), { exceptions: [] })
  t.strictSame(parseTerms({ levels: 'N,R,N', dataFrom: '2026-11-28', dataUntil: '2026-11-28' }), {
    levels: ['N', 'R'],
    dataPeriod: { from: DAY, until: DAY + DAY_MS },
    exceptions: []
  })
  t.strictSame(parseTerms({ dataUntil: '2026-11-28T00:00:00Z' }).dataPeriod, { until: DAY + 1 }, 'a moment is included')
  t.strictSame(parseTerms({ except: ['purpose=HRESCH', `author=CoreMSP/staff-1,author=CoreMSP/staff-2,level=V,media=image,record=${RECORD}`] }).exceptions, [
    { purposes: ['HRESCH'] },
    {
      authors: [{ mspId: 'CoreMSP', staffId: 'staff-1' }, { mspId: 'CoreMSP', staffId: 'staff-2' }],
      records: [RECORD],
      mediaClasses: ['image'],
      levels: ['V']
    }
  ])
  t.strictSame(parseTerms({ except: ['person=CoreMSP/staff-1,data-from=2026-11-28'] }).exceptions, [
    { requesters: [{ mspId: 'CoreMSP', staffId: 'staff-1' }], dataPeriod: { from: DAY, until: Number.MAX_SAFE_INTEGER } }
  ])
  t.end()
})

t.test('what is no term is wrong usage', (t) => {
  for (const levels of ['', 'X', 'N,', 'n']) t.throws(() => parseLevels(levels, '--levels'), { code: 'USAGE' }, levels)
  for (const except of [
    'HRESCH', 'purpose=', 'purpose=HRESCH=TREAT', 'colour=red', 'purpose=FUN', 'author=nobody', 'level=Z', 'media=film', 'record=1',
    'data-from=2026-11-28,data-from=2026-11-29', 'data-from=2026-11-29,data-until=2026-11-28', ''
  ]) t.throws(() => parseTerms({ except: [except] }), { code: 'USAGE' }, except)
  t.throws(() => parseTerms({ dataFrom: '2026-11-29', dataUntil: '2026-11-28' }), { code: 'USAGE', message: /--data-from/ })
  t.throws(() => parseTerms({ dataFrom: 'yesterday' }), { code: 'USAGE', message: /--data-from/ })
  t.end()
})

t.test('a prohibition names organisations, departments, people and prohibitions as they are written', async (t) => {
  const home = { EPIONE_HOME: t.testdir({}) }
  const cases = [
    ['add', '--organization', 'core!'], ['add', '--department', 'CoreMSP'], ['add', '--department', 'CoreMSP/a/b'], ['add', '--person', 'CoreMSP'],
    ['add', '--levels', 'X'], ['add', '--levels', 'V', '--days', '0'], ['add', '--levels', 'V', '--replaces', 'abc'], ['end', 'abc']
  ]
  for (const args of cases) {
    const answer = await epione(['prohibition', ...args, '--json'], home)
    t.match(answer, { exitCode: 2, json: { error: {} } }, args.join(' '))
  }
})
