import type { RecordReader } from '@epione/protocol'
import { PURPOSE_WORDS, RULE_WORDS } from './rule-words.ts'

/** What the person of a consent would get, in one sentence for the patient or an auditor. */
export function describeReader (reader: RecordReader): string {
  const { mspId, staffId, purpose, seen, reasons, permitted = [] } = reader
  const certified = seen === undefined ? '' : ` (${seen.role ?? 'no role'}${seen.department === undefined ? '' : `, ${seen.department}`})`
  const who = `${staffId} of ${mspId}${certified}`
  const why = PURPOSE_WORDS[purpose] ?? `for ${purpose}`
  switch (reader.outcome) {
    case 'permit': return `${who} can read it ${why}.`
    case 'unable': return `${who} cannot ask: no key of theirs is in force.`
    case 'deny': return `${who} cannot read it ${why}: ${reasons.map(({ rule }) => RULE_WORDS[rule].patient).join(' ')}`
    case 'depends': return `${who}, who never asked for anything, can read it ${why} if certified ${permitted.map(describeClass).join(', or ')}.`
  }
}

function describeClass ({ roles, departments }: NonNullable<RecordReader['permitted']>[number]): string {
  return `as ${roles.map((role) => role === '-' ? 'no role' : role).join(' or ')} ${describeDepartments(departments)}`
}

function describeDepartments (departments: readonly string[]): string {
  const named = departments.filter((department) => department !== '*' && department !== '-')
  const others = [...(departments.includes('*') ? ['any other department'] : []), ...(departments.includes('-') ? ['no department'] : [])]
  return `in ${[...named, ...others].join(' or ')}`
}
