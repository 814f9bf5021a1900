import t from 'tap'
import type { Test } from 'tap'
import { canonicalize, randomBytes, SecretKey, statementId, toHex } from '@epione/crypto'
import { DECISION_RULES as R, LEDGER_EVENTS, LEDGER_KEYS, POLICY_1, TRANSACTIONS } from '@epione/protocol'
import type { AccessCase, AccessEvent, AccessRequest, BindingHistory, SignedStatement } from '@epione/protocol'
import { depositMembers, publishEmergencyKey, signEmergency } from '../../../helpers/emergency-fixtures.ts'
import type { EmergencyAsked } from '../../../helpers/emergency-fixtures.ts'
import { bindPractitioner, HOUR_MS, sign } from '../../../helpers/ledger-fixtures.ts'
import type { TestPractitioner } from '../../../helpers/ledger-fixtures.ts'
import { projectEmergencies } from '../../../../gateway/src/emergencies/project-emergencies.ts'
import { GatewayError } from '../../../../gateway/src/errors.ts'
import { LyingPeers, READER_MSP, Sharing, until } from '../../../helpers/sharing.ts'

/* Break-glass at the proxy of the hospital that breaks it, whatever its peers, or most members, say of the box. */

const peers = new LyingPeers()
let now = Date.now()
const sharing = await Sharing.create(t, {
  clock: () => now,
  running: [READER_MSP],
  special: (_mspId, consortium) => ({ ports: peers.ports(consortium) })
})
const { world, patient, record } = sharing
const { app } = sharing.of(READER_MSP)
const key = await publishEmergencyKey(world, READER_MSP)
const doctor = await bindPractitioner(world, { mspId: READER_MSP, role: 'emergency' })
const twin = await bindPractitioner(world, { mspId: READER_MSP, role: 'emergency' })
const colleague = await bindPractitioner(world, { mspId: READER_MSP, role: 'nurse' })
// The holder of a deposit is the organisation, by its emergency key.
sharing.reader = { ...doctor, receiving: key.secret }
const grant = await sharing.createGrant({ ...depositMembers(key), notAfter: now + 1000 * HOUR_MS })
await sharing.commit(grant, 'CoreMSP')
await app.proxy.acceptCustody(grant.consentId, grant.kfrags.filter((kfrag) => kfrag.mspId === READER_MSP))
const deposit = { consentId: grant.consentId, body: JSON.parse(grant.statement.body) as EmergencyAsked['deposit']['body'] }

async function ask (more: Partial<EmergencyAsked> = {}): Promise<AccessEvent> {
  const asked = { requester: doctor, patient, records: [record], deposit, ...more }
  return (await asked.requester.ledger.requestAccess(signEmergency(world, asked))).value
}

/** What the proxy says to an event: `answered`, or the code and the rule of its refusal. */
async function answer ({ eventId }: AccessEvent): Promise<string> {
  try {
    const wraps = [{ recordId: record.recordId, version: 1, wrap: toHex(record.wrap) }]
    const { answers } = await app.proxy.answerEvent(eventId, READER_MSP, wraps)
    return answers.length > 0 ? 'answered' : 'nothing'
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    const { code, extensions: { rule } } = error as GatewayError & { extensions: { rule?: string } }
    return rule === undefined ? code : `${code} ${rule}`
  }
}

/** Lets the peers lie during one test only. */
function lie (t: Test, lies: Partial<Pick<LyingPeers, 'state' | 'block'>>): void {
  const honest = { state: peers.state, block: peers.block }
  Object.assign(peers, lies)
  t.teardown(() => Object.assign(peers, honest))
}

/** Most members endorse, and every block carries, something else of an event; its request may be another, too. */
function endorse (t: Test, { eventId, txId }: AccessEvent, change: (event: AccessEvent) => AccessEvent, request?: SignedStatement): void {
  lie(t, {
    state: (asked, value) => {
      const found = value as AccessCase | undefined
      if (asked !== TRANSACTIONS.accessGet || found?.event.eventId !== eventId) return undefined
      return { ...found, event: change(found.event), ...(request && { request }) }
    },
    block: (transaction, of) => {
      if (of !== txId || transaction?.event === undefined) return transaction
      const told = JSON.parse(new TextDecoder().decode(transaction.event.payload)) as AccessEvent
      return { ...transaction, event: { ...transaction.event, payload: new TextEncoder().encode(JSON.stringify(change(told))) } }
    }
  })
}

const permitted = (event: AccessEvent): AccessEvent => ({ ...event, decision: 'permit', expiresAt: event.time + 60_000 })
const asWithin = (event: AccessEvent): AccessEvent =>
  ({ ...permitted(event), reasons: [{ rule: R.roleMayAct }, { rule: R.emergencyWithin, facts: ['cannot-consent'] }, { rule: R.consentGrants }] })

/** The same body, signed by these alone. */
function signedBy (statement: SignedStatement, ...keys: SecretKey[]): SignedStatement {
  return sign(world, 'AccessRequest', JSON.parse(statement.body) as AccessRequest, ...keys)
}

