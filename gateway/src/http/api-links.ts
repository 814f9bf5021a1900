import type { Operation } from '@epione/protocol/api'

/** A link of OpenAPI: what an answer names, and the operation that has more of it. */
export interface ApiLink { operationId: string, parameters: Record<string, string>, description: string }

/** Names that say not by themselves of what they are. */
const OF_ANYTHING = ['id', 'version']
/** The answer to every accepted statement names it. */
const RECEIPT = 'getStatementReceipt'

/**
 * Where an answer leads: to each operation about the same things (by tag) that takes what the answer names and its request did not,
 * everything else that it takes being known too. Made of the operations' own schemas.
 */
export function linksOf (from: Operation, operations: Iterable<Operation>): Record<string, ApiLink> {
  const links: Record<string, ApiLink> = {}
  for (const to of operations) {
    const parameters = to === from || !mayBeFollowed(to) ? undefined : parametersFor(from, to)
    if (parameters !== undefined) links[to.id] = { operationId: to.id, parameters, description: to.summary }
  }
  return links
}

/** Whoever follows a link has nothing to say. */
const mayBeFollowed = ({ method, body }: Operation): boolean => method === 'GET' || (method === 'POST' && body === undefined)

function parametersFor (from: Operation, to: Operation): Record<string, string> | undefined {
  if (from.tags[0] !== to.tags[0] && to.id !== RECEIPT) return undefined
  const [asked, wanted] = [Object.keys(from.params?.properties ?? {}), Object.keys(to.params?.properties ?? {})]
  if (from.method === 'GET' && to.path === `${from.path}/:id`) return { id: '$response.body#/entry/0/resource/id' }
  const pointers = pointersOf(from)
  const found = wanted.map((name) => [name, asked.includes(name) ? `$request.path.${name}` : pointers.get(name)] as const)
  const isNew = found.some(([name, place]) => !OF_ANYTHING.includes(name) && place?.startsWith('$response') === true)
  if (!isNew || !found.every(isKnown)) return undefined
  return Object.fromEntries(found)
}

function isKnown (entry: readonly [string, string | undefined]): entry is [string, string] {
  return entry[1] !== undefined
}

/** What the usual answer names, itself or in the first item of its list. */
function pointersOf ({ answers }: Operation): Map<string, string> {
  const [usual] = Object.values(answers)
  const own = propertiesOf(usual)
  const items = propertiesOf((own['items'] as { items?: unknown } | undefined)?.items)
  return new Map([
    ...Object.keys(items).map((name) => [name, `$response.body#/items/0/${name}`] as const),
    ...Object.keys(own).map((name) => [name, `$response.body#/${name}`] as const)
  ])
}

function propertiesOf (schema: unknown): Record<string, unknown> {
  return typeof schema === 'object' && schema !== null && 'properties' in schema ? schema.properties as Record<string, unknown> : {}
}
