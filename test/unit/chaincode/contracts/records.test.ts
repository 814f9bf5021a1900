import t from 'tap'
import { recordsSuite } from '../../../helpers/contract-suite/records.ts'
import { bindPractitioner, publishPatient, registerRecord } from '../../../helpers/ledger-fixtures.ts'
import { rewrapRecord } from '../../../helpers/lifetime-fixtures.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'
import { createSearchKey, publishSearchKeys } from '../../../helpers/search-fixtures.ts'

// Two endorsers, so that a contract that is not deterministic fails here already.
await recordsSuite(t, await createMemoryWorld({ endorsers: 2 }))

await t.test('what names a wrap asks the peer for nothing on its account', async (t) => {
  const world = await createMemoryWorld()
  const callsOf = async (run: () => Promise<unknown>): Promise<number> => {
    const before = world.memory.stateCalls
    await run()
    return world.memory.stateCalls - before
  }
  const [author, patient] = [await bindPractitioner(world), await publishPatient(world)]
  const record = await registerRecord(world, author, patient)
  const [, sensitive] = patient.compartments
  // Each was two more while the ledger kept the name of each wrap (decision 0261).
  t.equal(await callsOf(async () => await registerRecord(world, author, patient)), 10, 'a registration')
  t.equal(await callsOf(async () => await rewrapRecord(world, patient, record, sensitive)), 8, 'a rewrap')
  t.equal(await callsOf(async () => await publishSearchKeys(world, patient, [createSearchKey(patient, sensitive)])), 10, 'a search key')
})
