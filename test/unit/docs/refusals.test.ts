import t from 'tap'
import { listRefusals } from '../../docs/refusals.ts'

t.test('every code that something is refused with is in a test', async (t) => {
  const rows = await listRefusals()
  t.ok(rows.length > 400, 'the unions are where the script looks for them')
  t.strictSame(rows.filter(({ tests }) => tests.length === 0).map(({ of, code }) => `${of}: ${code}`), [], '`node test/docs/refusals.ts` prints the table')
})
