import t from 'tap'
import { SecretKey } from '@epione/crypto'
import { DELEGATES_MAX } from '@epione/protocol'
import { StatementReader, findLimitedSignatory, findSignatory, verifyConsent, verifyDirectory, verifySafety } from '@epione/protocol/verify'
import { delegatesSuite } from '../../../helpers/contract-suite/delegates.ts'
import {
  HOUR_MS, activateConsent, bindPractitioner, directoryMembers, keyHex, publishPatient, randomHash, sign, signRevocation
} from '../../../helpers/ledger-fixtures.ts'
import { nameDelegate, signDelegateEnd, signFreeze } from '../../../helpers/lifetime-fixtures.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

await delegatesSuite(t, await createMemoryWorld({ endorsers: 2 }))

let aheadMs = 0
const world = await createMemoryWorld({ endorsers: 2, clock: () => Date.now() + aheadMs })
const gateway = world.gateway('Regional1MSP').ledger
const reader = new StatementReader(world.networkId)

await t.test('it is over after its last moment', async (t) => {
  const patient = await publishPatient(world)
  const { key, acting } = await nameDelegate(world, patient)
  aheadMs += HOUR_MS - 60_000
  await gateway.revokeConsent(signRevocation(world, acting, randomHash()))
  aheadMs += 120_000
  await t.rejects(gateway.revokeConsent(signRevocation(world, acting, randomHash())), { code: 'DELEGATE_ENDED', message: /is over/ })
  await t.rejects(gateway.freezePatient(signFreeze(world, patient, key)), { code: 'DELEGATE_ENDED' })
})

await t.test('another identity key of the patient, as after a recovery, ends what the former one named; another epoch does not', async (t) => {
  const patient = await publishPatient(world)
  const { patientId } = patient
  const { id, key, acting } = await nameDelegate(world, patient)
  const members = directoryMembers(patient)
  const rotated = {
    ...members,
    version: 2,
    previous: patient.directoryId,
    compartments: members.compartments.map((c) => ({ ...c, epoch: 2, key: keyHex(SecretKey.random()) }))
  }
  const { value: second } = await gateway.publishDirectory(sign(world, 'KeyDirectory', rotated, patient.identity))
  await gateway.revokeConsent(signRevocation(world, acting, randomHash()))
  const identity = SecretKey.random()
  const next = { ...rotated, version: 3, previous: second.id, identityKey: keyHex(identity) }
  await gateway.publishDirectory(sign(world, 'KeyDirectory', next, patient.identity, identity))
  const waiting = await nameDelegate(world, patient, { notAfter: world.now() + 30 * 24 * HOUR_MS })
  aheadMs += 8 * 24 * HOUR_MS
  await gateway.activateDirectory(patientId)
  for (const former of [key, waiting.key]) await t.rejects(gateway.freezePatient(signFreeze(world, patient, former)), { code: 'DELEGATE_ENDED' })
  await t.rejects(nameDelegate(world, patient), { code: 'SIGNATURE_INVALID' }, 'the former key names nothing')
  const renewed = await nameDelegate(world, { ...patient, identity })
  const directory = verifyDirectory(await gateway.getDirectory(patientId), patientId, reader)
  t.strictSame(directory.delegates.map((d) => [d.id, d.endedAt]), [[id, directory.versions[2]?.time], [renewed.id, undefined]])
  const again = { ...next, version: 4, previous: directory.versions[2]?.id, identityKey: keyHex(patient.identity) }
  await t.rejects(gateway.publishDirectory(sign(world, 'KeyDirectory', again, identity, patient.identity)), {
    code: 'DIRECTORY_CONFLICT', message: /was exchanged before/
  }, 'a former key comes back no more, nor what it named')
  await gateway.freezePatient(signFreeze(world, patient, renewed.key))
  const { freeze } = verifySafety(await gateway.getSafety(patientId), directory, reader)
  t.match(freeze, { signedBy: { kind: 'delegate', delegate: { id: renewed.id } } })
})

await t.test('whoever judges finds its revocation proven, and its consent nobody\'s', async (t) => {
  const patient = await publishPatient(world)
  const { patientId } = patient
  const practitioner = await bindPractitioner(world)
  const { consentId } = await activateConsent(world, patient, practitioner)
  const { id, key, acting } = await nameDelegate(world, patient)
  await gateway.revokeConsent(signRevocation(world, acting, consentId))
  const state = await gateway.getConsent(consentId)
  const shown = await gateway.getDirectory(patientId)
  const directory = verifyDirectory(shown, patientId, reader)
  const proxies = await gateway.getProxies()
  t.match(verifyConsent(state, consentId, { directory, proxies, reader }), { revoked: true })
  const [signers, now] = [[keyHex(key)], world.now()]
  t.match(findLimitedSignatory(directory, { signers, power: 'revoke' }), { kind: 'delegate', delegate: { id } })
  t.equal(findSignatory(directory, signers, now), undefined)
  const { delegates: _, ...without } = shown
  const grounds = { directory: verifyDirectory(without, patientId, reader), proxies, reader }
  t.throws(() => verifyConsent(state, consentId, grounds), { code: 'SIGNER_WRONG' }, 'a peer that hides who signed')
})

