import { mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { createFile, fileExists, listIfExists, readIfExists, readTextIfExists, replaceFile } from '@epione/host'
import { fullDisk } from '../../helpers/client/full-disk.ts'

const LONG = 'x'.repeat(8192)

t.test('a file is written whole, for its owner alone, in a folder that is made', async (t) => {
  const path = join(t.testdir(), 'new', 'folder', 'file')
  await createFile(path, 'first')
  t.equal(await readFile(path, 'utf8'), 'first')
  t.equal((await stat(path)).mode & 0o777, 0o600)
  t.equal((await stat(join(path, '..'))).mode & 0o777, 0o700)
  await replaceFile(path, async (file) => { await file.writeFile('sec'); await file.writeFile('ond') })
  t.equal(await readFile(path, 'utf8'), 'second')
  t.same(await readdir(join(path, '..')), ['file'], 'and nothing beside it')
})

t.test('a new file never takes the place of another, also when many are made at once', async (t) => {
  const path = join(t.testdir(), 'file')
  const made = await Promise.allSettled(Array.from({ length: 8 }, async (_, index) => await createFile(path, String(index))))
  const winners = made.flatMap(({ status }, index) => status === 'fulfilled' ? [String(index)] : [])
  t.same(winners, [await readFile(path, 'utf8')])
  await t.rejects(createFile(path, 'late'), { code: 'EEXIST' })
  t.same(await readdir(join(path, '..')), ['file'])
})

t.test('what is refused on the way, or finds no room, leaves the old file and nothing beside it', async (t) => {
  const { folder, makeRoom } = await fullDisk(t, { old: 'old' })
  const before = await readdir(folder)
  await t.rejects(replaceFile(join(folder, 'old'), LONG), { code: 'ENOSPC' })
  await t.rejects(createFile(join(folder, 'new'), LONG), { code: 'ENOSPC' })
  await t.rejects(replaceFile(join(folder, 'old'), async () => await Promise.reject(new Error('the source broke off'))), /broke off/)
  t.same(await readdir(folder), before)
  t.equal(await readFile(join(folder, 'old'), 'utf8'), 'old')
  await makeRoom()
  await replaceFile(join(folder, 'old'), LONG)
  t.equal(await readFile(join(folder, 'old'), 'utf8'), LONG)
})

t.test('a name of the greatest length is written like any other', async (t) => {
  const path = join(t.testdir(), 'n'.repeat(255))
  await replaceFile(path, 'text')
  t.equal(await readFile(path, 'utf8'), 'text')
})

t.test('what is not there is told from what cannot be read', async (t) => {
  const folder = t.testdir({ file: 'text' })
  const absent = join(folder, 'absent')
  t.equal(await readIfExists(absent), undefined)
  t.equal(await readTextIfExists(absent), undefined)
  t.same(await listIfExists(absent), [])
  t.equal(await fileExists(absent), false)
  t.equal(await fileExists(join(folder, 'file', 'below')), false)
  t.equal(await fileExists(folder), true)
  await mkdir(join(folder, 'folder'))
  await symlink(join(folder, 'loop'), join(folder, 'loop'))
  await t.rejects(readIfExists(join(folder, 'folder')), { code: 'EISDIR' })
  await t.rejects(listIfExists(join(folder, 'file')), { code: 'ENOTDIR' })
  await t.rejects(fileExists(join(folder, 'loop')), { code: 'ELOOP' })
})
