import { ClientError } from '@epione/sdk'
import type { LoggedAccessEvent } from '@epione/sdk/exports'

/** The newest of events that are alike, how many there were, and when (ms) the first was. */
export type Folded = LoggedAccessEvent & { times: number, first: number }

/** More kinds of rows than a summary has. */
const KINDS_MAX = 20_000

/**
 * Events as they come, each by itself; or, to summarize them as 45 CFR 164.528(b)(3) allows, those of one recipient, patient and purpose as
 * one, in memory for as many as there are. @throws {ClientError} USAGE when those are too many
 */
export async function * fold (events: AsyncIterable<LoggedAccessEvent>, summarize: boolean): AsyncGenerator<Folded, void, void> {
  const kinds = new Map<string, Folded>()
  for await (const event of events) {
    if (!summarize) {
      yield { ...event, times: 1, first: event.time }
      continue
    }
    const { actor: { mspId, staffId }, patientId, purpose, action, decision } = event
    const key = [mspId, staffId, patientId, purpose, action, decision].join(' ')
    const known = kinds.get(key)
    if (known === undefined) {
      if (kinds.size >= KINDS_MAX) throw new ClientError('USAGE', 'There are too many to be summarized: narrow it by --patient, --from and --to.')
      kinds.set(key, { ...event, times: 1, first: event.time })
    } else {
      known.times += 1
      known.first = Math.min(known.first, event.time)
      known.records = unite(known.records, event.records)
    }
  }
  yield * kinds.values()
}

function unite (known: Folded['records'], more: Folded['records']): Folded['records'] {
  const named = new Set(known.map(({ recordId, version }) => `${recordId}:${String(version)}`))
  return [...known, ...more.filter(({ recordId, version }) => !named.has(`${recordId}:${String(version)}`))]
}
