import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AUDIT_QUESTIONS } from '@epione/protocol/api'
import type { AuditQuestion } from '@epione/protocol/api'

/**
 * Writes the table of auditors' questions into docs/audit.md, between its two markers.
 * Usage: node test/docs/questions.ts [--write]   (without --write it only says whether the page has drifted)
 */
const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'audit.md')
const [BEGIN, END] = ['<!-- questions: begin (node test/docs/questions.ts --write) -->', '<!-- questions: end -->']

function renderTable (): string {
  const rows = Object.entries<AuditQuestion>(AUDIT_QUESTIONS).map(([name, { asks, tells, operation, fixed, parameters }]) => {
    const query = Object.entries(fixed).map(([member, value]) => `${member}=${value}`).join('&')
    const narrowed = Object.entries(parameters).map(([parameter, need]) => need === 'needed' ? `**${parameter}**` : parameter)
    return `| \`${name}\` | ${asks} | ${tells} | \`${operation.method} ${operation.path}${query === '' ? '' : `?${query}`}\` | ${narrowed.join(', ')} |`
  })
  return ['| name | question | what is told | request | narrowed by (**needed**) |', '|---|---|---|---|---|', ...rows].join('\n')
}

export async function readPage (): Promise<string> {
  return await readFile(PAGE, 'utf8')
}

/** The page with the table as it should be. @throws {Error} when a marker is missing */
export async function renderPage (): Promise<string> {
  const page = await readPage()
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (from < 0 || to < from) throw new Error('docs/audit.md has lost the markers of its table of questions')
  return `${page.slice(0, from)}${BEGIN}\n${renderTable()}\n${page.slice(to)}`
}

if (import.meta.main) {
  const page = await renderPage()
  if (process.argv.includes('--write')) await writeFile(PAGE, page)
  else if (page !== await readPage()) {
    console.error('docs/audit.md has drifted: run node test/docs/questions.ts --write')
    process.exitCode = 1
  }
}
