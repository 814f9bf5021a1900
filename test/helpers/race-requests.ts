import type { Submitted } from '@epione/ledger/client'
import type { AccessEvent } from '@epione/protocol'
import { signRequest } from './ledger-fixtures.ts'
import type { TestConsent, TestPractitioner, TestRecord } from './ledger-fixtures.ts'
import type { LedgerWorld } from './ledger-world.ts'

/** Who asks for what, in how many loops at once. */
export interface Race { reader: TestPractitioner, record: TestRecord, consent: TestConsent, loops: number }

/** Asks again and again until denied, and submits `end` once the first permit is there. Returns every decision, and what `end` gave. */
export async function raceRequests<T> (
  world: LedgerWorld,
  { reader, record, consent, loops }: Race,
  end: () => Promise<T>
): Promise<{ events: Submitted<AccessEvent>[], ended: T }> {
  const events: Submitted<AccessEvent>[] = []
  const permitted = Promise.withResolvers<undefined>()
  const askUntilDenied = async (): Promise<void> => {
    for (;;) {
      const event = await reader.ledger.requestAccess(signRequest(world, reader, consent.patient, [record], consent.consentId))
      events.push(event)
      if (event.value.decision === 'deny') return
      permitted.resolve(undefined)
    }
  }
  const asking = Promise.all(Array.from({ length: loops }, askUntilDenied))
  await permitted.promise
  const ended = await end()
  await asking
  return { events, ended }
}
