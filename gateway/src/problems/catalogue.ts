import type { Operation } from '@epione/protocol/api'
import { GATEWAY_STATUS, LEDGER_STATUS } from '../errors.ts'
import { GATEWAY_TEXTS } from './gateway-texts.ts'
import { LEDGER_TEXTS } from './ledger-texts.ts'

/** A code with everything that a caller is told of it. `statuses`: the ledger's may be another than the gateway's own. */
export interface Problem {
  readonly code: string
  readonly statuses: readonly number[]
  readonly means: string
  readonly todo: string
  readonly at: readonly string[]
}

/** Statuses that come before any operation is known, or from Node: whoever sends what is no request. */
const OF_THE_HEAD: Readonly<Record<string, number>> = { REQUEST_INVALID: 431 }

/** Every code that a gateway answers with, in the order of the alphabet. */
export const PROBLEMS: readonly Problem[] = Object.entries({ ...GATEWAY_TEXTS, ...LEDGER_TEXTS })
  .map(([code, [means, todo, at]]) => ({ code, statuses: statusesOf(code), means, todo, at: at.split(', ') }))
  .sort((a, b) => a.code < b.code ? -1 : 1)

function statusesOf (code: string): number[] {
  const own = (GATEWAY_STATUS as Partial<Record<string, number>>)[code]
  const ledger = (LEDGER_STATUS as Partial<Record<string, number>>)[code]
  return [...new Set([own, ledger, OF_THE_HEAD[code]])].filter((status) => status !== undefined).sort()
}

const known = new WeakMap<Operation, ReadonlyMap<number, readonly Problem[]>>()

/** What an operation may be refused or fail with, by status, each code once. */
export function problemsOf (operation: Operation): ReadonlyMap<number, readonly Problem[]> {
  const found = known.get(operation) ?? findProblems(operation)
  known.set(operation, found)
  return found
}

function findProblems (operation: Operation): Map<number, Problem[]> {
  const traits = traitsOf(operation)
  const byStatus = new Map<number, Problem[]>()
  for (const problem of PROBLEMS.filter(({ at }) => at.some((trait) => traits.has(trait)))) {
    for (const status of problem.statuses) byStatus.set(status, [...byStatus.get(status) ?? [], problem])
  }
  const { stranger } = operation.access
  const strangers = PROBLEMS.find(({ code }) => code === stranger?.code)
  if (stranger === undefined || strangers === undefined || traits.size === 0) return byStatus
  const others = byStatus.get(stranger.status) ?? []
  return others.includes(strangers) ? byStatus : byStatus.set(stranger.status, [...others, strangers])
}

function traitsOf ({ method, tags, access, body, query, stream, idempotent, underCaller }: Operation): Set<string> {
  const properties = body !== undefined && 'properties' in body ? Object.keys(body.properties) : []
  const is: Array<[string, boolean]> = [
    ['all', true],
    ['underCaller', underCaller !== undefined],
    ['staff', access.by === 'staff' || access.by === 'staff-or-patient'],
    // Of a patient: their own, or one that another gateway shows for them.
    ['session', ['patient', 'device', 'staff-or-patient'].includes(access.by) || query?.properties['session'] !== undefined],
    ['gateway', access.by === 'gateway'],
    ['body', body !== undefined],
    ['sends', method !== 'GET' && method !== 'HEAD'],
    ['statement', properties.some((name) => name.startsWith('statement'))],
    ['up', stream === 'up'],
    ['down', stream === 'down'],
    ['paged', query?.properties['cursor'] !== undefined],
    ['idempotent', idempotent === true],
    ['writes', access.trace !== 'request log']
  ]
  return new Set([...is.filter(([, holds]) => holds).map(([trait]) => trait), ...tags])
}

/** Whether an operation's description says that it may be refused so. */
export function isDescribed (operation: Operation, { status, code }: { status: number, code: string }): boolean {
  return problemsOf(operation).get(status)?.some((problem) => problem.code === code) === true
}
