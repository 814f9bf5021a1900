import t from 'tap'
import type { RecordOrder } from '@epione/protocol'
import { erasedCompartmentsSuite } from '../../../helpers/contract-suite/erased-compartments.ts'
import { recordEndsSuite } from '../../../helpers/contract-suite/record-ends.ts'
import { bindPractitioner, createManifest, publishPatient, registerRecord, sign } from '../../../helpers/ledger-fixtures.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

// Two endorsers, so that a contract that is not deterministic fails here already.
const world = await createMemoryWorld({ endorsers: 2 })
await recordEndsSuite(t, world)
await erasedCompartmentsSuite(t, world)

/** A record of so many versions, and how its patient erases it. */
async function makeLong (versions: number) {
  const author = await bindPractitioner(world)
  const patient = await publishPatient(world)
  const { recordId, manifestId } = await registerRecord(world, author, patient)
  let previous = manifestId
  for (let version = 2; version <= versions; version++) {
    const members = { ...createManifest(author, patient).members, recordId, version, previous }
    previous = (await author.ledger.registerRecord(sign(world, 'RecordManifest', members, author.requestSigning))).value.manifest.id
  }
  const { ledger } = world.gateway('CoreMSP')
  const erase = async (...named: object[]): Promise<RecordOrder> => {
    const records = named.map((members) => ({ recordId, ...members }))
    return (await ledger.eraseRecords(sign(world, 'Erasure', { patientId: patient.patientId, records }, patient.identity))).value
  }
  return { erase }
}

t.test('an erasure ends 64 versions at most; of a longer record they are named', async (t) => {
  const { erase } = await makeLong(65)
  await t.rejects(erase({}), { code: 'ERASURE_TOO_LARGE' })
  await erase({ version: 1 })
  t.equal((await erase({})).versions.length, 64)
})

t.test('an erasure does not walk through a long past that has ended, unless it is named', async (t) => {
  const { erase } = await makeLong(257)
  for (let first = 1; first <= 193; first += 64) await erase(...Array.from({ length: 64 }, (_, i) => ({ version: first + i })))
  await t.rejects(erase({}), { code: 'ERASURE_TOO_LARGE', message: /looks at 256 of them/ })
  t.equal((await erase({ version: 257 })).versions.length, 1)
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
