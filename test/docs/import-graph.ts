import { glob, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'

/**
 * Draws the import graph of our modules into docs/architecture.md, between its two markers.
 * Usage: node test/docs/import-graph.ts [--write]   (without --write it only says whether the page has drifted)
 */
const ROOT = join(import.meta.dirname, '..', '..')
const PAGE = join(ROOT, 'docs', 'architecture.md')
const BEGIN = '<!-- import graph: begin (node test/docs/import-graph.ts --write) -->'
const END = '<!-- import graph: end -->'
const { workspaces: WORKSPACES } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { workspaces: string[] }
const SOURCES = [...WORKSPACES.map((workspace) => `${workspace}/src/**/*.{ts,tsx}`), 'network/**/*.ts']

/** Rooms of `ledger` are imported one by one, and each is a module of the graph; every other workspace is one. */
function moduleOf (file: string): string {
  const [workspace = '', , room = ''] = file.split('/')
  return workspace !== 'ledger' ? workspace : room.endsWith('.ts') ? 'ledger' : `ledger/${room}`
}

function targetOf (file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return moduleOf(relative(ROOT, join(ROOT, dirname(file), specifier)))
  const [, workspace, room] = /^@epione\/([a-z-]+)(?:\/([a-z-]+))?$/.exec(specifier) ?? []
  return workspace === 'ledger' ? `ledger/${room ?? ''}` : workspace
}

/** Files of ours that each file imports, types included. */
async function collectImports (): Promise<Map<string, string[]>> {
  const imports = new Map<string, string[]>()
  for await (const file of glob(SOURCES, { cwd: ROOT })) {
    const { importedFiles } = ts.preProcessFile(await readFile(join(ROOT, file), 'utf8'))
    imports.set(file, importedFiles.map(({ fileName }) => fileName))
  }
  return imports
}

/** Files that import each other in a loop, types included: each loop by its files, in the order in which they lead back. */
export async function findCircles (): Promise<string[][]> {
  const imports = await collectImports()
  const circles: string[][] = []
  const left = new Set<string>()
  const walk = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file)
    if (start >= 0) circles.push(path.slice(start))
    if (start >= 0 || left.has(file)) return
    for (const specifier of imports.get(file) ?? []) if (specifier.startsWith('.')) walk(join(dirname(file), specifier), [...path, file])
    left.add(file)
  }
  for (const file of imports.keys()) walk(file, [])
  return circles
}

/** Modules that each module imports. */
export async function collectEdges (): Promise<Map<string, Set<string>>> {
  const edges = new Map<string, Set<string>>()
  for (const [file, specifiers] of await collectImports()) {
    const from = moduleOf(file)
    const targets = edges.get(from) ?? new Set<string>()
    edges.set(from, targets)
    for (const specifier of specifiers) {
      const to = targetOf(file, specifier)
      if (to !== undefined && to !== from) targets.add(to)
    }
  }
  return edges
}

async function drawImportGraph (): Promise<string> {
  const edges = await collectEdges()
  const node = (name: string): string => `${name.replaceAll(/[^a-z0-9]/gi, '_')}["${name}"]`
  const lines = [...edges].sort(([a], [b]) => a < b ? -1 : 1).flatMap(([from, targets]) =>
    targets.size === 0 ? [`  ${node(from)}`] : [...targets].sort().map((to) => `  ${node(from)} --> ${node(to)}`))
  return ['```mermaid', 'flowchart LR', ...lines, '```'].join('\n')
}

/** The page as it should be now. @throws {Error} when the markers are missing. */
export async function renderPage (page: string): Promise<string> {
  const begin = page.indexOf(BEGIN)
  const end = page.indexOf(END)
  if (begin < 0 || end < begin) throw new Error(`docs/architecture.md lacks the markers ${BEGIN} and ${END}`)
  return `${page.slice(0, begin + BEGIN.length)}\n${await drawImportGraph()}\n${page.slice(end)}`
}

export const readPage = async (): Promise<string> => await readFile(PAGE, 'utf8')

if (import.meta.main) {
  const page = await readPage()
  const fresh = await renderPage(page)
  if (process.argv.includes('--write')) await writeFile(PAGE, fresh)
  else if (fresh !== page) {
    console.error('docs/architecture.md has drifted: run `node test/docs/import-graph.ts --write`')
    process.exitCode = 1
  }
}
