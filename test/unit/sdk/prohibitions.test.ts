import t from 'tap'
import { SecretKey, signStatement, statementId } from '@epione/crypto'
import type { StoredStatement } from '@epione/protocol'
import {
  endProhibition, forbidAccess, grantConsent, listConsents, listProhibitions, openRecord, requestAccess, revokeConsent
} from '@epione/sdk'
import type { AccessPermitted, ConsentTerms, GrantResult } from '@epione/sdk'
import { FileDestination } from '@epione/cli'
import { join } from 'node:path'
import { about } from '../../helpers/client/front.ts'
import { Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'

const hospitals = await Hospitals.open(t)
const { core, regional1, regional2 } = hospitals
const patient = await hospitals.patient()
const author = await hospitals.physician(core)
const colleague = await hospitals.physician(core)
const reader = await hospitals.physician(regional1)
const recordId = await writeRecord(author, patient, 'by the author', 'laboratory')
const theirs = await writeRecord(colleague, patient, 'by the colleague', 'laboratory')

t.afterEach(() => { for (const { front } of hospitals.all) front.lies = [] })

const grant = async (terms: ConsentTerms): Promise<GrantResult> => await grantConsent(patient, {
  grantee: reader.person,
  categories: ['laboratory'],
  purposes: ['TREAT'],
  days: 1,
  fingerprint: reader.keys.receiving(1).publicKey().fingerprint(),
  terms
})
const request = async (id = recordId): Promise<AccessPermitted> =>
  await requestAccess(reader, { patientId: patient.patientId, records: [{ recordId: id }], purpose: 'TREAT' })
const denied = (rule: string, ...facts: string[]): { code: string, details: object } => ({ code: 'ACCESS_DENIED', details: { reasons: [{ rule, facts }] } })

t.test('a prohibition stops what a consent allows, until the patient ends it', async (t) => {
  const { consentId } = await grant({})
  const made = await forbidAccess(patient, { people: [reader.person], categories: ['laboratory'] })
  const { prohibitionId } = made
  t.match(made, { confirmedElsewhere: true, forbids: `person ${reader.person.mspId}/${reader.person.staffId}, category laboratory` })
  t.match(await listProhibitions(patient), [{ prohibitionId, forbids: made.forbids, txId: made.txId }])
  await t.rejects(request(), denied('patient.prohibits', prohibitionId))
  const other = await forbidAccess(patient, { organizations: [regional2.mspId], levels: ['V'], purposes: ['HRESCH'], days: 1 })
  t.equal(other.forbids, `organisation ${regional2.mspId}, level V, purpose HRESCH`)
  t.ok((other.notAfter ?? 0) > Date.now())
  t.match(await endProhibition(patient, prohibitionId), { prohibitionId, confirmedElsewhere: true })
  t.match((await listProhibitions(patient)).map((p) => p.prohibitionId), [other.prohibitionId])
  const { eventId } = await request()
  t.match(await openRecord(reader, { eventId, to: new FileDestination(join(t.testdir(), 'opened')) }), { liars: [], recordId })
  await t.rejects(endProhibition(patient, prohibitionId), { code: 'NOT_FOUND', message: /PROHIBITION_UNKNOWN/ })
  await endProhibition(patient, other.prohibitionId)
  await revokeConsent(patient, consentId)
})

t.test('one prohibition takes the place of another, and must forbid something', async (t) => {
  const first = await forbidAccess(patient, { levels: ['V'] })
  const next = await forbidAccess(patient, {
    departments: [{ mspId: 'CoreMSP', department: 'oncology' }],
    replaces: first.prohibitionId
  })
  t.match(await listProhibitions(patient), [{ prohibitionId: next.prohibitionId, forbids: 'department CoreMSP/oncology' }])
  await endProhibition(patient, next.prohibitionId)
  t.strictSame(await listProhibitions(patient), [])
  await t.rejects(forbidAccess(patient, {}), { code: 'USAGE' })
  await t.rejects(forbidAccess(patient, { categories: ['hobbies'] }), { code: 'CATEGORY_UNKNOWN' })
  await t.rejects(forbidAccess(patient, { purposes: ['FUN'] }), { code: 'USAGE' })
})

t.test('a gateway that shows a prohibition which the patient did not sign is named', async (t) => {
  const { prohibitionId } = await forbidAccess(patient, { levels: ['V'] })
  const resigned = ({ items }: { items: StoredStatement[] }): object => ({
    items: items.map((stored) => {
      const body = { ...JSON.parse(stored.statement.body) as object, forbids: { levels: ['N'] } }
      const statement = signStatement({ type: 'Prohibition', networkId: patient.networkId, body, keys: [SecretKey.random()] })
      return { ...stored, id: statementId(statement.body), statement }
    })
  })
  core.front.lies = [about('GET', /prohibitions$/, resigned)]
  await t.rejects(listProhibitions(patient), { code: 'ANSWER_MALFORMED', details: { party: { kind: 'gateway', mspId: 'CoreMSP' } } })
  core.front.lies = []
  await endProhibition(patient, prohibitionId)
})

t.test('terms are signed with the least grade, told in words, and kept to', async (t) => {
  const exceptions: ConsentTerms['exceptions'] = [{ authors: [colleague.person] }]
  const granted = await grant({ exceptions, levels: ['N', 'R'], dataPeriod: { from: Date.UTC(2020, 0, 1) } })
  const words = [
    'only level N or R', 'only records that the ledger took from 2020-01-01T00:00:00.000Z',
    `exception 1: not author CoreMSP/${colleague.person.staffId}`
  ]
  t.strictSame(granted.terms, words)
  const listed = (await listConsents(patient)).find((c) => c.consentId === granted.consentId)
  t.match(listed, { grade: 'advanced', terms: words })
  const { eventId } = await request()
  t.match(await openRecord(reader, { eventId, to: new FileDestination(join(t.testdir(), 'opened')) }), { liars: [], recordId })
  await t.rejects(request(theirs), denied('consent.excepted', '1'))

  const { consentId } = await grant({})
  t.equal((await request(theirs)).consentId, consentId, 'of several consents the one whose terms permit is named')
  await revokeConsent(patient, consentId)
  const past = await grant({ dataPeriod: { until: Date.UTC(2020, 0, 1) } })
  t.strictSame(past.terms, ['only records that the ledger took before 2020-01-01T00:00:00.000Z'])
  t.equal((await request()).consentId, granted.consentId, 'one that may deny by its period comes after one that does not')
})
