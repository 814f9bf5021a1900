import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'

/** As whom somebody comes in at the pages, which are patients'; where the phrase lies, not what it is. */
export function personForPages (root: string): string {
  const phrase = join(root, 'build', 'demo', 'patient', 'phrase')
  return existsSync(phrase)
    ? `patient: the phrase in ${relative(root, phrase)}`
    : 'patient: make a new phrase at the pages, or run "make demo" first, whose patient has records'
}
