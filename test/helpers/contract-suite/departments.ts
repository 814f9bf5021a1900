import { SecretKey } from '@epione/crypto'
import type { AccessEvent } from '@epione/protocol'
import type { Test } from 'tap'
import {
  asGrantee, bindMember, changeDepartment, DEPARTMENT, foundDepartment, granteeOf, OTHER_DEPARTMENT, signMembership
} from '../department-fixtures.ts'
import type { TestDepartment, TestMember } from '../department-fixtures.ts'
import {
  activateConsent, bindPractitioner, grantConsent, keyHex, publishPatient, randomHash, registerRecord, signBinding, signRequest
} from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'

/** Departments on a ledger where none of this name is founded yet: who may change them, and what a consent to one permits. */
export async function departmentsSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional] = world.members
  const registrar = world.registrar(core).ledger
  const [lead, colleague, newcomer] = [await bindMember(world), await bindMember(world), await bindMember(world)]
  const outsider = await bindMember(world, { department: OTHER_DEPARTMENT })
  const elsewhere = await bindMember(world, { mspId: regional })
  const patient = await publishPatient(world)
  const author = await bindPractitioner(world)
  const record = await registerRecord(world, author, patient)
  const ask = async (member: TestMember, department: TestDepartment, consentId: string): Promise<AccessEvent> =>
    (await member.ledger.requestAccess(signRequest(world, asGrantee(department, member), patient, [record], consentId))).value
  let founded = signMembership(world, [lead, colleague])

  await t.test('a registrar puts a department in place that one of its members signed, and nobody else does', async (t) => {
    const { statement } = founded
    for (const who of [lead, world.gateway(core), world.admin(core)]) {
      await t.rejects(who.ledger.foundDepartment(statement), { code: 'NOT_AUTHORIZED' })
    }
    await t.rejects(world.registrar(regional).ledger.foundDepartment(statement), { code: 'NOT_AUTHORIZED', message: new RegExp(core) })
    await t.rejects(lead.ledger.changeDepartment(statement), { code: 'DEPARTMENT_UNKNOWN', message: /registrar founds it/ })
    await t.rejects(world.gateway(core).ledger.getDepartment(core, DEPARTMENT), { code: 'DEPARTMENT_UNKNOWN' })
    const refused = async (made: TestDepartment, code: string, why: string): Promise<void> => {
      await t.rejects(registrar.foundDepartment(made.statement), { code }, why)
    }
    await refused(signMembership(world, [lead], { signer: newcomer.requestSigning }), 'SIGNATURE_INVALID', 'signed by no member')
    await refused(signMembership(world, [lead, outsider]), 'MEMBERSHIP_INVALID', 'a member of another department')
    await refused(signMembership(world, [lead, await bindPractitionerOf(world)]), 'MEMBERSHIP_INVALID', 'a member without an envelope key')
    await refused(signMembership(world, [lead], { wrong: { members: [{ staffId: 's-nobody', envelopeHash: randomHash() }] } }), 'BINDING_MISSING', 'a member who has bound no keys')
    await refused(signMembership(world, [lead, colleague], { wrong: { version: 2, previous: randomHash() } }), 'MEMBERSHIP_CONFLICT', 'not the first version')
    const twice = founded.body.members.flatMap((m) => [m, m])
    await refused(signMembership(world, [lead, colleague], { wrong: { members: twice } }), 'MEMBERSHIP_INVALID', 'a member twice')
    await refused(signMembership(world, [lead], { wrong: { receivingKey: `02${'f'.repeat(64)}` } }), 'STATEMENT_INVALID', 'a key that is no point')
    const { value, txId } = await registrar.foundDepartment(statement)
    t.match(value, { signer: lead.staffId, keyVersion: 1, registrar: world.registrar(core).staffId, membership: { id: founded.id, txId } })
    t.strictSame(await world.gateway(regional).ledger.getDepartment(core, DEPARTMENT), value)
    await t.rejects(registrar.foundDepartment(statement), { code: 'STATEMENT_REPLAYED' })
  })

  await t.test('a member adds another under the same key; nobody else changes a department', async (t) => {
    const refused = async (member: TestMember, made: TestDepartment, code: string, why: string): Promise<void> => {
      await t.rejects(member.ledger.changeDepartment(made.statement), { code }, why)
    }
    const key = founded.key
    const joined = signMembership(world, [colleague, lead, newcomer], { former: founded, key })
    await refused(newcomer, signMembership(world, [newcomer, lead], { former: founded, key }), 'NOT_AUTHORIZED', 'who is no member')
    await refused(outsider, signMembership(world, [outsider], { former: founded, key }), 'NOT_AUTHORIZED', 'who is of another department')
    await refused(elsewhere, signMembership(world, [elsewhere], { former: founded, wrong: { mspId: core } }), 'NOT_AUTHORIZED', 'another hospital\'s')
    await refused(lead, joined, 'SIGNATURE_INVALID', 'signed by another member than who brings it')
    await refused(lead, signMembership(world, [lead, colleague], { former: founded, key, signer: lead.receiving }), 'SIGNATURE_INVALID', 'another key')
    await refused(lead, signMembership(world, [lead], { former: founded, key }), 'MEMBERSHIP_INVALID', 'a leaver who keeps the key')
    await refused(lead, signMembership(world, [colleague], { former: founded, signer: lead.requestSigning }), 'MEMBERSHIP_INVALID', 'the signer leaves')
    await refused(lead, signMembership(world, [lead, colleague], { former: { ...founded, id: randomHash() }, key }), 'MEMBERSHIP_CONFLICT', 'another version before')
    await t.rejects(registrar.foundDepartment(signMembership(world, [newcomer], { former: founded, key }).statement), {
      code: 'MEMBERSHIP_INVALID', message: /new key/
    }, 'the registrar keeps no key that a member did not pass on')
    const { value } = await colleague.ledger.changeDepartment(joined.statement)
    t.match(value, { signer: colleague.staffId, keyVersion: 1 })
    t.notOk('registrar' in value)
    founded = joined
    t.equal((await world.gateway(core).ledger.getDepartment(core, DEPARTMENT, 1)).signer, lead.staffId, 'versions stay readable')
  })

  await t.test('a consent to a department is for its members, each as the person they are', async (t) => {
    const later = { ...founded, keyVersion: 2 }
    await t.rejects(grantConsent(world, patient, asGrantee(founded, lead), { grantee: granteeOf(later) }), {
      code: 'CONSENT_OUTDATED'
    })
    const nobody = signMembership(world, [lead], { department: 'nowhere' })
    await t.rejects(grantConsent(world, patient, asGrantee(nobody, lead), { grantee: granteeOf(nobody) }), { code: 'DEPARTMENT_UNKNOWN' })
    const { consentId } = await activateConsent(world, patient, asGrantee(founded, lead), { grantee: granteeOf(founded) })
    for (const member of [lead, newcomer]) {
      t.match(await ask(member, founded, consentId), { decision: 'permit', actor: { staffId: member.staffId }, receivingKey: keyHex(founded.key) })
    }
    t.match(await ask(outsider, founded, consentId), {
      decision: 'deny', reasons: [{ rule: 'consent.grantee-mismatch' }, { rule: 'consent.not-a-member', facts: [DEPARTMENT] }]
    })
    t.match((await ask(elsewhere, founded, consentId)).reasons.map((r) => r.rule), ['consent.grantee-mismatch', 'consent.not-a-member'])
    const late = await bindMember(world)
    t.match(await ask(late, founded, consentId), { decision: 'deny', reasons: [{ rule: 'consent.not-a-member' }] })
    const { value: toSelf } = await lead.ledger.requestAccess(signRequest(world, lead, patient, [record], consentId))
    t.match(toSelf, { decision: 'deny', reasons: [{ rule: 'consent.receiving-key-mismatch' }] })
    const strange = { ...lead, receiving: SecretKey.random() }
    await t.rejects(lead.ledger.requestAccess(signRequest(world, strange, patient, [record], consentId)), { code: 'BINDING_MISMATCH' })
    await t.rejects(lead.ledger.requestAccess(signRequest(world, asGrantee(founded, lead), patient, [record])), { code: 'BINDING_MISMATCH' })
    const { items } = await world.gateway(core).ledger.listConsentsByDepartment(core, DEPARTMENT, { patientId: patient.patientId })
    t.strictSame(items.map((c) => c.consent.id), [consentId])
    t.strictSame((await world.gateway(core).ledger.listConsentsByGrantee(core, DEPARTMENT)).items, [], 'it is nobody\'s own')
  })

  await t.test('whoever leaves reads no more, and the department has a new key that the patient grants to', async (t) => {
    const { consentId } = await activateConsent(world, patient, asGrantee(founded, lead), { grantee: granteeOf(founded) })
    await registrar.suspendStaff({ staffId: newcomer.staffId, target: { kind: 'person' }, cause: 'left' })
    await t.rejects(ask(newcomer, founded, consentId), { code: 'SUSPENDED' })
    await t.rejects(lead.ledger.changeDepartment(signMembership(world, [lead, colleague, newcomer], { former: founded }).statement), {
      code: 'SUSPENDED', message: /leave them out/
    })
    const former = founded
    const { made, state } = await changeDepartment(world, [lead, colleague], { former })
    t.equal(state.keyVersion, made.body.version)
    founded = made
    t.match(await ask(lead, former, consentId), {
      decision: 'deny', reasons: [{ rule: 'consent.department-key-outdated', facts: [String(made.body.version)] }]
    })
    await t.rejects(grantConsent(world, patient, asGrantee(former, lead), { grantee: granteeOf(former) }), { code: 'CONSENT_OUTDATED' })
    const again = await activateConsent(world, patient, asGrantee(made, lead), { grantee: granteeOf(made) })
    t.match(await ask(colleague, made, again.consentId), { decision: 'permit' })
    await t.rejects(lead.ledger.changeDepartment(signMembership(world, [lead, colleague], { former: made, key: former.key }).statement), {
      code: 'MEMBERSHIP_CONFLICT', message: /has or had/
    }, 'no former key comes back')
  })

  await t.test('a member who is let go unsuspended is denied, and takes no other department over with its key', async (t) => {
    const as = { department: OTHER_DEPARTMENT }
    const [one, other] = [await bindMember(world, as), await bindMember(world, as)]
    const stolen = signMembership(world, [one], { department: OTHER_DEPARTMENT, key: founded.key })
    await t.rejects(registrar.foundDepartment(stolen.statement), { code: 'MEMBERSHIP_CONFLICT' }, 'another department\'s key')
    const oncology = await foundDepartment(world, [one, other], { department: OTHER_DEPARTMENT })
    const { consentId } = await activateConsent(world, patient, asGrantee(oncology, one), { grantee: granteeOf(oncology) })
    t.match(await ask(other, oncology, consentId), { decision: 'permit' })
    await changeDepartment(world, [one], { former: oncology, department: OTHER_DEPARTMENT })
    t.strictSame((await ask(other, oncology, consentId)).reasons.map((r) => r.rule), ['consent.not-a-member', 'consent.department-key-outdated'])
    const taken = signMembership(world, [other], { former: oncology, department: OTHER_DEPARTMENT })
    await t.rejects(other.ledger.changeDepartment(taken.statement), { code: 'NOT_AUTHORIZED' }, 'who was let go changes nothing')
  })

  await t.test('when no member is left, the registrar puts the department in place anew, with a new key', async (t) => {
    const heir = await bindMember(world)
    const anew = signMembership(world, [heir], { former: founded })
    await t.rejects(heir.ledger.changeDepartment(anew.statement), { code: 'NOT_AUTHORIZED' })
    const { value } = await registrar.foundDepartment(anew.statement)
    t.match(value, { registrar: world.registrar(core).staffId, keyVersion: anew.body.version })
    await t.rejects(lead.ledger.changeDepartment(signMembership(world, [lead], { former: anew }).statement), { code: 'NOT_AUTHORIZED' })
  })

  await t.test('envelope keys are bound as keys of their own', async (t) => {
    const who = await world.enroll({ mspId: core, role: 'physician', department: DEPARTMENT })
    const keys = { ...who, receiving: SecretKey.random(), requestSigning: SecretKey.random() }
    await t.rejects(who.ledger.bindKeys(signBinding(world, { ...keys, envelope: keys.receiving })), { code: 'STATEMENT_INVALID', message: /different keys/ })
    await who.ledger.bindKeys(signBinding(world, { ...keys, envelope: SecretKey.random() }))
  })
}

/** Bound as of the department, without an envelope key: it has one to seal to, which is not bound. */
async function bindPractitionerOf (world: LedgerWorld): Promise<TestMember> {
  return { ...await bindPractitioner(world, { department: DEPARTMENT }), envelope: SecretKey.random() }
}
