import { isIPv4 } from 'node:net'
import { isObject } from '../host/json.ts'
import { ORGANIZATION_KINDS } from './organization-kinds.ts'
import { BLOCK_SIZE, MAX_PEERS } from './ports.ts'

/** One thing wrong with a description: where, what, and what to do. */
export interface Fault {
  path: string
  problem: string
  advice: string
}

/** What a member of a JSON object must be. */
export interface Rule {
  wants: string
  test: (value: unknown) => boolean
}

export const text = (pattern: RegExp, wants: string): Rule => ({ wants, test: (value) => typeof value === 'string' && pattern.test(value) })
const integer = (minimum: number, maximum: number): Rule => ({
  wants: `Use a whole number from ${minimum} to ${maximum}`,
  test: (value) => Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum
})

const MAX_PORT = 65535

const CONSORTIUM_RULES: Record<string, Rule> = {
  name: text(/^[a-z][a-z0-9-]{0,31}$/, 'Use 1 to 32 lowercase letters, digits or hyphens, a letter first'),
  channel: text(/^[a-z][a-z0-9.-]{0,248}$/, 'Use up to 249 lowercase letters, digits, dots or hyphens, a letter first (Fabric\'s rule)'),
  chaincode: text(
    /^[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*$/,
    'Use letters and digits, joined by single hyphens or underscores (Fabric\'s rule)'
  ),
  basePort: integer(1024, MAX_PORT),
  policy: { wants: 'Use an object', test: isObject },
  organizations: { wants: 'List at least one organisation', test: (value) => Array.isArray(value) && value.length > 0 }
}

const OPTIONAL_RULES: Record<string, Rule> = {
  testing: { wants: 'Use true, or leave it out: a network that protects patients has no such member', test: (value) => value === true },
  anchor: { wants: 'Use an object that names an EVM network', test: isObject },
  ipfs: { wants: 'Use true, or leave it out: hospitals then share no swarm', test: (value) => value === true }
}

const ANCHOR_RULES: Record<string, Rule> = {
  network: text(/^[a-z][a-z0-9-]{0,31}$/, 'Use a name of anchor/networks.json, such as goerli')
}

const ANCHOR_OPTIONAL_RULES: Record<string, Rule> = {
  rpcUrl: text(/^https?:\/\/\S{1,500}$/, 'Use an http or https address')
}

export const ORGANIZATION_RULES: Record<string, Rule> = {
  id: text(/^[a-z][a-z0-9-]{0,30}$/, 'Use 1 to 31 lowercase letters, digits or hyphens, a letter first'),
  mspId: text(/^[A-Za-z][A-Za-z0-9-]{0,62}$/, 'Use up to 63 letters, digits or hyphens, a letter first'),
  // Printable characters only: the name is shown to people who decide whom to trust.
  name: text(/^(?=.*\S)[^\p{C}]{1,100}$/u, 'Use 1 to 100 printable characters'),
  kind: { wants: `Use one of ${ORGANIZATION_KINDS.join(', ')}`, test: (value) => ORGANIZATION_KINDS.some((kind) => kind === value) },
  peers: integer(1, MAX_PEERS)
}

const ORGANIZATION_OPTIONAL_RULES: Record<string, Rule> = {
  host: { wants: 'Use an object with address and name, or leave it out', test: isObject },
  auditors: { wants: 'List auditors, or leave it out', test: (value) => Array.isArray(value) },
  people: { wants: 'List people, or leave it out', test: (value) => Array.isArray(value) },
  identityProvider: { wants: 'Use an object with the issuer of the hospital\'s own identity provider, or leave it out', test: isObject }
}

export const HOST_RULES: Record<string, Rule> = {
  address: { wants: 'Use the IPv4 address that its processes listen on', test: (value) => typeof value === 'string' && isIPv4(value) },
  name: text(/^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,62})(?:\.[a-z0-9][a-z0-9-]{0,62})*$/, 'Use a DNS name in lowercase letters')
}

const AUDITOR_RULES: Record<string, Rule> = {
  id: text(/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/, 'Use 1 to 32 lowercase letters, digits or inner hyphens'),
  subject: text(/^[^\p{C}]{1,255}$/u, 'Use the person\'s subject at the hospital\'s identity provider'),
  scope: { wants: 'Use organization or consortium', test: (value) => value === 'organization' || value === 'consortium' }
}

/** As identity/src/duties.ts has them. */
const DUTIES = ['clinician', 'desk', 'auditor', 'administrator', 'network-admin']

const PERSON_RULES: Record<string, Rule> = {
  subject: text(/^[^\p{C}\s]{1,255}$/u, 'Use the name that the person types to sign in'),
  duties: {
    wants: `List some of ${DUTIES.join(', ')}`,
    test: (value) => Array.isArray(value) && value.length > 0 && value.every((duty) => DUTIES.includes(duty as string))
  }
}