await t.test('there are few at once; what is over and signed nothing is forgotten', async (t) => {
  const patient = await publishPatient(world)
  const { patientId } = patient
  const kept = async (): Promise<string[]> => ((await gateway.getDirectory(patientId)).delegates ?? []).map(({ delegate }) => delegate.id)
  const named = []
  for (let i = 0; i < DELEGATES_MAX; i += 1) named.push(await nameDelegate(world, patient))
  await t.rejects(nameDelegate(world, patient), { code: 'DELEGATES_TOO_MANY' })
  const [idle, active, ...others] = named
  if (idle === undefined || active === undefined) throw new Error('too few')
  await gateway.revokeConsent(signRevocation(world, active.acting, randomHash()))
  for (const { id } of [idle, active]) await gateway.changeDelegates(signDelegateEnd(world, patient, id, patient.identity))
  const last = await nameDelegate(world, patient)
  t.strictSame(await kept(), [active, ...others, last].map(({ id }) => id))
  await t.rejects(gateway.freezePatient(signFreeze(world, patient, idle.key)), { code: 'SIGNATURE_INVALID' })
})

await t.test('of an end and an act in one block, the act counts where it came first and is refused where it came second', async (t) => {
  const patient = await publishPatient(world)
  for (const first of ['act', 'end'] as const) {
    const { id, acting } = await nameDelegate(world, patient)
    const release = world.memory.hold()
    const act = (): Promise<unknown> => gateway.revokeConsent(signRevocation(world, acting, randomHash()))
    const end = (): Promise<unknown> => gateway.changeDelegates(signDelegateEnd(world, patient, id, patient.identity))
    const [one, other] = first === 'act' ? [act, end] : [end, act]
    const begun = one()
    await new Promise(setImmediate)
    const outcomes = Promise.allSettled([begun, other()])
    await new Promise(setImmediate)
    release()
    const [, second] = await outcomes
    if (first === 'act') t.equal(second.status, 'fulfilled')
    else t.match(second, { status: 'rejected', reason: { code: 'DELEGATE_ENDED' } })
  }
})

await t.test('it dates no end back, by ordering it after what it signed meanwhile', async (t) => {
  const patient = await publishPatient(world)
  const { patientId } = patient
  const { id, key } = await nameDelegate(world, patient)
  const release = world.memory.hold()
  const ending = gateway.changeDelegates(signDelegateEnd(world, patient, id, key))
  const order = await world.memory.keepBack()
  release()
  aheadMs += 10 * 60_000
  await gateway.freezePatient(signFreeze(world, patient, key))
  order()
  await ending
  const directory = verifyDirectory(await gateway.getDirectory(patientId), patientId, reader)
  t.match(verifySafety(await gateway.getSafety(patientId), directory, reader).freeze, { signedBy: { kind: 'delegate' } })
  await t.rejects(gateway.freezePatient(signFreeze(world, patient, key)), { code: 'DELEGATE_ENDED' })
})

await t.test('whoever holds the patient\'s end back until it signed makes neither freeze nor consent unreadable', async (t) => {
  const patient = await publishPatient(world)
  const { patientId } = patient
  const { consentId } = await activateConsent(world, patient, await bindPractitioner(world))
  const { id, key, acting } = await nameDelegate(world, patient, { notAfter: world.now() + 24 * HOUR_MS })
  const release = world.memory.hold()
  const ending = gateway.changeDelegates(signDelegateEnd(world, patient, id, patient.identity))
  const order = await world.memory.keepBack()
  release()
  aheadMs += 10 * 60_000
  await gateway.revokeConsent(signRevocation(world, acting, consentId))
  const { value: freeze } = await gateway.freezePatient(signFreeze(world, patient, key))
  order()
  await ending
  const directory = verifyDirectory(await gateway.getDirectory(patientId), patientId, reader)
  const [ended] = directory.delegates
  t.ok(ended?.endedAt !== undefined && ended.endedAt < freeze.time - 60_000, 'it seems to have ended before')
  t.match(verifySafety(await gateway.getSafety(patientId), directory, reader).freeze, { id: freeze.id, signedBy: { kind: 'delegate' } })
  const proxies = await gateway.getProxies()
  t.match(verifyConsent(await gateway.getConsent(consentId), consentId, { directory, proxies, reader }), { revoked: true })
})
