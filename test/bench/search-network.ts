import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assembleCast } from '../helpers/cast.ts'
import { signIn, SCOPES } from '../helpers/sign-in.ts'
import { Party } from '../helpers/epione.ts'
import { openPeerWorld } from '../helpers/peer-world.ts'
import { TestNetwork } from '../helpers/test-network.ts'
import { fillIndex, hireWriters } from './fill-index.ts'
import { median } from './measure.ts'

const ROUNDS = 5
const WRITERS = 50

type Say = (text: string) => void

/** Names say how many records were searched: `warmBeyondPermitMs10k`. */
export interface NetworkFigures { ratios: object, figures: Record<string, number> }

async function timed (work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** A patient whose records can be searched, by their phrase. */
interface Searched { person: Party, patientId: string, phrase: string }

/** A new patient of the core hospital with a search key. */
async function makePatient (name: string, { folder, file, token }: { folder: string, file: string, token: string }): Promise<Searched> {
  const person = new Party(name, join(folder, name))
  person.useToken(token)
  const init = ['patient', 'init', '--network', file, '--gateway', 'core', '--phrase-file', person.path('phrase')]
  const patientId = String((await person.must(init)).json['patientId'])
  await person.must(['patient', 'card', '--out', person.path('card')])
  return { person, patientId, phrase: (await readFile(person.path('phrase'), 'utf8')).trim() }
}

/**
 * What a reader waits for who searches patients' records on a real network of three hospitals, by `epione` processes: with nothing
 * kept, with all kept, and beside them, in turn, an access request alone, as every search begins with one. Manifests are registered by
 * 50 authors at once, straight on the ledger, with entries of 20 keywords.
 */
export async function measureOnNetwork (say: Say, sizes: readonly number[] = [500, 10_000]): Promise<NetworkFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-search-'))
  const network = await TestNetwork.create({ organizations: 3 })
  const world = await openPeerWorld(network, { wait: false })
  try {
    const { reader, readerId, readerFingerprint } = await assembleCast({ stateDir: network.stateDir, folder, home: 'core', readerHospital: 'regional1' })
    const file = join(network.stateDir, 'network.json')
    const token = await signIn(network.stateDir, 'core', 'desk', SCOPES.desk)
    const writers = await hireWriters(world, WRITERS)
    const stores = ['core', 'regional1'].map((id) => network.paths.organization(id).gateway.data)
    await reader.unlock()
    const figures: NetworkFigures['figures'] = {}
    for (const records of sizes) {
      const patient = await makePatient(`patient-${String(records)}`, { folder, file, token })
      const started = performance.now()
      const recordId = await fillIndex(world, writers, { phrase: patient.phrase, records, stores, say })
      say(`${String(records)} records in ${((performance.now() - started) / 1000).toFixed(0)} s`)
      await patient.person.must([
        'consent', 'grant', '--practitioner', readerId, '--category', 'summary', '--purpose', 'TREAT', '--days', '1',
        '--action', 'read', 'search', '--fingerprint', readerFingerprint
      ])
      Object.assign(figures, await measureSearches(reader, { ...patient, recordId, records }, say))
    }
    return { ratios: {}, figures }
  } finally {
    await world.close()
    await network.destroy()
    await rm(folder, { recursive: true })
  }
}

/** Medians of some rounds, named by the number of records. */
async function measureSearches (
  reader: Party, { patientId, recordId, records }: { patientId: string, recordId: string, records: number }, say: Say
): Promise<NetworkFigures['figures']> {
  const expected = Math.floor((records + 3) / 7)
  const search = async (): Promise<void> => {
    const { json } = await reader.must(['search', 'smoker AND w3', '--patient', patientId, '--purpose', 'TREAT', '--limit', '10'])
    if (json['total'] !== expected) throw new Error(`${String(expected)} expected, the search found ${JSON.stringify(json)}`)
  }
  const cold = async (): Promise<void> => {
    await rm(join(reader.home, 'search'), { recursive: true, force: true })
    await search()
  }
  const permit = (): Promise<unknown> => reader.must(['access', 'request', '--patient', patientId, '--record', recordId, '--purpose', 'TREAT'])
  await search()
  const samples: Array<{ coldMs: number, warmMs: number, permitMs: number }> = []
  for (let round = 1; round <= ROUNDS; round++) {
    const taken = { permitMs: await timed(permit), coldMs: await timed(cold), warmMs: await timed(search) }
    samples.push(taken)
    say(`round ${String(round)}: ${Object.entries(taken).map(([name, ms]) => `${name} ${ms.toFixed(0)}`).join(', ')}`)
  }
  const of = (pick: (sample: typeof samples[number]) => number): number => Math.round(median(samples.map(pick)))
  const size = records % 1000 === 0 ? `${String(records / 1000)}k` : String(records)
  return {
    [`networkColdMs${size}`]: of((s) => s.coldMs),
    [`networkWarmMs${size}`]: of((s) => s.warmMs),
    [`permitMs${size}`]: of((s) => s.permitMs),
    [`coldBeyondPermitMs${size}`]: of((s) => s.coldMs - s.permitMs),
    [`warmBeyondPermitMs${size}`]: of((s) => s.warmMs - s.permitMs)
  }
}
