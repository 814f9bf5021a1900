import { SecretKey, statementId } from '@epione/crypto'
import { bindPractitioner, createPatient, keyHex, publishPatient, randomHash, sign } from '../ledger-fixtures.ts'
import { createGuardian, guardiansMembers, publishGuardians, signRecovery, signStop, twoOf } from '../lifetime-fixtures.ts'
import type { PatientSafety } from '@epione/protocol'
import type { Test } from 'tap'
import type { LedgerWorld } from '../ledger-world.ts'

/** Guardians, recoveries and what stops them (PROTOCOL §1). */
export async function recoverySuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional] = world.members
  const gateway = world.gateway(regional).ledger
  const desk = world.registrar(core).ledger
  const safety = ({ patientId }: { patientId: string }): Promise<PatientSafety> => gateway.getSafety(patientId)

  await t.test('a patient publishes guardians, and everybody reads the newest issue', async (t) => {
    const patient = await publishPatient(world)
    t.strictSame(await safety(patient), { patientId: patient.patientId, recoveries: [] })
    const first = await publishGuardians(world, patient)
    t.equal((await safety(patient)).guardians?.id, first.issueId)
    const second = await publishGuardians(world, patient, first)
    t.equal((await safety(patient)).guardians?.id, second.issueId)
    await t.rejects(gateway.getSafety(createPatient().patientId), { code: 'PATIENT_UNKNOWN' })
    await t.rejects(gateway.getSafety('nobody'), { code: 'ARGUMENT_INVALID' })
  })

  await t.test('an issue follows the one before', async (t) => {
    const patient = await publishPatient(world)
    const publish = (members: object): Promise<unknown> =>
      gateway.publishGuardians(
        sign(world, 'Guardians', { ...guardiansMembers(patient, [createGuardian(), createGuardian()]), ...members }, patient.identity)
      )
    await t.rejects(publish({ issue: 2, previous: randomHash() }), { code: 'GUARDIANS_CONFLICT' })
    await t.rejects(publish({ previous: randomHash() }), { code: 'GUARDIANS_CONFLICT' })
    const first = await publishGuardians(world, patient)
    for (const members of [
      {}, { issue: 2 }, { issue: 2, previous: randomHash() }, { issue: 3, previous: first.issueId },
      { previous: first.issueId }
    ]) {
      await t.rejects(publish(members), { code: 'GUARDIANS_CONFLICT' })
    }
  })

  await t.test('guardians are enough for their threshold, with keys of their own that are points', async (t) => {
    const patient = await publishPatient(world)
    const [a, b] = [createGuardian(), createGuardian()]
    const members = guardiansMembers(patient, [a, b])
    const [first, second] = members.guardians
    const publish = (change: object): Promise<unknown> =>
      gateway.publishGuardians(sign(world, 'Guardians', { ...members, ...change }, patient.identity))
    for (const change of [
      { threshold: 3 },
      { threshold: 1 },
      { guardians: [first] },
      { guardians: [first, { ...second, signingKey: first?.signingKey }] },
      { guardians: [first, { ...second, receivingKey: first?.signingKey }] },
      { guardians: [first, { ...second, signingKey: second?.receivingKey }] },
      { guardians: [first, { ...second, signingKey: keyHex(patient.identity) }] },
      { guardians: [first, { ...second, receivingKey: `02${'0'.repeat(64)}` }] }
    ]) await t.rejects(publish(change), { code: 'STATEMENT_INVALID' })
    await publish({})
  })

  await t.test('only the patient names guardians, through a gateway or a desk', async (t) => {
    const patient = await publishPatient(world)
    const members = guardiansMembers(patient, [createGuardian(), createGuardian()])
    const { ledger } = await bindPractitioner(world)
    await t.rejects(gateway.publishGuardians(sign(world, 'Guardians', members, SecretKey.random())), { code: 'SIGNATURE_INVALID' })
    await t.rejects(ledger.publishGuardians(sign(world, 'Guardians', members, patient.identity)), { code: 'NOT_AUTHORIZED' })
    const unknown = createPatient()
    await t.rejects(gateway.publishGuardians(
      sign(world, 'Guardians', { ...members, patientId: unknown.patientId }, unknown.identity)
    ), { code: 'PATIENT_UNKNOWN' })
    await desk.publishGuardians(sign(world, 'Guardians', members, patient.identity))
  })

  await t.test('enough guardians request a recovery, which waits in public', async (t) => {
    const patient = await publishPatient(world)
    const guardians = await publishGuardians(world, patient)
    const statement = signRecovery(world, patient, 1, ...twoOf(guardians))
    const { value } = await gateway.requestRecovery(statement)
    const { settings } = await gateway.getNetwork()
    t.equal(value.availableFrom, value.request.time + settings.recoveryDelaySeconds * 1000)
    t.strictSame((await safety(patient)).recoveries, [value])
    await t.rejects(gateway.requestRecovery(statement), { code: 'STATEMENT_REPLAYED' })
  })

  await t.test('too few guardians, a guardian twice, a stranger or the patient alone request none', async (t) => {
    const patient = await publishPatient(world)
    const guardians = await publishGuardians(world, patient)
    const [first, second] = twoOf(guardians)
    const request = (...keys: SecretKey[]): Promise<unknown> => gateway.requestRecovery(signRecovery(world, patient, 1, ...keys))
    await t.rejects(request(first), { code: 'GUARDIANS_TOO_FEW' })
    await t.rejects(request(first, SecretKey.random()), { code: 'SIGNATURE_INVALID' })
    await t.rejects(request(first, second, SecretKey.random()), { code: 'SIGNATURE_INVALID' })
    await t.rejects(request(first, patient.identity), { code: 'SIGNATURE_INVALID' })
    await t.rejects(request(patient.identity), { code: 'SIGNATURE_INVALID' })
    await t.rejects(request(guardians.all[0].receiving, second), { code: 'SIGNATURE_INVALID' })
    const once = signRecovery(world, patient, 1, first)
    await t.rejects(gateway.requestRecovery({ ...once, signatures: [...once.signatures, ...once.signatures] }), {
      code: 'SIGNATURE_INVALID'
    })
    t.strictSame((await safety(patient)).recoveries, [])
  })

  await t.test('guardians of an older issue, of none, or of one to come request none', async (t) => {
    const patient = await publishPatient(world)
    await t.rejects(gateway.requestRecovery(signRecovery(world, patient, 1, SecretKey.random())), { code: 'GUARDIANS_UNKNOWN' })
    const first = await publishGuardians(world, patient)
    const second = await publishGuardians(world, patient, first)
    await t.rejects(gateway.requestRecovery(signRecovery(world, patient, 1, ...twoOf(first))), { code: 'RECOVERY_OUTDATED' })
    await t.rejects(gateway.requestRecovery(signRecovery(world, patient, 2, ...twoOf(first))), { code: 'SIGNATURE_INVALID' })
    await t.rejects(gateway.requestRecovery(signRecovery(world, patient, 3, ...twoOf(second))), { code: 'GUARDIANS_UNKNOWN' })
    const { ledger } = await bindPractitioner(world)
    const good = signRecovery(world, patient, 2, ...twoOf(second))
    await t.rejects(ledger.requestRecovery(good), { code: 'NOT_AUTHORIZED' })
    const broken = sign(
      world,
      'RecoveryRequest',
      { patientId: patient.patientId, issue: 2, receivingKey: `02${'0'.repeat(64)}` },
      ...twoOf(second)
    )
    await t.rejects(gateway.requestRecovery(broken), { code: 'STATEMENT_INVALID' })
    await gateway.requestRecovery(good)
  })

  await t.test('the patient\'s key stops a recovery, and the first stop stays', async (t) => {
    const patient = await publishPatient(world)
    const guardians = await publishGuardians(world, patient)
    const { value: { request } } = await gateway.requestRecovery(signRecovery(world, patient, 1, ...twoOf(guardians)))
    const stop = (...keys: SecretKey[]): ReturnType<typeof gateway.stopRecovery> =>
      gateway.stopRecovery(signStop(world, patient, request.id, ...keys))
    await t.rejects(stop(...twoOf(guardians)), { code: 'SIGNATURE_INVALID' }, 'guardians do not stop a recovery')
    await t.rejects(stop(SecretKey.random()), { code: 'SIGNATURE_INVALID' })
    const { value: first } = await stop(patient.identity)
    t.match(first, { patientId: patient.patientId, target: request.id, stop: { statement: { submittedBy: regional } } })
    t.strictSame((await stop(patient.identity)).value, first)
    t.strictSame((await desk.stopRecoveryInPerson({ patientId: patient.patientId, target: request.id })).value, first)
    t.strictSame((await safety(patient)).recoveries.map((r) => r.stop), [first.stop])
  })

  await t.test('few requests stand at once, all of them in sight; a stop or new guardians make room', async (t) => {
    const patient = await publishPatient(world)
    const guardians = await publishGuardians(world, patient)
    const ask = async (): Promise<string> =>
      (await gateway.requestRecovery(signRecovery(world, patient, 1, ...twoOf(guardians)))).value.request.id
    const standing = [await ask(), await ask(), await ask(), await ask()]
    await t.rejects(ask(), { code: 'RECOVERIES_TOO_MANY', message: /stopped first/ })
    await gateway.stopRecovery(signStop(world, patient, standing[0] ?? '', patient.identity))
    standing.push(await ask())
    t.strictSame((await safety(patient)).recoveries.map((r) => [r.request.id, r.stop === undefined]), standing.map((id, i) => [id, i > 0]))
    const second = await publishGuardians(world, patient, guardians)
    const { value } = await gateway.requestRecovery(signRecovery(world, patient, 2, ...twoOf(second)))
    t.strictSame(
      (await safety(patient)).recoveries.map((r) => r.request.id),
      [...standing, value.request.id],
      'what the guardians before asked for stays in sight'
    )
    await publishGuardians(world, patient, second)
    t.strictSame((await safety(patient)).recoveries.map((r) => r.request.id), [value.request.id])
  })

  await t.test('a recovery that was stopped before it arrived is refused, whoever of the two stopped it', async (t) => {
    const patient = await publishPatient(world)
    const guardians = await publishGuardians(world, patient)
    const [byKey, inPerson, byGuardians] = [0, 1, 2].map(() => signRecovery(world, patient, 1, ...twoOf(guardians)))
    if (byKey === undefined || inPerson === undefined || byGuardians === undefined) throw new Error('three were signed')
    await gateway.stopRecovery(signStop(world, patient, statementId(byKey.body), patient.identity))
    await t.rejects(gateway.requestRecovery(byKey), { code: 'RECOVERY_STOPPED' })
    await desk.stopRecoveryInPerson({ patientId: patient.patientId, target: statementId(inPerson.body) })
    await t.rejects(gateway.requestRecovery(inPerson), { code: 'RECOVERY_STOPPED' })
    await gateway.stopRecovery(signStop(world, patient, statementId(byGuardians.body), ...twoOf(guardians)))
    await gateway.requestRecovery(byGuardians)
  })

  await t.test('a stop under another patient stops nothing', async (t) => {
    const [patient, stranger] = [await publishPatient(world), await publishPatient(world)]
    const guardians = await publishGuardians(world, patient)
    const statement = signRecovery(world, patient, 1, ...twoOf(guardians))
    await gateway.stopRecovery(signStop(world, stranger, statementId(statement.body), stranger.identity))
    await gateway.requestRecovery(statement)
    t.strictSame((await safety(patient)).recoveries.map((r) => r.stop), [undefined])
  })

  await t.test('a registrar stops a recovery for a patient who appears, and nobody else does', async (t) => {
    const patient = await publishPatient(world)
    const guardians = await publishGuardians(world, patient)
    const { value: { request } } = await gateway.requestRecovery(signRecovery(world, patient, 1, ...twoOf(guardians)))
    const stop = { patientId: patient.patientId, target: request.id }
    await t.rejects(gateway.stopRecoveryInPerson(stop), { code: 'NOT_AUTHORIZED' })
    await t.rejects((await bindPractitioner(world)).ledger.stopRecoveryInPerson(stop), { code: 'NOT_AUTHORIZED' })
    await t.rejects(desk.stopRecoveryInPerson({ ...stop, patientId: createPatient().patientId }), { code: 'PATIENT_UNKNOWN' })
    await t.rejects(desk.stopRecoveryInPerson({ ...stop, target: 'x' }), { code: 'ARGUMENT_INVALID' })
    await t.rejects(desk.stopRecoveryInPerson({ ...stop, target: patient.directoryId }), { code: 'CHANGE_UNKNOWN' })
    const { value } = await world.registrar(regional).ledger.stopRecoveryInPerson(stop)
    t.match(value.stop, { inPerson: { mspId: regional } })
    t.strictSame((await safety(patient)).recoveries.map((r) => r.stop), [value.stop])
  })

  await t.test('what is neither a recovery nor a change of key is not stopped', async (t) => {
    const patient = await publishPatient(world)
    const guardians = await publishGuardians(world, patient)
    const stop = (target: string): Promise<unknown> => gateway.stopRecovery(signStop(world, patient, target, patient.identity))
    await t.rejects(stop(guardians.issueId), { code: 'STATEMENT_INVALID' })
    await t.rejects(stop(patient.directoryId), { code: 'CHANGE_UNKNOWN' })
  })
}
