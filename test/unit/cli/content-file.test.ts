import { appendFile, chmod, link, open, readFile, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import t from 'tap'
import { ContentFile } from '@epione/cli'
import { epione, runProgram } from '../../helpers/client/cli.ts'

const MIB = 1024 * 1024
const SIZE = 3 * MIB

/** Reads a file of three pieces and does something to it after the first. */
async function readWhile (path: string, change: () => Promise<unknown>): Promise<number> {
  const file = await ContentFile.open(path)
  try {
    let bytes = 0
    for await (const piece of file) {
      if (bytes === 0) await change()
      bytes += piece.length
    }
    return bytes
  } finally {
    await file.close()
  }
}

async function rewriteByte (path: string): Promise<void> {
  const file = await open(path, 'r+')
  await file.write(Buffer.from('x'), 0, 1, SIZE - 1)
  await file.close()
}

t.test('a file is read whole, also right after it was written', async (t) => {
  const path = join(t.testdir({ scan: 'a'.repeat(SIZE) }), 'scan')
  await appendFile(path, 'b')
  t.equal(await readWhile(path, () => Promise.resolve()), SIZE + 1)
  t.equal(await readWhile(path, () => readFile(path)), SIZE + 1, 'who else reads it changes nothing')
})

t.test('a file that changes while it is read, in any way, is refused at its end', async (t) => {
  const changes: Array<[string, (path: string) => Promise<unknown>]> = [
    ['grows', (path) => appendFile(path, 'more')],
    ['grows by much', (path) => appendFile(path, 'm'.repeat(SIZE))],
    ['shrinks', (path) => truncate(path, MIB)],
    ['shrinks and grows back', async (path) => { await truncate(path, MIB); await truncate(path, SIZE) }],
    ['is emptied', (path) => truncate(path, 0)],
    ['is rewritten in place with the same size', rewriteByte],
    ['is rewritten, its time set back', async (path) => { await rewriteByte(path); await utimes(path, 1, 1) }],
    ['is touched', (path) => utimes(path, new Date(), new Date())],
    ['is replaced', async (path) => { await writeFile(`${path}.new`, 'a'.repeat(SIZE)); await rename(`${path}.new`, path) }],
    ['is removed', (path) => rm(path)],
    ['is renamed away', (path) => rename(path, `${path}.old`)]
  ]
  for (const [name, change] of changes) {
    const path = join(t.testdir({ scan: 'a'.repeat(SIZE) }), 'scan')
    await t.rejects(
      readWhile(path, () => change(path)),
      { code: 'FILE_CHANGED', exitCode: 2, message: /nothing was registered/, details: { path } },
      name
    )
  }
})

t.test('what is no file that can be read is refused by name and never with a stack', async (t) => {
  const dir = t.testdir({ scan: 'some bytes', folder: {}, empty: '' })
  const path = (name: string): string => join(dir, name)
  execFileSync('mkfifo', [path('pipe')])
  await symlink(path('nowhere'), path('broken'))
  await symlink(path('loop'), path('loop'))
  await link(path('scan'), path('secret'))
  const cases: Array<[string, string]> = [
    [
      'folder', 'FILE_UNREADABLE'
    ], [
      'pipe', 'FILE_UNREADABLE'
    ], ['broken', 'FILE_UNREADABLE'], ['loop', 'FILE_UNREADABLE'], ['absent', 'FILE_UNREADABLE'], ['scan/below', 'FILE_UNREADABLE'],
    [
      'a\0b', 'FILE_UNREADABLE'
    ], ['x'.repeat(300), 'FILE_UNREADABLE'], ['../../../../../../../../../dev/zero', 'FILE_UNREADABLE'], ['empty', 'FILE_EMPTY']
  ]
  for (const [name, code] of cases) {
    const answer = await epione(['record', 'add', path(name), '--category', 'summary', '--json'], { EPIONE_HOME: path('home') })
    t.match(answer, { exitCode: 2, json: { error: { code, exitCode: 2 } } }, name)
  }
  await chmod(path('secret'), 0o000)
  const refused = runProgram(['record', 'add', path('secret'), '--category', 'summary', '--home', path('home')], { asNobody: true })
  t.match(refused, { status: 2, stdout: '', stderr: /^FILE_UNREADABLE: .*permission denied/ })
  t.notMatch(refused.stderr, /\n +at /)
})
