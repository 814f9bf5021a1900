import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import type { SignedStatement } from '@epione/crypto'
import type { DepartmentState } from '@epione/protocol'
import {
  changeDepartment, foundDepartment, grantConsent, listConsents, listOutdated, makeDepartment, openRecord, readDepartment, regrantOutdated,
  requestAccess, suspendStaff
} from '@epione/sdk'
import type { AccessPermitted, PractitionerContext, TokenContext } from '@epione/sdk'
import { FileDestination } from '@epione/cli'
import { about } from '../../helpers/client/front.ts'
import { Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'

const hospitals = await Hospitals.open(t)
const { core, regional1 } = hospitals
const WARD = { mspId: 'CoreMSP', department: 'ward' }
const of = { department: WARD.department }
const patient = await hospitals.patient()
const author = await hospitals.physician(regional1)
const [founder, leaver] = [await hospitals.physician(core, of), await hospitals.physician(core, of)]
const joiner = await hospitals.physician(core, of)
const registrar: TokenContext = { ...hospitals.client(core), role: 'token', token: await hospitals.token(core, 'head-of-staff', 'registrar') }
const TEXT = 'for whoever is on duty'
const recordId = await writeRecord(author, patient, TEXT)

t.afterEach(() => { for (const { front } of hospitals.all) front.lies = [] })

const ids = (...people: PractitionerContext[]): string[] => people.map(({ person }) => person.staffId).sort()
const request = async (who: PractitionerContext): Promise<AccessPermitted> =>
  await requestAccess(who, { patientId: patient.patientId, records: [{ recordId }], purpose: 'TREAT' })

async function opens (t: Test, who: PractitionerContext): Promise<void> {
  const { eventId } = await request(who)
  const out = join(t.testdir(), 'opened')
  t.match(await openRecord(who, { eventId, to: new FileDestination(out) }), { liars: [], recordId })
  t.equal(await readFile(out, 'utf8'), TEXT)
}

async function found (people: readonly PractitionerContext[], from = founder): Promise<{ fingerprint: string, statementId: string }> {
  const { file, fingerprint } = await makeDepartment(from, WARD.department, ids(...people))
  return { fingerprint, statementId: (await foundDepartment(registrar, file)).statementId }
}

t.test('a member makes the department, and its hospital puts it in place', async (t) => {
  await t.rejects(readDepartment(patient, WARD), { code: 'NOT_FOUND' })
  await t.rejects(grantConsent(patient, { grantee: WARD, categories: ['summary'], purposes: ['TREAT'], days: 1 }), { code: 'NOT_FOUND' })
  await t.rejects(changeDepartment(founder, WARD.department, { rotate: true }), { code: 'NOT_FOUND' })
  const unbound = await hospitals.physician(core, { ...of, bound: false })
  await t.rejects(makeDepartment(founder, WARD.department, ids(unbound)), { code: 'NOT_FOUND', details: { staffId: unbound.person.staffId } })
  const elsewhere = await hospitals.physician(core)
  const other = await makeDepartment(founder, WARD.department, ids(elsewhere))
  await t.rejects(foundDepartment(registrar, other.file), { code: 'REFUSED', message: /bound no keys as of ward/, details: { gatewayCode: 'MEMBERSHIP_INVALID' } })
  await t.rejects(foundDepartment(registrar, '{}'), { code: 'FILE_DAMAGED' })

  const made = await makeDepartment(founder, WARD.department, ids(leaver))
  t.match(made, { version: 1, members: ids(founder, leaver) })
  t.match(await foundDepartment(registrar, made.file), { ...WARD, version: 1, txId: String })
  const shown = await readDepartment(patient, WARD)
  t.match(shown, { signer: founder.person.staffId, registrar: String, facts: { keyVersion: 1 } })
  t.equal(shown.receivingKey.fingerprint(), made.fingerprint)
  t.strictSame(shown.facts.members, ids(founder, leaver))
})

t.test('a consent to it lets each member open, and who left or comes later does not', async (t) => {
  await t.rejects(request(founder), { code: 'ACCESS_DENIED', details: { reasons: [{ rule: 'consent.none-named' }] } })
  const { receivingKey } = await readDepartment(patient, WARD)
  const wanted = { grantee: WARD, categories: ['summary'], purposes: ['TREAT'], days: 1 }
  await t.rejects(grantConsent(patient, wanted), { code: 'FINGERPRINT_REQUIRED' })
  await t.rejects(grantConsent(patient, { ...wanted, fingerprint: founder.keys.receiving(1).publicKey().fingerprint() }), {
    code: 'FINGERPRINT_MISMATCH', message: /CoreMSP\/ward/
  })
  const { consentId } = await grantConsent(patient, { ...wanted, fingerprint: receivingKey.fingerprint() })
  await opens(t, founder)
  await opens(t, leaver)
  await t.rejects(request(joiner), { code: 'ACCESS_DENIED' })
  await t.rejects(requestAccess(joiner, { patientId: patient.patientId, records: [{ recordId }], purpose: 'TREAT', consentId }), {
    code: 'ACCESS_DENIED'
  })
  await t.rejects(changeDepartment(joiner, WARD.department, { add: ids(joiner) }), { code: 'REFUSED', message: /You are no member/ })
  await t.rejects(changeDepartment(leaver, WARD.department, { remove: ids(leaver) }), { code: 'USAGE' })
  t.strictSame(await listOutdated(patient), [])
})

t.test('who leaves is refused at once, and a new member reads once the patient granted anew', async (t) => {
  const permit = await request(leaver)
  const before = await readDepartment(patient, WARD)
  t.match(await changeDepartment(founder, WARD.department, { remove: ids(leaver) }), {
    version: 2, left: ids(leaver), rotated: true, members: ids(founder)
  })
  await t.rejects(openRecord(leaver, { eventId: permit.eventId, to: new FileDestination(join(t.testdir(), 'late')) }), {
    code: 'REFUSED', details: { gatewayCode: 'EVENT_DENIED' }
  })
  await t.rejects(request(leaver), { code: 'ACCESS_DENIED' })
  await t.rejects(request(founder), { code: 'ACCESS_DENIED', details: { reasons: [{ rule: 'consent.department-key-outdated' }] } })
  t.match(await changeDepartment(founder, WARD.department, { add: ids(joiner) }), {
    version: 3, left: [], rotated: false, members: ids(founder, joiner)
  })

  const { fingerprint, consentId } = (await listOutdated(patient))[0] ?? { fingerprint: '', consentId: '' }
  t.not(fingerprint, before.receivingKey.fingerprint())
  t.match(await listOutdated(patient), [{ department: 'CoreMSP/ward', continued: true }])
  t.match(await regrantOutdated(patient), [{ consentId, newConsentId: String, status: 'active' }])
  t.strictSame(await listOutdated(patient), [])
  t.match((await listConsents(patient)).map(({ status }) => status).sort(), ['active', 'revoked'])
  await opens(t, founder)
  await opens(t, joiner)
  await t.rejects(request(leaver), { code: 'ACCESS_DENIED' })
})

t.test('what a hospital puts in place anew is granted to only with its fingerprint compared', async (t) => {
  await suspendStaff(registrar, joiner.person.staffId, { target: { kind: 'person' }, cause: 'left' })
  await t.rejects(makeDepartment(founder, WARD.department, ids(joiner)), { code: 'SUSPENDED' })
  const { fingerprint } = await found([leaver])
  t.match(await listOutdated(patient), [{ continued: false, fingerprint }])
  await t.rejects(regrantOutdated(patient), { code: 'REGRANT_NEEDED', exitCode: 3, details: { fingerprint, department: 'CoreMSP/ward' } })
  await t.rejects(regrantOutdated(patient, () => Promise.resolve(false)), { code: 'DECLINED' })
  t.match(await regrantOutdated(patient, (shown) => Promise.resolve(shown.fingerprint === fingerprint && shown.members === 2)), [{ status: 'active' }])
  await opens(t, leaver)
})

t.test('another envelope than the member\'s own, and a department that no member signed, are named', async (t) => {
  const { eventId } = await request(founder)
  core.front.lies = [about('GET', /envelopes\/ward$/, (answer: { sealed: string }) => ({ ...answer, sealed: `${answer.sealed.slice(0, -2)}00` }))]
  await t.rejects(openRecord(founder, { eventId, to: new FileDestination(join(t.testdir(), 'opened')) }), {
    code: 'ENVELOPE_INVALID', exitCode: 4, details: { party: { kind: 'gateway', mspId: 'CoreMSP' }, department: 'ward' }
  })
  const forge = (change: (state: DepartmentState, statement: SignedStatement) => object): void => {
    for (const { front } of hospitals.all) {
      front.lies = [about('GET', /departments\/CoreMSP\/ward/, (state: DepartmentState) => ({ ...state, ...change(state, state.membership.statement) }))]
    }
  }
  forge(() => ({ signer: leaver.person.staffId }))
  await t.rejects(readDepartment(patient, WARD), { code: 'MEMBERSHIP_INVALID', exitCode: 4 })
  forge((state) => ({ keyVersion: state.keyVersion + 1 }))
  await t.rejects(listOutdated(patient).then(async () => await readDepartment(patient, WARD)), { code: 'MEMBERSHIP_INVALID' })
  core.front.lies = []
  await t.rejects(readDepartment(patient, WARD), { code: 'ORGANIZATIONS_DIFFER' }, 'one of two that differ')
})
