import { open } from 'node:fs/promises'
import { Left } from '../errors.ts'
import { Pieces } from './pieces.ts'

const NEWLINE = 0x0a

/** A line, or why it cannot be read; numbers count from 1. */
export type Line = { readonly number: number, readonly text: string } | { readonly number: number, readonly left: Left }

/** Lines of a file, each at most so many bytes in memory: a longer one is passed over and told of. */
export async function * readLines (path: string, bytesMax: number): AsyncGenerator<Line> {
  const file = await open(path)
  try {
    yield * linesOf(file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>, bytesMax)
  } finally {
    await file.close()
  }
}

/** The same, of bytes as they come. */
export async function * linesOf (chunks: AsyncIterable<Uint8Array>, bytesMax: number): AsyncGenerator<Line> {
  const pieces = new Pieces()
  let size = 0
  let number = 1
  const line = (): Line => size > bytesMax
    ? { number, left: new Left('RESOURCE_TOO_LARGE', `line ${String(number)} has more than ${String(bytesMax)} bytes`) }
    : { number, text: pieces.whole().toString('utf8') }
  const add = (piece: Uint8Array): void => {
    size += piece.length
    if (size <= bytesMax) pieces.add(piece)
    else pieces.clear()
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      add(chunk.subarray(from, at))
      yield line()
      pieces.clear()
      size = 0
      number++
      from = at + 1
    }
    add(chunk.subarray(from))
  }
  if (size > 0) yield line()
}
