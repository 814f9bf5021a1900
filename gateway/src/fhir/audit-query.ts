import { parseDateFilter, QueryRefused } from '@epione/protocol/fhir'
import type { AccessLogFilter } from '../access/query-access-log.ts'
import { GatewayError } from '../errors.ts'

/** A search for AuditEvents as a filter of the access log. @throws {GatewayError} REQUEST_INVALID */
export function auditFilterOf ({ outcome, date }: { outcome?: '0' | '8', date?: string }): AccessLogFilter {
  return { ...(outcome !== undefined && { decision: outcome === '0' ? 'permit' as const : 'deny' as const }), ...(date !== undefined && timesOf(date)) }
}

function timesOf (date: string): Pick<AccessLogFilter, 'from' | 'to'> {
  const { prefix, span: { fromMs, untilMs } } = parse(date)
  switch (prefix) {
    case 'eq': return { from: fromMs, to: untilMs }
    case 'ge': return { from: fromMs }
    case 'gt': return { from: untilMs + 1 }
    case 'le': return { to: untilMs }
    case 'lt': return { to: fromMs - 1 }
  }
}

function parse (date: string): ReturnType<typeof parseDateFilter> {
  try {
    return parseDateFilter('date', date)
  } catch (error) {
    if (!(error instanceof QueryRefused)) throw error
    throw new GatewayError('REQUEST_INVALID', error.message, { cause: error })
  }
}
