import { open } from 'node:fs/promises'
import { relative } from 'node:path'
import { Left, requireLeft } from '../errors.ts'
import type { Bytes, Marks, Source, Told } from '../source.ts'
import { keyOf } from '../source.ts'
import { isDicom, readDicom } from './dicom.ts'
import type { ReadAt } from './dicom.ts'
import { filesBelow } from './folder.ts'
import { asUnreadable } from './unreadable.ts'

export interface DicomFolderOptions {
  readonly folder: string
  /** The folder holds all there is: what is gone from it was deleted. */
  readonly complete?: boolean
}

const PIECE_BYTES = 1024 * 1024

/** Files of DICOM below a folder, each an instance by its SOPInstanceUID; others are passed over. */
export class DicomFolderSource implements Source {
  readonly isComplete: boolean
  readonly #folder: string

  constructor ({ folder, complete }: DicomFolderOptions) {
    this.#folder = folder
    this.isComplete = complete === true
  }

  async * tell (_marks: Marks): AsyncGenerator<Told> {
    for await (const path of filesBelow(this.#folder)) {
      try {
        yield await readFile(path)
      } catch (error) {
        yield { kind: 'fault', left: requireLeft(asUnreadable(error)), what: relative(this.#folder, path) }
      }
    }
  }
}

async function readFile (path: string): Promise<Told> {
  const file = await open(path)
  try {
    const { size, mtimeMs } = await file.stat()
    const readAt: ReadAt = async (offset, length) => {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, offset)
      return buffer.subarray(0, bytesRead)
    }
    if (!isDicom(await readAt(0, 132))) {
      // One that says that it is may be what is missing.
      if (/\.dcm$/i.test(path)) throw new Left('DICOM_INVALID', 'it is no file of DICOM (Part 10), as its name says')
      return { kind: 'skipped', type: 'file that is no DICOM' }
    }
    const { instance, patient } = await readDicom(readAt, size)
    return { kind: 'bytes', key: keyOf('dicom', instance), bytes: bytesOf(path, { size, mtimeMs }), patient }
  } finally {
    await file.close()
  }
}

/** What was looked at is what is sealed: a file that changed meanwhile is left for the next run. */
function bytesOf (path: string, before: { size: number, mtimeMs: number }): Bytes {
  return {
    read: async function * () {
      const file = await open(path)
      try {
        for (let offset = 0; ;) {
          const { bytesRead, buffer } = await file.read(Buffer.alloc(PIECE_BYTES), 0, PIECE_BYTES, offset)
          if (bytesRead === 0) break
          yield buffer.subarray(0, bytesRead)
          offset += bytesRead
        }
        const { size, mtimeMs } = await file.stat()
        if (size !== before.size || mtimeMs !== before.mtimeMs) throw new Left('FILE_CHANGED', `${path} changed while it was read`)
      } finally {
        await file.close()
      }
    }
  }
}
