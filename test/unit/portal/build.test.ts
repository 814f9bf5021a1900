import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import t from 'tap'
import { readSite } from '@epione/portal-service'
import { buildPages } from '../../../portal/build-pages.js'

t.test('the pages built again, called from elsewhere and later, are the same bytes under the same name', async (t) => {
  const folder = t.testdir({})
  const first = await buildPages(join(folder, 'first'))
  const home = process.cwd()
  t.teardown(() => { process.chdir(home) })
  process.chdir(folder)
  const second = await buildPages(join(folder, 'second'))
  const manifest = (which: string): unknown => JSON.parse(readFileSync(join(folder, which, 'build.json'), 'utf8'))
  t.strictSame(manifest('second'), manifest('first'))
  t.equal(second, first)
  t.equal((await readSite(join(folder, 'second'))).build, first)
})
