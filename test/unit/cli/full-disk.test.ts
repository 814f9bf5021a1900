import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { replaceFile, writeNewFile, writeWhole } from '../../../cli/src/files.ts'
import { bytes } from '../../helpers/client/bytes.ts'
import { fullDisk } from '../../helpers/client/full-disk.ts'

const LONG = 'x'.repeat(8192)
const full = { code: 'DISK_FULL', exitCode: 5, message: /no room for .*make room/ }
const WAYS: ReadonlyArray<[string, (path: string) => Promise<unknown>]> = [
  ['written new', (path) => writeNewFile(path, LONG)],
  ['replaced', (path) => replaceFile(path, LONG)],
  ['streamed', (path) => writeWhole(path, bytes(LONG))]
]

for (const [what, write] of WAYS) {
  t.test(`a file that is ${what} on a full disk leaves nothing behind, so that the same works once there is room`, async (t) => {
    const { folder, makeRoom } = await fullDisk(t)
    const before = await readdir(folder)
    await t.rejects(write(join(folder, 'out')), full)
    t.strictSame(await readdir(folder), before)
    await makeRoom()
    await write(join(folder, 'out'))
    t.equal(await readFile(join(folder, 'out'), 'utf8'), LONG)
  })
}

t.test('a file that was to be replaced stays as it was when there is no room', async (t) => {
  const { folder, makeRoom } = await fullDisk(t, { 'config.json': 'old' })
  await t.rejects(replaceFile(join(folder, 'config.json'), LONG), full)
  t.equal(await readFile(join(folder, 'config.json'), 'utf8'), 'old')
  await makeRoom()
  await replaceFile(join(folder, 'config.json'), LONG)
  t.equal(await readFile(join(folder, 'config.json'), 'utf8'), LONG)
})
