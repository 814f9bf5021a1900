import { SecretKey, statementId } from '@epione/crypto'
import type { Test } from 'tap'
import {
  activateConsent, bindPractitioner, createConsent, createPatient, directoryMembers, grantConsent, keyHex, publishPatient, randomHash,
  registerRecord, sign, signProhibition, signRequest, signRevocation
} from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'
import {
  confirmRepresentative, createRepresentation, createRewrap, guardiansMembers, publishGuardians, signFreeze, signRepresentationEnd,
  signStop, signSuccession, signUnfreeze, twoOf
} from '../lifetime-fixtures.ts'

/** Who acts for a patient: how it begins, what it gives and does not give, how it ends. */
export async function representationsSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional] = world.members
  const gateway = world.gateway(regional).ledger
  const desk = world.registrar(core).ledger
  const author = await bindPractitioner(world)
  const reader = await bindPractitioner(world, { mspId: regional })

  await t.test('both sign a representation, and a registrar confirms it', async (t) => {
    const patient = await publishPatient(world)
    const { key, members } = createRepresentation(world, patient)
    const both = [patient.identity, key]
    const represent = (change: object, keys = both, by = desk): Promise<unknown> =>
      by.representPatient(sign(world, 'Representation', { ...members, ...change }, ...keys))
    await t.rejects(represent({}, both, gateway), { code: 'NOT_AUTHORIZED' }, 'a forged confirmation: a gateway is no registrar')
    await t.rejects(represent({}, [key]), { code: 'SIGNATURE_INVALID' }, 'nobody names themself')
    await t.rejects(represent({}, [patient.identity]), { code: 'SIGNATURE_INVALID' }, 'nobody is named without their will')
    await t.rejects(represent({}, [...both, SecretKey.random()]), { code: 'SIGNATURE_INVALID' })
    await t.rejects(represent({ notAfter: world.now() - 1 }), { code: 'STATEMENT_INVALID' })
    await t.rejects(represent({ receivingKey: keyHex(key) }), { code: 'STATEMENT_INVALID' }, 'one key for both')
    await t.rejects(represent({ receivingKey: keyHex(patient.identity) }), { code: 'STATEMENT_INVALID' }, 'the patient\'s key')
    await t.rejects(represent({ patientId: createPatient().patientId }), { code: 'PATIENT_UNKNOWN' })
    const statement = sign(world, 'Representation', members, ...both)
    const { value } = await desk.representPatient(statement)
    t.strictSame((await gateway.getDirectory(patient.patientId)).representations, [{ representation: value }])
    await t.rejects(desk.representPatient(statement), { code: 'STATEMENT_REPLAYED' })
    await t.rejects(represent({}), { code: 'REPRESENTATION_CONFLICT' }, 'a key has one representation')
    await gateway.freezePatient(signFreeze(world, patient, patient.identity))
    await t.rejects(confirmRepresentative(world, patient), { code: 'PATIENT_FROZEN' })
  })

  await t.test('of a provisional patient the custodian\'s registrar confirms, and no other hospital\'s', async (t) => {
    const infant = createPatient()
    await desk.publishDirectory(sign(world, 'KeyDirectory', { ...directoryMembers(infant), custodian: core }, infant.identity))
    await t.rejects(confirmRepresentative(world, infant, {}, regional), { code: 'NOT_AUTHORIZED' })
    const parent = await confirmRepresentative(world, infant)
    await grantConsent(world, parent.acting, reader)
  })

  await t.test('a representative grants, revokes, forbids, ends what they forbade, and freezes', async (t) => {
    const patient = await publishPatient(world)
    const { acting } = await confirmRepresentative(world, patient)
    const record = await registerRecord(world, author, patient)
    const consent = await activateConsent(world, acting, reader)
    const request = async (): Promise<string> =>
      (await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consent.consentId))).value.decision
    t.equal(await request(), 'permit')
    const { value: { id: ends } } = await gateway.forbidAccess(signProhibition(world, acting, { forbids: { organizations: [regional] } }))
    t.equal(await request(), 'deny')
    await gateway.forbidAccess(signProhibition(world, acting, { ends }))
    t.equal(await request(), 'permit')
    const own = await activateConsent(world, patient, reader)
    await gateway.revokeConsent(signRevocation(world, acting, own.consentId))
    const { value: freeze } = await gateway.freezePatient(signFreeze(world, patient, acting.identity))
    t.equal(await request(), 'deny')
    await gateway.unfreezePatient(signUnfreeze(world, patient, freeze.id, patient.identity))
    await gateway.revokeConsent(signRevocation(world, acting, consent.consentId))
    t.equal(await request(), 'deny')
  })

  await t.test('a representative says nothing else for the patient', async (t) => {
    const patient = await publishPatient(world)
    const { key, acting } = await confirmRepresentative(world, patient)
    const { patientId } = patient
    const record = await registerRecord(world, author, patient)
    const [compartment] = patient.compartments
    const next = { ...directoryMembers(patient), version: 2, previous: patient.directoryId }
    const invalid = { code: 'SIGNATURE_INVALID' }
    await t.rejects(gateway.publishDirectory(sign(world, 'KeyDirectory', next, key)), invalid, 'keys')
    const other = createPatient().identity
    await t.rejects(gateway.publishDirectory(sign(world, 'KeyDirectory', { ...next, identityKey: keyHex(other) }, key, other)), invalid)
    const successor = await publishPatient(world)
    await t.rejects(gateway.succeedPatient(signSuccession(world, patient, successor, key, successor.identity)), invalid, 'a hand-over')
    const guardians = await publishGuardians(world, patient)
    await t.rejects(
      gateway.publishGuardians(sign(world, 'Guardians', guardiansMembers(patient, guardians.all, guardians), key)), invalid, 'guardians'
    )
    await t.rejects(gateway.stopRecovery(signStop(world, patient, randomHash(), key)), invalid, 'a recovery')
    const named = createRepresentation(world, patient)
    await t.rejects(desk.representPatient(sign(world, 'Representation', named.members, key, named.key)), invalid, 'a representative')
    await t.rejects(
      gateway.rewrapRecord(sign(world, 'Rewrap', createRewrap(patient, record, compartment).members, key)), invalid, 'a rewrap'
    )
    const erasure = sign(world, 'Erasure', { patientId, records: [{ recordId: record.recordId }] }, key)
    await t.rejects(gateway.eraseRecords(erasure), invalid, 'an erasure')
    const { value: { id: ends } } = await gateway.forbidAccess(signProhibition(world, patient, { forbids: { levels: ['V'] } }))
    await t.rejects(gateway.forbidAccess(signProhibition(world, acting, { ends })), { code: 'REPRESENTATION_EXCEEDED' })
    await t.rejects(gateway.forbidAccess(signProhibition(world, acting, { forbids: { levels: ['R'] }, ends })), { code: 'REPRESENTATION_EXCEEDED' })
    const { value: { id: freezeId } } = await gateway.freezePatient(signFreeze(world, patient, patient.identity))
    await t.rejects(gateway.unfreezePatient(signUnfreeze(world, patient, freezeId, key)), invalid, 'the end of a freeze')
    await t.rejects(grantConsent(world, acting, reader), { code: 'PATIENT_FROZEN' })
    await gateway.unfreezePatient(signUnfreeze(world, patient, freezeId, patient.identity))
    const { value: { id: own } } = await gateway.freezePatient(signFreeze(world, patient, key))
    await t.rejects(gateway.unfreezePatient(signUnfreeze(world, patient, own, key)), invalid, 'not even their own')
    await gateway.freezePatient(signFreeze(world, patient, ...twoOf(guardians)))
  })

  await t.test('a representative of another patient is a stranger', async (t) => {
    const [patient, other] = [await publishPatient(world), await publishPatient(world)]
    const { key, id } = await confirmRepresentative(world, other)
    const acting = { ...patient, identity: key }
    await t.rejects(grantConsent(world, acting, reader), { code: 'SIGNATURE_INVALID' })
    await t.rejects(gateway.freezePatient(signFreeze(world, patient, key)), { code: 'SIGNATURE_INVALID' })
    await t.rejects(gateway.forbidAccess(signProhibition(world, acting, { forbids: { levels: ['V'] } })), { code: 'SIGNATURE_INVALID' })
    await t.rejects(gateway.endRepresentation(signRepresentationEnd(world, patient, id, key)), { code: 'REPRESENTATION_UNKNOWN' })
    await t.rejects(gateway.endRepresentation(signRepresentationEnd(world, other, id, patient.identity)), { code: 'SIGNATURE_INVALID' })
  })

  await t.test('patient, representative and the registrar who confirmed end it; what was signed in its time stays', async (t) => {
    const patient = await publishPatient(world)
    const { patientId } = patient
    const inPerson = (representationId: string, mspId: string): Promise<unknown> =>
      world.registrar(mspId).ledger.endRepresentationInPerson({ patientId, representationId })
    const ends: Array<(id: string, key: SecretKey) => Promise<unknown>> = [
      (id) => gateway.endRepresentation(signRepresentationEnd(world, patient, id, patient.identity)),
      (id, key) => gateway.endRepresentation(signRepresentationEnd(world, patient, id, key)),
      (id) => inPerson(id, core)
    ]
    for (const end of ends) {
      const { id, key, acting } = await confirmRepresentative(world, patient)
      const record = await registerRecord(world, author, patient)
      const kept = await activateConsent(world, acting, reader)
      const late = sign(world, 'Consent', createConsent(world, acting, reader).members, key)
      await t.rejects(inPerson(id, regional), { code: 'NOT_AUTHORIZED' }, 'another hospital\'s registrar')
      await t.rejects(gateway.endRepresentationInPerson({ patientId, representationId: id }), { code: 'NOT_AUTHORIZED' })
      await end(id, key)
      await t.rejects(gateway.grantConsent(late), { code: 'REPRESENTATION_ENDED' }, 'signed before, and sent after the end')
      await t.rejects(gateway.revokeConsent(signRevocation(world, acting, kept.consentId)), { code: 'REPRESENTATION_ENDED' })
      await t.rejects(gateway.forbidAccess(signProhibition(world, acting, { forbids: { levels: ['V'] } })), { code: 'REPRESENTATION_ENDED' })
      await t.rejects(gateway.freezePatient(signFreeze(world, patient, key)), { code: 'REPRESENTATION_ENDED' })
      const { value: event } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], kept.consentId))
      t.equal(event.decision, 'permit', 'the patient revokes it, or lets it be')
    }
    const [first, , third] = (await gateway.getDirectory(patientId)).representations ?? []
    t.match(first, { end: { statement: { submittedBy: regional } } })
    t.match(third, { end: { inPerson: { mspId: core } } })
    await gateway.endRepresentation(signRepresentationEnd(world, patient, first?.representation.id ?? '', patient.identity))
    t.strictSame((await gateway.getDirectory(patientId)).representations?.[0], first, 'the first end stays')
  })

  await t.test('an end may come first, and is nobody else\'s', async (t) => {
    const [patient, stranger] = [await publishPatient(world), await publishPatient(world)]
    const { key, members } = createRepresentation(world, patient)
    const statement = sign(world, 'Representation', members, patient.identity, key)
    const id = statementId(statement.body)
    await t.rejects(gateway.endRepresentation(signRepresentationEnd(world, patient, id, key)), { code: 'REPRESENTATION_UNKNOWN' })
    await t.rejects(desk.endRepresentationInPerson({ patientId: patient.patientId, representationId: id }), { code: 'REPRESENTATION_UNKNOWN' })
    await gateway.endRepresentation(signRepresentationEnd(world, stranger, id, stranger.identity))
    const { value } = await gateway.endRepresentation(signRepresentationEnd(world, patient, id, patient.identity))
    t.match(value, { patientId: patient.patientId, representationId: id })
    await t.rejects(desk.representPatient(statement), { code: 'REPRESENTATION_ENDED' })
  })

  await t.test('a hand-over ends it', async (t) => {
    const [patient, successor] = [await publishPatient(world), await publishPatient(world)]
    const { acting, key } = await confirmRepresentative(world, patient)
    await gateway.succeedPatient(signSuccession(world, patient, successor, patient.identity, successor.identity))
    await t.rejects(grantConsent(world, acting, reader), { code: 'PATIENT_SUCCEEDED' })
    await t.rejects(gateway.revokeConsent(signRevocation(world, acting, randomHash())), { code: 'PATIENT_SUCCEEDED' })
    await t.rejects(gateway.freezePatient(signFreeze(world, patient, key)), { code: 'PATIENT_SUCCEEDED' })
    await t.rejects(confirmRepresentative(world, patient), { code: 'PATIENT_SUCCEEDED' })
  })
}
