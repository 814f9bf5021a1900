import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { guardOutput, isUsage } from '@epione/host'
import { DUTIES } from './duties.ts'
import type { Duty } from './duties.ts'
import { People } from './people.ts'
import type { NewPerson } from './people.ts'
import { KeyFile } from './signing-keys.ts'

const USAGE = `usage: node identity/dist/admin.js COMMAND --data DIR
  put-person --subject SUBJECT --duties DUTY,... [--name NAME] [--roles ROLE,...] [--department CODE]
                add a person, or change one; prints a new password
                duties: ${Object.keys(DUTIES).join(', ')}
  put-people --file FILE
                add all of a JSON list of {subject, name, duties, roles, department}; prints their passwords by name
  disable --subject NAME | enable --subject NAME
                shut a person out, or let them in again: tokens that are out count for minutes, none is issued or refreshed
  people        who may sign in
  rotate-keys [--at-once]
                make a further signing key: shown now, it signs in ten minutes, and tokens of the one before count until they end
                with --at-once, for a key that somebody stole: it signs within seconds, and all tokens that are out end
                (the provider goes on running in either case; by itself it makes one every ROTATE_KEYS_DAYS)
`

class UsageError extends Error {}

/** One command of the hospital's admin; prints its result as JSON. */
async function main (args: string[]): Promise<object> {
  const { positionals: [command], values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      file: { type: 'string' },
      subject: { type: 'string' },
      name: { type: 'string' },
      duties: { type: 'string' },
      roles: { type: 'string' },
      department: { type: 'string' },
      'at-once': { type: 'boolean' }
    }
  })
  const { data = '', subject = '' } = values
  if (data === '') throw new UsageError(USAGE)
  const people = new People(data)
  switch (command) {
    case 'put-person': return await putPerson(people, { ...values, subject })
    case 'put-people': return await putPeople(people, values.file ?? '')
    case 'disable':
    case 'enable': return await setDisabled(people, subject, command === 'disable')
    case 'people':
      return { people: (await people.list()).map(({ salt: _, hash: __, ...person }) => person) }
    case 'rotate-keys': return await rotateKeys(data, values['at-once'] ?? false)
    default: throw new UsageError(USAGE)
  }
}

async function setDisabled (people: People, subject: string, disabled: boolean): Promise<object> {
  if (!await people.setDisabled(subject, disabled)) throw new Error(`there is no person ${JSON.stringify(subject)}`)
  return { subject, disabled }
}

async function rotateKeys (data: string, atOnce: boolean): Promise<object> {
  const keys = new KeyFile(data)
  await keys.rotate({ atOnce })
  return { keys: (await keys.current()).map(({ kid }) => kid) }
}

type Given = { subject: string } & Partial<Record<'name' | 'duties' | 'roles' | 'department', string | undefined>>

async function putPerson (people: People, { subject, name, roles, department, ...given }: Given): Promise<object> {
  const duties = parseDuties(given.duties)
  if (subject === '') throw new UsageError(USAGE)
  const password = await people.put({ subject, name, duties, roles: roles?.split(',') ?? [], department })
  return { subject, duties, password, ...(await people.find(subject) === undefined ? { disabled: true } : {}) }
}

async function putPeople (people: People, file: string): Promise<Record<string, string>> {
  const passwords: Record<string, string> = {}
  for (const person of JSON.parse(await readFile(file, 'utf8')) as NewPerson[]) passwords[person.subject] = await people.put(person)
  return passwords
}

function parseDuties (text = ''): Duty[] {
  const duties = text.split(',')
  const known = Object.keys(DUTIES)
  if (!duties.every((duty) => known.includes(duty))) throw new UsageError(USAGE)
  return duties as Duty[]
}

guardOutput(process, ({ message }) => { process.stderr.write(`OUTPUT_FAILED: ${message}; what was asked for is done\n`) })
main(process.argv.slice(2)).then((answer) => { process.stdout.write(`${JSON.stringify(answer)}\n`) }, (error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'unknown failure'}\n`)
  process.exitCode = error instanceof UsageError || isUsage(error) ? 2 : 1
})
