import { setTimeout } from 'node:timers/promises'
import { DECISION_RULES } from '@epione/protocol'
import type { AccessEvent, Reason } from '@epione/protocol'
import type { Test } from 'tap'
import {
  HOUR_MS, activateConsent, bindPractitioner, createManifest, publishPatient, registerRecord, sign, signRequest
} from '../ledger-fixtures.ts'
import { addDevice, recordOf, SegmentMaker } from '../device-fixtures.ts'
import type { ConsentMembers, TestRecord } from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'

/** Consents with exceptions, data period and levels. */
export async function consentTermsSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional] = world.members
  const author = await bindPractitioner(world)
  const colleague = await bindPractitioner(world)
  const reader = await bindPractitioner(world, { mspId: regional })
  const patient = await publishPatient(world)
  const record = await registerRecord(world, author, patient)
  const theirs = await registerRecord(world, colleague, patient)
  const request = async (consentId: string, records: readonly TestRecord[] = [record], members = {}): Promise<AccessEvent> =>
    (await reader.ledger.requestAccess(signRequest(world, reader, patient, records, consentId, members))).value
  const grant = async (terms: Partial<ConsentMembers>): Promise<string> => (await activateConsent(world, patient, reader, terms)).consentId
  const only = (rule: Reason['rule'], ...facts: string[]): Reason[] => [{ rule, facts }]

  await t.test('a consent with an exception denies what it holds of, and permits all else', async (t) => {
    const consentId = await grant({
      grade: 'intermediate',
      purposes: ['TREAT', 'ETREAT'],
      exceptions: [{ authors: [{ mspId: colleague.mspId, staffId: colleague.staffId }], purposes: ['TREAT'] }]
    })
    t.equal((await request(consentId)).decision, 'permit')
    t.strictSame((await request(consentId, [theirs])).reasons, only(DECISION_RULES.excepted, '1'))
    t.strictSame((await request(consentId, [record, theirs])).reasons, only(DECISION_RULES.excepted, '1'), 'one record denies all')
    const permitted = await request(consentId, [record, theirs], { purpose: 'ETREAT' })
    t.equal(permitted.decision, 'permit', 'another purpose')
    t.strictSame(Object.keys(permitted.records[0] ?? {}).sort(), [
      'epoch', 'label', 'level', 'mediaClass', 'origin', 'recordId', 'sizeClass', 'version', 'wrapHash'
    ], 'an event says no more of a record than before')
  })

  await t.test('a data period counts from when the ledger took the first version', async (t) => {
    const { value: first } = await author.ledger.registerRecord(
      sign(world, 'RecordManifest', createManifest(author, patient).members, author.requestSigning)
    )
    const { recordId, manifest: { id: previous, time } } = first
    const later = { ...createManifest(author, patient).members, recordId, version: 2, previous }
    await author.ledger.registerRecord(sign(world, 'RecordManifest', later, author.requestSigning))
    const second: TestRecord = { ...record, recordId, version: 2 }
    const covering = await grant({ grade: 'intermediate', dataPeriod: { from: time, until: time + 1 } })
    t.equal((await request(covering, [{ ...second, version: 1 }])).decision, 'permit')
    t.equal((await request(covering, [second])).decision, 'permit', 'of a later version, too')
    const before = await grant({ grade: 'intermediate', dataPeriod: { from: time - HOUR_MS, until: time } })
    t.strictSame((await request(before, [second])).reasons, only(DECISION_RULES.dataPeriodNotGranted, `${recordId}/2`))
    const excepted = await grant({ grade: 'intermediate', exceptions: [{ dataPeriod: { from: time, until: time + 1 } }] })
    t.strictSame((await request(excepted, [second])).reasons, only(DECISION_RULES.excepted, '1'))
  })

  await t.test('a data period counts for each segment of a stream by itself, as its windows are new', async (t) => {
    const maker = new SegmentMaker(world, await addDevice(world, patient))
    const register = async (): Promise<{ segment: TestRecord, time: number }> => {
      const { value: { items: [item] } } = await world.gateway(core).ledger.registerSegments([maker.next().statement])
      const { recordId, version, manifest: { time } } = recordOf(item)
      return { segment: { ...record, recordId, version }, time }
    }
    const first = await register()
    while (world.now() <= first.time) await setTimeout(1)
    const second = await register()
    const early = await grant({ grade: 'intermediate', dataPeriod: { from: first.time, until: second.time } })
    t.equal((await request(early, [first.segment])).decision, 'permit')
    const both = await request(early, [first.segment, second.segment])
    t.strictSame(both.reasons, only(DECISION_RULES.dataPeriodNotGranted, `${second.segment.recordId}/2`))
    const late = await grant({ grade: 'intermediate', dataPeriod: { from: second.time, until: second.time + 1 } })
    t.equal((await request(late, [second.segment])).decision, 'permit', 'whenever its stream began')
    const excepted = await grant({ grade: 'intermediate', exceptions: [{ dataPeriod: { from: second.time, until: second.time + 1 } }] })
    t.equal((await request(excepted, [first.segment])).decision, 'permit')
    t.strictSame((await request(excepted, [second.segment])).reasons, only(DECISION_RULES.excepted, '1'))
  })

  await t.test('levels narrow what compartments grant', async (t) => {
    const normal = await grant({ grade: 'advanced', levels: ['N'] })
    t.equal((await request(normal)).decision, 'permit')
    const high = await grant({ grade: 'advanced', levels: ['R', 'V'] })
    t.strictSame((await request(high)).reasons, only(DECISION_RULES.levelNotGranted, 'N'))
  })

  await t.test('a consent that says more than its grade is none', async (t) => {
    await t.rejects(grant({ levels: ['N'] }), { code: 'STATEMENT_INVALID' })
    await t.rejects(grant({ grade: 'intermediate', levels: ['N'] }), { code: 'STATEMENT_INVALID' })
    await t.rejects(grant({ grade: 'basic', exceptions: [{ levels: ['N'] }] }), { code: 'STATEMENT_INVALID' })
    await t.rejects(grant({ grade: 'intermediate', exceptions: [{}] }), { code: 'STATEMENT_INVALID' })
  })
}
