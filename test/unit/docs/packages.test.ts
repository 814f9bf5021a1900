import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'

/** External packages that may come onto the device of a patient who installs the `epione` command. */
const DEVICE_MAX = 190
const ROOT = join(import.meta.dirname, '..', '..', '..')

interface Locked { link?: boolean, resolved?: string, dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }

/** Where the package at `path` finds `name`: beside itself or above, as Node looks. */
function locate (path: string, name: string): string | undefined {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const candidate = `${at === '' ? '' : `${at}/`}node_modules/${name}`
    if (candidate in packages) return candidate
    if (at === '') return undefined
  }
}

/** Every package that an install of the workspace brings, optional ones too, its own workspaces left out. */
function installedWith (workspace: string): Set<string> {
  const [found, seen] = [new Set<string>(), new Set<string>()]
  const visit = (path: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    const locked = packages[path]
    if (locked?.link === true) {
      visit(locked.resolved ?? '')
      return
    }
    if (path.includes('node_modules/')) found.add(path)
    for (const name of Object.keys({ ...locked?.dependencies, ...locked?.optionalDependencies })) {
      const next = locate(path, name)
      if (next !== undefined) visit(next)
    }
  }
  visit(workspace)
  return found
}

t.test('a patient\'s device installs few packages, and nothing of a server', (t) => {
  const installed = installedWith('cli')
  t.comment(`cli: ${installed.size} external packages, sdk: ${installedWith('sdk').size}, gateway: ${installedWith('gateway').size}`)
  t.ok(installed.size > 20, 'the lockfile was read')
  t.ok(installed.size <= DEVICE_MAX, `${installed.size} packages`)
  for (const server of [
    'fastify', 'fabric-network', 'fabric-shim', 'pg', 'kysely'
  ]) t.notOk(installed.has(`node_modules/${server}`), server)
  t.end()
})
