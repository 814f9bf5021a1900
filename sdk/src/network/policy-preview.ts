import type { PolicyDocument } from '@epione/protocol'
import type { PolicyPreview } from '@epione/protocol/api'
import type { TokenContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'

export interface PreviewWanted {
  /** Ask for no further page once there are so many changes. */
  limit: number
  /** The `next` of a preview before. */
  cursor?: string
}

/** Changes for people and records that there are, with `next` where there is more to judge. */
export type PolicyPreviewed = PolicyPreview

/**
 * Who would gain and who would lose by a policy in place of that in force, as the own hospital says to an auditor of the consortium: over
 * all record versions and the consents to them, as far as `limit` goes. @throws {ClientError} REFUSED, UNAVAILABLE
 */
export async function previewPolicy (
  { gateways: { own }, token: { authorize } }: TokenContext, policy: PolicyDocument, { limit, cursor }: PreviewWanted
): Promise<PolicyPreviewed> {
  let page = await own.previewPolicy(policy, cursor, authorize)
  const items = [...page.items]
  let { judged } = page
  while (page.next !== undefined && items.length < limit) {
    const { next, before } = page
    page = await own.previewPolicy(policy, next, authorize)
    if (page.next === next) throw malformed('says the same page twice', own.info.mspId)
    if (page.before !== before) throw new ClientError('UNAVAILABLE', 'Another policy came into force meanwhile: ask anew.')
    items.push(...page.items)
    judged += page.judged
  }
  return { ...page, items, judged }
}

function malformed (what: string, mspId: string): ClientError {
  return new ClientError('ANSWER_MALFORMED', `${mspId} ${what}.`, { party: { kind: 'gateway', mspId } })
}
