import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { LedgerPort } from '@epione/ledger/client'
import type { AccessEvent, TransactionName } from '@epione/protocol'
import { managedProcesses } from '../../network/nodes/specs.ts'
import { activateConsent, bindPractitioner, publishPatient, randomHash, registerRecord, signRequest } from '../helpers/ledger-fixtures.ts'
import type { LedgerWorld } from '../helpers/ledger-world.ts'
import { createMemoryWorld } from '../helpers/memory-world.ts'
import { openPeerWorld } from '../helpers/peer-world.ts'
import type { PeerWorld } from '../helpers/peer-world.ts'
import { cpuMs } from '../helpers/process-cpu.ts'
import { TestNetwork } from '../helpers/test-network.ts'
import { connectBare } from './bare-ledger.ts'
import { median } from './measure.ts'
import { measureDecision } from './policy-decision.ts'

/**
 * Throughput of an access request with its decision, and of a query by id, beside a bare contract of one read and one write on the
 * same network, peers and chaincode process, in turn. CPU is counted over all processes of the network: peers, orderers, chaincodes,
 * gateways and anchor services that follow the blocks; that of the asking client stands beside it. Calls to the state are counted on
 * the ledger in memory, which runs the same contracts.
 * Usage: npm run bench:ledger [-- --json] [--in-flight N] [--rounds N] [--organizations N] [--peers N]
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    'in-flight': { type: 'string', default: '128' },
    rounds: { type: 'string', default: '5' },
    organizations: { type: 'string', default: '3' },
    peers: { type: 'string', default: '1' }
  }
})
const IN_FLIGHT = Number(values['in-flight'])
const ROUNDS = Number(values.rounds)
/** Transactions, and queries, of one side in one round. */
const CALLS = { submit: IN_FLIGHT * 5, query: IN_FLIGHT * 12 }
const IDLE_SECONDS = 20
/** Pause in which followers of blocks come to the end of what one side made. */
const SETTLE_MS = 2_000
/** This process, in the table. */
const CLIENT = 'client'

/**
 * Our request, an entry of the log alone and a batch of them beside a bare creation; our query beside a bare one of the usual small asset
 * and one of an asset as large as our event, which shows what is the contract's and what the answer's size.
 */
const PAIRS = { submit: ['request', 'create', 'append', 'batch'], query: ['get', 'read', 'large'] } as const
const SIDES = [...PAIRS.submit, ...PAIRS.query]
/** Entries of the log in one transaction. */
const BATCH = 32
type Side = (typeof SIDES)[number]

interface Sample { perSecond: number, cpuMs: number, processes: Map<string, number>, p50Ms: number }

const say = (text: string): void => { console.error(text) }

/** Runs `calls` with so many in flight; the first failure ends it. */
async function drive (network: TestNetwork, calls: readonly (() => Promise<unknown>)[]): Promise<Sample> {
  const before = await readCpu(network)
  const latencies: number[] = []
  const queue = calls.values()
  const started = performance.now()
  await Promise.all(Array.from({ length: IN_FLIGHT }, async () => {
    for (const call of queue) {
      const from = performance.now()
      await call()
      latencies.push(performance.now() - from)
    }
  }))
  const seconds = (performance.now() - started) / 1000
  const after = await readCpu(network)
  const processes = new Map([...after].map(([name, ms]) => [name, (ms - (before.get(name) ?? 0)) / calls.length]))
  return { perSecond: calls.length / seconds, cpuMs: networkCpu(processes), processes, p50Ms: median(latencies) }
}

async function readCpu (network: TestNetwork): Promise<Map<string, number>> {
  const names = managedProcesses(await network.context()).map(({ name }) => name)
  const used = await Promise.all(names.map(async (name): Promise<[string, number]> => [name, await cpuMs(await network.pid(name))]))
  return new Map([...used, [CLIENT, await cpuMs(process.pid)]])
}

const networkCpu = (processes: ReadonlyMap<string, number>): number =>
  sum([...processes].filter(([name]) => name !== CLIENT).map(([, ms]) => ms))

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0)
const round = (number: number, digits = 2): number => Number(number.toFixed(digits))

/** Makes a call ready before the clock runs. */
type Prepare = () => () => Promise<unknown>
type Sides = Record<Side, Prepare> & { eventBytes: number }

/** `request` signs, as a person's device does, and gives what is left to the ledger. */
interface Ours {
  request: () => () => Promise<AccessEvent>
  append: (entries: number) => Promise<unknown>
  get: (eventId: string) => Promise<unknown>
}

/** One patient, one record, one consent that permits. */
async function prepareOurs (world: LedgerWorld): Promise<Ours> {
  const patient = await publishPatient(world)
  const practitioner = await bindPractitioner(world)
  const record = await registerRecord(world, practitioner, patient)
  const { consentId } = await activateConsent(world, patient, practitioner)
  return {
    request: () => {
      const signed = signRequest(world, practitioner, patient, [record], consentId)
      return async () => (await practitioner.ledger.requestAccess(signed)).value
    },
    append: (entries) => {
      const now = world.now()
      const reader = { as: 'staff' as const, reader: practitioner.staffId }
      const note = { kind: 'reading' as const, ...reader, from: now, to: now, reads: 1, patients: [patient.patientId] }
      return world.gateway(practitioner.mspId).ledger.noteLog({ id: randomHash(), notes: Array.from({ length: entries }, () => note) })
    },
    get: (eventId) => practitioner.ledger.getAccess(eventId)
  }
}

