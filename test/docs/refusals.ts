import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Every code that something is refused with, and the test files that name it.
 * Usage: node test/docs/refusals.ts   (prints the table; it ends with 1 where a code is in no test)
 */
const ROOT = join(import.meta.dirname, '..', '..')

/** Where the closed unions stand: what they are of, the file, and how the declaration begins. */
const UNIONS = [
  ['transactions', 'protocol/src/shapes/codes.ts', 'export const LEDGER_ERROR_CODES'],
  ['decisions', 'protocol/src/shapes/codes.ts', 'export const DECISION_RULES'],
  ['judges of statements', 'protocol/src/verify/refusal.ts', 'export const REFUSAL_CODES'],
  ['judges of an own peer\'s state', 'gateway/src/judge.ts', 'type StateRule'],
  ['gateways', 'gateway/src/errors.ts', 'export const GATEWAY_STATUS'],
  ['clients', 'sdk/src/errors.ts', 'const CODE_EXITS'],
  ['cryptography', 'crypto/src/errors.ts', 'export type CryptoErrorCode'],
  ['answers of proxies', 'crypto/src/judge-answer.ts', 'export const ANSWER_FAULTS'],
  ['proofs and audits', 'ledger/src/errors.ts', 'export type VerificationErrorCode'],
  ['blocks', 'ledger/src/blocks/errors.ts', 'export type BlockErrorCode'],
  ['anchor services', 'anchor/src/errors.ts', 'export type AnchorErrorCode'],
  ['measurements', 'signals/src/errors.ts', 'export type SignalErrorCode'],
  ['contents of windows', 'protocol/src/streams/stream-error.ts', 'export type StreamErrorCode'],
  ['runs of sync', 'sync/src/errors.ts', 'export type SyncErrorCode'],
  ['things that sync leaves', 'sync/src/errors.ts', 'export type Reason'],
  ['verbs of the network', 'network/errors.ts', 'export type NetworkErrorCode']
] as const

/** Where a test sees the sentence, and no code: what it asserts of it. */
const SENTENCES: Readonly<Record<string, string>> = {
  'port-taken': 'is taken by another program',
  'record.order': 'did not end version'
}

/** Decisions that permit. */
const PERMITS: readonly string[] = ['policy.role-may-act', 'consent.grants', 'emergency.opens', 'emergency.within']

export interface RefusalRow { of: string, code: string, tests: string[] }

/** The codes of each union in the order in which they stand there, each with the tests that name it. */
export async function listRefusals (): Promise<RefusalRow[]> {
  const tests = await readTests()
  const rows = await Promise.all(UNIONS.map(async ([of, file, start]) => {
    const members = membersOf(await readFile(join(ROOT, file), 'utf8'), start)
    if (members.length === 0) throw new Error(`${file} has no "${start}" with members`)
    return members.filter(({ code }) => !PERMITS.includes(code)).map(({ code, names }) =>
      ({ of, code, tests: tests.filter(({ text }) => names.test(text)).map(({ path }) => path) }))
  }))
  return rows.flat()
}

/** What a declaration lists, and how a test names it: by its text, or by its key in the list of rules. */
function membersOf (source: string, start: string): { code: string, names: RegExp }[] {
  const at = source.indexOf(start)
  const [head = '', ...lines] = at < 0 ? [] : source.slice(at).split('\n')
  const end = lines.findIndex((line) => /^\S/.test(line))
  const listed = [head, ...lines.slice(0, end)].filter((line) => !/^\s*(?:\/?\*|\/\/)/.test(line))
  return listed.flatMap((line) => {
    const [, key, rule] = /^\s+(\w+): '([a-z.-]+)'/.exec(line) ?? []
    if (key !== undefined && rule !== undefined) return [{ code: rule, names: new RegExp(`['"\`]${rule}|(?:DECISION_RULES|\\bR)\\.${key}\\b`) }]
    const [, named] = /^\s+([A-Z][A-Z0-9_]+): /.exec(line) ?? []
    const codes = named === undefined ? [...line.matchAll(/'([A-Za-z][\w.-]+)'/g)].map(([, code = '']) => code) : [named]
    return codes.map((code) => ({ code, names: new RegExp(SENTENCES[code] ?? `\\b${code}\\b`) }))
  })
}

/** Tests and what they share; comments are none. */
async function readTests (): Promise<{ path: string, text: string }[]> {
  const folders = ['test/unit', 'test/integration', 'test/helpers/contract-suite', 'test/vectors']
  const found = await Promise.all(folders.map(async (folder) =>
    (await readdir(join(ROOT, folder), { recursive: true })).filter((name) => name.endsWith('.ts')).map((name) => join(folder, name))))
  return await Promise.all(found.flat().sort().map(async (path) =>
    ({ path, text: (await readFile(join(ROOT, path), 'utf8')).replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/\/\/ .*/g, '') })))
}

if (import.meta.main) {
  const rows = await listRefusals()
  const short = (tests: string[]): string => tests.length > 3 ? `${tests.slice(0, 3).join(', ')} and ${tests.length - 3} more` : tests.join(', ')
  console.log('| of | code | tests |\n|---|---|---|')
  for (const { of, code, tests } of rows) console.log(`| ${of} | \`${code}\` | ${tests.length === 0 ? '**none**' : short(tests)} |`)
  const bare = rows.filter(({ tests }) => tests.length === 0)
  console.error(`${rows.length} codes, ${bare.length} in no test: ${bare.map(({ code }) => code).join(', ')}`)
  if (bare.length > 0) process.exitCode = 1
}
