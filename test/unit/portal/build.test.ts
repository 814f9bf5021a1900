import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readSite } from '@epione/portal-service'
import { buildPages } from '../../../portal/build-pages.js'

t.setTimeout(120_000)
const BUILT = join(import.meta.dirname, '..', '..', '..', 'portal', 'dist')

t.test('the pages built again, elsewhere and later, are the same bytes under the same name', async (t) => {
  // Built by `npm run build`; copied first, so that this test reads one build.
  const folder = t.testdir({})
  cpSync(BUILT, join(folder, 'first'), { recursive: true })
  const first = await readSite(join(folder, 'first'))
  const build = await buildPages(join(folder, 'second'))
  const manifest = (which: string): unknown => JSON.parse(readFileSync(join(folder, which, 'build.json'), 'utf8'))
  t.strictSame(manifest('second'), manifest('first'))
  t.equal(build, first.build)
  t.equal((await readSite(join(folder, 'second'))).build, build)
})
