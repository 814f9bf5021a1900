import t from 'tap'
import {
  activateConsent, bindPractitioner, publishPatient, registerRecord, signRequest, signRevocation
} from '../../helpers/ledger-fixtures.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'
import { raceRequests } from '../../helpers/race-requests.ts'

const REQUESTS = process.env['SLOW'] === '1' ? 1000 : 60
/** A peer's gateway service takes 500 calls at a time. */
const IN_FLIGHT = 200

const READERS = 6

/** Runs `task` for each item, so many at a time. */
async function runAll<T, R> (items: readonly T[], inFlight: number, task: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const queue = items.values()
  await Promise.all(Array.from({ length: inFlight }, async () => {
    for (const item of queue) results.push(await task(item))
  }))
  return results
}

const world = await openSharedPeerWorld(t)
const author = await bindPractitioner(world)
const reader = await bindPractitioner(world, { mspId: world.members[1] })

await t.test(`${REQUESTS} concurrent requests for one patient never collide`, async (t) => {
  const patient = await publishPatient(world)
  const record = await registerRecord(world, author, patient)
  const consent = await activateConsent(world, patient, reader)
  const statements = Array.from({ length: REQUESTS }, () => signRequest(world, reader, patient, [record], consent.consentId))
  const before = world.conflicts()
  const start = performance.now()
  const events = await runAll(statements, IN_FLIGHT, (s) => reader.ledger.requestAccess(s))
  t.comment(`${Math.round(REQUESTS / (performance.now() - start) * 1000)} requests per second`)
  t.equal(world.conflicts() - before, 0)
  t.ok(events.every((e) => e.value.decision === 'permit'))
  t.equal(new Set(events.map((e) => e.value.eventId)).size, REQUESTS)
})

await t.test('no permit is committed after the block that commits the revocation', async (t) => {
  const patient = await publishPatient(world)
  const record = await registerRecord(world, author, patient)
  const consent = await activateConsent(world, patient, reader)
  const { events, ended: { blockNumber: end } } = await raceRequests(world, { reader, record, consent, loops: READERS }, () =>
    world.gateway(world.members[2]).ledger.revokeConsent(signRevocation(world, patient, consent.consentId)))
  const permits = events.filter((e) => e.value.decision === 'permit')
  t.comment(`${permits.length} permitted, ${events.length - permits.length} denied`)
  t.ok(permits.length > 0)
  t.ok(permits.every((p) => p.blockNumber <= end))
  const { items } = await world.gateway(world.members[0]).ledger.listAccessByPatient(patient.patientId)
  t.equal(items.length, events.length, 'one event for each request, whatever was decided again')
})
