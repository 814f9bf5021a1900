import t from 'tap'
import { SecretKey } from '@epione/crypto'
import { StatementReader, findSignatory, verifyDirectory } from '@epione/protocol/verify'
import { representationsSuite } from '../../../helpers/contract-suite/representations.ts'
import {
  HOUR_MS, bindPractitioner, createConsent, directoryMembers, grantConsent, keyHex, publishPatient, sign, signProhibition
} from '../../../helpers/ledger-fixtures.ts'
import { confirmRepresentative, signFreeze, signRepresentationEnd } from '../../../helpers/lifetime-fixtures.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

await representationsSuite(t, await createMemoryWorld({ endorsers: 2 }))

let aheadMs = 0
const world = await createMemoryWorld({ endorsers: 2, clock: () => Date.now() + aheadMs })
const gateway = world.gateway('Regional1MSP').ledger

await t.test('a representation is over after its last moment', async (t) => {
  const patient = await publishPatient(world)
  const reader = await bindPractitioner(world)
  const { acting } = await confirmRepresentative(world, patient)
  aheadMs += HOUR_MS - 60_000
  await grantConsent(world, acting, reader)
  aheadMs += 120_000
  await t.rejects(grantConsent(world, acting, reader), { code: 'REPRESENTATION_ENDED', message: /is over/ })
  const { acting: again } = await confirmRepresentative(world, patient)
  await grantConsent(world, again, reader)
})

await t.test('another identity key of the patient ends what the former one named', async (t) => {
  const patient = await publishPatient(world)
  const { acting } = await confirmRepresentative(world, patient)
  const identity = SecretKey.random()
  const next = { ...directoryMembers(patient), version: 2, previous: patient.directoryId, identityKey: keyHex(identity) }
  await gateway.publishDirectory(sign(world, 'KeyDirectory', next, patient.identity, identity))
  await gateway.forbidAccess(signProhibition(world, acting, { forbids: { levels: ['V'] } }))
  aheadMs += 8 * 24 * HOUR_MS
  const { acting: waiting } = await confirmRepresentative(world, patient)
  await gateway.activateDirectory(patient.patientId)
  await t.rejects(gateway.forbidAccess(signProhibition(world, waiting, { forbids: { levels: ['V'] } })), {
    code: 'REPRESENTATION_ENDED', message: /former identity key/
  })
  const { acting: named } = await confirmRepresentative(world, { ...patient, identity })
  await gateway.forbidAccess(signProhibition(world, named, { forbids: { levels: ['V'] } }))
})

await t.test('of an end and an act in one block, the act counts where it came first and is refused where it came second', async (t) => {
  const patient = await publishPatient(world)
  const reader = await bindPractitioner(world)
  for (const first of ['act', 'end'] as const) {
    const { id, key, acting } = await confirmRepresentative(world, patient)
    const consent = sign(world, 'Consent', createConsent(world, acting, reader).members, key)
    const release = world.memory.hold()
    const act = (): Promise<unknown> => gateway.grantConsent(consent)
    const end = (): Promise<unknown> => gateway.endRepresentation(signRepresentationEnd(world, patient, id, patient.identity))
    const [one, other] = first === 'act' ? [act, end] : [end, act]
    const begun = one()
    await new Promise(setImmediate)
    const outcomes = Promise.allSettled([begun, other()])
    await new Promise(setImmediate)
    release()
    const [, second] = await outcomes
    if (first === 'act') t.equal(second.status, 'fulfilled')
    else t.match(second, { status: 'rejected', reason: { code: 'REPRESENTATION_ENDED' } })
  }
})

await t.test('no desk or representative dates an end back, by ordering it after what was signed meanwhile', async (t) => {
  const reader = await bindPractitioner(world)
  for (const by of ['desk', 'representative'] as const) {
    const patient = await publishPatient(world)
    const { id, key, acting } = await confirmRepresentative(world, patient)
    const { patientId } = patient
    const end = {
      desk: () => world.registrar(world.members[0]).ledger.endRepresentationInPerson({ patientId, representationId: id }),
      representative: () => gateway.endRepresentation(signRepresentationEnd(world, patient, id, key))
    }[by]
    const acts: Array<() => Promise<unknown>> = [
      () => grantConsent(world, acting, reader),
      () => gateway.forbidAccess(signProhibition(world, acting, { forbids: { levels: ['V'] } })),
      () => gateway.freezePatient(signFreeze(world, patient, key))
    ]
    const release = world.memory.hold()
    const ending = end()
    const order = await world.memory.keepBack()
    release()
    aheadMs += 10 * 60_000
    for (const act of acts) await act()
    order()
    await ending
    const directory = verifyDirectory(await gateway.getDirectory(patientId), patientId, new StatementReader(world.networkId))
    const { freeze } = await gateway.getSafety(patientId)
    const signers = [keyHex(key)]
    t.match(findSignatory(directory, signers, freeze?.time ?? 0), { kind: 'representative' }, by)
    t.ok((directory.representations[0]?.endedAt ?? 0) >= (freeze?.time ?? Infinity), 'it ends when it is ordered')
    await t.rejects(gateway.freezePatient(signFreeze(world, patient, key)), { code: 'REPRESENTATION_ENDED' })
  }
})
