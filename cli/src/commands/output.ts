import { ClientError, messageOf } from '@epione/sdk/errors'
import type { Io } from './io.ts'

type Json = Record<string, unknown>

/** One JSON object, or lines for a person; warnings go to stderr either way. */
export function printResult (io: Io, result: object, { json, ms }: { json: boolean, ms: number }): void {
  const full: Json = { ...result, ms }
  const warnings = Array.isArray(full['warnings']) ? full['warnings'] as unknown[] : []
  for (const warning of warnings) io.stderr.write(`warning: ${plain(String(warning))}\n`)
  io.stdout.write(json ? `${JSON.stringify(full)}\n` : formatLines(full))
}

/** The error as one JSON object on stdout, or as a sentence on stderr. Never a stack, never a secret. */
export function printError (io: Pick<Io, 'stdout' | 'stderr'>, error: ClientError, { json, ms }: { json: boolean, ms: number }): void {
  const { problem: _, ...details } = error.details
  if (json) {
    io.stdout.write(
    `${JSON.stringify({ error: { ...details, code: error.code, message: error.message, exitCode: error.exitCode }, ms })}\n`
    )
  } else io.stderr.write(`${error.code}: ${plain(error.message)}\n${formatLines(details, '  ')}`)
}

/** Any error as one of ours. */
export function asClientError (error: unknown): ClientError {
  return error instanceof ClientError ? error : new ClientError('UNEXPECTED', `Unexpected: ${messageOf(error)}`, {}, { cause: error })
}

function formatLines (value: Json, indent = ''): string {
  return Object.entries(value).filter(([name]) => name !== 'warnings').map(([name, member]) => formatMember(name, member, indent)).join('')
}

function formatMember (name: string, member: unknown, indent: string): string {
  if (member === undefined) return ''
  if (member === null) return `${indent}${name}: open\n`
  if (Array.isArray(member) && member.some(isObject)) {
    return `${indent}${name}:\n${member.map((item) =>
      isObject(item) ? formatItem(item, indent) : `${indent}  - ${plain(String(item))}\n`).join('')}`
  }
  if (name === 'sentences' && Array.isArray(member)) return member.map((line) => `${indent}${plain(String(line))}\n`).join('')
  if (Array.isArray(member)) return `${indent}${name}: ${member.length === 0 ? 'none' : plain(member.map(String).join(', '))}\n`
  if (isObject(member)) return `${indent}${name}:\n${formatLines(member, `${indent}  `)}`
  return `${indent}${name}: ${formatScalar(name, member)}\n`
}

function formatItem (item: Json, indent: string): string {
  return formatLines(item, `${indent}    `).replace(`${indent}    `, `${indent}  - `)
}

const TIME_NAMES = new Set([
  'issuedAt', 'notBefore', 'notAfter', 'expiresAt', 'time', 'boundSince', 'availableFrom', 'activeFrom', 'newest', 'backupsGoneBy',
  'inForceFrom', 'approveBefore', 'since', 'tokenUntil', 'signedInUntil', 'openUntil', 'reviewBy', 'closedAt', 'openFromMs'
])

function formatScalar (name: string, member: unknown): string {
  return TIME_NAMES.has(name) && typeof member === 'number' ? new Date(member).toISOString() : plain(String(member))
}

/** What gateways and files of others say must not steer a terminal, nor turn what stands there around. */
export function plain (text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '?')
}

function isObject (value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
