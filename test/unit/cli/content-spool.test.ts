import { readdir, readFile, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { deriveKeyRing, generatePhrase } from '@epione/crypto'
import type { SpooledRecord } from '@epione/sdk'
import t from 'tap'
import { ContentSpool } from '../../../cli/src/content-spool.ts'

const keys = deriveKeyRing(generatePhrase())
const addition = { path: '/scans/1', sizeBytes: 1_000, changed: '1,2', said: { category: 'imaging' } }
const record: SpooledRecord = {
  recordId: 'a'.repeat(32),
  version: 1,
  contentKey: 'b'.repeat(64),
  cid: `b${'a'.repeat(58)}`,
  contentHash: 'c'.repeat(64),
  sizeBytes: 900,
  sealedBytes: 1_000
}

async function fill (spool: ContentSpool): Promise<void> {
  await spool.write(Readable.from([Buffer.alloc(600, 1), Buffer.alloc(400, 2)]))
  await spool.keep(record)
}

async function open (home: string, ring = keys, changed = addition.changed): Promise<ContentSpool> {
  const spool = await ContentSpool.open(home, ring, { ...addition, changed })
  if (spool === undefined) throw new Error('no spool')
  return spool
}

t.test('the same command finds what was kept, to the byte, and the content key is not in the open', async (t) => {
  const home = t.testdir()
  const first = await open(home)
  t.equal(await first.load(), undefined)
  await fill(first)
  first.close()
  const again = await open(home)
  t.same(await again.load(), record)
  t.ok((await buffer(again.read(599))).equals(Buffer.concat([Buffer.alloc(1, 1), Buffer.alloc(400, 2)])))
  const [name = ''] = await readdir(home)
  t.notMatch(await readFile(join(home, name, 'state'), 'utf8'), Buffer.from(record.contentKey).toString('hex'))
  await again.drop()
  t.equal(await again.load(), undefined)
  again.close()
})

t.test('another file, another phrase, and what is torn are begun anew', async (t) => {
  const home = t.testdir()
  const first = await open(home)
  await fill(first)
  first.close()
  const other = await open(home, keys, '1,3')
  t.equal(await other.load(), undefined, 'the file has changed')
  other.close()
  const stranger = await open(home, deriveKeyRing(generatePhrase()))
  t.equal(await stranger.load(), undefined)
  stranger.close()
  const names = await readdir(home)
  for (const name of names) await truncate(join(home, name, 'content'), 999).catch(() => undefined)
  const torn = await open(home)
  t.equal(await torn.load(), undefined)
  await fill(torn)
  for (const name of names) await writeFile(join(home, name, 'state'), 'zz')
  t.equal(await torn.load(), undefined)
  torn.close()
})

t.test('two commands at once do not share one, and what is old goes', async (t) => {
  const home = t.testdir()
  const first = await open(home)
  t.equal(await ContentSpool.open(home, keys, addition), undefined)
  await fill(first)
  first.close()
  const [name = ''] = await readdir(home)
  const old = new Date(Date.now() - 8 * 24 * 3_600_000)
  for (const file of await readdir(join(home, name))) await utimes(join(home, name, file), old, old)
  const next = await open(home, keys, '7,7')
  t.notOk((await readdir(home)).includes(name))
  next.close()
  t.equal(await ContentSpool.open(home, keys, { ...addition, sizeBytes: 2 ** 60 }), undefined, 'the disk has no room for it')
})
