import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Runs the unit tests and prints, as its last line, the percentage of the sources' lines that they ran. A figure to look at: no
 * threshold fails on it. The whole report is in build/coverage.
 * Usage: node test/coverage.ts [part of a file name ...]
 */
const ROOT = join(import.meta.dirname, '..')
const REPORT = join(ROOT, 'build', 'coverage')
const WORKSPACES = ['host', 'crypto', 'protocol', 'ledger', 'chaincode', 'gateway', 'anchor', 'signals', 'sdk', 'cli']

interface Summary { total: { lines: { covered: number, total: number, pct: number } } }

const { status } = spawnSync(process.execPath, [
  join(ROOT, 'node_modules', 'c8', 'bin', 'c8.js'),
  '--all', '--exclude-after-remap', '--merge-async',
  ...WORKSPACES.flatMap((workspace) => ['--src', workspace, '--include', `${workspace}/src/**`]), '--include', 'network/**/*.ts',
  '--reporter', 'json-summary', '--reporter', 'html', '--reports-dir', REPORT, '--temp-directory', join(ROOT, '.cache', 'coverage'),
  process.execPath, join(ROOT, 'test', 'run.ts'), 'unit', ...process.argv.slice(2)
], { cwd: ROOT, stdio: 'inherit' })

const { total: { lines } } = JSON.parse(await readFile(join(REPORT, 'coverage-summary.json'), 'utf8')) as Summary
console.log(`${lines.pct} % of ${lines.total} lines`)
process.exitCode = status ?? 1
