import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { LedgerError } from '@epione/protocol'
import { activateConsent, bindPractitioner, publishPatient, registerRecord, signRequest } from '../ledger-fixtures.ts'
import { openPeerWorld } from '../peer-world.ts'
import { TestNetwork } from '../test-network.ts'
import { changeConfig } from './change-config.ts'
import type { PeerWorld } from '../peer-world.ts'
import type { TestPatient, TestPractitioner, TestRecord } from '../ledger-fixtures.ts'

/** How much a grown ledger holds. */
export interface Growth {
  /** Requests one after the other, each in a block of its own. */
  alone: number
  /** Requests at once, many to a block. */
  together: number
  /** Records that each request names: one entry of the log each. */
  recordsPerRequest: number
  /** Whether the channel's configuration changes on the way. */
  newConfig?: boolean
}

/** What is kept beside a grown ledger. Keys are of a network that is gone. */
export interface GrownLedger { networkId: string, channel: string, chaincode: string, mspIds: string[], eventIds: string[] }

const IN_FLIGHT = 150
const REPORT_EVERY = 500

interface Scene { world: PeerWorld, reader: TestPractitioner, patient: TestPatient, records: TestRecord[], consentId: string }

/**
 * Grows a ledger on a real network of three hospitals and keeps the first peer's block files, the orderers' identities
 * and what the tests need to know, in `target`.
 */
export async function growLedger (target: string, growth: Growth, report: (text: string) => void): Promise<void> {
  const network = await TestNetwork.create({ gateways: false })
  try {
    const eventIds = await fill(network, growth, report)
    await network.stop()
    await keep(network, target, eventIds)
  } finally {
    await network.destroy()
  }
}

async function fill (network: TestNetwork, growth: Growth, report: (text: string) => void): Promise<string[]> {
  const world = await openPeerWorld(network)
  try {
    const author = await bindPractitioner(world)
    const reader = await bindPractitioner(world, { mspId: world.members[1] })
    const patient = await publishPatient(world)
    const records = await Promise.all(Array.from({ length: growth.recordsPerRequest }, () => registerRecord(world, author, patient)))
    const { consentId } = await activateConsent(world, patient, reader)
    const scene = { world, reader, patient, records, consentId }
    const first = await request(scene)
    const eventIds = [first, await loseConflict(scene)]
    for (let count = 0; count < growth.alone; count++) eventIds.push(await request(scene))
    report(`${growth.alone} requests alone`)
    if (growth.newConfig === true) await changeConfig(network)
    eventIds.push(...await requestTogether(scene, growth.together, report))
    return eventIds
  } finally {
    await world.close()
  }
}

async function request ({ world, reader, patient, records, consentId }: Scene): Promise<string> {
  const { value } = await reader.ledger.requestAccess(signRequest(world, reader, patient, records, consentId))
  return value.eventId
}

/** One statement sent twice at once until the two meet in a block: the ledger keeps the loser, as an invalid transaction. */
async function loseConflict ({ world, reader, patient, records, consentId }: Scene): Promise<string> {
  const before = world.conflicts()
  for (;;) {
    const statement = signRequest(world, reader, patient, records, consentId)
    const both = await Promise.allSettled([reader.ledger.requestAccess(statement), reader.ledger.requestAccess(statement)])
    for (const one of both) {
      if (one.status === 'rejected' && !(one.reason instanceof LedgerError && one.reason.code === 'STATEMENT_REPLAYED')) throw one.reason
    }
    const [accepted] = both.filter((one) => one.status === 'fulfilled')
    if (accepted !== undefined && world.conflicts() > before) return accepted.value.value.eventId
  }
}

async function requestTogether (scene: Scene, count: number, report: (text: string) => void): Promise<string[]> {
  const eventIds: string[] = []
  let started = 0
  const started0 = performance.now()
  await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, count) }, async () => {
    while (started < count) {
      started++
      eventIds.push(await request(scene))
      if (eventIds.length % REPORT_EVERY === 0) {
        report(`${eventIds.length} of ${count} requests, ${Math.round(eventIds.length / (performance.now() - started0) * 1000)} per second`)
      }
    }
  }))
  return eventIds
}

async function keep (network: TestNetwork, target: string, eventIds: string[]): Promise<void> {
  const { networkId, channel, chaincode, organizations } = await network.network()
  const fresh = `${target}.new`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { recursive: true })
  const [first] = organizations
  if (first === undefined) throw new Error('the network has no hospital')
  await cp(join(
    network.paths.organization(first.id).nodeData('peer0'),
    'ledgersData',
    'chains',
    'chains',
    channel
  ), join(fresh, 'blocks'), { recursive: true })
  for (const { mspId, identitiesDir } of organizations) {
    const dir = join(fresh, 'orderers', mspId)
    await mkdir(dir, { recursive: true })
    for (const file of ['cert.pem', 'key.pem']) await writeFile(join(dir, file), await readFile(join(identitiesDir, 'orderer', file)))
  }
  const grown: GrownLedger = { networkId, channel, chaincode, mspIds: organizations.map((o) => o.mspId), eventIds }
  await writeFile(join(fresh, 'grown.json'), JSON.stringify(grown))
  await rm(target, { recursive: true, force: true })
  await mkdir(dirname(target), { recursive: true })
  await rename(fresh, target)
}
