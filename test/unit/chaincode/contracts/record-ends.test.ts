import t from 'tap'
import { recordEndsSuite } from '../../../helpers/contract-suite/record-ends.ts'
import { bindPractitioner, createManifest, publishPatient, registerRecord, sign } from '../../../helpers/ledger-fixtures.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

// Two endorsers, so that a contract that is not deterministic fails here already.
const world = await createMemoryWorld({ endorsers: 2 })
await recordEndsSuite(t, world)

t.test('an erasure ends 64 versions at most; of a longer record they are named', async (t) => {
  const author = await bindPractitioner(world)
  const patient = await publishPatient(world)
  const first = await registerRecord(world, author, patient)
  let previous = first.manifestId
  for (let version = 2; version <= 65; version++) {
    const members = { ...createManifest(author, patient).members, recordId: first.recordId, version, previous }
    previous = (await author.ledger.registerRecord(sign(world, 'RecordManifest', members, author.requestSigning))).value.manifest.id
  }
  const { ledger } = world.gateway('CoreMSP')
  const erase = (records: object[]): ReturnType<typeof ledger.eraseRecords> =>
    ledger.eraseRecords(sign(world, 'Erasure', { patientId: patient.patientId, records }, patient.identity))
  await t.rejects(erase([{ recordId: first.recordId }]), { code: 'ERASURE_TOO_LARGE' })
  await erase([{ recordId: first.recordId, version: 1 }])
  t.equal((await erase([{ recordId: first.recordId }])).value.versions.length, 64)
})

t.test('of two who follow the same version one is taken, and the other is told the winner', async (t) => {
  const author = await bindPractitioner(world)
  const patient = await publishPatient(world)
  const first = await registerRecord(world, author, patient)
  const follow = async (): Promise<string> => {
    const members = { ...createManifest(author, patient).members, recordId: first.recordId, version: 2, previous: first.manifestId }
    return (await author.ledger.registerRecord(sign(world, 'RecordManifest', members, author.requestSigning))).value.manifest.id
  }
  const outcomes = await Promise.allSettled([follow(), follow()])
  const won = outcomes.flatMap((o) => o.status === 'fulfilled' ? [o.value] : [])
  t.equal(won.length, 1)
  t.match(outcomes.flatMap((o) => o.status === 'rejected' ? [o.reason as Error] : []), [
    { code: 'RECORD_CONFLICT', message: new RegExp(`version 2, statement ${won[0] ?? ''}`) }
  ])
})
