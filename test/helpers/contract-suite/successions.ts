import { SecretKey } from '@epione/crypto'
import { DECISION_RULES } from '@epione/protocol'
import {
  activateConsent, bindPractitioner, createConsent, createManifest, createPatient, directoryMembers,
  grantConsent, keyHex, publishPatient, registerRecord, sign, signCustody, signRequest
} from '../ledger-fixtures.ts'
import {
  createGuardian, createRewrap, guardiansMembers, rewrapRecord, signFreeze, signSuccession
} from '../lifetime-fixtures.ts'
import type { Test } from 'tap'
import type { LedgerWorld } from '../ledger-world.ts'

/** Hand-over from one patient id to another, and who acts for a patient. */
export async function successionsSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional] = world.members
  const gateway = world.gateway(regional).ledger
  const author = await bindPractitioner(world)
  const reader = await bindPractitioner(world, { mspId: regional })

  await t.test('both patient ids sign a hand-over, and both show it', async (t) => {
    const [former, successor] = [await publishPatient(world), await publishPatient(world)]
    const { value } = await gateway.succeedPatient(signSuccession(world, former, successor, former.identity, successor.identity))
    t.strictSame((await gateway.getDirectory(former.patientId)).succession, value)
    t.strictSame((await gateway.getDirectory(successor.patientId)).predecessors, [value])
    t.equal((await gateway.getDirectory(successor.patientId)).succession, undefined)
  })

  await t.test('a hand-over signed by one side, by strangers, or to nobody is refused', async (t) => {
    const [former, successor] = [await publishPatient(world), await publishPatient(world)]
    const succeed = (...keys: SecretKey[]): Promise<unknown> => gateway.succeedPatient(signSuccession(world, former, successor, ...keys))
    await t.rejects(succeed(former.identity), { code: 'SIGNATURE_INVALID' })
    await t.rejects(succeed(successor.identity), { code: 'SIGNATURE_INVALID' })
    await t.rejects(succeed(former.identity, SecretKey.random()), { code: 'SIGNATURE_INVALID' })
    await t.rejects(succeed(former.identity, successor.identity, SecretKey.random()), { code: 'SIGNATURE_INVALID' })
    const unknown = createPatient()
    await t.rejects(gateway.succeedPatient(
      signSuccession(world, former, unknown, former.identity, unknown.identity)
    ), { code: 'PATIENT_UNKNOWN' })
    await t.rejects(gateway.succeedPatient(
      signSuccession(world, unknown, successor, unknown.identity, successor.identity)
    ), { code: 'PATIENT_UNKNOWN' })
    await t.rejects(gateway.succeedPatient(signSuccession(world, former, former, former.identity)), { code: 'STATEMENT_INVALID' })
    await t.rejects(author.ledger.succeedPatient(
      signSuccession(world, former, successor, former.identity, successor.identity)
    ), { code: 'NOT_AUTHORIZED' })
  })

  await t.test('a patient is handed over once, and never back or to one who was', async (t) => {
    const [former, successor, third] = [await publishPatient(world), await publishPatient(world), await publishPatient(world)]
    await gateway.succeedPatient(signSuccession(world, former, successor, former.identity, successor.identity))
    await t.rejects(gateway.succeedPatient(
      signSuccession(world, former, third, former.identity, third.identity)
    ), { code: 'PATIENT_SUCCEEDED' })
    await t.rejects(gateway.succeedPatient(
      signSuccession(world, successor, former, former.identity, successor.identity)
    ), { code: 'PATIENT_SUCCEEDED' })
    await t.rejects(gateway.succeedPatient(
      signSuccession(world, third, former, former.identity, third.identity)
    ), { code: 'PATIENT_SUCCEEDED' })
  })

  await t.test('after it, the former id is refused everything, its consents end, and its refusals name the successor', async (t) => {
    const [former, successor] = [await publishPatient(world), await publishPatient(world)]
    const record = await registerRecord(world, author, former)
    const consent = await activateConsent(world, former, reader)
    const pending = await grantConsent(world, former, reader)
    await gateway.succeedPatient(signSuccession(world, former, successor, former.identity, successor.identity))
    const { identity } = former
    const manifest = { ...createManifest(author, former).members, author: { kind: 'patient' } }
    const refused: [string, () => Promise<unknown>][] = [
      [
        'directory',
        () =>
          gateway.publishDirectory(
            sign(world, 'KeyDirectory', { ...directoryMembers(former), version: 2, previous: former.directoryId }, identity)
          )
      ],
      ['consent', () => gateway.grantConsent(sign(world, 'Consent', createConsent(world, former, reader).members, identity))],
      [
        'guardians',
        () => gateway.publishGuardians(sign(world, 'Guardians', guardiansMembers(former, [createGuardian(), createGuardian()]), identity))
      ],
      ['record of their own', () => gateway.registerRecord(sign(world, 'RecordManifest', manifest, identity))],
      ['practitioner\'s record', () => registerRecord(world, author, former)],
      ['rewrap', () => gateway.rewrapRecord(sign(world, 'Rewrap', createRewrap(former, record, former.compartments[1]).members, identity))],
      ['freeze', () => gateway.freezePatient(signFreeze(world, former, identity))]
    ]
    for (const [what, refusal] of refused) {
      await t.rejects(
        refusal(),
        { code: 'PATIENT_SUCCEEDED', message: new RegExp(successor.patientId) },
        what
      )
    }
    await t.rejects(gateway.confirmCustody(signCustody(world, pending, regional)), { code: 'CONSENT_ENDED' })
    const { value: event } = await reader.ledger.requestAccess(signRequest(world, reader, former, [record], consent.consentId))
    t.strictSame([event.decision, ...event.reasons.map((r) => r.rule)], ['deny', DECISION_RULES.patientSucceeded])
  })

  await t.test('a change of key that waited does not come into force after it', async (t) => {
    const [former, successor] = [await publishPatient(world), await publishPatient(world)]
    const next = SecretKey.random()
    await gateway.publishDirectory(
      sign(
        world,
        'KeyDirectory',
        { ...directoryMembers(former), version: 2, previous: former.directoryId, identityKey: keyHex(next) },
        former.identity,
        next
      )
    )
    await gateway.succeedPatient(signSuccession(world, former, successor, former.identity, successor.identity))
    await t.rejects(gateway.activateDirectory(former.patientId), { code: 'PATIENT_SUCCEEDED' })
  })

  await t.test('the successor rewraps the records, which are theirs from then on', async (t) => {
    const [former, successor, stranger] = [await publishPatient(world), await publishPatient(world), await publishPatient(world)]
    const record = await registerRecord(world, author, former)
    const members = (patient: typeof former): object => createRewrap(patient, record, patient.compartments[0]).members
    await t.rejects(
      gateway.rewrapRecord(sign(world, 'Rewrap', members(successor), successor.identity)),
      { code: 'RECORD_CONFLICT' },
      'not before the hand-over'
    )
    await gateway.succeedPatient(signSuccession(world, former, successor, former.identity, successor.identity))
    await t.rejects(gateway.rewrapRecord(sign(world, 'Rewrap', members(stranger), stranger.identity)), { code: 'RECORD_CONFLICT' })
    const moved = await rewrapRecord(world, successor, record, successor.compartments[1])
    t.match(await gateway.getRecord(record.recordId), { level: 'V', manifest: { id: record.manifestId } })
    const listed = async (patient: typeof former): Promise<string[]> =>
      (await gateway.listRecords(patient.patientId)).items.map((r) => r.recordId)
    t.strictSame(await listed(former), [])
    t.strictSame(await listed(successor), [record.recordId])
    const { value: event } = await reader.ledger.requestAccess(signRequest(world, reader, successor, [moved]))
    t.match(event.records, [{ label: successor.compartments[1].label, level: 'V', wrapHash: moved.wrapHash, origin: core }])
    t.match(
      (await reader.ledger.requestAccess(signRequest(world, reader, former, [record]))).value,
      { decision: 'deny', records: [] },
      'it is not the former id\'s any more'
    )
    const next = { ...createManifest(author, successor).members, recordId: record.recordId, version: 2, previous: record.manifestId }
    await author.ledger.registerRecord(sign(world, 'RecordManifest', next, author.requestSigning))
  })

  await t.test('who succeeds a successor rewraps the records of both', async (t) => {
    const [first, second, third] = [await publishPatient(world), await publishPatient(world), await publishPatient(world)]
    const record = await registerRecord(world, author, first)
    await gateway.succeedPatient(signSuccession(world, first, second, first.identity, second.identity))
    await gateway.succeedPatient(signSuccession(world, second, third, second.identity, third.identity))
    await rewrapRecord(world, third, record, third.compartments[0])
    t.strictSame((await gateway.listRecords(third.patientId)).items.map((r) => r.recordId), [record.recordId])
  })
}
