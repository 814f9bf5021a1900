import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { sqliteResultOf, takeLock, waitForLock } from '@epione/host'

t.test('a lock is held by one, also within a process, until it is released', (t) => {
  const path = join(t.testdir(), 'lock')
  const first = takeLock(path)
  t.not(first, undefined)
  t.equal(statSync(path).mode & 0o777, 0o600)
  t.equal(takeLock(path), undefined)
  t.equal(takeLock(path), undefined, 'who was refused does not free it')
  first?.release()
  const second = takeLock(path)
  t.not(second, undefined)
  second?.release()
  t.end()
})

t.test('a lock is waited for as often as is said, and no longer', async (t) => {
  const path = join(t.testdir(), 'lock')
  const first = takeLock(path)
  t.equal(await waitForLock(path, { retryMs: 1, tries: 3 }), undefined)
  const later = waitForLock(path, { retryMs: 5, tries: 1000 })
  first?.release()
  const second = await later
  t.not(second, undefined)
  second?.release()
})

t.test('a lock keeps another process out, and is free when its process was killed', async (t) => {
  const path = join(t.testdir(), 'lock')
  const holder = 'require("@epione/host").takeLock(process.argv[1]); console.log("held"); setInterval(() => {}, 1000)'
  const child = spawn(process.execPath, ['-e', holder, path], { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] })
  t.teardown(() => child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  t.equal(takeLock(path), undefined)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const lock = takeLock(path)
  t.not(lock, undefined)
  lock?.release()
})

t.test('the lock of a file that was removed keeps nobody out of the new one', (t) => {
  const path = join(t.testdir(), 'lock')
  const removed = takeLock(path)
  rmSync(path)
  const fresh = takeLock(path)
  t.not(fresh, undefined)
  t.equal(takeLock(path), undefined)
  removed?.release()
  fresh?.release()
  t.end()
})

t.test('a file that is no lock is told of and left alone', (t) => {
  const path = join(t.testdir(), 'lock')
  writeFileSync(path, 'x'.repeat(4096))
  try {
    takeLock(path)
    t.fail('it was taken')
  } catch (error) {
    t.equal(sqliteResultOf(error), 26)
  }
  t.equal(statSync(path).size, 4096)
  t.end()
})
