import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { removeState } from '../../../network/verbs/clean.ts'
import { withLock } from '../../../network/host/lock.ts'
import { statePaths, type StatePaths } from '../../../network/description/paths.ts'
import { readStamp } from '../../../network/host/stamp.ts'
import { SLOW } from '../../helpers/flood.ts'

/** Turns of each process; many more with SLOW=1. */
const TURNS = SLOW ? 300 : 15
const idle = async (): Promise<string> => await Promise.resolve('done')

async function contend (folder: string, marker: string, turns: number, role: 'keep' | 'clean' | 'die'): Promise<string> {
  const child = spawn(process.execPath, [
    join(import.meta.dirname, 'support', 'contend.ts'), folder, marker, String(turns), role
  ], { stdio: ['ignore', 'ignore', 'pipe'] })
  const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')])
  return child.exitCode === 0 ? 'in turn' : child.signalCode ?? stderr.split('\n').filter((line) => !line.startsWith('[')).join('\n')
}

function folders (dir: string): { paths: StatePaths, marker: string } {
  return { paths: statePaths(join(dir, 'state')), marker: join(dir, 'marker') }
}

t.test('two verbs do not change one folder at a time, and the second is told who is at work', async (t) => {
  const { paths } = folders(t.testdir({}))
  await withLock(paths, async () => {
    await t.rejects(withLock(paths, idle), { code: 'state-busy', message: new RegExp(`by process ${process.pid}$`), advice: /Wait/ })
  })
  t.equal(await withLock(paths, idle), 'done')
  t.equal(await readStamp(paths), undefined, 'what a lock leaves behind makes no network')
})

t.test('processes that take, kill and clean one folder at once are never two in it', async (t) => {
  const { paths, marker } = folders(t.testdir({}))
  const all = [
    contend(paths.root, marker, TURNS, 'keep'), contend(paths.root, marker, TURNS, 'keep'),
    contend(paths.root, marker, TURNS, 'clean')
  ]
  for (let death = 0; death < (SLOW ? 20 : 2); death++) t.equal(await contend(paths.root, marker, 1, 'die'), 'SIGKILL')
  t.same(await Promise.all(all), ['in turn', 'in turn', 'in turn'])
  if (await readStamp(paths) !== undefined) await removeState(paths)
  t.same(await readdir(join(paths.root, '..')), [], 'nothing is left of them')
})

t.test('the file of a lock that holds something else is named, and left alone', async (t) => {
  const { paths } = folders(t.testdir({}))
  await mkdir(paths.root)
  await writeFile(paths.lock, 'x'.repeat(4096))
  await t.rejects(withLock(paths, idle), { code: 'state-damaged', message: new RegExp(paths.lock), advice: /Remove it/ })
})
