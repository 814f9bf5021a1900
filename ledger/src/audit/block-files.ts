import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { BlockError, readVarint } from '../blocks/index.ts'
import { VerificationError } from '../errors.ts'

const FILE_NAME = /^blockfile_(\d{6})$/
const READ_BYTES = 8 * 1024 * 1024
/** Fabric's orderers cut blocks far below; a longer length is damage, not a block. */
const MAX_BLOCK_BYTES = 128 * 1024 * 1024
const MAX_LENGTH_BYTES = 8

/** Where a stored block begins, so that reading can go on there another time. */
export interface FilePosition { file: number, offset: number }
/** A stored block's bytes, its place, and the place after it. */
export interface StoredBytes { bytes: Uint8Array, at: FilePosition, next: FilePosition }

/**
 * The blocks of a peer's folder of block files (`ledgersData/chains/chains/CHANNEL`), in the order of the files: each is a
 * varint length and the block. Reads in pieces, never a whole file. Throws `LEDGER_UNREADABLE` for a folder without block
 * files, `BLOCK_FILE_TORN` where a file ends within a block, a length cannot be one, or a file of the row is missing; all
 * whole blocks before that place have come.
 */
export async function * readBlockFiles (
  folder: string,
  from: FilePosition = { file: 0, offset: 0 }
): AsyncGenerator<StoredBytes, void, void> {
  const files = await listBlockFiles(folder)
  for (const [file, name] of files.entries()) {
    if (Number(FILE_NAME.exec(name)?.[1]) !== file) {
      throw new VerificationError('BLOCK_FILE_TORN', `Block file ${file} is missing from ${folder}`)
    }
    if (file < from.file) continue
    yield * readFile(join(folder, name), file, file === from.file ? from.offset : 0, file + 1 < files.length)
  }
}

async function listBlockFiles (folder: string): Promise<string[]> {
  let names: string[]
  try {
    names = (await readdir(folder)).filter((name) => FILE_NAME.test(name)).sort()
  } catch (error) {
    throw new VerificationError(
      'LEDGER_UNREADABLE',
      `${folder} cannot be read; name the folder with a peer's block files.`,
      { cause: error }
    )
  }
  if (names.length === 0) {
    throw new VerificationError(
      'LEDGER_UNREADABLE',
      `${folder} holds no block file; name the peer's folder ledgersData/chains/chains/CHANNEL.`
    )
  }
  return names
}

async function * readFile (path: string, file: number, start: number, hasNext: boolean): AsyncGenerator<StoredBytes, void, void> {
  const handle = await open(path)
  try {
    let offset = start
    let buffer: Uint8Array = new Uint8Array()
    for (;;) {
      const length = readLength(buffer, path, offset)
      const needed = length === undefined ? MAX_LENGTH_BYTES : length.end + length.value
      if (length === undefined || buffer.length < needed) {
        const more = await readMore(handle, buffer, offset, needed)
        if (more.length > buffer.length) { buffer = more; continue }
        if (buffer.length === 0) return
        throw torn(path, offset, hasNext ? 'the file ends within a block, yet another file follows' : 'the file ends within a block')
      }
      const next = { file, offset: offset + needed }
      yield { bytes: buffer.subarray(length.end, needed), at: { file, offset }, next }
      ;[buffer, offset] = [buffer.subarray(needed), next.offset]
    }
  } finally {
    await handle.close()
  }
}

/** The length before a block; a file system that lost its power may leave zeros. */
function readLength (buffer: Uint8Array, path: string, offset: number): ReturnType<typeof readVarint> {
  try {
    const length = readVarint(buffer.subarray(0, MAX_LENGTH_BYTES), 0)
    if (length === undefined || (length.value > 0 && length.value <= MAX_BLOCK_BYTES)) return length
    throw torn(path, offset, `a block of ${length.value} bytes`)
  } catch (error) {
    if (error instanceof BlockError) throw torn(path, offset, error.message)
    throw error
  }
}

async function readMore (handle: Awaited<ReturnType<typeof open>>, held: Uint8Array, offset: number, needed: number): Promise<Uint8Array> {
  const larger = new Uint8Array(Math.max(needed, READ_BYTES))
  larger.set(held)
  let filled = held.length
  while (filled < larger.length) {
    const { bytesRead } = await handle.read(larger, filled, larger.length - filled, offset + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return larger.subarray(0, filled)
}

function torn (path: string, offset: number, why: string): VerificationError {
  return new VerificationError('BLOCK_FILE_TORN', `${path} is damaged at byte ${offset}: ${why}`)
}
