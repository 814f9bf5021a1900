import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** As whom somebody comes in at the pages of `make portal`, and where their phrases and passwords lie: not what they are. */
export function peopleForPages (root: string, stateDir: string): string {
  const at = (...parts: string[]): string => relative(root, join(...parts)) || '.'
  const demo = join(root, 'build', 'demo')
  const [patient, passwords] = [join(demo, 'patient', 'phrase'), join(demo, 'author', 'passwords.json')]
  const hospital = 'core'
  const [subject = 'dr-author'] = existsSync(passwords) ? Object.keys(JSON.parse(readFileSync(passwords, 'utf8')) as object) : []
  const staff = existsSync(passwords)
    ? `password in ${at(passwords)}, then "Bring your keys" with the phrase in ${at(demo, 'author', 'phrase')}`
    : `password in ${at(stateDir, 'organizations', hospital, 'identity', 'passwords.json')}; a staff admin enrols that person first, as in README.md, or "make demo" brings another`
  return `patient: ${existsSync(patient) ? `the phrase in ${at(patient)}` : 'make a new phrase at the pages, or run "make demo" first, whose patient has records'}
practitioner: "Sign in as hospital staff" at ${hospital} as ${subject}, ${staff}
The hospital's own page asks for the password: your browser knows its certificate once it trusts ${at(stateDir, 'organizations', hospital, 'tls-ca.pem')}.`
}
