import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { bytesNeedle, searchBytes, searchFolder, textNeedle } from '../../helpers/search.ts'

const text = 'Größe "178 cm" of nobody'

t.test('A text is found raw, JSON-escaped, in hex and in base64 at any alignment', (t) => {
  const needle = textNeedle('text', text)
  const places: Record<string, string> = {
    raw: `before${text}after`,
    json: JSON.stringify({ note: text }),
    hex: `00${Buffer.from(text).toString('hex')}00`,
    HEX: Buffer.from(text).toString('hex').toUpperCase(),
    base64: Buffer.from(text).toString('base64'),
    'base64, one byte before': Buffer.from(`x${text}y`).toString('base64'),
    'base64, two bytes before': Buffer.from(`xx${text}yy`).toString('base64'),
    base64url: Buffer.from(`xx${text}yy`).toString('base64url')
  }
  for (const [form, place] of Object.entries(places)) t.same(searchBytes(Buffer.from(place), [needle]), ['text'], form)
  t.same(searchBytes(Buffer.from(text.slice(1)), [needle]), [], 'a cut text is not the text')
  t.end()
})

t.test('Bytes are found across the border of two pieces of a file', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'epione-search-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const secret = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex')
  await writeFile(join(folder, 'big'), Buffer.concat([Buffer.alloc(8 * 1024 * 1024 - 7), secret, Buffer.alloc(100)]))
  await writeFile(join(folder, 'clean'), 'nothing')
  const { findings, files } = await searchFolder(folder, [bytesNeedle('secret', secret)])
  t.equal(files, 2)
  t.same(findings, [{ needle: 'secret', place: join(folder, 'big') }])
})

t.test('A needle too short to be told from chance is refused', (t) => {
  t.throws(() => bytesNeedle('short', new Uint8Array(8)), RangeError)
  t.end()
})
