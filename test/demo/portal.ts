import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { peopleForPages } from './pages.ts'

/**
 * Serves the pages of the running network to the browser of whoever tries it, and says as whom of the demo they can come in. Ends with
 * Ctrl-C. Usage: node test/demo/portal.ts [OPTION OF epione portal ...]
 */
const ROOT = join(import.meta.dirname, '..', '..')
const stateDir = process.env['EPIONE_STATE'] ?? join(ROOT, '.state')
const networkFile = join(stateDir, 'network.json')
if (!existsSync(networkFile)) {
  console.error('No network was brought up here: run "make up" first, or "make demo", which brings people and records, too.')
  process.exit(1)
}
const anchor = join(stateDir, 'anchor.json')
console.log(peopleForPages(ROOT, stateDir))
const child = spawn(process.execPath, [
  join(ROOT, 'cli', 'bin', 'epione.js'), 'portal', '--network', networkFile, '--home', join(stateDir, 'portal'),
  ...(existsSync(anchor) ? ['--anchor', anchor] : []), ...process.argv.slice(2)
], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => { child.kill(signal) })
const [code] = await once(child, 'close') as [number | null]
process.exitCode = code ?? 1
