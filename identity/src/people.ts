import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import { readTextIfExists } from '@epione/host'
import { changeFile } from './changed-file.ts'
import { DUTIES } from './duties.ts'
import type { Duty } from './duties.ts'

/** 32 MiB and a fifth of a second for each guess; one of OWASP's settings. */
const COST = { N: 32_768, r: 8, p: 3, maxmem: 64 * 1024 * 1024 } as const
const [SALT_BYTES, HASH_BYTES, PASSWORD_BYTES] = [16, 32, 18]

const Word = Type.String({ pattern: '^[^\\p{C}\\s]{1,255}$' })
const Attribute = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' })

const Person = Type.Object({
  /** `sub` of their tokens, and what they type at the sign-in page. */
  subject: Word,
  duties: Type.Array(Type.Enum(Object.keys(DUTIES) as Duty[]), { minItems: 1 }),
  /** How the person is called: told to whoever signs in, of no other weight. */
  name: Type.Optional(Type.String({ pattern: '^[^\\p{C}]{1,255}$' })),
  /** Claims `roles` and `department`, for the mapping of attributes at the gateway. */
  roles: Type.Array(Attribute),
  department: Type.Optional(Attribute),
  disabled: Type.Optional(Type.Literal(true)),
  /** When (ms) they got this password and these duties, or were shut out: what was signed in before ends. */
  changedAt: Type.Integer({ minimum: 0 }),
  salt: Type.String({ pattern: `^[0-9a-f]{${String(2 * SALT_BYTES)}}$` }),
  hash: Type.String({ pattern: `^[0-9a-f]{${String(2 * HASH_BYTES)}}$` })
}, { additionalProperties: false })
const PeopleFile = Type.Object({ people: Type.Array(Person) }, { additionalProperties: false })

export type Person = Static<typeof Person>
/** A person as an admin describes them. */
export interface NewPerson {
  subject: string, name?: string | undefined, duties: Duty[], roles?: string[] | undefined, department?: string | undefined
}

/** The staff who may sign in: a file of the hospital's admin, read anew at each sign-in. */
export class People {
  readonly #file: string

  constructor (dataDir: string) {
    this.#file = join(dataDir, 'people.json')
  }

  /** Undefined also for whoever is disabled. */
  async find (subject: string): Promise<Person | undefined> {
    return (await this.#read()).find((person) => person.subject === subject && person.disabled !== true)
  }

  async list (): Promise<Person[]> {
    return await this.#read()
  }

  /** True for the person's own password. What is asked of somebody unknown takes as long. */
  async isPassword (subject: string, password: string): Promise<boolean> {
    const person = await this.find(subject)
    const salt = person?.salt ?? '00'.repeat(SALT_BYTES)
    const hash = await hashPassword(password, Buffer.from(salt, 'hex'))
    return timingSafeEqual(hash, Buffer.from(person?.hash ?? '00'.repeat(HASH_BYTES), 'hex')) && person !== undefined
  }

  /**
   * Adds a person, or gives one that is there these duties and attributes and a new password; who is shut out stays so. Returns the
   * password.
   */
  async put ({ subject, name, duties, roles = [], department }: NewPerson, password = randomBytes(PASSWORD_BYTES).toString('base64url')): Promise<string> {
    const salt = randomBytes(SALT_BYTES)
    const hash = await hashPassword(password, salt)
    const person = {
      subject,
      ...(name === undefined ? {} : { name }),
      duties,
      roles,
      ...(department === undefined ? {} : { department }),
      changedAt: Date.now(),
      salt: salt.toString('hex'),
      hash: hash.toString('hex')
    }
    if (!Value.Check(Person, person)) throw new Error(`this is no person of the staff: subject ${subject}, duties ${duties.join(', ')}`)
    await this.#change((people) => {
      const isDisabled = people.some((other) => other.subject === subject && other.disabled === true)
      return [...people.filter((other) => other.subject !== subject), { ...person, ...(isDisabled ? { disabled: true as const } : {}) }]
    })
    return password
  }

  /** Shuts a person out, or lets them in again. Returns false when there is none of this name. */
  async setDisabled (subject: string, disabled: boolean): Promise<boolean> {
    let found = false
    await this.#change((people) => people.map((person) => {
      if (person.subject !== subject) return person
      found = true
      const { disabled: _, ...enabled } = person
      return disabled ? { ...enabled, disabled, changedAt: Date.now() } : enabled
    }))
    return found
  }

  async #change (change: (people: Person[]) => Person[]): Promise<void> {
    await changeFile(this.#file, async () => `${JSON.stringify({ people: change(await this.#read()) }, undefined, 2)}\n`)
  }

  async #read (): Promise<Person[]> {
    const text = await readTextIfExists(this.#file)
    if (text === undefined) return []
    const parsed: unknown = JSON.parse(text)
    if (!Value.Check(PeopleFile, parsed)) throw new Error(`${this.#file} is no list of people`)
    return parsed.people
  }
}

function hashPassword (password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, COST, (error, key) => { if (error === null) resolve(key); else reject(error) })
  })
}
