import { UndiciTransport } from '@epione/cli'
import t from 'tap'
import { randomBytes } from '@epione/crypto'
import { Gateways, checkGuardians, checkShare, freezePatient, openRequest, rotateKeys, activateKeys, setGuardians } from '@epione/sdk'
import type { PatientContext } from '@epione/sdk'
import { about } from '../../helpers/client/front.ts'
import { appoint, begin, createGuardian, keysFor, approvedBy } from '../../helpers/client/guardians.ts'
import { Hospitals } from '../../helpers/client/hospitals.ts'
import type { Hospital } from '../../helpers/client/hospitals.ts'

const WEEK_MS = 7 * 24 * 60 * 60 * 1000

/** How far all clocks are ahead: waiting periods pass at once. */
let aheadMs = 0
const hospitals = await Hospitals.open(t, { clock: () => Date.now() + aheadMs })
const { core, regional1, regional2 } = hospitals
const device = hospitals.client(regional1)
const ALL = ['CoreMSP', 'Regional1MSP', 'Regional2MSP']

t.afterEach(() => { aheadMs = 0; for (const { front } of hospitals.all) front.lies = [] })

/** As a client sees it for whom these hospitals are switched off. */
function without <C extends PatientContext> (context: C, away: readonly Hospital[]): C {
  const gateways = new Gateways(hospitals.all.map(({ info }) =>
    away.some((h) => h.mspId === info.mspId) ? { ...info, url: 'https://localhost:1' } : info), {
    connect: (info) => new UndiciTransport(info),
    settleMs: 300
  })
  t.teardown(() => gateways.close())
  return { ...context, gateways }
}

async function loseStore ({ gateway: { app } }: Hospital, { patientId }: PatientContext): Promise<void> {
  const { db } = app.store
  const rows = await db.selectFrom('escrows').select('statement_id').where('patient_id', '=', patientId).execute()
  for (const { statement_id: id } of rows) {
    await db.deleteFrom('escrow_shares').where('statement_id', '=', id).execute()
    await db.deleteFrom('escrows').where('statement_id', '=', id).execute()
  }
}

async function spoilShare (
  { gateway: { app } }: Hospital,
  { patientId }: PatientContext,
  index: number,
  sealed: Uint8Array
): Promise<void> {
  const { db } = app.store
  const { statement_id: id } = await db.selectFrom('escrows').select('statement_id').where(
    'patient_id',
    '=',
    patientId
  ).executeTakeFirstOrThrow()
  await db.updateTable('escrow_shares').set({ sealed }).where('statement_id', '=', id).where('share_index', '=', index).execute()
}

t.test('when every hospital keeps everything, a recovery would work, and nothing is said but that', async (t) => {
  const patient = await hospitals.patient()
  const guardians = await appoint(patient, device)
  const check = await checkGuardians(patient)
  t.match(check, {
    works: true,
    issue: 1,
    threshold: 2,
    recoveryDelaySeconds: [WEEK_MS / 1000],
    backup: { keptBy: ALL },
    frozen: false,
    recoveries: []
  })
  t.match(check.hospitals, ALL.map((mspId) => ({ mspId, state: 'complete', backup: 'held', shares: ['held', 'held', 'held'] })))
  t.match(check.guardians, [1, 2, 3].map((guardian) => ({ guardian, keptBy: ALL })))
  t.equal(check.warnings, undefined)
  for (const [index, guardian] of guardians.entries()) {
    t.match(await checkShare(guardian, patient.patientId), {
      guardian: index + 1,
      issue: 1,
      hospitals: ALL.map(() => ({ share: 'held' })),
      warnings: undefined
    })
  }
  await t.rejects(checkShare(createGuardian(device), patient.patientId), { code: 'GUARDIAN_UNKNOWN', exitCode: 3 })
})

t.test('a hospital that lost its store is named, and gets everything again from the others', async (t) => {
  const patient = await hospitals.patient()
  const [first] = await appoint(patient, device)
  await loseStore(regional1, patient)
  const check = await checkGuardians(patient)
  t.match(check, {
    works: true,
    backup: { keptBy: ['CoreMSP', 'Regional2MSP'] },
    guardians: [{ keptBy: ['CoreMSP', 'Regional2MSP'] }, {}, {}],
    warnings: [/^Regional1MSP: the backup is missing, the share of guardian 1 is missing/, /--repair/]
  })
  t.match(await checkShare(first, patient.patientId), { warnings: [/^Regional1MSP: the share is missing/] })
  t.match(await checkGuardians(patient, { repair: true }), {
    works: true,
    repaired: ['Regional1MSP'],
    backup: { keptBy: ALL },
    warnings: undefined
  })
  t.match(await checkGuardians(patient), { backup: { keptBy: ALL } })
})

