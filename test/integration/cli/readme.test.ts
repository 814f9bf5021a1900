import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { AUDITORS, TestNetwork } from '../../helpers/test-network.ts'

/* What the README tells a newcomer to type is typed, line by line. */

const ROOT = join(import.meta.dirname, '..', '..', '..')
const run = promisify(execFile)

t.test('the lines of the README share a scan, on a network that is up', async (t) => {
  const network = await TestNetwork.shared()
  t.teardown(() => network.destroy())
  const block = /```sh\n(export PATH=.*?)```/s.exec(await readFile(join(ROOT, 'README.md'), 'utf8'))?.[1]
  if (block === undefined) throw new Error('the README has no such block')
  const lines = block
    .replace('$PWD/.state', network.stateDir)
    .replace('auditor-1', AUDITORS[0].subject)
  const { stdout } = await run('bash', ['--norc', '-euo', 'pipefail', '-c', lines], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOME: t.testdir(), TMPDIR: t.testdirName }
  })
  t.match(stdout, /decision: permit/)
})
