import { checkProhibitions, prohibitionFacts } from '@epione/protocol'
import type { AccessEvent, AccessRequest, ProhibitionFacts, StandingState, Target } from '@epione/protocol'
import type { StatementReader } from '@epione/protocol/verify'
import { GatewayError } from '../errors.ts'
import { broken, judged } from '../judge.ts'
import type { LedgerRule } from '../judge.ts'

/** What prohibitions of the patient may hold of. */
export interface ForbiddenCase { event: AccessEvent, request: AccessRequest, targets: readonly Target[] }

/** What the own peer shows to be forbidden, honoured whoever signed it: inventing it gains nothing but a refusal. */
export function readShown ({ prohibitions }: StandingState, reader: StatementReader): ProhibitionFacts[] {
  return prohibitions.flatMap((stored) => {
    const { id, body } = judged(() => reader.readStored('Prohibition', stored))
    return prohibitionFacts(id, body) ?? []
  })
}

/** Releases nothing that the patient forbids now, though it was permitted a moment ago. @throws {GatewayError} EVENT_DENIED */
export function requireNotForbidden (
  prohibitions: readonly ProhibitionFacts[],
  { event: { time, actor: { department } }, request, targets }: ForbiddenCase,
  rule?: LedgerRule
): void {
  const [reason] = checkProhibitions({
    time,
    request,
    actor: department === undefined ? {} : { department },
    records: targets,
    prohibitions
  })
  if (reason === undefined) return
  const detail = `the patient forbids it (prohibition ${reason.facts?.join(', ') ?? ''}): nothing is released`
  throw rule === undefined ? new GatewayError('EVENT_DENIED', detail) : broken('EVENT_DENIED', rule, detail)
}