t.test('when all lost theirs, it says that no recovery would work, and that only new guardians help', async (t) => {
  const patient = await hospitals.patient()
  const [first] = await appoint(patient, device)
  for (const hospital of hospitals.all) await loseStore(hospital, patient)
  const failure = {
    code: 'RECOVERY_IMPOSSIBLE',
    exitCode: 3,
    message: /no hospital that can be reached keeps the backup; shares of 0 guardians/
  }
  await t.rejects(checkGuardians(patient), { ...failure, details: { works: false, backup: { keptBy: [] } } })
  await t.rejects(checkGuardians(patient, { repair: true }), failure)
  await t.rejects(checkShare(first, patient.patientId), { code: 'RECOVERY_IMPOSSIBLE', message: /tell the patient/ })
})

t.test('garbage, and a share of an older issue, are no shares; repairing replaces them', async (t) => {
  const patient = await hospitals.patient()
  await appoint(patient, device)
  const { sealed } = await device.gateways.own.lifetime.getShare(patient.patientId, 1, 1)
  const guardians = [createGuardian(device), createGuardian(device)]
  t.match(await setGuardians(patient, patient.phrase, { threshold: 2, guardians: keysFor(guardians, patient) }), {
    issue: 2,
    keptBy: ALL,
    needed: 2
  })
  await spoilShare(core, patient, 0, randomBytes(87))
  await spoilShare(regional2, patient, 1, Buffer.from(sealed, 'hex'))
  t.match(await checkGuardians(patient), {
    works: true,
    issue: 2,
    hospitals: [
      { state: 'incomplete', shares: ['wrong', 'held'] }, { state: 'complete' },
      { state: 'incomplete', shares: ['held', 'wrong'] }
    ],
    guardians: [{ keptBy: ['Regional1MSP', 'Regional2MSP'] }, { keptBy: ['CoreMSP', 'Regional1MSP'] }]
  })
  await loseStore(regional1, patient)
  t.match(
    await checkGuardians(patient, { repair: true }),
    { works: true, repaired: ALL, warnings: undefined },
    'put together from what two of them keep'
  )
})

t.test('a hospital that is away is a warning while the others suffice, and a failure when they do not', async (t) => {
  const patient = await hospitals.patient()
  await appoint(patient, device)
  t.match(await checkGuardians(without(patient, [regional2])), {
    works: true,
    hospitals: [{}, {}, { mspId: 'Regional2MSP', state: 'away' }],
    warnings: [/^Regional2MSP is away/]
  })
  await t.rejects(checkGuardians(
    without(patient, [regional1, regional2])
  ), { code: 'RECOVERY_IMPOSSIBLE', exitCode: 3, message: /1 of 3 hospitals/ })
  await t.rejects(checkGuardians(without(patient, hospitals.all)), { code: 'UNAVAILABLE', exitCode: 5 })
  await loseStore(core, patient)
  await loseStore(regional1, patient)
  await t.rejects(checkGuardians(
    without(patient, [regional2])
  ), { code: 'RECOVERY_IMPOSSIBLE', message: /no hospital that can be reached keeps the backup/ })
})

