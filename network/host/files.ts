import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Permission bits of a file that holds a secret. */
export const PRIVATE_MODE = 0o600
const PUBLIC_MODE = 0o644

/** Writes a whole file or nothing: under another name, synced, then renamed; makes the folder. */
export async function writeFileAtomic (file: string, data: string | Uint8Array, mode: number = PUBLIC_MODE): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const temporary = `${file}.${process.pid}.new`
  const handle = await open(temporary, 'w', mode)
  try {
    await handle.writeFile(data)
    await handle.sync()
  } catch (error) {
    await handle.close()
    await rm(temporary, { force: true })
    throw error
  }
  await handle.close()
  await rename(temporary, file)
  await syncPath(dirname(file))
}

/** Has a file, or the names of a folder, on the disk before it returns. */
export async function syncPath (path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The text of a file, or undefined when there is none. */
export async function readIfExists (file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    throw error
  }
}

/** Whether an error is a system error of the given code, such as ENOENT. */
export function isErrno (error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/** Whether a file or folder is there. */
export async function fileExists (file: string): Promise<boolean> {
  try {
    await access(file)
    return true
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ENOTDIR')) return false
    throw error
  }
}
