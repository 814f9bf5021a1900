import { setTimeout as delay } from 'node:timers/promises'
import { bindPractitioner, createManifest, publishPatient, sign } from '../helpers/ledger-fixtures.ts'
import type { LedgerWorld } from '../helpers/ledger-world.ts'
import { createMemoryWorld } from '../helpers/memory-world.ts'
import { openPeerWorld } from '../helpers/peer-world.ts'
import { createIndex, createSearchKey, publishSearchKeys } from '../helpers/search-fixtures.ts'
import { TestNetwork } from '../helpers/test-network.ts'
import { median } from './measure.ts'

const IN_FLIGHT = 32
const CALLS = IN_FLIGHT * 6
const ROUNDS = 5
/** Pause in which followers of blocks come to the end of what one side made. */
const SETTLE_MS = 1_000

type Call = () => Promise<unknown>
/** Makes a signed registration ready, and gives what is left to the ledger. */
type Prepare = (place: number, hasEntry: boolean) => Call

/** So many patients with a search key, each registration of the next one's: no two in flight are on one chain. */
async function prepare (world: LedgerWorld, patients: number): Promise<Prepare> {
  const author = await bindPractitioner(world)
  const made = await Promise.all(Array.from({ length: patients }, async () => {
    const patient = await publishPatient(world)
    await publishSearchKeys(world, patient, [createSearchKey(patient, patient.compartments[0])])
    return patient
  }))
  return (place, hasEntry) => {
    const patient = made[place % made.length]
    if (patient === undefined) throw new RangeError('there is no patient')
    const members = { ...createManifest(author, patient).members, ...(hasEntry && { index: createIndex() }) }
    const statement = sign(world, 'RecordManifest', members, author.requestSigning)
    return async () => await author.ledger.registerRecord(statement)
  }
}

async function perSecond (calls: readonly Call[]): Promise<number> {
  await delay(SETTLE_MS)
  const queue = calls.values()
  const started = performance.now()
  await Promise.all(Array.from({ length: IN_FLIGHT }, async () => { for (const call of queue) await call() }))
  return calls.length / ((performance.now() - started) / 1000)
}

/** How often a contract asks the peer for its state, in a registration with an entry and in one without. */
async function countStateCalls (): Promise<{ withEntry: number, without: number }> {
  const world = await createMemoryWorld()
  const make = await prepare(world, 1)
  const count = async (hasEntry: boolean): Promise<number> => {
    const before = world.memory.stateCalls
    await make(0, hasEntry)()
    return world.memory.stateCalls - before
  }
  return { withEntry: await count(true), without: await count(false) }
}

export interface RegistrationFigures {
  ratios: { registration: number }
  figures: { registrationsPerSecond: number, withoutEntryPerSecond: number, stateCalls: { withEntry: number, without: number } }
}

/** Throughput of registrations with an index entry beside those without, in turn, on one network of three organisations. */
export async function measureRegistration (say: (text: string) => void): Promise<RegistrationFigures> {
  const stateCalls = await countStateCalls()
  const network = await TestNetwork.create({ organizations: 3 })
  const world = await openPeerWorld(network, { wait: false })
  try {
    const make = await prepare(world, IN_FLIGHT * 2)
    const drive = async (hasEntry: boolean): Promise<number> => await perSecond(Array.from({ length: CALLS }, (_, i) => make(i, hasEntry)))
    await drive(true)
    const samples: { entry: number, bare: number }[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const first = await drive(round % 2 === 0)
      const second = await drive(round % 2 !== 0)
      const [entry, bare] = round % 2 === 0 ? [first, second] : [second, first]
      samples.push({ entry, bare })
      say(`round ${String(round + 1)}: ${entry.toFixed(1)}/s with an entry, ${bare.toFixed(1)}/s without`)
    }
    const of = (pick: (sample: { entry: number, bare: number }) => number): number => Number(median(samples.map(pick)).toFixed(2))
    return {
      ratios: { registration: of(({ entry, bare }) => entry / bare) },
      figures: { registrationsPerSecond: of((s) => s.entry), withoutEntryPerSecond: of((s) => s.bare), stateCalls }
    }
  } finally {
    await world.close()
    await network.destroy()
  }
}
