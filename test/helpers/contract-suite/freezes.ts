import { SecretKey } from '@epione/crypto'
import { DECISION_RULES } from '@epione/protocol'
import {
  activateConsent, bindPractitioner, createConsent, createManifest, createPatient, directoryMembers, keyHex,
  publishPatient, registerRecord, sign, signRequest, signRevocation
} from '../ledger-fixtures.ts'
import {
  createGuardian, createRewrap, guardiansMembers, publishGuardians, signFreeze, signRecovery, signStop, signSuccession,
  signUnfreeze, twoOf
} from '../lifetime-fixtures.ts'
import type { Test } from 'tap'
import type { LedgerWorld } from '../ledger-world.ts'

/** Freezing a patient, what is refused and accepted meanwhile, and who ends it. */
export async function freezesSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional] = world.members
  const gateway = world.gateway(regional).ledger
  const author = await bindPractitioner(world)
  const reader = await bindPractitioner(world, { mspId: regional })

  await t.test('guardians freeze a patient, and all that the patient says is refused', async (t) => {
    const patient = await publishPatient(world)
    const other = await publishPatient(world)
    const guardians = await publishGuardians(world, patient)
    const record = await registerRecord(world, author, patient)
    const { value: freeze } = await gateway.freezePatient(signFreeze(world, patient, ...twoOf(guardians)))
    t.strictSame((await gateway.getSafety(patient.patientId)).freeze, freeze)
    const [first, second] = directoryMembers(patient).compartments
    const { identity } = patient
    const next = {
      ...directoryMembers(patient),
      version: 2,
      previous: patient.directoryId,
      compartments: [{ ...first, epoch: 2, key: keyHex(SecretKey.random()) }, second]
    }
    const newKey = SecretKey.random()
    const manifest = { ...createManifest(author, patient).members, author: { kind: 'patient' } }
    const refused: [string, () => Promise<unknown>][] = [
      ['directory', () => gateway.publishDirectory(sign(world, 'KeyDirectory', next, identity))],
      [
        'new identity key',
        () => gateway.publishDirectory(sign(world, 'KeyDirectory', { ...next, identityKey: keyHex(newKey) }, identity, newKey))
      ],
      ['consent', () => gateway.grantConsent(sign(world, 'Consent', createConsent(world, patient, reader).members, identity))],
      ['record of their own', () => gateway.registerRecord(sign(world, 'RecordManifest', manifest, identity))],
      [
        'rewrap',
        () => gateway.rewrapRecord(sign(world, 'Rewrap', createRewrap(patient, record, patient.compartments[1]).members, identity))
      ],
      [
        'guardians',
        () =>
          gateway.publishGuardians(
            sign(world, 'Guardians', guardiansMembers(patient, [createGuardian(), createGuardian()], guardians), identity)
          )
      ],
      ['hand-over', () => gateway.succeedPatient(signSuccession(world, patient, other, identity, other.identity))],
      ['hand-over to them', () => gateway.succeedPatient(signSuccession(world, other, patient, identity, other.identity))]
    ]
    const { members: consent } = createConsent(world, patient, reader)
    const stranger = { ...consent, grantee: { ...consent.grantee, mspId: 'StrangerMSP' } }
    await t.rejects(
      gateway.grantConsent(sign(world, 'Consent', stranger, identity)),
      { code: 'CONSENT_INVALID' },
      'what is wrong in itself is refused as that'
    )
    for (const [what, refusal] of refused) await t.rejects(refusal(), { code: 'PATIENT_FROZEN' }, what)
  })

  await t.test('while frozen, requests are denied and logged; revocation, recovery and practitioners\' records are accepted', async (t) => {
    const patient = await publishPatient(world)
    const guardians = await publishGuardians(world, patient)
    const record = await registerRecord(world, author, patient)
    const consent = await activateConsent(world, patient, reader)
    const ask = async (): Promise<string[]> => {
      const { value } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consent.consentId))
      return [value.decision, ...value.reasons.map((r) => r.rule)]
    }
    const { value: freeze } = await gateway.freezePatient(signFreeze(world, patient, ...twoOf(guardians)))
    t.strictSame(await ask(), ['deny', DECISION_RULES.patientFrozen])
    await registerRecord(world, author, patient)
    const { value: { request } } = await gateway.requestRecovery(signRecovery(world, patient, 1, ...twoOf(guardians)))
    await gateway.stopRecovery(signStop(world, patient, request.id, patient.identity))
    const others = await activateConsent(world, await publishPatient(world), reader)
    await gateway.revokeConsent(signRevocation(world, patient, others.consentId))
    await gateway.unfreezePatient(signUnfreeze(world, patient, freeze.id, ...twoOf(guardians)))
    t.equal((await ask())[0], 'permit')
    t.equal((await gateway.listAccessByPatient(patient.patientId)).items.length, 2, 'the denial is an event, too')
  })

  await t.test('too few guardians, strangers, or guardians together with the patient freeze nobody', async (t) => {
    const patient = await publishPatient(world)
    const freeze = (...keys: SecretKey[]): Promise<unknown> => gateway.freezePatient(signFreeze(world, patient, ...keys))
    await t.rejects(freeze(SecretKey.random()), { code: 'SIGNATURE_INVALID' })
    const [first, second] = twoOf(await publishGuardians(world, patient))
    await t.rejects(freeze(first), { code: 'GUARDIANS_TOO_FEW' })
    await t.rejects(freeze(first, SecretKey.random()), { code: 'SIGNATURE_INVALID' })
    await t.rejects(freeze(first, second, patient.identity), { code: 'SIGNATURE_INVALID' })
    const unknown = createPatient()
    await t.rejects(gateway.freezePatient(signFreeze(world, unknown, unknown.identity)), { code: 'PATIENT_UNKNOWN' })
    await t.rejects(author.ledger.freezePatient(signFreeze(world, patient, patient.identity)), { code: 'NOT_AUTHORIZED' })
    t.equal((await gateway.getSafety(patient.patientId)).freeze, undefined)
  })

  await t.test('the patient\'s own freeze is ended by that key, and the first freeze stays', async (t) => {
    const patient = await publishPatient(world)
    const { value: first } = await gateway.freezePatient(signFreeze(world, patient, patient.identity))
    t.strictSame((await world.gateway(core).ledger.freezePatient(signFreeze(world, patient, patient.identity))).value, first)
    const unfreeze = (
      freezeId: string,
      key: SecretKey
    ): Promise<unknown> => gateway.unfreezePatient(signUnfreeze(world, patient, freezeId, key))
    await t.rejects(unfreeze(patient.directoryId, patient.identity), { code: 'FREEZE_CONFLICT' })
    await t.rejects(unfreeze(first.id, SecretKey.random()), { code: 'SIGNATURE_INVALID' })
    await unfreeze(first.id, patient.identity)
    t.equal((await gateway.getSafety(patient.patientId)).freeze, undefined)
    await t.rejects(unfreeze(first.id, patient.identity), { code: 'FREEZE_CONFLICT' })
    const { value: again } = await gateway.freezePatient(signFreeze(world, patient, patient.identity))
    t.not(again.id, first.id)
  })

  await t.test('guardians\' freeze is not ended by the patient\'s key, even where that key froze first', async (t) => {
    const patient = await publishPatient(world)
    const guardians = await publishGuardians(world, patient)
    const [first] = twoOf(guardians)
    const { value: own } = await gateway.freezePatient(signFreeze(world, patient, patient.identity))
    const { value: freeze } = await gateway.freezePatient(signFreeze(world, patient, ...twoOf(guardians)))
    t.not(freeze.id, own.id)
    const unfreeze = (...keys: SecretKey[]): Promise<unknown> => gateway.unfreezePatient(signUnfreeze(world, patient, freeze.id, ...keys))
    await t.rejects(unfreeze(patient.identity), { code: 'SIGNATURE_INVALID' })
    await t.rejects(unfreeze(first), { code: 'GUARDIANS_TOO_FEW' })
    await t.rejects(gateway.unfreezePatient(signUnfreeze(world, patient, own.id, patient.identity)), { code: 'FREEZE_CONFLICT' })
    t.strictSame((await gateway.freezePatient(signFreeze(world, patient, patient.identity))).value, freeze, 'nor replaced by it')
    t.strictSame((await gateway.freezePatient(signFreeze(world, patient, ...twoOf(guardians)))).value, freeze)
    await unfreeze(...twoOf(guardians))
    t.equal((await gateway.getSafety(patient.patientId)).freeze, undefined)
  })

  await t.test('guardians end the patient\'s own freeze, too', async (t) => {
    const patient = await publishPatient(world)
    const guardians = await publishGuardians(world, patient)
    const { value: freeze } = await gateway.freezePatient(signFreeze(world, patient, patient.identity))
    await gateway.unfreezePatient(signUnfreeze(world, patient, freeze.id, ...twoOf(guardians)))
    t.equal((await gateway.getSafety(patient.patientId)).freeze, undefined)
  })
}
