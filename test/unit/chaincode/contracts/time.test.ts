import t from 'tap'
import { LedgerClient } from '@epione/ledger/client'
import { CONSENT_PENDING_MS, DECISION_RULES, TIMESTAMP_TOLERANCE_MS } from '@epione/protocol'
import {
  HOUR_MS, activateConsent, bindPractitioner, confirmCustody, grantConsent, publishPatient, randomHash, registerRecord,
  signCustody, signRequest, signRevocation
} from '../../../helpers/ledger-fixtures.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'
import type { MemoryWorld } from '../../../helpers/memory-world.ts'
import type { TestPatient, TestPractitioner, TestRecord } from '../../../helpers/ledger-fixtures.ts'

interface Scene { world: MemoryWorld, pass: (ms: number) => void, patient: TestPatient, reader: TestPractitioner, record: TestRecord }

/** A world whose clock only the test moves. */
async function createScene (): Promise<Scene> {
  let now = Date.UTC(2030, 0, 31, 23, 59, 0)
  const world = await createMemoryWorld({ clock: () => now })
  const author = await bindPractitioner(world)
  const patient = await publishPatient(world)
  return {
    world,
    pass: (ms) => { now += ms },
    patient,
    reader: await bindPractitioner(world, { mspId: 'Regional1MSP' }),
    record: await registerRecord(world, author, patient)
  }
}

const request = async ({ world, reader, patient, record }: Scene, consentId: string): Promise<string[]> => {
  const { value } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consentId))
  return value.decision === 'permit' ? ['permit'] : value.reasons.map((r) => r.rule)
}

await t.test('a timestamp at the tolerance is endorsed, one beyond it is refused, whichever way', async (t) => {
  const { world } = await createScene()
  const identity = { mspId: 'CoreMSP', staffId: 'gateway', role: 'gateway' }
  for (const offset of [-TIMESTAMP_TOLERANCE_MS, TIMESTAMP_TOLERANCE_MS]) {
    const skewed = (ms: number): LedgerClient => world.memory.clientFor(identity, { clock: () => world.now() + ms })
    t.equal(await skewed(offset).findStatement(randomHash()), undefined)
    await t.rejects(skewed(offset + Math.sign(offset)).findStatement(randomHash()), {
      code: 'TIMESTAMP_OUT_OF_TOLERANCE',
      message: /clock/
    })
  }
})

await t.test('a clock that is off keeps a client from submitting too', async (t) => {
  const { world, patient } = await createScene()
  const skewed = world.memory.clientFor({ mspId: 'CoreMSP', staffId: 'gateway', role: 'gateway' }, { clock: () => world.now() + HOUR_MS })
  await t.rejects(skewed.revokeConsent(signRevocation(world, patient, randomHash())), { code: 'TIMESTAMP_OUT_OF_TOLERANCE' })
})

await t.test('a revocation has no end: it counts however late it arrives', async (t) => {
  const scene = await createScene()
  const { world, patient, reader } = scene
  const consent = await activateConsent(world, patient, reader)
  const revocation = signRevocation(world, patient, consent.consentId)
  scene.pass(50 * HOUR_MS)
  await world.gateway('CoreMSP').ledger.revokeConsent(revocation)
  t.strictSame(await request(scene, consent.consentId), [DECISION_RULES.consentRevoked])
})

await t.test('a consent expires after its last moment', async (t) => {
  const scene = await createScene()
  const { world, patient, reader } = scene
  const consent = await activateConsent(world, patient, reader)
  scene.pass(100 * HOUR_MS)
  t.strictSame(await request(scene, consent.consentId), ['permit'])
  scene.pass(1)
  t.strictSame(await request(scene, consent.consentId), [DECISION_RULES.consentExpired])
  await t.rejects(world.gateway('Regional2MSP').ledger.confirmCustody(
    signCustody(world, consent, 'Regional2MSP')
  ), { code: 'CONSENT_ENDED' })
})

await t.test('a consent that found too few proxies in time is void and stays so', async (t) => {
  const scene = await createScene()
  const { world, patient, reader } = scene
  const consent = await grantConsent(world, patient, reader)
  await confirmCustody(world, consent, 'CoreMSP')
  scene.pass(HOUR_MS + CONSENT_PENDING_MS)
  t.strictSame(await request(scene, consent.consentId), [DECISION_RULES.consentPending])
  scene.pass(1)
  t.strictSame(await request(scene, consent.consentId), [DECISION_RULES.consentVoid])
  await t.rejects(world.gateway('Regional1MSP').ledger.confirmCustody(
    signCustody(world, consent, 'Regional1MSP')
  ), { code: 'CONSENT_ENDED' })
})

await t.test('a proxy that was late joins a consent that is active', async (t) => {
  const scene = await createScene()
  const { world, patient, reader } = scene
  const consent = await activateConsent(world, patient, reader)
  scene.pass(HOUR_MS + CONSENT_PENDING_MS + 1)
  await confirmCustody(world, consent, 'Regional2MSP')
  t.equal((await world.gateway('CoreMSP').ledger.getConsent(consent.consentId)).custody.length, 3)
})

await t.test('events of several days are listed in order, and by period', async (t) => {
  const scene = await createScene()
  const { world, patient } = scene
  const times: number[] = []
  for (let day = 0; day < 3; day++) {
    times.push(world.now())
    await request(scene, randomHash())
    scene.pass(24 * HOUR_MS)
  }
  const gateway = world.gateway('CoreMSP').ledger
  const listed = async (
    fromMs: number,
    toMs: number
  ): Promise<number[]> => (await gateway.listAccessByPatient(patient.patientId, { fromMs, toMs })).items.map((e) => e.time)
  const [first = 0, second = 0, third = 0] = times
  t.strictSame(await listed(0, third), times)
  t.strictSame(await listed(first + 1, third - 1), [second])
})
