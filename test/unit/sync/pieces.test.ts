import t from 'tap'
import { linesOf } from '../../../sync/src/sources/ndjson.ts'
import { Pieces } from '../../../sync/src/sources/pieces.ts'
import type { Line } from '../../../sync/src/sources/ndjson.ts'

const MIB = 1024 * 1024

async function linesFrom (chunks: Iterable<Uint8Array>, bytesMax = 1_000): Promise<Array<string | undefined>> {
  const lines: Line[] = []
  for await (const line of linesOf(from(chunks), bytesMax)) lines.push(line)
  return lines.map((line) => 'text' in line ? line.text : undefined)
}
async function * from (chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  await Promise.resolve()
  yield * chunks
}

t.test('lines are the same however their bytes are cut', async (t) => {
  const text = `${'a'.repeat(5_000)}\nün\n\n${'b'.repeat(1_000)}\nrest`
  const whole = [undefined, 'ün', '', 'b'.repeat(1_000), 'rest']
  for (const size of [1, 2, 7, 999, 1_000, 9_999]) {
    const bytes = Buffer.from(text)
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size))
    t.strictSame(await linesFrom(chunks), whole, `${String(size)} at a time`)
  }
})

t.test('what comes byte by byte costs its bytes', (t) => {
  const [pieces, byte, before] = [new Pieces(), Buffer.from('x'), process.memoryUsage.rss()]
  for (let at = 0; at < 8 * MIB; at++) pieces.add(Buffer.from(byte))
  t.equal(pieces.sizeBytes, 8 * MIB)
  t.ok(pieces.whole().every((each) => each === byte[0]))
  const grownMiB = (process.memoryUsage.rss() - before) / MIB
  t.ok(grownMiB < 200, `${grownMiB.toFixed(0)} MiB more`)
  t.end()
})
