import t from 'tap'
import { publishPatient, randomHash, signProhibition } from '../../../helpers/ledger-fixtures.ts'
import {
  confirmRepresentative, publishGuardians, signRecovery, signRepresentationEnd, signStop, twoOf
} from '../../../helpers/lifetime-fixtures.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

let aheadMs = 0
const world = await createMemoryWorld({ endorsers: 2, clock: () => Date.now() + aheadMs })
const [core] = world.members
const gateway = world.gateway(core).ledger

t.test('asking after each stop does not go on for ever, and does again once the stopped ones are old', async (t) => {
  const patient = await publishPatient(world)
  const guardians = await publishGuardians(world, patient)
  const ask = async (): Promise<string> =>
    (await gateway.requestRecovery(signRecovery(world, patient, 1, ...twoOf(guardians)))).value.request.id
  const asked: string[] = []
  for (let i = 0; i < 16; i += 1) {
    const id = await ask()
    asked.push(id)
    await gateway.stopRecovery(signStop(world, patient, id, patient.identity))
  }
  await t.rejects(ask(), { code: 'RECOVERIES_TOO_MANY', message: /ask again from \d+/ })
  t.strictSame((await gateway.getSafety(patient.patientId)).recoveries.map((r) => r.request.id), asked)
  aheadMs += 8 * DAY_MS
  const again = await ask()
  t.match((await gateway.getSafety(patient.patientId)).recoveries, [{ request: { id: again } }])
  t.equal((await gateway.getSafety(patient.patientId)).recoveries.length, 1)
})

t.test('a patient has few representatives at once; those who are over or ended make room, until too many are kept', async (t) => {
  const patient = await publishPatient(world)
  const { patientId } = patient
  const kept = async (): Promise<number> => ((await gateway.getDirectory(patientId)).representations ?? []).length
  const represent = async (): Promise<string> => (await confirmRepresentative(world, patient)).id
  const first = await represent()
  for (let i = 1; i < 16; i += 1) await represent()
  await t.rejects(represent(), { code: 'REPRESENTATIONS_TOO_MANY' }, 'a seventeenth')
  await gateway.endRepresentation(signRepresentationEnd(world, patient, first, patient.identity))
  await represent()
  await t.rejects(represent(), { code: 'REPRESENTATIONS_TOO_MANY' })
  t.equal(await kept(), 17, 'what they signed stays valid, and so they stay')
  for (let round = 0; round < 3; round += 1) {
    aheadMs += 2 * HOUR_MS
    for (let i = 0; i < 16 && await kept() < 64; i += 1) await represent()
  }
  aheadMs += 2 * HOUR_MS
  await t.rejects(represent(), { code: 'REPRESENTATIONS_TOO_MANY', message: /0 representatives.*64 of at most 64/ })
})

t.test('a patient has few prohibitions in force at once, and short ones; those that are over make room', async (t) => {
  const patient = await publishPatient(world)
  const forbid = async (members: object): Promise<string> => (await gateway.forbidAccess(signProhibition(world, patient, members))).value.id
  const brief = { forbids: { levels: ['V'] }, notAfter: world.now() + HOUR_MS }
  const first = await forbid(brief)
  for (let i = 1; i < 16; i += 1) await forbid(brief)
  await t.rejects(forbid(brief), { code: 'PROHIBITIONS_TOO_MANY' })
  const instead = await forbid({ ...brief, ends: first })
  t.equal((await gateway.getStanding(patient.patientId)).prohibitions.length, 16)
  await forbid({ ends: instead })
  aheadMs += 2 * HOUR_MS
  t.strictSame((await gateway.getStanding(patient.patientId)).prohibitions, [], 'none is shown whose time is over')
  const long = { forbids: { labels: Array.from({ length: 64 }, randomHash) } }
  const kept: string[] = []
  for (let i = 0; i < 3; i += 1) kept.push(await forbid(long))
  await t.rejects(forbid(long), { code: 'PROHIBITIONS_TOO_MANY', message: /16384 bytes/ })
  t.strictSame((await gateway.getStanding(patient.patientId)).prohibitions.map(({ id }) => id), kept)
  await forbid({ ends: kept[0] })
  t.equal((await gateway.getStanding(patient.patientId)).prohibitions.length, 2)
})
