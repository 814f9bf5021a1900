import { SecretKey } from '@epione/crypto'
import {
  bindPractitioner, createPatient, directoryMembers, keyHex, publishPatient, randomHash, sign, signBinding
} from '../ledger-fixtures.ts'
import type { KeyDirectory, SignedStatement } from '@epione/protocol'
import type { Test } from 'tap'
import type { TestPatient } from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'

export async function directorySuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional] = world.members
  const desk = world.registrar(core).ledger
  const gateway = world.gateway(regional).ledger
  const signed = (
    patient: TestPatient,
    members: object
  ): SignedStatement => sign(world, 'KeyDirectory', { ...directoryMembers(patient), ...members }, patient.identity)
  const publish = (
    patient: TestPatient,
    members: object
  ): Promise<unknown> => gateway.publishDirectory(signed(patient, { version: 2, previous: patient.directoryId, ...members }))

  await t.test('a patient begins with a directory at a registration desk', async (t) => {
    const patient = createPatient()
    const statement = signed(patient, {})
    const { value, txId, blockNumber } = await desk.publishDirectory(statement)
    t.match(value, { txId, submittedBy: core, statement })
    t.ok(blockNumber > 0n)
    const { versions } = await gateway.getDirectory(patient.patientId)
    t.strictSame(versions.map((v) => v.statement), [statement])
  })

  await t.test('a patient does not begin at a gateway, nor at a practitioner', async (t) => {
    const patient = createPatient()
    const { ledger } = await bindPractitioner(world)
    await t.rejects(gateway.publishDirectory(signed(patient, {})), { code: 'NOT_AUTHORIZED' })
    await t.rejects(ledger.publishDirectory(signed(patient, {})), { code: 'NOT_AUTHORIZED' })
  })

  await t.test('an unknown patient has no directory', async (t) => {
    await t.rejects(gateway.getDirectory(createPatient().patientId), { code: 'PATIENT_UNKNOWN' })
    await t.rejects(gateway.getDirectory('nobody'), { code: 'ARGUMENT_INVALID' })
    const patient = createPatient()
    await t.rejects(publish({ ...patient, directoryId: randomHash() }, {}), { code: 'PATIENT_UNKNOWN' })
  })

  await t.test('a patient id that is not of the identity key is refused, and so is a second beginning', async (t) => {
    const patient = createPatient()
    await t.rejects(desk.publishDirectory(signed(patient, { patientId: createPatient().patientId })), { code: 'PATIENT_ID_MISMATCH' })
    await desk.publishDirectory(signed(patient, {}))
    await t.rejects(desk.publishDirectory(signed(patient, {})), { code: 'PATIENT_EXISTS' })
  })

  await t.test('a first directory has epochs of 1, keys of their own, and no previous one', async (t) => {
    const patient = createPatient()
    const { compartments } = directoryMembers(patient)
    const [first, second] = compartments
    for (const members of [
      { compartments: compartments.map((c) => ({ ...c, epoch: 2 })) },
      { compartments: [first, first] },
      { compartments: [first, { ...second, key: first?.key }] },
      { kfragSigningKey: first?.key },
      { compartments: [{ ...first, key: `02${'0'.repeat(64)}` }] }
    ]) await t.rejects(desk.publishDirectory(signed(patient, members)), { code: 'STATEMENT_INVALID' })
    await t.rejects(desk.publishDirectory(signed(patient, { previous: randomHash() })), { code: 'DIRECTORY_CONFLICT' })
  })

  await t.test('a later version raises an epoch with a new key, through any gateway', async (t) => {
    const patient = await publishPatient(world)
    const [first, second] = directoryMembers(patient).compartments
    await publish(patient, {
      compartments: [
        { ...first, epoch: 2, key: keyHex(SecretKey.random()) }, second,
        { label: randomHash(), level: 'R', epoch: 1, key: keyHex(SecretKey.random()) }
      ]
    })
    const { versions } = await gateway.getDirectory(patient.patientId)
    t.strictSame(versions.map((v) => (JSON.parse(v.statement.body) as KeyDirectory).version), [1, 2])
  })

  await t.test('an epoch rises by one, with its key, and never falls; no compartment is dropped', async (t) => {
    const patient = await publishPatient(world)
    const [first, second] = directoryMembers(patient).compartments
    const key = keyHex(SecretKey.random())
    for (const compartments of [
      [{ ...first, key }, second],
      [{ ...first, epoch: 2 }, second],
      [{ ...first, epoch: 3, key }, second],
      [first],
      [first, second, { label: randomHash(), level: 'N', epoch: 2, key }]
    ]) await t.rejects(publish(patient, { compartments }), { code: 'DIRECTORY_CONFLICT' })
  })

  await t.test('a version that does not follow the newest one, or is signed by another key, is refused', async (t) => {
    const patient = await publishPatient(world)
    await t.rejects(publish(patient, { version: 3 }), { code: 'DIRECTORY_CONFLICT' })
    await t.rejects(publish(patient, { previous: randomHash() }), { code: 'DIRECTORY_CONFLICT' })
    const stranger = SecretKey.random()
    const members = { ...directoryMembers(patient), version: 2, previous: patient.directoryId, identityKey: keyHex(stranger) }
    await t.rejects(gateway.publishDirectory(sign(world, 'KeyDirectory', members, stranger)), { code: 'SIGNATURE_INVALID' })
    await t.rejects(gateway.publishDirectory(
      sign(world, 'KeyDirectory', { ...members, identityKey: keyHex(patient.identity) }, stranger)
    ), { code: 'SIGNATURE_INVALID' })
  })

  await t.test('a provisional patient is in the custody of the organisation that registers them, for good', async (t) => {
    const patient = createPatient()
    await t.rejects(desk.publishDirectory(signed(patient, { custodian: regional })), { code: 'STATEMENT_INVALID' })
    const { value } = await desk.publishDirectory(signed(patient, { custodian: core }))
    const follow = (members: object): Promise<unknown> => publish({ ...patient, directoryId: value.id }, members)
    await t.rejects(follow({}), { code: 'DIRECTORY_CONFLICT' })
    await t.rejects(follow({ custodian: regional }), { code: 'DIRECTORY_CONFLICT' })
    await follow({ custodian: core })
  })

  await t.test('a person binds keys under their own certificate, and everybody reads them', async (t) => {
    const { mspId, staffId, ...practitioner } = await bindPractitioner(world)
    const { versions } = await gateway.getBinding(mspId, staffId)
    t.match(JSON.parse(versions[0]?.statement.body ?? ''), { mspId, staffId, version: 1, receivingKey: keyHex(practitioner.receiving) })
    const other = await world.enroll({ mspId: core, role: 'physician' })
    await t.rejects(gateway.getBinding(core, other.staffId), { code: 'BINDING_MISSING' })
  })

  await t.test('nobody binds keys in the name of another person, not even their gateway', async (t) => {
    const victim = {
      ...await world.enroll({ mspId: core, role: 'physician' }),
      receiving: SecretKey.random(),
      requestSigning: SecretKey.random()
    }
    const other = await world.enroll({ mspId: core, role: 'physician' })
    await t.rejects(other.ledger.bindKeys(signBinding(world, victim)), { code: 'NOT_AUTHORIZED' })
    await t.rejects(world.gateway(core).ledger.bindKeys(signBinding(world, victim)), { code: 'NOT_AUTHORIZED' })
  })

  await t.test('a binding needs the signature of both keys', async (t) => {
    const { ledger, mspId, staffId } = await world.enroll({ mspId: core, role: 'physician' })
    const [receiving, requestSigning] = [SecretKey.random(), SecretKey.random()]
    const members = { mspId, staffId, version: 1, receivingKey: keyHex(receiving), requestKey: keyHex(requestSigning) }
    await t.rejects(ledger.bindKeys(sign(world, 'KeyBinding', members, requestSigning)), { code: 'SIGNATURE_INVALID' })
    await t.rejects(ledger.bindKeys(sign(world, 'KeyBinding', members, receiving)), { code: 'SIGNATURE_INVALID' })
    await t.rejects(ledger.bindKeys(
      sign(world, 'KeyBinding', { ...members, requestKey: keyHex(receiving) }, receiving)
    ), { code: 'STATEMENT_INVALID' })
  })

  await t.test('a further binding also needs the former request key, and the next version', async (t) => {
    const former = await bindPractitioner(world)
    const next = { ...former, receiving: SecretKey.random(), requestSigning: SecretKey.random() }
    await t.rejects(next.ledger.bindKeys(signBinding(world, next, 2)), { code: 'SIGNATURE_INVALID' })
    await t.rejects(next.ledger.bindKeys(signBinding(world, next, 1, former.requestSigning)), { code: 'BINDING_CONFLICT' })
    await t.rejects(next.ledger.bindKeys(signBinding(world, next, 3, former.requestSigning)), { code: 'BINDING_CONFLICT' })
    await next.ledger.bindKeys(signBinding(world, next, 2, former.requestSigning))
    const { versions } = await gateway.getBinding(next.mspId, next.staffId)
    t.equal(versions.length, 2)
  })

  await t.test('every member has a proxy, listed in order', async (t) => {
    const proxies = await gateway.getProxies()
    t.strictSame(proxies.map((p) => p.mspId), [...world.members].sort())
    t.equal(proxies.find((p) => p.mspId === core)?.signingKey, keyHex(world.proxySigner(core)))
  })

  await t.test('only an admin registers a proxy, with points as keys', async (t) => {
    const registration = {
      encryptionKey: keyHex(SecretKey.random()),
      signingKey: keyHex(SecretKey.random()),
      gatewayUrl: 'https://localhost:1'
    }
    await t.rejects(gateway.registerProxy(registration), { code: 'NOT_AUTHORIZED' })
    await t.rejects(world.admin(core).ledger.registerProxy({ ...registration, signingKey: `02${'0'.repeat(64)}` }), {
      code: 'STATEMENT_INVALID'
    })
    await t.rejects(world.admin(core).ledger.registerProxy({ ...registration, gatewayUrl: 'http://localhost' }), {
      code: 'ARGUMENT_INVALID'
    })
  })
}
