/** What a stream brings as text, of bounded length: the other side is not trusted to be brief. @throws {Error} for a longer one */
export async function readBoundedText (body: AsyncIterable<unknown>, bytesMax: number): Promise<string> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of body as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > bytesMax) throw new Error(`the answer is longer than ${String(bytesMax)} bytes`)
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}
