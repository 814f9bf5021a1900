import { globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import t from 'tap'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const OURS = ['docs', 'host', 'crypto', 'protocol', 'ledger', 'chaincode', 'gateway', 'anchor', 'signals', 'client', 'sdk', 'cli', 'portal', 'network', 'test']
const KNOWN = new Set(
  globSync(OURS.map((folder) => `${folder}/**/*`), { cwd: ROOT, exclude: (path) => /(^|\/)(node_modules|dist)$/.test(path) })
)
const PAGES = [...KNOWN, ...globSync('*.md', { cwd: ROOT }), 'Makefile', 'eslint.config.js']
  .filter((path) => /\.(?:md|ts|sh|js)$|^Makefile$/.test(path) && statSync(join(ROOT, path)).isFile())

/** A path below a folder, as prose and comments write it: a file, a folder, or a test without its ending. */
const MENTION = new RegExp(`(?<![\\w/.@-])(?:${[...OURS, 'unit', 'integration'].join('|')})/[\\w./-]*\\w`, 'g')
/** What is no file of ours: made by a build or a run, or a resource of Fabric. */
const ELSEWHERE = /^[a-z]+\/dist\/|^gateway\/(?:tls\/|settings\.env$|CommitStatus$)/

const exists = (path: string): boolean => [path, `${path}.ts`, `${path}.test.ts`].some((each) => KNOWN.has(each))

/** From the root, beside the file that says it, in a workspace's `src`, or a test. */
function resolves (file: string, path: string): boolean {
  const [workspace = '', ...rest] = path.split('/')
  return [path, normalize(join(dirname(file), path)), [workspace, 'src', ...rest].join('/'), `test/${path}`].some(exists)
}

/** What people read, line by line: the whole of a page, the comments of a program. */
function prose (file: string): string[] {
  const lines = readFileSync(join(ROOT, file), 'utf8').split('\n')
  return file.endsWith('.md')
    ? lines
    : lines.map((line) => /(?:^\s*(?:\/?\*+|#)|\/\/|\/\*\*)(?<comment>.*)/.exec(line)?.groups?.['comment'] ?? '')
}

t.test('every path that a page or a comment names is there', (t) => {
  const mentions = PAGES.flatMap((file) => prose(file).flatMap((line, index) =>
    (line.match(MENTION) ?? []).map((path) => ({ at: `${file}:${index + 1}`, file, path }))))
  t.ok(mentions.length > 100, `${mentions.length} paths are named`)
  t.strictSame(mentions.filter(({ file, path }) => !ELSEWHERE.test(path) && !resolves(file, path)).map(({ at, path }) =>
    `${at} ${path}`), [])
  t.end()
})