const ATTRIBUTE = /^[a-z0-9][a-z0-9-]{0,62}$/
const PERSON_OPTIONAL_RULES: Record<string, Rule> = {
  role: text(ATTRIBUTE, 'Use a role of the policy, for example physician'),
  department: text(ATTRIBUTE, 'Use the opaque code of a department')
}

const PROVIDER_RULES: Record<string, Rule> = {
  issuer: text(/^https:\/\/[^\s?#]+$/, 'Use the https address of the issuer')
}

/** Every fault of a parsed description, in the order of the file; an empty list means that it is sound. */
export function consortiumFaults (value: unknown): Fault[] {
  if (!isObject(value)) return [{ path: '$', problem: 'not a JSON object', advice: 'Start from the default network/consortium.json.' }]
  const faults = objectFaults(value, CONSORTIUM_RULES, '', OPTIONAL_RULES)
  if (isObject(value['anchor'])) faults.push(...objectFaults(value['anchor'], ANCHOR_RULES, 'anchor.', ANCHOR_OPTIONAL_RULES))
  const organizations: unknown[] = Array.isArray(value['organizations']) ? value['organizations'] : []
  organizations.forEach((organization, index) => {
    const path = `organizations[${index}]`
    if (isObject(organization)) {
      faults.push(
        ...objectFaults(organization, ORGANIZATION_RULES, `${path}.`, ORGANIZATION_OPTIONAL_RULES),
        ...isObject(organization['host']) ? objectFaults(organization['host'], HOST_RULES, `${path}.host.`) : [],
        ...isObject(organization['identityProvider']) ? objectFaults(organization['identityProvider'], PROVIDER_RULES, `${path}.identityProvider.`) : [],
        ...listFaults(organization['auditors'], `${path}.auditors`, 'auditor', AUDITOR_RULES, ['id', 'subject']),
        ...listFaults(organization['people'], `${path}.people`, 'person', PERSON_RULES, ['subject'], PERSON_OPTIONAL_RULES)
      )
    } else faults.push({ path, problem: 'not an object', advice: 'Describe one organisation as an object.' })
  })
  faults.push(...repeated(organizations, 'id'), ...repeated(organizations, 'mspId'), ...repeated(organizations, 'name'))
  const highest = typeof value['basePort'] === 'number' ? value['basePort'] + organizations.length * BLOCK_SIZE - 1 : 0
  if (highest > MAX_PORT) {
    faults.push({
      path: 'basePort',
      problem: `${organizations.length} organisations of ${BLOCK_SIZE} ports each would reach port ${highest}`,
      advice: `Use ${MAX_PORT + 1 - organizations.length * BLOCK_SIZE} or less.`
    })
  }
  return faults
}

function listFaults (
  list: unknown,
  path: string,
  what: string,
  rules: Record<string, Rule>,
  unique: readonly string[],
  optional: Record<string, Rule> = {}
): Fault[] {
  if (!Array.isArray(list)) return []
  return [
    ...list.flatMap((item: unknown, index) => isObject(item)
      ? objectFaults(item, rules, `${path}[${index}].`, optional)
      : [{ path: `${path}[${index}]`, problem: 'not an object', advice: `Describe one ${what} as an object.` }]),
    ...unique.flatMap((key) => repeated(list, key, path))
  ]
}

/** Members of an object that are missing, do not fit, or are not known. */
export function objectFaults (
  value: Record<string, unknown>,
  required: Record<string, Rule>,
  prefix: string,
  optional: Record<string, Rule> = {}
): Fault[] {
  const faults: Fault[] = []
  const rules = { ...required, ...optional }
  for (const [key, rule] of Object.entries(rules)) {
    const path = `${prefix}${key}`
    if (Object.hasOwn(value, key)) {
      if (!rule.test(value[key])) faults.push({ path, problem: `${shown(value[key])} does not fit`, advice: `${rule.wants}.` })
    } else if (key in required) faults.push({ path, problem: 'missing', advice: `${rule.wants}.` })
  }
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(rules, key)) {
      faults.push({
        path: `${prefix}${key}`,
        problem: 'not a known member',
        advice: `Remove it; known are ${Object.keys(rules).join(', ')}.`
      })
    }
  }
  return faults
}

function repeated (items: unknown[], key: string, path = 'organizations'): Fault[] {
  const seen = new Map<unknown, number>()
  const faults: Fault[] = []
  items.forEach((item, index) => {
    if (!isObject(item) || typeof item[key] !== 'string') return
    const first = seen.get(item[key])
    if (first === undefined) seen.set(item[key], index)
    else {
      faults.push({
        path: `${path}[${index}].${key}`,
        problem: `${shown(item[key])} is taken by ${path}[${first}]`,
        advice: 'Give each one of its own.'
      })
    }
  })
  return faults
}

function shown (value: unknown): string {
  return JSON.stringify(value).slice(0, 60)
}
