import { spawnSync } from 'node:child_process'
import { chmod, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'

/* Compiled code is run as it is found: it lies where only its person writes, or nowhere. */

const BIN = join(import.meta.dirname, '..', '..', '..', 'cli', 'bin', 'epione.js')

function help (cwd: string, env: Record<string, string>): void {
  const { status, stderr } = spawnSync(process.execPath, [BIN, '--help'], { cwd, env, encoding: 'utf8' })
  t.same([status, stderr], [0, ''])
}

t.test('compiled code is kept in the person\'s own folder', async (t) => {
  const folder = t.testdir()
  help(folder, { XDG_CACHE_HOME: join(folder, 'xdg'), HOME: join(folder, 'home') })
  t.same(await readdir(folder), ['xdg'])
  t.not((await readdir(join(folder, 'xdg', 'epione'))).length, 0)
  help(folder, { HOME: join(folder, 'home') })
  t.not((await readdir(join(folder, 'home', '.cache', 'epione'))).length, 0)
})

t.test('a variable that is empty or relative names no folder of wherever the command is called', async (t) => {
  const folder = t.testdir()
  for (const env of [{}, { XDG_CACHE_HOME: '' }, { HOME: '' }, { XDG_CACHE_HOME: 'here', HOME: '.' }]) help(folder, env)
  t.same(await readdir(folder), [])
})

t.test('a folder that others write to, or that is none, is left alone', async (t) => {
  const folder = t.testdir({ file: { epione: 'no folder' } })
  const open = join(folder, 'open', 'epione')
  await mkdir(open, { recursive: true })
  await chmod(open, 0o777)
  for (const name of ['open', 'file']) help(folder, { XDG_CACHE_HOME: join(folder, name) })
  t.same(await readdir(open), [])
})
