import { SecretKey } from '@epione/crypto'
import {
  activateConsent, bindPractitioner, confirmCustody, createPatient, grantConsent, publishPatient, randomHash,
  registerRecord, requestMembers, sign, signBinding, signDestruction, signRequest, signRevocation
} from '../ledger-fixtures.ts'
import { DECISION_RULES, PERMIT_LIFE_MS } from '@epione/protocol'
import type { AccessEvent } from '@epione/protocol'
import type { Test } from 'tap'
import type { TestPractitioner } from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'

const rulesOf = ({ reasons }: AccessEvent): string[] => reasons.map((r) => r.rule)

export async function accessSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional] = world.members
  const gateway = world.gateway(regional).ledger
  const author = await bindPractitioner(world)
  const reader = await bindPractitioner(world, { mspId: regional, department: 'cardiology' })
  const patient = await publishPatient(world)
  const record = await registerRecord(world, author, patient)
  const hidden = await registerRecord(world, author, patient, patient.compartments[1])
  const consent = await activateConsent(world, patient, reader)
  const request = async (members: object = {}, consentId: string | undefined = consent.consentId): Promise<AccessEvent> => {
    const { value } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consentId, members))
    return value
  }

  await t.test('a consented request is permitted and logged with everything it was decided by', async (t) => {
    const statement = signRequest(world, reader, patient, [record], consent.consentId)
    const { value: event, txId } = await reader.ledger.requestAccess(statement)
    t.match(event, {
      txId,
      patientId: patient.patientId,
      actor: { mspId: regional, staffId: reader.staffId, role: 'physician', department: 'cardiology' },
      purpose: 'TREAT',
      consentId: consent.consentId,
      decision: 'permit',
      expiresAt: event.time + PERMIT_LIFE_MS,
      records: [
        {
          recordId: record.recordId,
          version: 1,
          label: record.compartment.label,
          epoch: 1,
          level: 'N',
          wrapHash: record.wrapHash,
          origin: core
        }
      ]
    })
    t.strictSame(rulesOf(event), [DECISION_RULES.roleMayAct, DECISION_RULES.consentGrants])
    t.strictSame(await gateway.getAccess(event.eventId), { event, request: statement })
    t.strictSame(await gateway.listReleases(event.eventId), [])
    t.match(await gateway.findStatement(event.requestId), { type: 'AccessRequest', reference: event.eventId })
  })

  await t.test('each denial is committed, with every rule that failed', async (t) => {
    const pending = await grantConsent(world, patient, reader)
    const elsewhere = await publishPatient(world)
    const others = await activateConsent(world, elsewhere, reader)
    const ended = await activateConsent(world, patient, reader)
    await gateway.revokeConsent(signRevocation(world, patient, ended.consentId))
    const conditional = await activateConsent(world, patient, reader, { conditions: [{ attribute: 'department', anyOf: ['oncology'] }] })
    const toAnother = await activateConsent(world, patient, author)
    const idle = await activateConsent(world, patient, reader)
    await gateway.confirmDestruction(signDestruction(world, idle, regional))
    const later = await activateConsent(world, patient, reader, { notBefore: world.now() + 3_600_000 })
    const cases: [string, AccessEvent, string[]][] = [
      ['none named', (await reader.ledger.requestAccess(signRequest(world, reader, patient, [record]))).value, [DECISION_RULES.noConsent]],
      ['unknown', await request({}, randomHash()), [DECISION_RULES.consentUnknown]],
      ['pending', await request({}, pending.consentId), [DECISION_RULES.consentPending]],
      ['revoked', await request({}, ended.consentId), [DECISION_RULES.consentRevoked]],
      ['suspended', await request({}, idle.consentId), [DECISION_RULES.consentSuspended]],
      ['not started', await request({}, later.consentId), [DECISION_RULES.consentNotStarted]],
      ['of another patient', await request({}, others.consentId), [DECISION_RULES.consentOfAnotherPatient]],
      ['condition', await request({}, conditional.consentId), [DECISION_RULES.conditionFailed]],
      ['to another', await request({}, toAnother.consentId), [DECISION_RULES.granteeMismatch, DECISION_RULES.receivingKeyMismatch]],
      ['purpose', await request({ purpose: 'ETREAT' }), [DECISION_RULES.purposeNotGranted]],
      ['role and purpose', await request({ purpose: 'HRESCH' }), [DECISION_RULES.roleMayNotAct, DECISION_RULES.purposeNotGranted]],
      [
        'compartment', await request({ records: [record, hidden].map((r) => ({ recordId: r.recordId, version: 1 })) }),
        [DECISION_RULES.compartmentNotGranted]
      ]
    ]
    for (const [name, event, rules] of cases) {
      t.equal(event.decision, 'deny', name)
      t.strictSame(rulesOf(event), rules, name)
      t.equal(event.expiresAt, undefined)
      t.strictSame((await gateway.getAccess(event.eventId)).event, event)
    }
  })

  await t.test('a request is permitted while its threshold of proxies holds the kfrags, whichever they are', async (t) => {
    const shared = await activateConsent(world, patient, reader)
    await confirmCustody(world, shared, world.members[2])
    await world.gateway(core).ledger.confirmDestruction(signDestruction(world, shared, core))
    t.equal((await request({}, shared.consentId)).decision, 'permit')
    await gateway.confirmDestruction(signDestruction(world, shared, regional))
    t.strictSame(rulesOf(await request({}, shared.consentId)), [DECISION_RULES.consentSuspended])
  })

  await t.test('a request comes from the requester in person, not from their gateway or a colleague', async (t) => {
    const statement = signRequest(world, reader, patient, [record], consent.consentId)
    const colleague = await bindPractitioner(world, { mspId: regional })
    await t.rejects(gateway.requestAccess(statement), { code: 'NOT_AUTHORIZED' })
    await t.rejects(colleague.ledger.requestAccess(statement), { code: 'NOT_AUTHORIZED' })
  })

  await t.test('I9: a request is signed with the key that is bound now, and answered to the one bound now', async (t) => {
    const members = requestMembers(reader, patient, [record], consent.consentId)
    await t.rejects(reader.ledger.requestAccess(sign(world, 'AccessRequest', members, SecretKey.random())), { code: 'BINDING_MISMATCH' })
    await t.rejects(request({ receivingKey: author.receiving.publicKey().toHex() }), { code: 'BINDING_MISMATCH' })
    const rebound = await bindPractitioner(world)
    const next: TestPractitioner = { ...rebound, receiving: SecretKey.random(), requestSigning: SecretKey.random() }
    await next.ledger.bindKeys(signBinding(world, next, 2, rebound.requestSigning))
    await t.rejects(next.ledger.requestAccess(signRequest(world, rebound, patient, [record])), { code: 'BINDING_MISMATCH' })
    t.equal((await next.ledger.requestAccess(signRequest(world, next, patient, [record]))).value.decision, 'deny')
  })

  await t.test('I9: a certificate without workstation keys makes no request', async (t) => {
    const unbound = {
      ...await world.enroll({ mspId: regional, role: 'physician' }),
      receiving: SecretKey.random(),
      requestSigning: SecretKey.random()
    }
    await t.rejects(unbound.ledger.requestAccess(
      signRequest(world, unbound, patient, [record], consent.consentId)
    ), { code: 'BINDING_MISSING' })
  })

  await t.test('a request for a record that is not the patient\'s is denied, and the patient sees that', async (t) => {
    const elsewhere = await publishPatient(world)
    const none = { recordId: 'ab'.repeat(16), version: 1 }
    const { value: foreign } = await reader.ledger.requestAccess(signRequest(world, reader, elsewhere, [record]))
    t.match(foreign, { decision: 'deny', patientId: elsewhere.patientId, records: [] }, 'nothing of the stranger\'s record is told')
    t.strictSame(foreign.reasons.find((r) => r.rule === DECISION_RULES.recordUnknown), {
      rule: DECISION_RULES.recordUnknown,
      facts: [`${record.recordId}/1`]
    })
    t.strictSame((await gateway.listAccessByPatient(elsewhere.patientId)).items, [foreign])
    const guessed = await request({ records: [{ recordId: record.recordId, version: 1 }, { recordId: record.recordId, version: 2 }, none] })
    t.strictSame(
      guessed.reasons,
      [{ rule: DECISION_RULES.recordUnknown, facts: [`${record.recordId}/2`, `${none.recordId}/1`] }],
      'one unknown record denies all'
    )
    t.strictSame(guessed.records.map((r) => r.version), [1])
  })

  await t.test('a request names a patient, and each record once', async (t) => {
    const unknown = createPatient()
    await t.rejects(reader.ledger.requestAccess(signRequest(world, reader, unknown, [record])), { code: 'PATIENT_UNKNOWN' })
    await t.rejects(request({ records: [record, record].map((r) => ({ recordId: r.recordId, version: 1 })) }), {
      code: 'STATEMENT_INVALID'
    })
    await t.rejects(request({ records: [] }), { code: 'STATEMENT_INVALID' })
  })

  await t.test('a request is decided once: its repetition is refused', async (t) => {
    const statement = signRequest(world, reader, patient, [record], consent.consentId)
    await reader.ledger.requestAccess(statement)
    await t.rejects(reader.ledger.requestAccess(statement), { code: 'STATEMENT_REPLAYED' })
  })

  await t.test('an event is read by gateways, auditors within their scope, and the actor', async (t) => {
    const event = await request()
    const readers = {
      gateway: world.gateway(core),
      actor: reader,
      own: await world.enroll({ mspId: regional, role: 'auditor', scope: 'organization' }),
      wide: await world.enroll({ mspId: core, role: 'auditor', scope: 'consortium' })
    }
    for (const [name, { ledger }] of Object.entries(readers)) {
      t.equal(
        (await ledger.getAccess(event.eventId)).event.eventId,
        event.eventId,
        name
      )
    }
    const others = [
      author, await world.enroll({ mspId: core, role: 'auditor', scope: 'organization' }),
      await world.enroll({ mspId: core, role: 'auditor' })
    ]
    for (const { ledger } of others) await t.rejects(ledger.getAccess(event.eventId), { code: 'NOT_AUTHORIZED' })
  })

  await t.test('an unknown event is refused', async (t) => {
    await t.rejects(gateway.getAccess('no event'), { code: 'EVENT_UNKNOWN' })
    await t.rejects(gateway.getAccess(`${patient.patientId}.0000000000000.${randomHash()}`), { code: 'EVENT_UNKNOWN' })
  })

  await t.test('a proxy records what it released for a permit, and nothing else', async (t) => {
    const event = await request()
    const denied = await request({ purpose: 'ETREAT' })
    const receipt = (eventId: string, wrapHashes: string[], key = world.proxySigner(regional)): Promise<{ value: { id: string } }> =>
      gateway.recordRelease(sign(world, 'ReleaseReceipt', { mspId: regional, releases: [{ eventId, wrapHashes }] }, key))
    await t.rejects(receipt(denied.eventId, [record.wrapHash]), { code: 'EVENT_NOT_PERMITTED' })
    await t.rejects(receipt(event.eventId, [hidden.wrapHash]), { code: 'EVENT_NOT_PERMITTED' })
    await t.rejects(receipt(`${patient.patientId}.0000000000000.${randomHash()}`, [record.wrapHash]), { code: 'EVENT_UNKNOWN' })
    await t.rejects(receipt(event.eventId, [record.wrapHash], world.proxySigner(core)), { code: 'SIGNATURE_INVALID' })
    await t.rejects(world.gateway(core).ledger.recordRelease(
      sign(
        world,
        'ReleaseReceipt',
        { mspId: regional, releases: [{ eventId: event.eventId, wrapHashes: [record.wrapHash] }] },
        world.proxySigner(regional)
      )
    ), { code: 'NOT_AUTHORIZED' })
    const { value } = await receipt(event.eventId, [record.wrapHash])
    t.strictSame((await gateway.listReleases(event.eventId)).map((r) => r.id), [value.id])
  })

  await t.test('requests of one patient at the same time do not collide', async (t) => {
    const shared = await publishPatient(world)
    const file = await registerRecord(world, author, shared)
    const granted = await activateConsent(world, shared, reader)
    const statements = Array.from({ length: 10 }, () => signRequest(world, reader, shared, [file], granted.consentId))
    const events = await Promise.all(statements.map((s) => reader.ledger.requestAccess(s)))
    t.ok(events.every((e) => e.value.decision === 'permit'))
    const { items } = await gateway.listAccessByPatient(shared.patientId)
    t.strictSame(items.map((e) => e.eventId), events.map((e) => e.value.eventId).sort())
  })
}
