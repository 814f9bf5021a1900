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
const WORKSPACES = ['crypto', 'ledger', 'chaincode', 'gateway', 'anchor', 'client']
const PACKAGES: Record<string, string> = {
  '@epione/crypto': 'crypto',
  '@epione/crypto/cid': 'crypto',
  '@epione/ledger/blocks': 'ledger/blocks',
  '@epione/chaincode': 'chaincode/contracts',
  '@epione/chaincode/model': 'chaincode/model',
  '@epione/chaincode/verify': 'chaincode/verify',
  '@epione/chaincode/client': 'chaincode/client',
  '@epione/gateway': 'gateway',
  '@epione/gateway/fabric': 'gateway/fabric',
  '@epione/anchor/contract': 'anchor',
  '@epione/anchor/verify': 'anchor/verify',
  '@epione/anchor/ledger': 'anchor/ledger',
  '@epione/client': 'client'
}

/** Folders of a workspace that others import by a path of their own, each a module of the graph; the rest is the workspace. */
const SUBMODULES = ['ledger/blocks', 'chaincode/model', 'chaincode/verify', 'chaincode/client', 'chaincode/contracts', 'gateway/fabric', 'anchor/verify', 'anchor/ledger']

/** The module that a source file belongs to: chaincode's shared error class is one of its own, its index is the contracts'. */
function moduleOf (file: string): string {
  const [workspace = '', , entry = ''] = file.split('/')
  const folder = `${workspace}/${entry}`
  if (SUBMODULES.includes(folder)) return folder
  if (workspace !== 'chaincode') return workspace
  return entry.startsWith('errors.') ? 'chaincode/errors' : 'chaincode/contracts'
}

function targetOf (file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return moduleOf(relative(ROOT, join(ROOT, dirname(file), specifier)))
  return PACKAGES[specifier]
}

async function collectEdges (): Promise<Map<string, Set<string>>> {
  const edges = new Map<string, Set<string>>()
  const patterns = [...WORKSPACES.map((w) => `${w}/src/**/*.ts`), 'network/**/*.ts']
  for await (const file of glob(patterns, { cwd: ROOT })) {
    const from = moduleOf(file)
    const targets = edges.get(from) ?? new Set<string>()
    edges.set(from, targets)
    const { importedFiles } = ts.preProcessFile(await readFile(join(ROOT, file), 'utf8'))
    for (const { fileName } of importedFiles) {
      const to = targetOf(file, fileName)
      if (to !== undefined && to !== from) targets.add(to)
    }
  }
  return edges
}

export async function drawImportGraph (): Promise<string> {
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
