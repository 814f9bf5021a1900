import t from 'tap'
import { LedgerError } from '@epione/protocol'
import { bindPractitioner, publishPatient, registerRecord, activateConsent } from '../../helpers/ledger-fixtures.ts'
import { freezesSuite } from '../../helpers/contract-suite/freezes.ts'
import { identitiesSuite } from '../../helpers/contract-suite/identities.ts'
import { recoverySuite } from '../../helpers/contract-suite/recovery.ts'
import { rewrapsSuite } from '../../helpers/contract-suite/rewraps.ts'
import { successionsSuite } from '../../helpers/contract-suite/successions.ts'
import { signFreeze } from '../../helpers/lifetime-fixtures.ts'
import { openPeerWorld } from '../../helpers/peer-world.ts'
import { raceRequests } from '../../helpers/race-requests.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

/** Long enough for a refusal to come before it is over, on a busy machine too. */
const DELAY_SECONDS = 8
const WAIT_LIMIT_MS = 120_000
const READERS = 4

// The waiting periods are settings of the founding, so these peers are a network of their own.
const network = await TestNetwork.create({
  gateways: false,
  policy: { recoveryDelaySeconds: DELAY_SECONDS, identityDelaySeconds: DELAY_SECONDS }
})
t.teardown(() => network.destroy())
const world = await openPeerWorld(network)
t.teardown(() => world.close())

/** Tries again for as long as the change is said to wait. */
async function afterWait<T> (action: () => Promise<T>): Promise<T> {
  const end = performance.now() + WAIT_LIMIT_MS
  for (;;) {
    try {
      return await action()
    } catch (error) {
      if (!(error instanceof LedgerError) || error.code !== 'CHANGE_PENDING' || performance.now() > end) throw error
    }
  }
}

await t.test('the founding sets how long recoveries and new identity keys wait', async (t) => {
  t.match((await world.gateway(world.members[0]).ledger.getNetwork()).settings, {
    recoveryDelaySeconds: DELAY_SECONDS,
    identityDelaySeconds: DELAY_SECONDS
  })
})

// Each in a test of its own: tap ends a file that awaits anything between two tests, and the network with it.
await t.test('guardians, recoveries and stops on real peers', (t) => recoverySuite(t, world))
await t.test('freezes on real peers', (t) => freezesSuite(t, world))
await t.test('new identity keys on real peers', (t) => identitiesSuite(t, world, afterWait))
await t.test('hand-overs on real peers', (t) => successionsSuite(t, world))
await t.test('rewraps on real peers', (t) => rewrapsSuite(t, world))

await t.test('no permit is committed after the block that commits a freeze', async (t) => {
  const reader = await bindPractitioner(world)
  const patient = await publishPatient(world)
  const record = await registerRecord(world, reader, patient)
  const consent = await activateConsent(world, patient, reader)
  const { events, ended: { blockNumber: frozenIn } } = await raceRequests(world, { reader, record, consent, loops: READERS }, () =>
    world.gateway(world.members[2]).ledger.freezePatient(signFreeze(world, patient, patient.identity)))
  const permits = events.filter((e) => e.value.decision === 'permit')
  t.ok(permits.length > 0)
  t.ok(permits.every((p) => p.blockNumber <= frozenIn))
})
