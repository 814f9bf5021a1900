import t from 'tap'
import { ReadConflict } from '@epione/ledger/client'
import { segmentsSuite } from '../../../helpers/contract-suite/segments.ts'
import { addDevice, outcomesOf, SegmentMaker } from '../../../helpers/device-fixtures.ts'
import { publishPatient } from '../../../helpers/ledger-fixtures.ts'
import { publishGuardians, signFreeze, twoOf } from '../../../helpers/lifetime-fixtures.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

await segmentsSuite(t, await createMemoryWorld({ endorsers: 2 }))

await t.test('a batch that races a freeze is the gateway\'s to send again, and then only that item is refused', async (t) => {
  const world = await createMemoryWorld()
  const gateway = world.gateway('CoreMSP').ledger
  const patients = await Promise.all([0, 1, 2].map(() => publishPatient(world)))
  const statements = await Promise.all(patients.map(async (p) => new SegmentMaker(world, await addDevice(world, p)).next().statement))
  const [, raced] = patients
  if (raced === undefined) throw new Error('three patients')
  const freeze = signFreeze(world, raced, ...twoOf(await publishGuardians(world, raced)))
  const release = world.memory.hold()
  const frozen = world.gateway('Regional1MSP').ledger.freezePatient(freeze)
  await new Promise(setImmediate)
  const registered = t.rejects(gateway.registerSegments(statements), ReadConflict)
  await new Promise(setImmediate)
  release()
  await Promise.all([frozen, registered])
  t.strictSame(outcomesOf((await gateway.registerSegments(statements)).value), [1, 'PATIENT_FROZEN', 1])
})

await t.test('a segment in a batch asks the peer for little', async (t) => {
  const world = await createMemoryWorld()
  const gateway = world.gateway('CoreMSP').ledger
  const device = await addDevice(world, await publishPatient(world))
  const others = await Promise.all(Array.from({ length: 8 }, async () => await addDevice(world, await publishPatient(world))))
  const callsOf = async (run: () => Promise<unknown>): Promise<number> => {
    const before = world.memory.stateCalls
    await run()
    return world.memory.stateCalls - before
  }
  const single = await callsOf(() => gateway.registerSegments([new SegmentMaker(world, device).next().statement]))
  const many = await callsOf(() => gateway.registerSegments(others.map((d) => new SegmentMaker(world, d).next().statement)))
  const shared = single - (many - single) / 7
  t.ok((many - shared) / 8 <= 11, `${(many - single) / 7} calls of an entry, ${single} of one alone`)
  t.comment(`${(many - single) / 7} calls of an entry, ${single} of one alone`)
})
