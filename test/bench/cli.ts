import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { TransactionName } from '@epione/protocol'
import { assembleCast } from '../helpers/cast.ts'
import type { Cast } from '../helpers/cast.ts'
import { runProgram } from '../helpers/client/cli.ts'
import type { Party } from '../helpers/epione.ts'
import { TestNetwork } from '../helpers/test-network.ts'
import { connectBare } from './bare-ledger.ts'
import { median } from './measure.ts'

/**
 * What a person waits for, by `epione` processes on a real network: help, a list, a grant, and from the access request to the opened
 * file, each with the home unlocked; list and opening also with the pass-phrase. Beside it, in turn, one submit of a bare contract on
 * the same peers by a connection that is open already: `requestToOpen` says how many of these a request and its opening take.
 * Usage: npm run bench:cli [-- --json] [--rounds N]
 */
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '7' } } })
const ROUNDS = Number(values.rounds)
const SCAN = join(import.meta.dirname, '..', 'data', 'dicom', 'CT_small.dcm')

const say = (text: string): void => { console.error(text) }

interface Stage extends Cast { folder: string, patientId: string, recordId: string }

async function setStage (network: TestNetwork, folder: string): Promise<Stage> {
  const cast = await assembleCast({ stateDir: network.stateDir, folder, home: 'core', readerHospital: 'regional1' })
  const { patient, author } = cast
  const file = join(network.stateDir, 'network.json')
  const { json } = await patient.must(['patient', 'init', '--network', file, '--gateway', 'core', '--phrase-file', patient.path('phrase')])
  await patient.must(['patient', 'card', '--out', patient.path('card')])
  const added = await author.must(['record', 'add', SCAN, '--card', patient.path('card'), '--category', 'imaging'])
  return { ...cast, folder, patientId: String(json['patientId']), recordId: String(added.json['recordId']) }
}

async function timed (work: () => unknown): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

function grant ({ patient, readerId, readerFingerprint }: Stage): Promise<unknown> {
  return patient.must([
    'consent', 'grant', '--practitioner', readerId, '--category', 'imaging', '--purpose', 'TREAT', '--days', '1',
    '--fingerprint', readerFingerprint
  ])
}

async function requestAndOpen ({ reader, folder, patientId, recordId }: Stage): Promise<void> {
  const { json } = await reader.must(['access', 'request', '--patient', patientId, '--record', recordId, '--purpose', 'TREAT'])
  await reader.must(['open', String(json['eventId']), '--out', join(folder, randomUUID())])
}

const list = ({ patient }: Stage): Promise<unknown> => patient.must(['record', 'list'])

interface Sample {
  helpMs: number
  listMs: number
  grantMs: number
  requestToOpenMs: number
  lockedListMs: number
  lockedRequestToOpenMs: number
  bareSubmitMs: number
}

async function sample (stage: Stage, submitBare: () => Promise<unknown>): Promise<Sample> {
  const people: readonly Party[] = [stage.patient, stage.reader]
  for (const person of people) await person.must(['unlock'])
  const unlocked = {
    helpMs: await timed(() => runProgram(['--help'], { env: { HOME: stage.folder } })),
    listMs: await timed(() => list(stage)),
    grantMs: await timed(() => grant(stage)),
    bareSubmitMs: median([await timed(submitBare), await timed(submitBare), await timed(submitBare)]),
    requestToOpenMs: await timed(() => requestAndOpen(stage))
  }
  for (const person of people) await person.must(['lock'])
  return {
    ...unlocked,
    lockedListMs: await timed(() => list(stage)),
    lockedRequestToOpenMs: await timed(() => requestAndOpen(stage))
  }
}

const folder = await mkdtemp(join(tmpdir(), 'bench-cli-'))
const network = await TestNetwork.create({ environment: { EPIONE_CHAINCODE: join(import.meta.dirname, 'bare-chaincode') } })
const { connection, bare } = await connectBare(network)
try {
  const stage = await setStage(network, folder)
  const submitBare = (): Promise<unknown> =>
    bare.submit('Assets:Create' as TransactionName, [randomUUID(), 'blue', '35', 'tomoko', '300'])
  say('warming up')
  await grant(stage)
  await sample(stage, submitBare)
  const samples: Sample[] = []
  for (let n = 1; n <= ROUNDS; n++) {
    const taken = await sample(stage, submitBare)
    samples.push(taken)
    say(`round ${n}: ${Object.entries<number>({ ...taken }).map(([name, ms]) => `${name} ${ms.toFixed(0)}`).join(', ')}`)
  }
  const of = (pick: (sample: Sample) => number): number => median(samples.map(pick))
  const figure = (name: keyof Sample): number => Math.round(of((sample) => sample[name]))
  const result = {
    figures: {
      helpMs: figure('helpMs'),
      listMs: figure('listMs'),
      grantMs: figure('grantMs'),
      requestToOpenMs: figure('requestToOpenMs'),
      lockedListMs: figure('lockedListMs'),
      lockedRequestToOpenMs: figure('lockedRequestToOpenMs'),
      bareSubmitMs: figure('bareSubmitMs')
    },
    ratios: { requestToOpen: Number(of(({ requestToOpenMs, bareSubmitMs }) => requestToOpenMs / bareSubmitMs).toFixed(2)) },
    rounds: ROUNDS
  }
  console.log(values.json ? JSON.stringify(result) : JSON.stringify(result, undefined, 2))
} finally {
  await connection.close()
  await network.destroy()
  await rm(folder, { recursive: true })
}
