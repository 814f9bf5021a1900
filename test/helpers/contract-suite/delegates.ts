import { SecretKey, statementId } from '@epione/crypto'
import { DELEGATE_LIFE_MS } from '@epione/protocol'
import type { Test } from 'tap'
import {
  activateConsent, bindPractitioner, createManifest, createPatient, directoryMembers, grantConsent, keyHex, publishPatient, randomHash,
  registerRecord, sign, signProhibition, signRequest, signRevocation
} from '../ledger-fixtures.ts'
import type { TestPractitioner } from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'
import {
  confirmRepresentative, createDelegate, createRepresentation, createRewrap, guardiansMembers, nameDelegate, publishGuardians,
  signDelegateEnd, signFreeze, signRepresentationEnd, signStop, signSuccession, signUnfreeze, twoOf
} from '../lifetime-fixtures.ts'

/** Limited keys of a patient: who names one, what it takes away, what it never does, how it ends. */
export async function delegatesSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional] = world.members
  const gateway = world.gateway(regional).ledger
  const desk = world.registrar(core).ledger
  const author = await bindPractitioner(world)
  const reader = await bindPractitioner(world, { mspId: regional })
  const invalid = { code: 'SIGNATURE_INVALID' }

  await t.test('the patient alone names a limited key, once', async (t) => {
    const patient = await publishPatient(world)
    const { patientId } = patient
    const { key, members } = createDelegate(world, patient)
    const name = (change: object, keys: SecretKey[] = [patient.identity]): Promise<unknown> =>
      gateway.changeDelegates(sign(world, 'Delegate', { ...members, delegate: { ...members.delegate, ...change } }, ...keys))
    await t.rejects(name({}, [key]), invalid, 'nobody names themself')
    await t.rejects(name({}, [patient.identity, key]), invalid, 'one signature, of one key')
    await t.rejects(name({ notAfter: world.now() - 1 }), { code: 'STATEMENT_INVALID' })
    await t.rejects(name({ notAfter: world.now() + DELEGATE_LIFE_MS + 60_000 }), { code: 'STATEMENT_INVALID' }, 'for longer than a year')
    await t.rejects(name({ powers: [] }), { code: 'STATEMENT_INVALID' })
    await t.rejects(name({ powers: ['read-log', 'grant'] }), { code: 'STATEMENT_INVALID' }, 'nothing that grants')
    await t.rejects(name({ key: `02${'ff'.repeat(32)}` }), { code: 'STATEMENT_INVALID' }, 'no point')
    for (const own of [patient.identity, patient.kfragSigning, patient.compartments[0].secret]) {
      await t.rejects(name({ key: keyHex(own) }), { code: 'STATEMENT_INVALID' }, 'one key, one use')
    }
    const representative = await confirmRepresentative(world, patient)
    await t.rejects(name({ key: keyHex(representative.key) }), { code: 'DELEGATE_CONFLICT' }, 'a representative\'s key')
    const statement = sign(world, 'Delegate', members, patient.identity)
    const { value } = await gateway.changeDelegates(statement)
    t.strictSame((await gateway.getDirectory(patientId)).delegates, [{ delegate: value }])
    await t.rejects(gateway.changeDelegates(statement), { code: 'STATEMENT_REPLAYED' })
    await t.rejects(name({}), { code: 'DELEGATE_CONFLICT' }, 'a key is named once')
    const represent = { ...createRepresentation(world, patient).members, representativeKey: keyHex(key) }
    await t.rejects(desk.representPatient(sign(world, 'Representation', represent, patient.identity, key)), { code: 'REPRESENTATION_CONFLICT' })
    const stranger = createPatient()
    await t.rejects(gateway.changeDelegates(sign(world, 'Delegate', { ...members, patientId: stranger.patientId }, stranger.identity)), {
      code: 'PATIENT_UNKNOWN'
    })
    await gateway.freezePatient(signFreeze(world, patient, patient.identity))
    await t.rejects(nameDelegate(world, patient), { code: 'PATIENT_FROZEN' })
    await gateway.changeDelegates(signDelegateEnd(world, patient, value.id, patient.identity))
  })

  await limitedKeyStory(t, world, { author, reader })

  await t.test('it does what it was given the power for, and nothing else of that', async (t) => {
    const patient = await publishPatient(world)
    const exceeded = { code: 'DELEGATE_EXCEEDED' }
    const [sees, revokes, freezes] = [
      await nameDelegate(world, patient, { powers: ['read-log'] }), await nameDelegate(world, patient, { powers: ['revoke'] }),
      await nameDelegate(world, patient, { powers: ['freeze'] })
    ]
    for (const { acting } of [sees, freezes]) await t.rejects(gateway.revokeConsent(signRevocation(world, acting, randomHash())), exceeded)
    for (const { key } of [sees, revokes]) await t.rejects(gateway.freezePatient(signFreeze(world, patient, key)), exceeded)
    await gateway.revokeConsent(signRevocation(world, revokes.acting, randomHash()))
    await gateway.freezePatient(signFreeze(world, patient, freezes.key))
  })

  await t.test('it grants, registers, reads, recovers, rotates and names nothing', async (t) => {
    const patient = await publishPatient(world)
    const { patientId } = patient
    const { id, key, acting } = await nameDelegate(world, patient)
    const other = await nameDelegate(world, patient)
    const record = await registerRecord(world, author, patient)
    const consent = await activateConsent(world, patient, reader)
    await t.rejects(grantConsent(world, acting, reader), invalid, 'a consent')
    await t.rejects(gateway.forbidAccess(signProhibition(world, acting, { forbids: { levels: ['V'] } })), invalid, 'a prohibition')
    const next = { ...directoryMembers(patient), version: 2, previous: patient.directoryId }
    await t.rejects(gateway.publishDirectory(sign(world, 'KeyDirectory', next, key)), invalid, 'keys')
    const thief = createPatient().identity
    await t.rejects(gateway.publishDirectory(sign(world, 'KeyDirectory', { ...next, identityKey: keyHex(thief) }, key, thief)), invalid)
    const { members: manifest } = createManifest(author, patient, patient.compartments[0], { author: { kind: 'patient' } })
    await t.rejects(gateway.registerRecord(sign(world, 'RecordManifest', manifest, key)), invalid, 'a record')
    await t.rejects(
      gateway.rewrapRecord(sign(world, 'Rewrap', createRewrap(patient, record, patient.compartments[0]).members, key)), invalid, 'a rewrap'
    )
    const erasure = sign(world, 'Erasure', { patientId, records: [{ recordId: record.recordId }] }, key)
    await t.rejects(gateway.eraseRecords(erasure), invalid, 'an erasure')
    const asked = signRequest(world, { ...reader, requestSigning: key }, patient, [record], consent.consentId)
    await t.rejects(reader.ledger.requestAccess(asked), { code: 'BINDING_MISMATCH' }, 'a request to read')
    const guardians = await publishGuardians(world, patient)
    await t.rejects(
      gateway.publishGuardians(sign(world, 'Guardians', guardiansMembers(patient, guardians.all, guardians), key)), invalid, 'guardians'
    )
    const recovery = sign(world, 'RecoveryRequest', { patientId, issue: guardians.issue, receivingKey: keyHex(thief) }, key)
    await t.rejects(gateway.requestRecovery(recovery), invalid, 'a recovery')
    await t.rejects(gateway.stopRecovery(signStop(world, patient, randomHash(), key)), invalid, 'the end of a recovery')
    const successor = await publishPatient(world)
    await t.rejects(gateway.succeedPatient(signSuccession(world, patient, successor, key, successor.identity)), invalid, 'a hand-over')
    const named = createRepresentation(world, patient)
    await t.rejects(desk.representPatient(sign(world, 'Representation', named.members, key, named.key)), invalid, 'a representative')
    const representative = await confirmRepresentative(world, patient)
    await t.rejects(gateway.endRepresentation(signRepresentationEnd(world, patient, representative.id, key)), invalid)
    const further = createDelegate(world, patient)
    await t.rejects(gateway.changeDelegates(sign(world, 'Delegate', further.members, key)), invalid, 'another limited key')
    await t.rejects(gateway.changeDelegates(sign(world, 'Delegate', { ...further.members, ends: id }, key)), invalid, 'nor in its own place')
    await t.rejects(gateway.changeDelegates(signDelegateEnd(world, patient, other.id, key)), invalid, 'the end of another')
    const device = SecretKey.random()
    const { label } = patient.compartments[0]
    const added = {
      patientId,
      key: keyHex(device),
      label,
      notBefore: world.now(),
      notAfter: world.now() + 60_000,
      shortestWindowMs: 1000,
      kindsHash: randomHash()
    }
    await t.rejects(gateway.addDevice(sign(world, 'Device', added, key, device)), invalid, 'a device')
    const search = { patientId, directoryVersion: 1, keys: [{ label, epoch: 1, issue: 1, key: keyHex(device), wrapHash: randomHash() }] }
    await t.rejects(gateway.publishSearchKeys(sign(world, 'SearchKeys', search, key)), invalid, 'search keys')
    await gateway.freezePatient(signFreeze(world, patient, key))
    await gateway.freezePatient(signFreeze(world, patient, ...twoOf(guardians)))
  })

  await t.test('that of another patient is a stranger\'s', async (t) => {
    const [patient, another] = [await publishPatient(world), await publishPatient(world)]
    const { id, key } = await nameDelegate(world, another)
    await t.rejects(gateway.freezePatient(signFreeze(world, patient, key)), invalid)
    await t.rejects(gateway.revokeConsent(signRevocation(world, { ...patient, identity: key }, randomHash())), invalid)
    await t.rejects(gateway.changeDelegates(signDelegateEnd(world, patient, id, key)), { code: 'DELEGATE_UNKNOWN' })
    await t.rejects(gateway.changeDelegates(signDelegateEnd(world, another, id, patient.identity)), invalid)
  })

  await t.test('the patient ends it, or it ends itself; the first end stays, and what it signed in its time', async (t) => {
    const patient = await publishPatient(world)
    const { patientId } = patient
    for (const by of ['patient', 'delegate'] as const) {
      const { id, key, acting } = await nameDelegate(world, patient)
      const consentId = randomHash()
      await gateway.revokeConsent(signRevocation(world, acting, consentId))
      const late = signRevocation(world, acting, randomHash())
      const { value: end } = await gateway.changeDelegates(signDelegateEnd(world, patient, id, by === 'patient' ? patient.identity : key))
      await t.rejects(gateway.revokeConsent(late), { code: 'DELEGATE_ENDED', message: /was ended/ }, 'signed before, and sent after the end')
      await t.rejects(gateway.freezePatient(signFreeze(world, patient, key)), { code: 'DELEGATE_ENDED' })
      const { value: again } = await gateway.changeDelegates(signDelegateEnd(world, patient, id, patient.identity))
      t.equal(again.id, end.id)
      t.match((await gateway.getDirectory(patientId)).delegates?.find(({ delegate }) => delegate.id === id), { end: { id: end.id } })
    }
  })

  await t.test('one takes the place of another in one statement; an end may come first', async (t) => {
    const patient = await publishPatient(world)
    const { id, key, acting } = await nameDelegate(world, patient)
    await gateway.revokeConsent(signRevocation(world, acting, randomHash()))
    const next = createDelegate(world, patient)
    await gateway.changeDelegates(sign(world, 'Delegate', { ...next.members, ends: id }, patient.identity))
    await t.rejects(gateway.freezePatient(signFreeze(world, patient, key)), { code: 'DELEGATE_ENDED' })
    await gateway.freezePatient(signFreeze(world, patient, next.key))
    const early = await publishPatient(world)
    const statement = sign(world, 'Delegate', createDelegate(world, early).members, early.identity)
    await gateway.changeDelegates(signDelegateEnd(world, early, statementId(statement.body), early.identity))
    await t.rejects(gateway.changeDelegates(statement), { code: 'DELEGATE_ENDED', message: /before it arrived/ })
  })

  await t.test('a hand-over ends it', async (t) => {
    const [patient, successor] = [await publishPatient(world), await publishPatient(world)]
    const { key, acting } = await nameDelegate(world, patient)
    await gateway.succeedPatient(signSuccession(world, patient, successor, patient.identity, successor.identity))
    await t.rejects(gateway.revokeConsent(signRevocation(world, acting, randomHash())), { code: 'PATIENT_SUCCEEDED' })
    await t.rejects(gateway.freezePatient(signFreeze(world, patient, key)), { code: 'PATIENT_SUCCEEDED' })
    await t.rejects(nameDelegate(world, patient), { code: 'PATIENT_SUCCEEDED' })
  })
}

