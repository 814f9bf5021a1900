import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import t from 'tap'
import { readSite } from '@epione/portal-service'
import { writeSite } from '../../helpers/portal.ts'

const FILES = { 'site/index.html': '<!doctype html>', 'site/assets/main-1.js': 'void 0', 'frame/text.html': '<script>let a = 1</script><style>p{}</style>' }
const damaged = { name: 'PortalError', code: 'SITE_DAMAGED' }

t.test('a built copy is read whole, and named by the hash of its manifest', async (t) => {
  const folder = await writeSite(t.testdir({}), FILES)
  const { build, files } = await readSite(folder)
  t.equal(build, createHash('sha256').update(readFileSync(join(folder, 'build.json'))).digest('hex'))
  t.strictSame([...files.keys()].sort(), ['/', '/assets/main-1.js', '/frame/text.html'])
  const source = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`
  t.match(files.get('/frame/text.html'), { mediaType: /^text\/html/, inline: { scripts: [source('let a = 1')], styles: [source('p{}')] } })
  const again = await readSite(await writeSite(t.testdir({ again: {} }), FILES))
  t.equal(again.build, build, 'the same files anywhere have the same name')
})

t.test('what is not as it was built is not served', async (t) => {
  const make = async (): Promise<string> => await writeSite(t.testdir({}), FILES)
  await t.rejects(readSite(t.testdir({})), damaged, 'nothing built')
  const changed = await make()
  appendFileSync(join(changed, 'site/assets/main-1.js'), ';steal()')
  await t.rejects(readSite(changed), damaged)
  const sameLength = await make()
  writeFileSync(join(sameLength, 'site/assets/main-1.js'), 'evil()')
  await t.rejects(readSite(sameLength), damaged)
  const lost = await make()
  rmSync(join(lost, 'frame/text.html'))
  await t.rejects(readSite(lost), damaged)
  const climbing = await make()
  writeFileSync(join(climbing, 'build.json'), readFileSync(join(climbing, 'build.json'), 'utf8').replace('site/assets/main-1.js', 'site/../../secret'))
  await t.rejects(readSite(climbing), damaged)
  const added = await make()
  writeFileSync(join(added, 'site/assets/more.js'), 'steal()')
  t.notOk((await readSite(added)).files.has('/assets/more.js'), 'what the manifest does not name is not there')
})
