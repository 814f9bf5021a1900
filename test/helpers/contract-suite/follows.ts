import { SecretKey } from '@epione/crypto'
import type { AccessEvent } from '@epione/protocol'
import type { Test } from 'tap'
import { addDevice, SegmentMaker, signDeviceEnd, signFollow } from '../device-fixtures.ts'
import type { AddedDevice } from '../device-fixtures.ts'
import {
  activateConsent, bindPractitioner, directoryMembers, publishPatient, randomHash, registerRecord, sign, signProhibition, signRequest
} from '../ledger-fixtures.ts'
import type { TestPatient } from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'

interface Followed { patient: TestPatient, device: AddedDevice, maker: SegmentMaker }

/** Following a stream: the one permit over what is to come, its receipts, and the beat that keeps it alive. */
export async function followsSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional] = world.members
  const gateway = world.gateway(core).ledger
  const reader = await bindPractitioner(world, { mspId: regional })
  const streaming = async (): Promise<Followed> => {
    const patient = await publishPatient(world)
    const device = await addDevice(world, patient)
    const maker = new SegmentMaker(world, device)
    await gateway.registerSegments([maker.next().statement])
    return { patient, device, maker }
  }
  const follow = async ({ patient, maker }: Followed, consentId?: string, members: object = {}): Promise<AccessEvent> =>
    (await reader.ledger.requestAccess(signFollow(world, reader, patient, maker.stream, consentId, members))).value

  await t.test('a stream is followed from its head on, for as long as was asked', async (t) => {
    const followed = await streaming()
    const { patient, device, maker } = followed
    const { consentId } = await activateConsent(world, patient, reader, { actions: ['follow'] })
    const event = await follow(followed, consentId)
    const [{ label }] = patient.compartments
    t.match(event, {
      decision: 'permit',
      action: 'follow',
      records: [],
      stream: { stream: maker.stream, head: 3, version: 1, lastsMs: 600_000, label, epoch: 1, level: 'N', deviceId: device.deviceId },
      expiresAt: event.time + 600_000
    })
    t.strictSame(await gateway.getAccess(event.eventId), { event, request: (await gateway.getAccess(event.eventId)).request })
    const receipt = (release: object, eventId = event.eventId): Promise<unknown> => gateway.recordRelease(
      sign(world, 'ReleaseReceipt', { mspId: core, releases: [{ eventId, ...release }] }, world.proxySigner(core)))
    await receipt({ windows: { first: 4, last: 9 } })
    await receipt({ windows: { first: 10, last: 10 }, end: 'expired' })
    await receipt({ end: 'refused' })
    await t.rejects(receipt({ windows: { first: 3, last: 4 } }), { code: 'EVENT_NOT_PERMITTED' }, 'what was there before is read, not followed')
    await t.rejects(receipt({ wrapHashes: [randomHash()] }), { code: 'EVENT_NOT_PERMITTED' })
    t.equal((await gateway.listReleases(event.eventId)).length, 3)
    const record = await registerRecord(world, await bindPractitioner(world), patient)
    const { value: denied } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consentId))
    t.match(denied, { decision: 'deny', reasons: [{ rule: 'consent.action-not-granted', facts: ['read'] }] }, 'to follow is not to read')
  })

  await t.test('a follow is denied for whatever a record would be, and for a stream that is not there', async (t) => {
    const followed = await streaming()
    const { patient, device, maker } = followed
    const readOnly = await activateConsent(world, patient, reader)
    t.match(await follow(followed, readOnly.consentId), { decision: 'deny', reasons: [{ rule: 'consent.action-not-granted', facts: ['follow'] }] })
    const rulesOf = ({ reasons }: AccessEvent): string[] => reasons.map((r) => r.rule)
    const of = async (members: Parameters<typeof activateConsent>[3]): Promise<string[]> =>
      rulesOf(await follow(followed, (await activateConsent(world, patient, reader, { actions: ['follow'], ...members })).consentId))
    t.strictSame(await of({ grade: 'advanced', levels: ['V'] }), ['consent.level-not-granted'])
    t.strictSame(await of({ grade: 'intermediate', exceptions: [{ mediaClasses: ['signal'] }] }), ['consent.excepted'])
    t.strictSame(await of({ grade: 'intermediate', exceptions: [{ records: [maker.stream] }] }), ['consent.excepted'])
    t.strictSame(await of({ grade: 'intermediate', exceptions: [{ actions: ['read'] }] }), ['policy.role-may-act', 'consent.grants'])
    const past = { from: world.now() - 10_000_000, until: world.now() - 5_000_000 }
    t.strictSame(await of({ grade: 'intermediate', dataPeriod: past }), ['consent.data-period-not-granted'], 'what comes is of now')

    const { consentId } = await activateConsent(world, patient, reader, { actions: ['follow'] })
    const other = await streaming()
    const stream = { stream: other.maker.stream, lastsMs: 1000 }
    t.match(await follow(followed, consentId, { stream }), {
      decision: 'deny', reasons: [{ rule: 'stream.unknown', facts: [other.maker.stream] }]
    }, 'another patient\'s')
    const record = await registerRecord(world, await bindPractitioner(world), patient)
    t.match(await follow(followed, consentId, { stream: { stream: record.recordId, lastsMs: 1000 } }), {
      reasons: [{ rule: 'stream.unknown' }]
    }, 'a record is no stream')
    t.equal((await follow(followed, consentId, { purpose: 'HRESCH' })).decision, 'deny')
    await gateway.forbidAccess(signProhibition(world, patient, { forbids: { actions: ['follow'] } }))
    t.match(await follow(followed, consentId), { reasons: [{ rule: 'patient.prohibits' }] })
    await gateway.endDevice(signDeviceEnd(world, device, patient.identity))
    t.strictSame(rulesOf(await follow(followed, consentId)), ['patient.prohibits', 'stream.device-ended'])
    const erasure = { patientId: patient.patientId, records: [{ recordId: maker.stream }] }
    await gateway.eraseRecords(sign(world, 'Erasure', erasure, patient.identity))
    t.ok(rulesOf(await follow(followed, consentId)).includes('record.erased'))
  })

  await t.test('what is to come is of the newest epoch, which the consent must cover', async (t) => {
    const followed = await streaming()
    const { patient, maker } = followed
    const { consentId } = await activateConsent(world, patient, reader, { actions: ['follow'] })
    const { compartments, ...rest } = directoryMembers(patient)
    const raised = compartments.map((c, i) => i === 0 ? { ...c, epoch: 2, key: SecretKey.random().publicKey().toHex() } : c)
    const next = { ...rest, compartments: raised, version: 2, previous: patient.directoryId }
    await gateway.publishDirectory(sign(world, 'KeyDirectory', next, patient.identity))
    const [{ label }] = patient.compartments
    t.match(await follow(followed, consentId), {
      decision: 'deny',
      reasons: [{ rule: 'consent.compartment-not-granted', facts: [`${label}/2`] }],
      stream: { stream: maker.stream, epoch: 2 }
    })
  })

  await t.test('a gateway says that the ledger is alive, and nobody else does', async (t) => {
    const { value, txId } = await world.gateway(regional).ledger.beat()
    t.match(value, { mspId: regional, txId })
    await t.rejects(reader.ledger.beat(), { code: 'NOT_AUTHORIZED' })
  })
}