/** What a limited key is there for, and its end: enough of it for real peers. */
export async function limitedKeyStory (
  t: Test, world: LedgerWorld, { author, reader }: { author: TestPractitioner, reader: TestPractitioner }
): Promise<void> {
  const gateway = world.gateway(world.members[1]).ledger
  const invalid = { code: 'SIGNATURE_INVALID' }
  await t.test('a limited key revokes and freezes; the patient alone lifts the freeze', async (t) => {
    const patient = await publishPatient(world)
    const { id, key, acting } = await nameDelegate(world, patient)
    const record = await registerRecord(world, author, patient)
    const consent = await activateConsent(world, patient, reader)
    const request = async (): Promise<string> =>
      (await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consent.consentId))).value.decision
    t.equal(await request(), 'permit')
    const { value: freeze } = await gateway.freezePatient(signFreeze(world, patient, key))
    t.equal(await request(), 'deny')
    await t.rejects(gateway.unfreezePatient(signUnfreeze(world, patient, freeze.id, key)), invalid, 'not even its own')
    await gateway.unfreezePatient(signUnfreeze(world, patient, freeze.id, patient.identity))
    t.equal(await request(), 'permit')
    const revocation = signRevocation(world, acting, consent.consentId)
    await gateway.revokeConsent(revocation)
    t.equal(await request(), 'deny')
    await t.rejects(gateway.revokeConsent(revocation), { code: 'STATEMENT_REPLAYED' })
    await gateway.changeDelegates(signDelegateEnd(world, patient, id, patient.identity))
    await t.rejects(gateway.revokeConsent(revocation), { code: 'STATEMENT_REPLAYED' }, 'nor after its end')
    await t.rejects(gateway.freezePatient(signFreeze(world, patient, key)), { code: 'DELEGATE_ENDED' })
  })
}
