import { createHash } from 'node:crypto'
import { access, constants, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { messageOf, NetworkError } from '../errors.ts'
import { preparePatched, readPatchFile } from './go-patches.ts'
import { report } from '../host/logger.ts'
import type { Settings } from '../description/settings.ts'
import { runTool } from '../host/tool.ts'

/** A set of programs of one release: all are built from the pinned module, or all are taken from PATH. */
interface ToolSet {
  title: string
  tools: readonly string[]
  /** Asks this tool for its version. */
  probe: readonly [tool: string, ...args: string[]]
  fits: RegExp
  /** Folder below network/go with the pinned module. */
  module: 'fabric' | 'fabric-ca' | 'kubo'
  /** Its path. */
  goModule: string
  /** Linker variable that holds the version, and what the pinned module is. */
  versionVariable: string
  version: string
}

const FABRIC: ToolSet = {
  title: 'Fabric 2.5',
  tools: ['peer', 'orderer', 'configtxgen'],
  probe: ['peer', 'version'],
  fits: /Version: v?2\.5\.\d+/,
  module: 'fabric',
  goModule: 'github.com/hyperledger/fabric',
  versionVariable: 'github.com/hyperledger/fabric/common/metadata.Version',
  version: 'v2.5.0'
}

const FABRIC_CA: ToolSet = {
  title: 'Fabric CA 1.5',
  tools: ['fabric-ca-server', 'fabric-ca-client'],
  probe: ['fabric-ca-server', 'version'],
  fits: /Version: v?1\.5\.\d+/,
  module: 'fabric-ca',
  goModule: 'github.com/hyperledger/fabric-ca',
  versionVariable: 'github.com/hyperledger/fabric-ca/lib/metadata.Version',
  version: 'v1.5.15'
}

/** For hospitals that share contents by IPFS: never built unless somebody asks for it. */
const KUBO: ToolSet = {
  title: 'Kubo 0.42',
  tools: ['ipfs'],
  probe: ['ipfs', 'version'],
  fits: /ipfs version 0\.42\./,
  module: 'kubo',
  goModule: 'github.com/ipfs/kubo',
  versionVariable: 'github.com/ipfs/kubo.buildOrigin',
  version: 'v0.42.0'
}

const TOOL_SETS = [FABRIC, FABRIC_CA]
/** The Go that the pinned modules ask for. */
export const GO_VERSION = '1.26'
const HASH_LENGTH = 16
const BUILD_TIMEOUT_MS = 30 * 60_000
const PROGRESS_INTERVAL_MS = 10_000
/** A shell's exit code. */
const COMMAND_NOT_FOUND = 127

/** Folders of the programs that a network runs. */
export interface Binaries { fabric: string, fabricCa: string }

/**
 * Finds the binaries, those built from the pinned modules before those on PATH whose version fits: the pinned ones carry
 * patched libraries, and stay the same whatever PATH a shell has. Undefined entries would have to be built.
 */
export async function findBinaries (settings: Settings): Promise<{ fabric: string | undefined, fabricCa: string | undefined }> {
  const [fabric, fabricCa] = await Promise.all(TOOL_SETS.map(async (set) => await findSet(set, settings)))
  return { fabric, fabricCa }
}

/** Finds the binaries and builds those that are missing, from pinned Go modules into the cache. Throws `tool-missing`, `build-failed`. */
export async function ensureBinaries (settings: Settings): Promise<Binaries> {
  const dirs: string[] = []
  for (const set of TOOL_SETS) dirs.push(await findSet(set, settings) ?? await buildSet(set, settings))
  const [fabric = '', fabricCa = ''] = dirs
  return { fabric, fabricCa }
}

/** The `ipfs` program, built when it is not there. Throws `tool-missing`, `build-failed`. */
export async function ensureIpfs (settings: Settings): Promise<string> {
  return join(await findSet(KUBO, settings) ?? await buildSet(KUBO, settings), 'ipfs')
}

/** The same where it is there already. */
export async function findIpfs (settings: Settings): Promise<string | undefined> {
  const folder = await findSet(KUBO, settings)
  return folder === undefined ? undefined : join(folder, 'ipfs')
}

async function findSet (set: ToolSet, settings: Settings): Promise<string | undefined> {
  for (const dir of [await builtBin(set.module, settings), ...settings.searchPath.split(delimiter).filter((entry) => entry !== '')]) {
    if (await hasAll(set, dir) && await versionFits(set, dir)) return dir
  }
  return undefined
}

async function hasAll (set: ToolSet, dir: string): Promise<boolean> {
  const found = await Promise.allSettled(set.tools.map(async (tool) => await access(join(dir, tool), constants.X_OK)))
  return found.every((result) => result.status === 'fulfilled')
}

async function versionFits (set: ToolSet, dir: string): Promise<boolean> {
  const [tool, ...args] = set.probe
  try {
    // Kubo asks where its repository is before it says its version.
    const { stdout } = await runTool({ command: join(dir, tool), args, env: { HOME: dir } })
    return set.fits.test(stdout)
  } catch (error) {
    report(`${join(dir, tool)} is left aside: ${messageOf(error)}`)
    return false
  }
}

async function buildSet (set: ToolSet, settings: Settings): Promise<string> {
  const bin = await builtBin(set.module, settings)
  const made = `${bin}.${process.pid}.new`
  const sources = `${made}.sources`
  await mkdir(made, { recursive: true })
  await mkdir(sources, { recursive: true })
  report(`${set.title} is not on PATH: building ${set.version} once from its Go module into ${bin} (some minutes)`)
  const environment = { ...process.env as Record<string, string>, GOBIN: made }
  const cwd = moduleDir(set.module, settings)
  let steps = 0
  let last = ''
  const progress = setInterval(
    () => report(`  still building ${set.title}${last === '' ? '' : `: ${steps} steps so far, last ${last}`}`),
    PROGRESS_INTERVAL_MS
  )
  try {
    const patched = await preparePatched(cwd, set.goModule, sources, environment)
    // -v names each package as it is compiled; modules are named as they are fetched.
    await runTool({
      command: goScript(settings),
      // Without the tables for debuggers, which take the linker a third of its time.
      args: ['install', '-v', ...patched, `-ldflags=-s -w -X ${set.versionVariable}=${set.version}`, 'tool'],
      env: environment,
      cwd,
      timeoutMs: BUILD_TIMEOUT_MS,
      onLine: (line) => {
        steps += 1
        last = line.trim()
      }
    })
  } catch (cause) {
    await rm(made, { recursive: true, force: true })
    const missing = messageOf(cause).includes('ENOENT') || messageOf(cause).includes(`exit code ${COMMAND_NOT_FOUND}`)
    throw new NetworkError(missing
      ? 'tool-missing'
      : 'build-failed', missing ? `${set.title} must be built, and go is not on PATH` : messageOf(cause), {
      advice: `Install Go ${GO_VERSION} or newer, or put ${set.tools.join(', ')} of release ${set.version} on PATH.`, cause
    })
  } finally {
    clearInterval(progress)
    await rm(sources, { recursive: true, force: true })
  }
  if (!await hasAll(set, made) || !await versionFits(set, made)) {
    throw new NetworkError('build-failed', `the build of ${set.title} left no working binaries in ${made}`)
  }
  await rm(bin, { recursive: true, force: true })
  await rename(made, bin)
  report(`${set.title} built`)
  return bin
}

function moduleDir (module: ToolSet['module'], { projectDir }: Settings): string {
  return join(projectDir, 'network', 'go', module)
}

function goScript ({ projectDir }: Settings): string {
  return join(projectDir, 'network', 'go', 'go.sh')
}

/** Folder of what is built: its name changes with any version in the pinned module, patch and setting, so that no build outlives them. */
export async function builtBin (module: ToolSet['module'], settings: Settings): Promise<string> {
  const hash = createHash('sha256')
  const dir = moduleDir(module, settings)
  for (const file of ['go.mod', 'go.sum']) hash.update(await readFile(join(dir, file)))
  hash.update(await readPatchFile(dir))
  hash.update(await readFile(goScript(settings)))
  return join(settings.cacheDir, 'bin', `${module}-${hash.digest('hex').slice(0, HASH_LENGTH)}`)
}
