import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { isErrno, readTextIfExists, replaceFile } from '../../host/src/index.ts'
import type { StatePaths } from '../description/paths.ts'
import type { Settings } from '../description/settings.ts'
import { isObject, parseJson } from '../host/json.ts'

/** The chaincode that members approved: its build, and the sequence of the definition that names it. */
export interface Release { sequence: number, build: string }

/** Code that runs: neither declarations and maps, which change without it, nor what the lockfile pins. */
const CODE = /\.(?:[cm]?js|json)$/
const NOT_OURS = ['node_modules', 'src']

/**
 * Hash (SHA-256, lowercase hex) of what a chaincode process runs: the name and content of every compiled file of ours, and the lockfile,
 * which pins everything else. Where the folders lie, and when they were made, does not count.
 */
export async function chaincodeBuild ({ projectDir, chaincodeDir }: Pick<Settings, 'projectDir' | 'chaincodeDir'>): Promise<string> {
  const folders: [string, string][] = [
    ['chaincode', chaincodeDir], ['protocol', join(projectDir, 'protocol')], ['crypto', join(projectDir, 'crypto')]
  ]
  const found = await Promise.all(folders.map(async ([name, folder]) =>
    (await listCode(folder)).map((file) => ({ name: `${name}/${relative(folder, file)}`, file }))))
  const hash = createHash('sha256')
  for (const { name, file } of [...found.flat(), { name: 'package-lock.json', file: join(projectDir, 'package-lock.json') }]) {
    hash.update(`${name}\0${createHash('sha256').update(await readFile(file)).digest('hex')}\n`)
  }
  return hash.digest('hex')
}

/** In an order that no file system decides. */
async function listCode (folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => a.name < b.name ? -1 : 1)
  const nested = await Promise.all(entries.map(async (entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return NOT_OURS.includes(entry.name) ? [] : await listCode(path)
    return CODE.test(entry.name) && !entry.name.startsWith('tsconfig') ? [path] : []
  }))
  return nested.flat()
}

/** What was approved last on this network; undefined before the first. */
export async function readRelease (paths: StatePaths): Promise<Release | undefined> {
  const value = parseJson(await readTextIfExists(paths.release).catch((error: unknown) => {
    if (isErrno(error, 'ENOTDIR')) return undefined
    throw error
  }) ?? '')
  if (!isObject(value) || typeof value['sequence'] !== 'number' || typeof value['build'] !== 'string') return undefined
  return { sequence: value['sequence'], build: value['build'] }
}

export async function writeRelease (paths: StatePaths, release: Release): Promise<void> {
  await replaceFile(paths.release, JSON.stringify(release) + '\n')
}

/** Two services of an organisation take turns, so that the next release already runs when its definition is committed. */
export const slotOf = ({ sequence }: Pick<Release, 'sequence'>): 0 | 1 => sequence % 2 === 1 ? 0 : 1