t.test('a hospital that shows other guardians, or none, is outdated; what it shows falsely is refused', async (t) => {
  const [patient, other] = [await hospitals.patient(), await hospitals.patient()]
  await appoint(patient, device)
  const former = await device.gateways.own.lifetime.getSafety(patient.patientId)
  await appoint(patient, device)
  await appoint(other, device)
  const foreign = await device.gateways.own.lifetime.getSafety(other.patientId)
  const show = (safety: object): void => {
    regional1.front.lies = [
      about('GET', /\/recovery$/, (body: object) => ({ ...body, ...safety }))
    ]
  }
  show({ guardians: former.guardians })
  t.match(await checkGuardians(patient), { works: true, issue: 2, hospitals: [{}, { state: 'outdated', problem: /issue 1/ }, {}] })
  show({ guardians: foreign.guardians })
  t.match(await checkGuardians(patient), { works: true, hospitals: [{}, { state: 'refused', problem: /another patient's/ }, {}] })
})

t.test('who has no guardians, is frozen, or has requests and keys pending is told', async (t) => {
  const patient = await hospitals.patient()
  await t.rejects(checkGuardians(patient), { code: 'GUARDIAN_UNKNOWN', exitCode: 3 })
  const [first, second] = await appoint(patient, device)
  const recovery = await approvedBy(await begin(device, patient.patientId), [first, second])
  await device.gateways.own.lifetime.requestRecovery(
    patient.patientId,
    { body: recovery.request.text, signatures: recovery.approvals.map((a) => a.signature) },
    openRequest(recovery.request.text).id
  )
  const { statementId } = await rotateKeys(patient, { identity: true })
  await freezePatient(patient)
  t.match(await checkGuardians(patient), {
    works: true,
    frozen: true,
    pending: { statementId, stopped: false },
    recoveries: [{ requestId: recovery.request.id, stopped: false }],
    warnings: [/asked for your phrase/, /identity key waits/, /frozen/]
  })
})

t.test('an issue can be given again also after its patient has another identity key', async (t) => {
  const patient = await hospitals.patient()
  await appoint(patient, device)
  await rotateKeys(patient, { identity: true })
  aheadMs += WEEK_MS + 60_000
  const { identityNumber } = await activateKeys(patient)
  await t.rejects(checkGuardians(patient), { code: 'IDENTITY_CHANGED', exitCode: 2 })
  await loseStore(regional1, patient)
  t.match(await checkGuardians({ ...patient, identityNumber }, { repair: true }), { works: true, repaired: ['Regional1MSP'] })
})

t.test('new guardians count only when a majority took what a recovery needs; until then the former ones count and recover', async (t) => {
  const patient = await hospitals.patient()
  const former = await appoint(patient, device)
  const names = keysFor([createGuardian(device), createGuardian(device)], patient)
  const set = async (away: readonly Hospital[]): Promise<unknown> =>
    await setGuardians(without(patient, away), patient.phrase, { threshold: 2, guardians: names })
  // They answered when the directory was read, and go down before they took anything.
  const down = (method: string): { status: number, body: object } | undefined => method === 'PUT' ? { status: 503, body: {} } : undefined
  const failure = {
    code: 'ESCROW_INCOMPLETE',
    exitCode: 5,
    message: /Only 1 of 3 .* 2 must.*issue 1 of your guardians still counts/,
    details: { counts: false, keptBy: ['CoreMSP'], needed: 2 }
  }
  for (const { front } of [regional1, regional2]) front.instead = down
  await t.rejects(set([]), failure)
  core.front.instead = down
  await t.rejects(set([]), { code: 'UNAVAILABLE' })
  for (const { front } of hospitals.all) front.instead = undefined
  t.match(await checkGuardians(patient), { works: true, issue: 1, backup: { keptBy: ALL }, warnings: undefined })
  for (const guardian of former) {
    t.match(await checkShare(guardian, patient.patientId), {
      issue: 1,
      hospitals: ALL.map(() => ({ share: 'held' }))
    })
  }
  t.match(await set([regional2]), { issue: 2, keptBy: ['CoreMSP', 'Regional1MSP'], needed: 2, hospitals: [{}, {}, { state: 'away' }] })
  t.match(await checkGuardians(patient, { repair: true }), { works: true, issue: 2, repaired: ['Regional2MSP'], warnings: undefined })
})

t.test('when all but one hospital are away as soon as they took it, the new issue can still be recovered from those', async (t) => {
  const patient = await hospitals.patient()
  await appoint(patient, device)
  const gone = (
    method: string,
    path: string
  ): { status: number, body: object } | undefined => method === 'PUT' && path.endsWith('/guardians') ? { status: 503, body: {} } : undefined
  for (const { front } of [regional1, regional2]) front.instead = gone
  await t.rejects(setGuardians(patient, patient.phrase, {
    threshold: 2,
    guardians: keysFor([createGuardian(device), createGuardian(device)], patient)
  }), { code: 'ESCROW_INCOMPLETE', details: { counts: true } })
  for (const { front } of hospitals.all) front.instead = undefined
  await loseStore(core, patient)
  t.match(await checkGuardians(patient), { works: true, issue: 2, backup: { keptBy: ['Regional1MSP', 'Regional2MSP'] } })
})

t.test('naming guardians is done once a majority shows what it was given, whatever a hospital answers', async (t) => {
  const patient = await hospitals.patient()
  const guardians = keysFor([createGuardian(device), createGuardian(device)], patient)
  const set = async (): Promise<unknown> => await setGuardians(patient, patient.phrase, { threshold: 2, guardians })
  const losing = about('GET', /\/escrow$/, (body: { shares: string[] }) => ({ ...body, backup: null, shares: body.shares.map(() => null) }))
  regional1.front.lies = [losing]
  t.match(await set(), {
    issue: 1,
    keptBy: ['CoreMSP', 'Regional2MSP'],
    needed: 2,
    hospitals: [{ state: 'complete' }, { state: 'incomplete', backup: 'missing' }, { state: 'complete' }],
    warnings: [/^Regional1MSP: the backup is missing/]
  })
  core.front.lies = [losing]
  await t.rejects(set(), {
    code: 'ESCROW_INCOMPLETE',
    exitCode: 5,
    message: /Issue 2 .* only 1 of 3 .* 2 must.*--repair/,
    details: { issue: 2, keptBy: ['Regional2MSP'], needed: 2 }
  })
  regional2.front.lies = [losing]
  await t.rejects(set(), { code: 'ESCROW_INCOMPLETE', message: /Name guardians once more/ })
})
