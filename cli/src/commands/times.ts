import { ClientError } from '@epione/sdk'
import { parseDays } from './arguments.ts'

/** `YYYY-MM-DD`, alone or with a time of day and its zone: `Z` or `+01:00`. */
const ISO_8601 = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(:\d{2})?(\.\d{1,3})?(Z|[+-](?:0\d|1[0-4]):[0-5]\d))?$/
const DAY_MS = 24 * 60 * 60 * 1000
const MINUTE_MS = 60_000
/** What gateways take as a time, in ms: the years 2000 to 2099. Seconds lie before, microseconds after. */
const EARLIEST = Date.UTC(2000, 0, 1)
const LATEST = Date.UTC(2100, 0, 1) - 1

const FORM = 'write a day as 2026-11-23 (all of it, in UTC) or a time with its zone as 2026-11-23T15:00:00Z or 2026-11-23T16:00:00+01:00'

/** Times of an audit in ms, both ends included; what is absent is open. */
export interface Interval { from?: number, to?: number }

/**
 * Reads `--from` and `--to`: strict ISO 8601, or milliseconds since 1970. A bare date is its whole day in UTC, from its first
 * millisecond or to its last. @throws {ClientError} USAGE, also where the end comes before the start
 */
export function parseInterval ({ from, to }: { from?: string | undefined, to?: string | undefined }): Interval {
  const [first, last] = [
    from === undefined ? undefined : parseTime(from, '--from').first,
    to === undefined ? undefined : parseTime(to, '--to').last
  ]
  if (first !== undefined && last !== undefined && first > last) {
    throw new ClientError(
      'USAGE',
      `--from ${new Date(first).toISOString()} comes after --to ${new Date(last).toISOString()}: no event can be between them.`
    )
  }
  return { ...(first === undefined ? {} : { from: first }), ...(last === undefined ? {} : { to: last }) }
}

/**
 * Reads `--data-from` and `--data-until` as `parseInterval` does, into times of which the end is not included: a bare date is included
 * whole.
 * @throws {ClientError} USAGE
 */
export function parsePeriod (from: string | undefined, until: string | undefined): { from?: number, until?: number } {
  const [first, last] = [
    from === undefined ? undefined : parseTime(from, '--data-from').first,
    until === undefined ? undefined : parseTime(until, '--data-until').last + 1
  ]
  if (first !== undefined && last !== undefined && first >= last) {
    throw new ClientError('USAGE', `--data-from ${new Date(first).toISOString()} comes after --data-until: no record can be between them.`)
  }
  return { ...(first === undefined ? {} : { from: first }), ...(last === undefined ? {} : { until: last }) }
}

/** Reads a moment as `parseInterval` reads its start: of a bare date the first. @throws {ClientError} USAGE */
export function parseMoment (text: string, option: string): number {
  return parseTime(text, option).first
}

/** When (ms) what begins now and lasts for `--days` ends. @throws {ClientError} USAGE */
export function parseLast (days: string): number {
  return Date.now() + Math.round(parseDays(days) * DAY_MS)
}

function parseTime (text: string, option: string): { first: number, last: number } {
  const time = /^\d+$/.test(text) ? { first: Number(text), last: Number(text) } : parseIso(text, option)
  if (time.first >= EARLIEST && time.last <= LATEST) return time
  const likely = time.first * 1000
  const hint = /^\d+$/.test(text) && likely >= EARLIEST && likely <= LATEST ? `, it looks like seconds: write ${text}000, or` : ':'
  throw new ClientError('USAGE', `${option}: "${text}" is no time between the years 2000 and 2099${hint} ${FORM}.`)
}

function parseIso (text: string, option: string): { first: number, last: number } {
  const [, day, hours, seconds = ':00', fraction = '', zone] = ISO_8601.exec(text) ?? []
  const wrong = (): ClientError => new ClientError('USAGE', `${option}: "${text}" is not a time: ${FORM}.`)
  if (day === undefined) throw wrong()
  // Read as UTC and written again, a day or hour that does not exist becomes another.
  const local = `${day}T${hours ?? '00:00'}${seconds}${fraction.padEnd(4, fraction === '' ? '.000' : '0')}Z`
  const at = Date.parse(local)
  if (Number.isNaN(at) || new Date(at).toISOString() !== local) throw wrong()
  if (hours === undefined) return { first: at, last: at + DAY_MS - 1 }
  const moment = at - aheadMs(zone ?? 'Z')
  return { first: moment, last: moment }
}

/** By how much a zone is ahead of UTC. */
function aheadMs (zone: string): number {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))
  return (zone.startsWith('-') ? -minutes : minutes) * MINUTE_MS
}

/** The interval that was asked for, as an answer names it: ISO 8601 in UTC, `null` where it is open. */
export function describeInterval ({ from, to }: Interval): { from: string | null, to: string | null } {
  return { from: isoOrNull(from), to: isoOrNull(to) }
}

const isoOrNull = (time: number | undefined): string | null => time === undefined ? null : new Date(time).toISOString()
