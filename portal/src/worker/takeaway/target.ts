import { createSha256, toHex } from '@epione/crypto'
import { makeZip } from 'client-zip'
import { piecesOf } from '../pieces.ts'

/** What was written of a file. */
export interface Written { path: string, bytes: number, sha256: string }

/** Where everything of a person's goes: a folder that they chose, or one ZIP file. */
export interface Target {
  /** A file that is there already and whole, by its folder and name: it need not be fetched again. */
  find: (folder: string, isIt: (name: string) => boolean) => Promise<Written | undefined>
  /** Writes a file, whole or not at all. */
  write: (path: string, pieces: AsyncIterable<Uint8Array>) => Promise<Written>
  /** After the last file; the ZIP, where it is one. */
  end: () => Promise<Blob | undefined>
  /** Files (bytes) up to which whoever writes has all of one in memory, before it begins: what fails half-way would spoil a ZIP. */
  wholeUpTo: number | undefined
}

/** Largest file (bytes) of a ZIP: one that a page can hold. */
const ZIP_FILE_MAX_BYTES = 2 ** 28

/** A folder: a file stands under its name only when it is whole, so that what broke off goes on where it stopped. */
export function folderTarget (root: FileSystemDirectoryHandle): Target {
  return {
    wholeUpTo: undefined,
    find: async (folder, isIt) => {
      const place = await folderAt(root, folder.split('/'))
      for await (const [name, handle] of place.entries()) {
        if (handle.kind !== 'file' || !isIt(name)) continue
        const file = await handle.getFile()
        // One that was made and never closed has nothing.
        if (file.size > 0) return { path: `${folder}/${name}`, ...await sumOf(file) }
      }
      return undefined
    },
    write: async (path, pieces) => {
      const parts = path.split('/')
      const name = parts.pop() ?? ''
      const folder = await folderAt(root, parts)
      const writable = await (await folder.getFileHandle(name, { create: true })).createWritable()
      const sum = new Sum()
      try {
        for await (const piece of pieces) {
          sum.add(piece)
          await writable.write(piece as Uint8Array<ArrayBuffer>)
        }
      } catch (error) {
        await writable.abort()
        await folder.removeEntry(name)
        throw error
      }
      await writable.close()
      return { path, ...sum.end() }
    },
    end: () => Promise.resolve(undefined)
  }
}

async function folderAt (root: FileSystemDirectoryHandle, parts: readonly string[]): Promise<FileSystemDirectoryHandle> {
  let folder = root
  for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true })
  return folder
}

async function sumOf (file: File): Promise<Omit<Written, 'path'>> {
  const sum = new Sum()
  for await (const piece of piecesOf(file.stream())) sum.add(piece)
  return sum.end()
}

class Sum {
  readonly #hash = createSha256()
  #bytes = 0

  add (piece: Uint8Array): void {
    this.#hash.update(piece)
    this.#bytes += piece.length
  }

  end (): Omit<Written, 'path'> {
    return { bytes: this.#bytes, sha256: toHex(this.#hash.digest()) }
  }
}

interface ZipEntry { name: string, input: Uint8Array<ArrayBuffer>, lastModified: Date }

/** One ZIP file, made file by file; the browser keeps it until it is saved. */
export function zipTarget (time: Date): Target {
  const entries = new TransformStream<ZipEntry, ZipEntry>()
  const writer = entries.writable.getWriter()
  const made = new Response(makeZip(piecesOf(entries.readable))).blob()
  // It fails where it is waited for.
  made.catch(() => undefined)
  return {
    wholeUpTo: ZIP_FILE_MAX_BYTES,
    find: () => Promise.resolve(undefined),
    write: async (path, pieces) => {
      const [sum, kept]: [Sum, Uint8Array[]] = [new Sum(), []]
      for await (const piece of pieces) {
        sum.add(piece)
        kept.push(piece)
      }
      await writer.write({ name: path, input: await new Blob(kept as Array<Uint8Array<ArrayBuffer>>).bytes(), lastModified: time })
      return { path, ...sum.end() }
    },
    end: async () => {
      await writer.close()
      return await made
    }
  }
}
