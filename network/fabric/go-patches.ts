import { cp, copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NetworkError } from '../errors.ts'
import { readTextIfExists } from '../../host/src/index.ts'
import { runTool } from '../host/tool.ts'

/** A place in a pinned module's sources that is built otherwise. It must be there exactly once. */
interface SourcePatch { file: string, from: string, to: string, why: string }

/** Beside go.mod: what is built otherwise than released, and why. Only for faults that no release of the pinned line mends. */
const PATCHES_FILE = 'patches.json'
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000

/**
 * Copies a module's sources with its patches into `dir`; returns what `go install` needs in order to build from there, nothing
 * where nothing is patched. Throws `build-failed` when a place is not found: then the module has changed, and somebody must look.
 */
export async function preparePatched (
  moduleDir: string,
  goModule: string,
  dir: string,
  env: Readonly<Record<string, string>>
): Promise<string[]> {
  const patches = JSON.parse(await readPatchFile(moduleDir)) as SourcePatch[]
  if (patches.length === 0) return []
  const { stdout } = await runTool({
    command: 'go',
    args: ['mod', 'download', '-json', goModule],
    env,
    cwd: moduleDir,
    timeoutMs: DOWNLOAD_TIMEOUT_MS
  })
  const { Dir: released } = JSON.parse(stdout) as { Dir: string }
  const sources = join(dir, 'module')
  await cp(released, sources, { recursive: true })
  // Go keeps its modules read-only.
  await runTool({ command: 'chmod', args: ['-R', 'u+w', sources], env })
  for (const file of new Set(patches.map((patch) => patch.file))) {
    const path = join(sources, file)
    await writeFile(path, applyPatches(await readFile(path, 'utf8'), patches.filter((patch) => patch.file === file)))
  }
  const modfile = join(dir, 'go.mod')
  await writeFile(modfile, `${await readFile(join(moduleDir, 'go.mod'), 'utf8')}\nreplace ${goModule} => ${sources}\n`)
  await copyFile(join(moduleDir, 'go.sum'), join(dir, 'go.sum'))
  return [`-modfile=${modfile}`]
}

/** A source with its patches. Throws `build-failed`. */
export function applyPatches (source: string, patches: readonly SourcePatch[]): string {
  return patches.reduce((text, { file, from, to }) => {
    const parts = text.split(from)
    if (parts.length !== 2) {
      throw new NetworkError(
        'build-failed',
        `${file} has ${String(parts.length - 1)} places to patch where 1 is due: look at ${PATCHES_FILE}`
      )
    }
    return parts.join(to)
  }, source)
}

/** The text of a module's patches, an empty list where it has none. */
export async function readPatchFile (moduleDir: string): Promise<string> {
  return await readTextIfExists(join(moduleDir, PATCHES_FILE)) ?? '[]'
}
