import { checkStatementBody } from '@epione/protocol'
import type { StoredStatement } from '@epione/protocol'
import type { AnswerOf, ACCESS } from '@epione/protocol/api'
import type { PatientContext, PractitionerContext, TokenContext } from '../context/context.ts'
import { authorizeAs } from '../context/session.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'

/** A record of an event by the hash of its wrap, of a segment its root, and the organisations whose proxies signed its release. */
export interface ReleaseOfRecord { recordId: string, version: number, wrapHash: string, origin: string, releasedBy: string[] }

export interface ReleasesCompared {
  eventId: string
  decision: string
  /** True when every proxy that released anything released what the ledger names. */
  asRecorded: boolean
  records: ReleaseOfRecord[]
  /** What proxies signed that they released, and the event does not name. */
  others: Array<{ mspId: string, wrapHash: string }>
  /** Proxies that were shown, on the ledger, to have answered falsely for this event. */
  accused: string[]
  askedMspIds: string[]
}

type Shown = AnswerOf<typeof ACCESS.get>

/**
 * Compares what the proxies' receipts say was released for an event with what the event names: the wrap of each record, which the author's
 * signed manifest ties to its ciphertext. A receipt says what a proxy did by its own word; what it did in silence no ledger knows.
 */
export async function compareReleases (
  context: PatientContext | PractitionerContext | TokenContext, eventId: string
): Promise<ReleasesCompared> {
  const ask = async (gateway: GatewayApi): Promise<Shown> => await gateway.getAccessCase(eventId, authorizeAs(context))
  const { gateway, value } = context.role === 'patient'
    ? await context.gateways.askFirstReachable(ask)
    : { gateway: context.gateways.own, value: await ask(context.gateways.own) }
  const { event, releases, accusations } = value
  const named = releases.flatMap((stored) => releasedBy(stored, eventId))
  const records = event.records.map(({ recordId, version, wrapHash, segment, origin }) => {
    // Receipts name a segment by its root, whichever wraps of its windows are in force.
    const hash = wrapHash ?? segment?.root ?? ''
    return { recordId, version, wrapHash: hash, origin, releasedBy: named.filter((one) => one.wrapHash === hash).map(({ mspId }) => mspId) }
  })
  const known = new Set([...records, ...event.compartments ?? []].map(({ wrapHash }) => wrapHash))
  const others = named.filter(({ wrapHash }) => !known.has(wrapHash))
  return {
    eventId,
    decision: event.decision,
    asRecorded: others.length === 0,
    records,
    others,
    accused: [...new Set(accusations.map(({ mspId }) => mspId))],
    askedMspIds: [gateway.info.mspId]
  }
}

function releasedBy ({ statement }: StoredStatement, eventId: string): Array<{ mspId: string, wrapHash: string }> {
  const { mspId, releases } = checkStatementBody('ReleaseReceipt', JSON.parse(statement.body))
  return releases.filter((one) => one.eventId === eventId)
    .flatMap(({ wrapHashes = [] }) => wrapHashes.map((wrapHash) => ({ mspId, wrapHash })))
}
