import { chmod, mkdtemp, readdir, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
/** Short: sockets lie below, and their paths have 100 bytes. */
const PREFIX = 'epione-'
const NEEDED_BYTES = 2 * 1024 ** 3

/** What tests run with, and what ends it. */
export interface TestEnvironment { env: NodeJS.ProcessEnv, end: () => Promise<void> }

/** Compiled code is kept between files and runs; not for a report on coverage, which is less exact with it. */
export function withCompileCache (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env['NODE_V8_COVERAGE'] === undefined ? { NODE_COMPILE_CACHE: join(process.cwd(), '.cache', 'compile'), ...env } : env
}

/** Temporary files in memory where the machine has room for them, since hundreds of small databases wait for the disk otherwise. */
export async function inMemory (env: NodeJS.ProcessEnv): Promise<TestEnvironment> {
  const room = await statfs(MEMORY).then(({ bavail, bsize }) => bavail * bsize, () => 0)
  if (room < NEEDED_BYTES) return { env, end: async () => {} }
  await removeLeftovers()
  const folder = await mkdtemp(join(MEMORY, `${PREFIX}${String(process.pid)}-`))
  // As the system's own: a database server runs as another account.
  await chmod(folder, 0o1777)
  return { env: { ...env, TMPDIR: folder }, end: async () => { await rm(folder, { recursive: true, force: true }) } }
}

/** Of runs that were killed. */
async function removeLeftovers (): Promise<void> {
  for (const name of await readdir(MEMORY)) {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length)) : undefined
    if (pid !== undefined && !isRunning(pid)) await rm(join(MEMORY, name), { recursive: true, force: true })
  }
}

function isRunning (pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
