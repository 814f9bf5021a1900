import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'

interface Place { root: string, stateDir: string, organizations: ReadonlyArray<{ id: string, name: string }> }

/** As whom somebody comes in at the pages of a local network: where phrases and passwords of its people lie, none of them said. */
export function peopleForPages ({ root, stateDir, organizations }: Place): string[] {
  const phrases = ['patient', 'author', 'reader'].flatMap((who) => {
    const file = join(root, 'build', 'demo', who, 'phrase')
    return existsSync(file) ? [`${who}: the phrase in ${relative(root, file)}`] : []
  })
  const staff = organizations.flatMap(({ id, name }) => {
    const file = join(stateDir, 'organizations', id, 'identity', 'passwords.json')
    return existsSync(file) ? [`staff of ${name}: names and passwords in ${relative(root, file)}`] : []
  })
  return [
    ...phrases.length === 0 ? ['patient: make a new phrase at the pages, or run "make demo" first, whose people have records'] : phrases,
    ...staff
  ]
}