async function close (opening: string, by: TestPractitioner = doctor): Promise<void> {
  const body = { requester: { mspId: by.mspId, staffId: by.staffId }, patientId: patient.patientId, opening }
  await by.ledger.closeEmergency(sign(world, 'EmergencyClose', body, by.requestSigning))
}

const rowOf = async (eventId: string): Promise<{ closed_at: number | null, review: string | null } | undefined> =>
  await app.store.db.selectFrom('emergencies').select(['closed_at', 'review']).where('event_id', '=', eventId).executeTakeFirst()

await t.test('an emergency is answered, and what its box permits further', async (t) => {
  const opened = await ask()
  t.equal(await answer(opened), 'answered')
  t.equal(await answer(await ask({ opening: opened.eventId, reason: 'threat-to-life' })), 'answered')
  t.equal(await answer(await ask({ second: colleague })), 'answered', 'with a second practitioner')
})

await t.test('a second practitioner who did not sign, or was suspended, releases nothing', async (t) => {
  const event = await ask({ second: colleague })
  const { request } = await doctor.ledger.getAccess(event.eventId)
  const same = (e: AccessEvent): AccessEvent => e
  const signers = {
    'the requester alone': [doctor.requestSigning],
    'a key of nobody': [doctor.requestSigning, SecretKey.random()],
    'another colleague': [doctor.requestSigning, twin.requestSigning],
    'the second alone': [colleague.requestSigning]
  }
  for (const [who, keys] of Object.entries(signers)) {
    await t.test(`signed by ${who}`, async (t) => {
      endorse(t, event, same, signedBy(request, ...keys))
      t.match(await answer(event), /^STATEMENT_UNPROVEN/)
    })
  }
  await t.test('suspended since', async (t) => {
    const { mspId, staffId } = colleague
    const suspension = { mspId, staffId, target: { kind: 'person' }, cause: 'left', txId: toHex(randomBytes(32)), time: now }
    lie(t, {
      state: (asked, value) => asked === TRANSACTIONS.directoryGetBinding && (value as BindingHistory).staffId === staffId
        ? { ...value as BindingHistory, suspensions: [{ ...suspension, by: { registrar: 'registrar' } }] }
        : undefined
    })
    t.equal(await answer(event), 'EVENT_DENIED')
  })
  await t.test('named by the event alone', async (t) => {
    endorse(t, event, ({ emergency, ...e }) => ({ ...e, emergency: { reason: 'cannot-consent', ...emergency, second: twin.staffId } }))
    t.equal(await answer(event), 'STATEMENT_UNPROVEN event.not-its-request')
  })
  t.equal(await answer(event), 'answered', 'the event as it is')
  const silent = await bindPractitioner(world, { mspId: READER_MSP, role: 'nurse' })
  const second = await ask({ second: silent })
  await world.registrar(READER_MSP).ledger.suspendStaff({ staffId: silent.staffId, target: { kind: 'person' }, cause: 'left' })
  t.match(await answer(second), /^EVENT_DENIED/, 'suspended on the ledger')
})

await t.test('a box that is another\'s, closed or over gives nothing, though most members permit it', async (t) => {
  const opened = await ask()
  const { eventId: opening } = opened
  for (const [what, event] of Object.entries({
    'another person\'s': await ask({ requester: twin, opening }),
    'made up': await ask({ opening: `${patient.patientId}.1790000000000.${'00'.repeat(32)}` }),
    'a request within a box': await ask({ opening: (await ask({ opening })).eventId })
  })) {
    await t.test(what, async (t) => {
      t.equal(await answer(event), 'EVENT_DENIED')
      endorse(t, event, asWithin)
      t.match(await answer(event), /^(DECISION_MISMATCH|STATEMENT_UNPROVEN) /)
    })
  }
  const within = await ask({ opening })
  await close(opening)
  await until(async () => typeof (await rowOf(opening))?.closed_at === 'number')
  t.equal(await answer(within), 'EVENT_DENIED', 'closed since the permit')
  t.equal(await answer(opened), 'EVENT_DENIED', 'the opening itself')
  const hidden = LEDGER_KEYS.emergencyClose(opening)
  const undo = world.memory.alter(hidden, () => null)
  t.equal((await ask({ opening })).decision, 'permit', 'a state that hides the closing')
  t.equal(await answer(await ask({ opening })), 'EVENT_DENIED', 'not from the proxy\'s own blocks')
  undo()

  const late = await ask()
  now += 4 * HOUR_MS + 1
  const over = await ask({ opening: late.eventId })
  t.equal(over.decision, 'deny')
  endorse(t, over, asWithin)
  t.equal(await answer(over), 'DECISION_MISMATCH decision.differs', 'over')
})

