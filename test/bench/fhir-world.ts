import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { assembleCast } from '../helpers/cast.ts'
import type { Cast } from '../helpers/cast.ts'
import { Party } from '../helpers/epione.ts'
import { startHapi } from '../helpers/hapi.ts'
import type { Hapi } from '../helpers/hapi.ts'
import { SCOPES, signIn } from '../helpers/sign-in.ts'
import { TestNetwork } from '../helpers/test-network.ts'

const BIN = join(import.meta.dirname, '..', '..', 'cli', 'bin', 'epione.js')
/** Base of HAPI that has what this service has. */
export const PARTITION = 'bench'

/** A program that serves FHIR. */
export interface Served {
  readonly base: string
  readonly pid: number
  /** What a request shows. */
  readonly headers: Readonly<Record<string, string>>
}

export interface FhirWorld extends Cast {
  readonly network: TestNetwork
  readonly hapi: Hapi
  readonly folder: string
  /** Where the author's service looks for write cards. */
  readonly cards: string
  /** A new patient of the core hospital whose card the author has, and who lets the reader read and search. */
  readonly addPatient: (name: string) => Promise<{ person: Party, patientId: string, consentId: string }>
  /** `epione fhir` of somebody, until the world ends. */
  readonly serve: (party: Party, ...options: string[]) => Promise<Served>
  readonly close: () => Promise<void>
}

/** Three hospitals on a real network, an author and a reader whose keys are at hand, and a HAPI server beside them. */
export async function openFhirWorld (say: (text: string) => void): Promise<FhirWorld> {
  const ends: Array<() => unknown> = []
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end()
  }
  try {
    const folder = await mkdtemp(join(tmpdir(), 'bench-fhir-'))
    ends.push(() => rm(folder, { recursive: true, force: true }))
    const hapi = await startHapi({ teardown: (work) => { ends.push(work) } }, { partitions: [PARTITION], optimised: true, heapMiB: 1_500 })
    say('HAPI is up')
    const network = await TestNetwork.create({ organizations: 3 })
    ends.push(() => network.destroy())
    say('a network of three hospitals is up')
    const cast = await assembleCast({ stateDir: network.stateDir, folder, home: 'core', readerHospital: 'regional1', unlocked: true })
    ends.push(async () => { await Promise.all([cast.author.lock(), cast.reader.lock()]) })
    const cards = join(folder, 'cards')
    await mkdir(cards)
    const token = await signIn(network.stateDir, 'core', 'desk', SCOPES.desk)
    return {
      ...cast,
      network,
      hapi,
      folder,
      cards,
      addPatient: async (name) => await addPatient({ ...cast, network, folder, cards, token }, name),
      serve: async (party, ...options) => {
        const { served, end } = await serve(party, options)
        ends.push(end)
        return served
      },
      close
    }
  } catch (error) {
    await close()
    throw error
  }
}

type Given = Pick<FhirWorld, 'network' | 'folder' | 'cards' | 'readerId' | 'readerFingerprint'> & { token: string }

async function addPatient (
  { network, folder, cards, readerId, readerFingerprint, token }: Given, name: string
): Promise<{ person: Party, patientId: string, consentId: string }> {
  const person = new Party(name, join(folder, name))
  person.useToken(token)
  const init = ['patient', 'init', '--network', join(network.stateDir, 'network.json'), '--gateway', 'core', '--phrase-file', person.path('phrase')]
  const patientId = String((await person.must(init)).json['patientId'])
  await person.must(['patient', 'card', '--out', person.path('card')])
  await copyFile(person.path('card'), join(cards, `${patientId}.json`))
  const granted = await person.must([
    'consent', 'grant', '--practitioner', readerId, '--fingerprint', readerFingerprint, '--category', 'encounters', 'imaging',
    '--purpose', 'TREAT', '--days', '1', '--action', 'read', 'search'
  ])
  return { person, patientId, consentId: String(granted.json['consentId']) }
}

async function serve (party: Party, options: readonly string[]): Promise<{ served: Served, end: () => Promise<void> }> {
  const child = spawn(process.execPath, [BIN, 'fhir', '--port', '0', '--json', ...options], { stdio: ['ignore', 'pipe', 'inherit'], env: party.environment })
  const closed = once(child, 'close')
  const end = async (): Promise<void> => {
    child.kill('SIGTERM')
    await closed
  }
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line') as Promise<[string]>,
    closed.then(() => { throw new Error(`epione fhir of ${party.name} ended`) })
  ])
  const { url, tokenFile } = JSON.parse(line) as { url: string, tokenFile: string }
  const token = (await readFile(tokenFile, 'utf8')).trim()
  return { served: { base: url, pid: child.pid ?? 0, headers: { authorization: `Bearer ${token}` } }, end }
}
