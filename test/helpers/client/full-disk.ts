import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'

export interface FullDisk { folder: string, makeRoom: () => Promise<void> }

/**
 * A folder on a disk that is full: a small file system of its own where this process may mount one, else the files of this process
 * take half of what is written and then say what a full disk says. `files` lie there before.
 */
export async function fullDisk (t: Test, files: Readonly<Record<string, string>> = {}): Promise<FullDisk> {
  const folder = mkdtempSync(join(tmpdir(), 'full-disk-'))
  t.teardown(() => { rmSync(folder, { recursive: true }) })
  const isMounted = mount(t, folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return isMounted ? fill(folder) : await pretend(t, folder)
}

function mount (t: Test, folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=700', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return false
  }
  // Before the folder itself goes: what was registered last is done first.
  t.teardown(() => { execFileSync('umount', [folder]) })
  return true
}

function fill (folder: string): FullDisk {
  const filler = join(folder, 'filler')
  try {
    writeFileSync(filler, Buffer.alloc(1024 * 1024))
    throw new Error('the disk is larger than it should be')
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOSPC') throw error
  }
  return { folder, makeRoom: async () => { await rm(filler) } }
}

async function pretend (t: Test, folder: string): Promise<FullDisk> {
  const probe = await open(join(folder, 'probe'), 'w')
  const files = Object.getPrototypeOf(probe) as Pick<FileHandle, 'writeFile'>
  await probe.close()
  await rm(join(folder, 'probe'))
  const { writeFile } = files
  const makeRoom = (): void => { files.writeFile = writeFile }
  files.writeFile = async function (this: FileHandle, data) {
    await writeFile.call(this, data)
    await this.truncate(Math.floor((await this.stat()).size / 2))
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28, syscall: 'write' })
  }
  t.teardown(makeRoom)
  return { folder, makeRoom: async () => { makeRoom(); await Promise.resolve() } }
}
