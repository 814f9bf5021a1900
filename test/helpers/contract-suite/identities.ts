import { SecretKey, statementId } from '@epione/crypto'
import { createPatient, directoryMembers, keyHex, publishPatient, sign, signRevocation } from '../ledger-fixtures.ts'
import { publishGuardians, signFreeze, signStop, signUnfreeze, twoOf } from '../lifetime-fixtures.ts'
import type { KeyDirectory, PatientDirectory, SignedStatement } from '@epione/protocol'
import type { Test } from 'tap'
import type { TestPatient } from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'

/** Runs an action once the waiting period of a new identity key is over, whatever the world's clock. */
export type AfterWait = <T>(action: () => Promise<T>) => Promise<T>

/** A new identity key: proposed, stopped, obsolete, in force (PROTOCOL §1). */
export async function identitiesSuite (t: Test, world: LedgerWorld, afterWait: AfterWait): Promise<void> {
  const [core, regional] = world.members
  const gateway = world.gateway(regional).ledger
  const directory = ({ patientId }: TestPatient): Promise<PatientDirectory> => gateway.getDirectory(patientId)
  const follow = (patient: TestPatient, members: Partial<KeyDirectory>, ...keys: SecretKey[]): SignedStatement =>
    sign(world, 'KeyDirectory', { ...directoryMembers(patient), version: 2, previous: patient.directoryId, ...members }, ...keys)
  /** Proposes a new key; what the patient is once it counts. */
  const propose = async (patient: TestPatient): Promise<{ next: TestPatient, changeId: string }> => {
    const identity = SecretKey.random()
    const { value } = await gateway.publishDirectory(follow(patient, { identityKey: keyHex(identity) }, patient.identity, identity))
    return { next: { ...patient, identity, directoryId: value.id }, changeId: value.id }
  }

  await t.test('a new identity key waits, then counts, and the patient id stays', async (t) => {
    const patient = await publishPatient(world)
    const { next, changeId } = await propose(patient)
    const { versions, pending } = await directory(patient)
    const { settings } = await gateway.getNetwork()
    t.equal(versions.length, 1)
    t.match(pending, { directory: { id: changeId }, activeFrom: (pending?.directory.time ?? 0) + settings.identityDelaySeconds * 1000 })
    await t.rejects(gateway.activateDirectory(patient.patientId), { code: 'CHANGE_PENDING' })
    await t.rejects(gateway.publishGuardians(
      sign(world, 'Guardians', { patientId: patient.patientId }, next.identity)
    ), { code: 'STATEMENT_INVALID' })
    await gateway.revokeConsent(signRevocation(world, patient, changeId))
    const { value: activated, txId } = await afterWait(() => world.gateway(core).ledger.activateDirectory(patient.patientId))
    t.match(activated, { id: changeId, txId, submittedBy: core })
    const after = await directory(patient)
    t.strictSame(after.versions.map((v) => v.id), [patient.directoryId, changeId])
    t.equal(after.versions[1]?.time, activated.time, 'it counts since its activation')
    t.equal(after.pending, undefined)
    await t.rejects(
      gateway.revokeConsent(signRevocation(world, patient, patient.directoryId)),
      { code: 'SIGNATURE_INVALID' },
      'the former key is done'
    )
    await gateway.revokeConsent(signRevocation(world, next, patient.directoryId))
    await t.rejects(gateway.activateDirectory(patient.patientId), { code: 'CHANGE_UNKNOWN' }, 'once')
    await gateway.publishDirectory(
      sign(world, 'KeyDirectory', { ...directoryMembers(next), version: 3, previous: changeId }, next.identity)
    )
  })

  await t.test('a new identity key is signed by the present and by the new one', async (t) => {
    const patient = await publishPatient(world)
    const identity = SecretKey.random()
    const publish = (...keys: SecretKey[]): Promise<unknown> =>
      gateway.publishDirectory(follow(patient, { identityKey: keyHex(identity) }, ...keys))
    await t.rejects(publish(identity), { code: 'SIGNATURE_INVALID' })
    await t.rejects(publish(patient.identity), { code: 'SIGNATURE_INVALID' })
    await t.rejects(publish(patient.identity, SecretKey.random()), { code: 'SIGNATURE_INVALID' })
    await t.rejects(publish(patient.identity, identity, SecretKey.random()), { code: 'SIGNATURE_INVALID' })
    const [first, second] = directoryMembers(patient).compartments
    const dropped = follow(
      patient,
      { identityKey: keyHex(identity), compartments: [first, second].slice(0, 1) as KeyDirectory['compartments'] },
      patient.identity,
      identity
    )
    await t.rejects(gateway.publishDirectory(dropped), { code: 'DIRECTORY_CONFLICT' }, 'the rules of every version hold')
    t.equal((await directory(patient)).pending, undefined)
    await t.rejects(gateway.activateDirectory(patient.patientId), { code: 'CHANGE_UNKNOWN' })
    await t.rejects(gateway.activateDirectory(createPatient().patientId), { code: 'PATIENT_UNKNOWN' })
    await t.rejects(gateway.activateDirectory('nobody'), { code: 'ARGUMENT_INVALID' })
  })

  await t.test('one change waits at a time; once it is stopped, by the patient, another may', async (t) => {
    const patient = await publishPatient(world)
    const { changeId } = await propose(patient)
    await t.rejects(propose(patient), { code: 'CHANGE_PENDING' })
    const { value } = await gateway.stopRecovery(signStop(world, patient, changeId, patient.identity))
    t.strictSame((await directory(patient)).pending?.stop, value.stop)
    await t.rejects(gateway.activateDirectory(patient.patientId), { code: 'CHANGE_STOPPED' })
    const second = await propose(patient)
    t.equal((await directory(patient)).pending?.directory.id, second.changeId)
    t.equal((await directory(patient)).pending?.stop, undefined)
  })

  await t.test('guardians stop a change, neither a stranger nor a registrar does', async (t) => {
    const patient = await publishPatient(world)
    const guardians = await publishGuardians(world, patient)
    const [first] = twoOf(guardians)
    const { changeId } = await propose(patient)
    const stop = (...keys: SecretKey[]): Promise<unknown> => gateway.stopRecovery(signStop(world, patient, changeId, ...keys))
    await t.rejects(stop(SecretKey.random()), { code: 'SIGNATURE_INVALID' })
    await t.rejects(stop(first), { code: 'GUARDIANS_TOO_FEW' })
    await t.rejects(world.registrar(core).ledger.stopRecoveryInPerson({ patientId: patient.patientId, target: changeId }), {
      code: 'ARGUMENT_INVALID'
    })
    await stop(...twoOf(guardians))
    await t.rejects(afterWait(() => gateway.activateDirectory(patient.patientId)), { code: 'CHANGE_STOPPED' })
  })

  await t.test('a change that was stopped before it arrived is refused', async (t) => {
    const patient = await publishPatient(world)
    const guardians = await publishGuardians(world, patient)
    for (const keys of [[patient.identity], twoOf(guardians)]) {
      const identity = SecretKey.random()
      const change = follow(patient, { identityKey: keyHex(identity) }, patient.identity, identity)
      await gateway.stopRecovery(signStop(world, patient, statementId(change.body), ...keys))
      await t.rejects(gateway.publishDirectory(change), { code: 'CHANGE_STOPPED' })
    }
    const identity = SecretKey.random()
    const change = follow(patient, { identityKey: keyHex(identity) }, patient.identity, identity)
    await world.registrar(core).ledger.stopRecoveryInPerson({ patientId: patient.patientId, target: statementId(change.body) })
    await gateway.publishDirectory(change)
  })

  await t.test('a version published meanwhile makes a waiting change obsolete', async (t) => {
    const patient = await publishPatient(world)
    const { changeId } = await propose(patient)
    await gateway.publishDirectory(follow(patient, {}, patient.identity))
    t.equal((await directory(patient)).pending, undefined)
    await t.rejects(afterWait(() => gateway.activateDirectory(patient.patientId)), { code: 'CHANGE_UNKNOWN' })
    await t.rejects(gateway.stopRecovery(signStop(world, patient, changeId, patient.identity)), { code: 'CHANGE_UNKNOWN' })
  })

  await t.test('a change does not come into force while the patient is frozen', async (t) => {
    const patient = await publishPatient(world)
    const guardians = await publishGuardians(world, patient)
    await propose(patient)
    const { value: freeze } = await gateway.freezePatient(signFreeze(world, patient, ...twoOf(guardians)))
    await t.rejects(gateway.activateDirectory(patient.patientId), { code: 'PATIENT_FROZEN' })
    await gateway.unfreezePatient(signUnfreeze(world, patient, freeze.id, ...twoOf(guardians)))
    await afterWait(() => gateway.activateDirectory(patient.patientId))
    t.equal((await directory(patient)).versions.length, 2, 'it waited meanwhile')
  })
}