await t.test('a box is no longer because its opening says so', async (t) => {
  const opened = await ask()
  const longer = ({ emergency, ...event }: AccessEvent): AccessEvent =>
    ({ ...event, ...(emergency && { emergency: { ...emergency, openUntil: event.time + 100 * HOUR_MS } }) })
  await t.test('the opening', async (t) => {
    endorse(t, opened, longer)
    t.equal(await answer(opened), 'STATEMENT_UNPROVEN decision.differs')
  })
  const within = await ask({ opening: opened.eventId })
  await t.test('a request within it', async (t) => {
    endorse(t, opened, longer)
    t.equal(await answer(within), 'STATEMENT_UNPROVEN decision.differs')
  })
  await t.test('an opening that nobody signed', async (t) => {
    const { request } = await doctor.ledger.getAccess(opened.eventId)
    endorse(t, opened, (event) => event, signedBy(request, twin.requestSigning))
    t.equal(await answer(within), 'STATEMENT_UNPROVEN event.not-its-request')
  })
})

await t.test('a review that only the state shows leaves the box due in the list of this gateway', async (t) => {
  const { eventId } = await ask()
  await close(eventId)
  await until(async () => typeof (await rowOf(eventId))?.closed_at === 'number')
  const { close: closing } = await world.gateway(READER_MSP).ledger.getEmergency(eventId)
  const review = { ...closing, id: toHex(randomBytes(32)) }
  const undo = world.memory.alter(LEDGER_KEYS.emergencyClose(eventId), () => review, LEDGER_KEYS.emergencyReview(eventId))
  t.teardown(undo)
  t.ok((await world.gateway(READER_MSP).ledger.getEmergency(eventId)).review, 'the state shows one')
  t.equal((await rowOf(eventId))?.review, null)
})

await t.test('a review in a block that its officer did not sign, or of what still goes on, is none', async (t) => {
  now += 25 * HOUR_MS
  const officer = await bindPractitioner(world, { mspId: 'CoreMSP', role: 'privacy-officer' })
  const opened = await ask()
  const project = async (finding: string, key: SecretKey, time = now): Promise<string | null | undefined> => {
    const { mspId, staffId } = officer
    const body = { reviewer: { mspId, staffId }, patientId: patient.patientId, opening: opened.eventId, finding }
    const statement = sign(world, 'Review', body, key)
    const payload = Buffer.from(canonicalize({ id: statementId(statement.body), statement, txId: opened.txId, time, submittedBy: mspId }))
    const event = { name: LEDGER_EVENTS.emergencyReviewed, payload, txId: opened.txId, blockNumber: 1n, args: [] }
    const write = projectEmergencies(app.proxy.context, app.log)(event, 0)
    await app.store.db.transaction().execute(async (trx) => { await write?.(trx) })
    return (await rowOf(opened.eventId))?.review
  }
  await until(async () => await rowOf(opened.eventId) !== undefined)
  t.equal(await project('justified', officer.requestSigning), null, 'while it is open')
  await close(opened.eventId)
  await until(async () => typeof (await rowOf(opened.eventId))?.closed_at === 'number')
  t.equal(await project('justified', SecretKey.random()), null, 'by a key of nobody')
  t.equal(await project('justified', doctor.requestSigning), null, 'by whoever opened it')
  t.match(await project('unjustified', officer.requestSigning), /unjustified/, 'by the officer')
})

await t.test('a proxy counts boxes in its own blocks, and releases nothing above the number of the policy', async (t) => {
  now += 25 * HOUR_MS
  const { openingsPerDay, openingsPerPerson } = POLICY_1.emergency
  const openAll = async (requester: TestPractitioner, count: number): Promise<AccessEvent> => {
    let last = await ask({ requester })
    for (let i = 1; i < count; i += 1) {
      now += 1000
      last = await ask({ requester })
    }
    t.equal(last.decision, 'permit')
    return last
  }
  const forget = (): () => void => world.memory.alter(LEDGER_KEYS.emergencyOpenings(READER_MSP), () => null)
  await openAll(doctor, openingsPerPerson)
  t.match(await ask(), { decision: 'deny', reasons: [{ rule: R.personLimit }] })
  const undo = forget()
  const more = await ask()
  undo()
  t.equal(more.decision, 'permit', 'most members forget what the person opened')
  t.equal(await answer(more), 'EMERGENCY_LIMIT', 'of one person')
  for (let left = openingsPerDay - openingsPerPerson - 1; left > openingsPerPerson; left -= openingsPerPerson) {
    await openAll(await bindPractitioner(world, { mspId: READER_MSP, role: 'emergency' }), openingsPerPerson)
  }
  const rest = openingsPerDay - 1 - openingsPerPerson * (Math.ceil((openingsPerDay - 1) / openingsPerPerson) - 1)
  const filler = await bindPractitioner(world, { mspId: READER_MSP, role: 'emergency' })
  const last = await openAll(filler, rest)
  t.equal(await answer(last), 'answered')
  forget()
  const above = await ask({ requester: twin })
  t.equal(above.decision, 'permit', 'most members forget what was opened')
  t.equal(await answer(above), 'EMERGENCY_LIMIT')
  const within = await ask({ requester: twin, opening: above.eventId })
  t.equal(await answer(within), 'EMERGENCY_LIMIT', 'nor within a box above the number')
  t.equal(await answer(await ask({ requester: filler, opening: last.eventId })), 'answered', 'the boxes before it stay')
})
