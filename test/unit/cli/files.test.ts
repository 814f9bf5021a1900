import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { mediaClassOf } from '@epione/sdk'
import { replaceFile, writeNewFile, writeWhole } from '../../../cli/src/files.ts'
import { sizeClassOf } from '../../../protocol/src/policy/size-class.ts'
import { bytes } from '../../helpers/client/bytes.ts'

t.test('a file appears under its name only after its source ended well', async (t) => {
  const dir = t.testdir()
  const out = join(dir, 'out')
  t.equal(await writeWhole(out, bytes('one', 'two')), 6)
  t.equal(await readFile(out, 'utf8'), 'onetwo')
  t.equal((await stat(out)).mode & 0o777, 0o600)
})

t.test('a source that fails leaves neither the file nor a part of it', async (t) => {
  const dir = t.testdir()
  async function * failing (): AsyncGenerator<Uint8Array, void, void> {
    yield * bytes('some of it')
    throw new Error('the tag does not fit')
  }
  await t.rejects(writeWhole(join(dir, 'out'), failing()), { message: 'the tag does not fit' })
  t.strictSame(await readdir(dir), [])
})

t.test('a file that is there is not replaced unless asked', async (t) => {
  const out = join(t.testdir({ out: 'old' }), 'out')
  await t.rejects(writeWhole(out, bytes('new')), { code: 'FILE_EXISTS', exitCode: 2 })
  t.equal(await readFile(out, 'utf8'), 'old')
  await writeWhole(out, bytes('new'), { overwrite: true })
  t.equal(await readFile(out, 'utf8'), 'new')
})

t.test('a keystore or phrase file is never written over', async (t) => {
  const path = join(t.testdir(), 'phrase')
  await writeNewFile(path, 'first')
  await t.rejects(writeNewFile(path, 'second'), { code: 'FILE_EXISTS' })
  t.equal(await readFile(path, 'utf8'), 'first')
  t.equal((await stat(path)).mode & 0o777, 0o600)
})

t.test('a replaced file is readable by its owner alone', async (t) => {
  const path = join(t.testdir(), 'config.json')
  await writeFile(path, 'old', { mode: 0o644 })
  await replaceFile(path, 'new')
  t.equal((await stat(path)).mode & 0o777, 0o600)
})

t.test('the media class follows the end of a name', (t) => {
  const classes = ['scan.DCM', 'bundle.json', 'report.pdf', 'ecg.edf', 'data.csv.gz', 'noname'].map(mediaClassOf)
  t.strictSame(classes, ['image', 'structured', 'document', 'signal', 'structured', 'document'])
  t.end()
})

t.test('the size class is the exponent of the smallest power of two that is not below', (t) => {
  t.strictSame([1, 2, 3, 4, 5, 1024, 1025, 2 ** 40 + 1].map(sizeClassOf), [0, 1, 2, 2, 3, 10, 11, 41])
  t.end()
})
