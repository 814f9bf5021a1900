import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import t from 'tap'
import { inMemory, withCompileCache } from '../../runner/environment.ts'

t.test('compiled code is kept, but for a report on coverage and where somebody said where', (t) => {
  t.match(withCompileCache({ A: 'b' }), { A: 'b', NODE_COMPILE_CACHE: /\.cache.compile$/ })
  t.same(withCompileCache({ NODE_COMPILE_CACHE: '/elsewhere' }), { NODE_COMPILE_CACHE: '/elsewhere' })
  t.same(withCompileCache({ NODE_V8_COVERAGE: '/report' }), { NODE_V8_COVERAGE: '/report' })
  t.end()
})

t.test('temporary files lie in memory, for every account, and go with the run; those of a killed run go with the next', async (t) => {
  const { env, end } = await inMemory({ A: 'b' })
  const folder = env['TMPDIR']
  t.equal(env['A'], 'b')
  if (folder === undefined) {
    t.same(env, { A: 'b' }, 'this machine has no room')
    return
  }
  t.equal(statSync(folder).mode & 0o7777, 0o1777)
  const ended = spawnSync('true').pid
  const leftover = join(dirname(folder), `epione-${String(ended)}-abcdef`)
  await mkdir(leftover)
  await writeFile(join(leftover, 'file'), '')
  const others = join(dirname(folder), `epioneer-${String(ended)}`)
  await mkdir(others)
  t.teardown(() => rm(others, { recursive: true }))
  const next = await inMemory({})
  t.notOk(existsSync(leftover))
  t.ok(existsSync(others), 'what others keep there stays')
  t.ok(existsSync(folder), 'a run beside it keeps its own')
  await Promise.all([end(), next.end()])
  t.notOk(existsSync(folder))
})
