import { DECISION_RULES } from '../shapes/codes.ts'
import type { Reason, RecordState, StoredStatement } from '../shapes/state.ts'

/** Why nothing of a record version is left: its patient erased it, or its author withdrew it. */
export type EndCause = 'erased' | 'withdrawn'

/** A record version with its end, as a decision knows it. */
export interface EndedRecord { recordId: string, version: number, cause: EndCause }

const RULES = { erased: DECISION_RULES.recordErased, withdrawn: DECISION_RULES.recordWithdrawn } as const

/** What an order is, as its body says, which was checked against its schema when the ledger took it. */
export function causeOf ({ statement: { body } }: StoredStatement): EndCause {
  const { type } = JSON.parse(body) as { type: unknown }
  return type === 'Erasure' ? 'erased' : 'withdrawn'
}

/** How a record version ended; undefined while it is there. */
export function endOf ({ recordId, version, end }: Pick<RecordState, 'recordId' | 'version' | 'end'>): EndedRecord | undefined {
  return end === undefined ? undefined : { recordId, version, cause: causeOf(end) }
}

/** A rule for each way in which requested versions ended, naming them. */
export function endRules (ended: readonly EndedRecord[]): Reason[] {
  return (['erased', 'withdrawn'] as const).flatMap((cause) => {
    const facts = ended.filter((e) => e.cause === cause).map(({ recordId, version }) => `${recordId}/${String(version)}`)
    return facts.length === 0 ? [] : [{ rule: RULES[cause], facts }]
  })
}
