import { SecretKey } from '@epione/crypto'
import { DECISION_RULES, RECORDS_PER_BATCH, REQUESTS_PER_BATCH } from '@epione/protocol'
import type { AccessBatch, AccessEvent, SignedStatement } from '@epione/protocol'
import type { Test } from 'tap'
import { activateConsent, bindPractitioner, publishPatient, registerRecord, requestMembers, sign, signRequest } from '../ledger-fixtures.ts'
import type { TestConsent, TestPatient, TestRecord } from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'

type Item = AccessBatch['items'][number]
const eventOf = (item: Item | undefined): AccessEvent => {
  if (item === undefined || !('event' in item)) throw new Error(`no event: ${JSON.stringify(item)}`)
  return item.event
}

/** A practitioner's round: requests for several patients in one transaction, each decided alone. */
export async function accessBatchSuite (t: Test, world: LedgerWorld): Promise<void> {
  const reader = await bindPractitioner(world)
  const gateway = world.gateway(reader.mspId).ledger
  const ward: { patient: TestPatient, record: TestRecord, consent: TestConsent }[] = []
  for (let i = 0; i < 3; i++) {
    const patient = await publishPatient(world)
    const record = await registerRecord(world, reader, patient)
    ward.push({ patient, record, consent: await activateConsent(world, patient, reader) })
  }
  const ask = (index: number, consented = true): SignedStatement => {
    const { patient, record, consent } = ward[index] ?? fail()
    return signRequest(world, reader, patient, [record], consented ? consent.consentId : undefined)
  }

  await t.test('several patients are asked for in one transaction, and each has an event of its own', async (t) => {
    const statements = [ask(0), ask(1, false), ask(2)]
    const { value: { items }, txId } = await reader.ledger.requestAccessOfAll(statements)
    const events = items.map(eventOf)
    t.strictSame(events.map((e) => e.decision), ['permit', 'deny', 'permit'])
    t.strictSame(events[1]?.reasons.map((r) => r.rule), [DECISION_RULES.noConsent])
    for (const [index, event] of events.entries()) {
      t.equal(event.txId, txId)
      t.equal(event.patientId, ward[index]?.patient.patientId)
      t.strictSame(await gateway.getAccess(event.eventId), { event, request: statements[index] })
      t.match(await gateway.findStatement(event.requestId), { type: 'AccessRequest', reference: event.eventId, txId })
      t.strictSame((await gateway.listAccessByPatient(event.patientId)).items, [event])
    }
  })

  await t.test('what is wrong with one is answered in its place, and the others are decided', async (t) => {
    const foreign = await bindPractitioner(world)
    const { patient, record } = ward[1] ?? fail()
    const unsigned = sign(world, 'AccessRequest', requestMembers(reader, patient, [record]), SecretKey.random())
    const spoilt = { ...ask(1), body: `${ask(1).body} ` }
    const first = ask(0)
    const { value: { items } } = await reader.ledger.requestAccessOfAll([
      { nothing: true } as unknown as SignedStatement, spoilt, unsigned, signRequest(world, foreign, patient, [record]),
      first, first, ask(0), ask(2)
    ])
    t.strictSame(items.map((item) => 'code' in item ? item.code : item.event.decision), [
      'STATEMENT_INVALID', 'STATEMENT_INVALID', 'BINDING_MISMATCH', 'NOT_AUTHORIZED', 'permit', 'STATEMENT_REPLAYED', 'PATIENT_REPEATED', 'permit'
    ])
    await t.rejects(reader.ledger.requestAccess(first), { code: 'STATEMENT_REPLAYED' })
    const { value: again } = await reader.ledger.requestAccessOfAll([first, ask(1)])
    t.match(again.items[0], { code: 'STATEMENT_REPLAYED' }, 'in a later batch, too')
  })

  await t.test('a batch of which nothing is left is not ordered', async (t) => {
    const first = ask(0)
    await reader.ledger.requestAccess(first)
    await t.rejects(reader.ledger.requestAccessOfAll([first, first]), { code: 'BATCH_REFUSED' })
    await t.rejects(gateway.requestAccessOfAll([ask(1)]), { code: 'BATCH_REFUSED', message: /NOT_AUTHORIZED/ })
  })

  await t.test('a batch is bounded', async (t) => {
    await t.rejects(reader.ledger.requestAccessOfAll([]), { code: 'ARGUMENT_INVALID' })
    const one = ask(0)
    await t.rejects(
      reader.ledger.requestAccessOfAll(Array.from({ length: REQUESTS_PER_BATCH + 1 }, () => one)), { code: 'ARGUMENT_INVALID' }
    )
    const many = Array.from({ length: 64 }, (_, index) => ({ recordId: `${'0'.repeat(31)}${index.toString(16)}`.slice(-32), version: 1 }))
    const greedy = ward.map(({ patient }) => sign(world, 'AccessRequest', { ...requestMembers(reader, patient, []), records: many }, reader.requestSigning))
    const { value: { items } } = await reader.ledger.requestAccessOfAll(greedy)
    t.equal(64 * 2, RECORDS_PER_BATCH)
    t.strictSame(items.map((item) => 'code' in item ? item.code : item.event.decision), ['deny', 'deny', 'BATCH_FULL'])
  })
}

function fail (): never {
  throw new Error('no such patient')
}