/** How often a contract asks the peer for its state, in a request that is permitted and in a query by id. */
async function countStateCalls (): Promise<{ accessRequest: number, queryById: number }> {
  const world = await createMemoryWorld()
  const { request, get } = await prepareOurs(world)
  const start = world.memory.stateCalls
  const { eventId } = await request()()
  const requested = world.memory.stateCalls
  await get(eventId)
  return { accessRequest: requested - start, queryById: world.memory.stateCalls - requested }
}

/** What both sides do over and over. */
async function prepare (world: PeerWorld, bare: LedgerPort): Promise<Sides> {
  const { request, append, get } = await prepareOurs(world)
  const event = await request()()
  if (event.decision !== 'permit') throw new Error(`the request was denied: ${JSON.stringify(event)}`)
  const create = (id: string = randomUUID(), owner = 'tomoko'): Promise<unknown> =>
    bare.submit('Assets:Create' as TransactionName, [id, 'blue', '35', owner, '300'])
  const read = (id: string): Promise<unknown> => bare.evaluate('Assets:Read' as TransactionName, [id])
  const eventBytes = Buffer.byteLength(JSON.stringify(event))
  await create('known')
  await create('large', 'x'.repeat(eventBytes))
  return {
    request,
    create: () => () => create(),
    append: () => () => append(1),
    batch: () => () => append(BATCH),
    get: () => () => get(event.eventId),
    read: () => () => read('known'),
    large: () => () => read('large'),
    eventBytes
  }
}

/** In turn, the other way round in every other round; each begins when what was before is done. */
async function driveBoth<K extends keyof typeof CALLS> (
  network: TestNetwork,
  calls: Record<Side, Prepare>,
  kind: K,
  round: number
): Promise<Record<(typeof PAIRS)[K][number], Sample>> {
  const samples: Partial<Record<Side, Sample>> = {}
  for (const side of round % 2 === 1 ? PAIRS[kind] : PAIRS[kind].toReversed()) {
    await delay(SETTLE_MS)
    samples[side] = await drive(network, repeat(calls[side], CALLS[kind]))
  }
  return samples as Record<Side, Sample>
}

const repeat = (prepare: Prepare, times: number): (() => Promise<unknown>)[] => Array.from({ length: times }, prepare)

/** Milliseconds of CPU that each process takes in a minute with nobody asking. */
async function measureIdle (network: TestNetwork): Promise<Map<string, number>> {
  const before = await readCpu(network)
  await delay(IDLE_SECONDS * 1000)
  const after = await readCpu(network)
  return new Map([...after].map(([name, ms]) => [name, (ms - (before.get(name) ?? 0)) * 60 / IDLE_SECONDS]))
}

const network = await TestNetwork.create({
  organizations: Number(values.organizations),
  peers: Number(values.peers),
  anchors: true,
  environment: { EPIONE_CHAINCODE: join(import.meta.dirname, 'bare-chaincode') }
})
const world = await openPeerWorld(network, { wait: false })
const { connection, bare } = await connectBare(network)
try {
  const sides = await prepare(world, bare)
  say('warming up')
  await drive(network, repeat(sides.request, IN_FLIGHT * 2))
  await drive(network, repeat(sides.create, IN_FLIGHT * 2))
  const samples: Record<Side, Sample>[] = []
  for (let n = 1; n <= ROUNDS; n++) {
    const sample = { ...await driveBoth(network, sides, 'submit', n), ...await driveBoth(network, sides, 'query', n) }
    samples.push(sample)
    say(`round ${n}: requests ${round(sample.request.perSecond, 1)}/s, bare ${round(sample.create.perSecond, 1)}/s, ` +
      `queries ${round(sample.get.perSecond, 1)}/s, bare ${round(sample.read.perSecond, 1)}/s`)
  }
  const of = (pick: (sample: (typeof samples)[number]) => number): number => median(samples.map(pick))
  const idle = await measureIdle(network)
  const result = {
    ratios: {
      accessRequest: round(of(({ request, create }) => request.perSecond / create.perSecond)),
      append: round(of(({ append, create }) => append.perSecond / create.perSecond)),
      batchedEntry: round(of(({ batch, append }) => batch.perSecond * BATCH / append.perSecond)),
      queryById: round(of(({ get, read }) => get.perSecond / read.perSecond)),
      queryByIdOfSameSize: round(of(({ get, large }) => get.perSecond / large.perSecond))
    },
    figures: {
      stateCalls: await countStateCalls(),
      policyDecisionUs: round(measureDecision()),
      accessPerSecond: round(of(({ request }) => request.perSecond), 1),
      barePerSecond: round(of(({ create }) => create.perSecond), 1),
      p50Ms: round(of(({ request }) => request.p50Ms), 0),
      cpuMsPerTx: round(of(({ request }) => request.cpuMs)),
      bareCpuMsPerTx: round(of(({ create }) => create.cpuMs)),
      eventBytes: sides.eventBytes,
      idleCpuMsPerMinute: round(networkCpu(idle), 0)
    },
    inFlight: IN_FLIGHT
  }
  if (values.json) console.log(JSON.stringify(result))
  else {
    console.log(JSON.stringify(result, undefined, 2))
    console.log(['CPU, ms a call'.padEnd(24), ...SIDES.map((side) => side.padStart(8)), '  idle, ms a minute'].join(''))
    for (const name of samples[0]?.request.processes.keys() ?? []) {
      const cells = SIDES.map((side) => of((sample) => sample[side].processes.get(name) ?? 0).toFixed(2).padStart(8))
      console.log([name.padEnd(24), ...cells, (idle.get(name) ?? 0).toFixed(0).padStart(8)].join(''))
    }
  }
} finally {
  await connection.close()
  await world.close()
  await network.destroy()
}
