import { LOG_NOTES_MAX } from '@epione/protocol'
import type { LogNote } from '@epione/protocol'
import type { Test } from 'tap'
import { activateConsent, bindPractitioner, publishPatient, randomHash, registerRecord, signRequest } from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'

/** What gateways say of their own door: who read the log, and how often what was denied was asked again. */
export async function logNotesSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional] = world.members
  const reader = await bindPractitioner(world, { mspId: regional })
  const patient = await publishPatient(world)
  const record = await registerRecord(world, reader, patient)
  const { consentId } = await activateConsent(world, patient, reader)
  const { value: denied } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [record]))
  const { value: permitted } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consentId))
  const { ledger } = world.gateway(regional)
  const now = world.now()
  const reading: LogNote = { kind: 'reading', as: 'auditor', reader: 'auditor-wide', from: now, to: now, reads: 3, patients: [patient.patientId] }
  const repeats = (eventId: string): LogNote => ({ kind: 'repeats', eventId, from: now, to: now, count: 17 })

  await t.test('notes are committed once, in the name of the gateway\'s organisation, and nobody changes them', async (t) => {
    const said = { id: randomHash(), notes: [reading, repeats(denied.eventId)] }
    const { value: entry, txId } = await ledger.noteLog(said)
    t.match(entry, { ...said, mspId: regional, txId })
    t.strictSame((await ledger.noteLog(said)).value, entry, 'sent again')
    t.strictSame(await ledger.getNotes(regional, said.id), entry)
    await t.rejects(ledger.noteLog({ id: said.id, notes: [reading] }), { code: 'NOTES_CONFLICT' })
    t.equal((await world.gateway(core).ledger.noteLog({ id: said.id, notes: [reading] })).value.mspId, core, 'another hospital\'s are others')
    t.strictSame(await ledger.getNotes(regional, said.id), entry)
    t.strictSame((await ledger.getAccess(denied.eventId)).event, denied, 'the event stays as it was')
  })

  await t.test('a gateway notes no more than its own staff\'s denials, and nothing of the future', async (t) => {
    const note = async (...notes: LogNote[]): Promise<unknown> => await ledger.noteLog({ id: randomHash(), notes })
    await t.rejects(note(repeats(permitted.eventId)), { code: 'NOTE_INVALID', message: /no denial/ })
    await t.rejects(note(repeats(`${patient.patientId}.${'0'.repeat(13)}.${randomHash()}`)), { code: 'EVENT_UNKNOWN' })
    await t.rejects(world.gateway(core).ledger.noteLog({ id: randomHash(), notes: [repeats(denied.eventId)] }), { code: 'NOTE_INVALID' })
    await t.rejects(note({ ...reading, to: now + 3_600_000 }), { code: 'NOTE_INVALID', message: /passed/ })
    await t.rejects(note({ ...reading, from: now + 1 }), { code: 'NOTE_INVALID' })
    await t.rejects(note(), { code: 'ARGUMENT_INVALID' })
    await t.rejects(note(...Array.from({ length: LOG_NOTES_MAX + 1 }, () => reading)), { code: 'ARGUMENT_INVALID' })
    await t.rejects(note({ ...reading, reads: 0 }), { code: 'ARGUMENT_INVALID' })
    await t.rejects(ledger.getNotes(regional, randomHash()), { code: 'NOTES_UNKNOWN' })
  })

  await t.test('nobody but a gateway notes anything', async (t) => {
    const said = { id: randomHash(), notes: [reading] }
    for (const who of [reader, await world.enroll({ mspId: regional, role: 'auditor', scope: 'consortium' }), world.registrar(regional), world.admin(regional)]) {
      await t.rejects(who.ledger.noteLog(said), { code: 'NOT_AUTHORIZED' })
    }
  })
}
