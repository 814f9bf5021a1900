import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Operation } from '@epione/protocol/api'
import { createOperationList } from '../../gateway/src/admin/openapi.ts'
import { PROBLEMS, problemsOf } from '../../gateway/src/problems/catalogue.ts'
import type { Problem } from '../../gateway/src/problems/catalogue.ts'

/**
 * Makes docs/problems.md of the texts that stand beside the codes, and of the operations that are served.
 * Usage: node test/docs/problems.ts [--write]   (without --write it only says whether the page has drifted)
 */
const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'problems.md')
/** More than so many operations are told by what they have in common. */
const NAMED_MAX = 16
/** Where a problem is, in words; what is not here is a tag. */
const TRAITS: Readonly<Record<string, string>> = {
  all: 'all',
  staff: 'calls with a token',
  session: 'calls with a session',
  gateway: 'between gateways',
  body: 'with a body',
  statement: 'with a signed statement',
  up: 'that take bytes',
  down: 'that give bytes',
  paged: 'in pages',
  idempotent: 'that take an `Idempotency-Key`',
  writes: 'that write to the ledger'
}

/** What docs/problems.md has to say. */
export async function renderPage (): Promise<string> {
  const operations = await createOperationList()
  const rows = PROBLEMS.map((problem) => {
    const { code, statuses, means, todo } = problem
    return `| \`${code}\` | ${statuses.join(', ')} | ${means} | ${todo} | ${whereOf(problem, operations)} |`
  })
  return `# Problem codes

Every refusal and failure of a gateway is a problem document (RFC 9457, \`application/problem+json\`): \`code\` is one of these and stable,
\`detail\` says it for this request, \`instance\` is the id under which the gateway's log has it. The API document names at each operation
which of them it may answer; a gateway logs a warning for one that it does not name.
Generated from \`gateway/src/problems\` by \`node test/docs/problems.ts --write\`; a test fails when it has drifted.

| code | status | what it means | what to do | operations |
|---|---|---|---|---|
${rows.join('\n')}
`
}

function whereOf (problem: Problem, operations: readonly Operation[]): string {
  if (problem.at.includes('all')) return 'all'
  const named = operations.filter((operation) => [...problemsOf(operation).values()].some((problems) => problems.includes(problem)))
  if (named.length <= NAMED_MAX) return named.map(({ id }) => id).sort().join(', ')
  return problem.at.map((trait) => TRAITS[trait] ?? `of "${trait}"`).join('; ')
}

export const readPage = async (): Promise<string> => await readFile(PAGE, 'utf8')

if (import.meta.main) {
  const page = await renderPage()
  if (process.argv.includes('--write')) await writeFile(PAGE, page)
  else if (page !== await readPage()) {
    console.error('docs/problems.md has drifted: node test/docs/problems.ts --write')
    process.exitCode = 1
  }
}
