import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { assembleCast } from '../helpers/cast.ts'
import type { Cast } from '../helpers/cast.ts'
import { epione } from '../helpers/client/cli.ts'
import type { Party } from '../helpers/epione.ts'
import { TestNetwork } from '../helpers/test-network.ts'
import { median } from './measure.ts'

const ROUNDS = 5
const ADDED_AT_ONCE = 4
/** A person may write 300 times a minute: whoever comes sooner is told to wait. */
const PAUSE_MS = 5_000

type Say = (text: string) => void

export interface NetworkFigures {
  ratios: object
  figures: {
    networkRecords: number
    networkColdMs: number
    networkWarmMs: number
    permitMs: number
    coldBeyondPermitMs: number
    warmBeyondPermitMs: number
  }
}

/** The command in this process, with the keys of a person whose home is unlocked. */
async function act (person: Party, args: readonly string[]): Promise<boolean> {
  const env = { EPIONE_HOME: person.home, EPIONE_PASSPHRASE_FILE: person.path('passphrase'), EPIONE_TOKEN_FILE: person.path('token') }
  return (await epione([...args, '--json'], env)).exitCode === 0
}

async function addRecords ({ author, patient }: Cast, records: number, say: Say): Promise<void> {
  const places = Array.from({ length: records }, (_, place) => place).values()
  await Promise.all(Array.from({ length: ADDED_AT_ONCE }, async () => {
    for (const place of places) {
      const file = author.path(`note-${String(place)}.txt`)
      await writeFile(file, `visit v${String(place)} in ward w${String(place % 7)}, smoker\n`)
      while (!await act(author, ['record', 'add', file, '--category', 'summary', '--card', patient.path('card')])) await delay(PAUSE_MS)
      if (place % 100 === 99) say(`${String(place + 1)} records`)
    }
  }))
}

async function timed (work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/**
 * What a reader waits for who searches a patient's records on a real network of three hospitals, by `epione` processes: with nothing
 * kept, with all kept, and beside them, in turn, an access request alone, which is the permit that every search begins with.
 */
export async function measureOnNetwork (say: Say, records = 500): Promise<NetworkFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-search-'))
  const network = await TestNetwork.create({ organizations: 3 })
  try {
    const cast = await assembleCast({ stateDir: network.stateDir, folder, home: 'core', readerHospital: 'regional1' })
    const { patient, author, reader, readerId, readerFingerprint } = cast
    const file = join(network.stateDir, 'network.json')
    const init = ['patient', 'init', '--network', file, '--gateway', 'core', '--phrase-file', patient.path('phrase')]
    const patientId = String((await patient.must(init)).json['patientId'])
    await patient.must(['patient', 'card', '--out', patient.path('card')])
    for (const person of [patient, author, reader]) await person.unlock()
    await addRecords(cast, records, say)
    const { json: { items } } = await patient.must(['record', 'list'])
    const recordId = (items as Array<{ recordId: string }>)[0]?.recordId ?? ''
    await patient.must([
      'consent', 'grant', '--practitioner', readerId, '--category', 'summary', '--purpose', 'TREAT', '--days', '1',
      '--action', 'read', 'search', '--fingerprint', readerFingerprint
    ])
    const search = async (): Promise<void> => {
      const { json } = await reader.must(['search', 'smoker AND w3', '--patient', patientId, '--purpose', 'TREAT'])
      if (json['total'] !== Array.from({ length: records }, (_, place) => place).filter((place) => place % 7 === 3).length) {
        throw new Error(`the search found ${JSON.stringify(json)}`)
      }
    }
    const cold = async (): Promise<void> => {
      await rm(join(reader.home, 'search'), { recursive: true, force: true })
      await search()
    }
    const request = ['access', 'request', '--patient', patientId, '--record', recordId, '--purpose', 'TREAT']
    const permit = (): Promise<unknown> => reader.must(request)
    await search()
    const samples: Array<{ coldMs: number, warmMs: number, permitMs: number }> = []
    for (let round = 1; round <= ROUNDS; round++) {
      const taken = { permitMs: await timed(permit), coldMs: await timed(cold), warmMs: await timed(search) }
      samples.push(taken)
      say(`round ${String(round)}: ${Object.entries(taken).map(([name, ms]) => `${name} ${ms.toFixed(0)}`).join(', ')}`)
    }
    const of = (pick: (sample: typeof samples[number]) => number): number => Math.round(median(samples.map(pick)))
    return {
      ratios: {},
      figures: {
        networkRecords: records,
        networkColdMs: of((s) => s.coldMs),
        networkWarmMs: of((s) => s.warmMs),
        permitMs: of((s) => s.permitMs),
        coldBeyondPermitMs: of((s) => s.coldMs - s.permitMs),
        warmBeyondPermitMs: of((s) => s.warmMs - s.permitMs)
      }
    }
  } finally {
    await network.destroy()
    await rm(folder, { recursive: true })
  }
}
