import t from 'tap'
import {
  addRecord, bindKeys, eraseRecords, grantConsent, listConsents, listSearchable, makeCard, rebuildIndex, revokeConsent, rewrapRecords,
  reviewConsents, rotateKeys, SealedCache, searchAll, searchOwn, searchPatient, sortRecord, withdrawRecord
} from '@epione/sdk'
import type { NewRecord, PatientContext, PractitionerContext, SearchFound } from '@epione/sdk'
import { identityKeyOf } from '../../../../sdk/src/context/context.ts'
import { makeStatement } from '../../../../sdk/src/context/statements.ts'
import { bytes } from '../../../helpers/client/bytes.ts'
import { about } from '../../../helpers/client/front.ts'
import { Hospitals } from '../../../helpers/client/hospitals.ts'
import { MemoryCache } from '../../../helpers/memory-cache.ts'
import { until } from '../../../helpers/sharing.ts'

const hospitals = await Hospitals.open(t)
const author = await hospitals.physician(hospitals.core)
const reader = await hospitals.physician(hospitals.regional1)

async function add (by: PractitionerContext, patient: PatientContext, text: string, more: Partial<NewRecord> = {}): Promise<string> {
  const { card } = await makeCard(patient)
  const { recordId } = await addRecord(by, { source: bytes(text), category: 'summary', mediaClass: 'document', card, ...more })
  return recordId
}

async function grantSearch (to: PractitionerContext, patient: PatientContext, categories = ['summary']): Promise<string> {
  const { consentId } = await grantConsent(patient, {
    grantee: to.person, categories, purposes: ['TREAT'], days: 1, actions: ['read', 'search'], approve: () => Promise.resolve(true)
  })
  return consentId
}

const found = ({ items }: Pick<SearchFound, 'items'>): string[] => items.map(({ recordId, version }) => `${recordId}:${version}`)
const by = async (patient: PatientContext, query: string, more: object = {}): Promise<SearchFound> =>
  await searchPatient(reader, { patientId: patient.patientId, purpose: 'TREAT', query, ...more })

t.test('a revocation that broke off before the search keys were raised is made good by the next look at the consents', async (t) => {
  const patient = await hospitals.patient()
  const consentId = await grantSearch(reader, patient)
  const { id, statement } = makeStatement(patient, 'Revocation', { patientId: patient.patientId, consentId }, [identityKeyOf(patient)])
  t.notOk((await reviewConsents(patient)).searchKeysRaised, 'while it is in force nothing is due')
  await patient.gateways.own.revokeConsent(statement, id)
  const keysOf = (say: (shown: { statements: object[] }) => object): void => {
    hospitals.core.front.lies = [about('GET', /search-keys$/, say)]
  }
  for (const { front } of hospitals.all) front.lies = [about('GET', /search-keys$/, () => ({ items: [], statements: [] }))]
  t.notOk((await reviewConsents(patient)).searchKeysRaised, 'hospitals that hide the keys have nothing raised')
  for (const { front } of hospitals.all) front.lies = []
  // The own hospital says that the ledger took the key after the revocation; another one tells when it did.
  keysOf((shown) => ({ ...shown, statements: shown.statements.map((one) => ({ ...one, time: Date.now() + 20_000 })) }))
  t.match(await reviewConsents(patient), { items: [{ consentId, status: 'revoked' }], searchKeysRaised: ['summary'] })
  hospitals.core.front.lies = []
  const again = await reviewConsents(patient)
  t.notOk(again.searchKeysRaised)
  t.notOk(again.warnings)
  const { card } = await makeCard(patient)
  const added = await addRecord(author, { source: bytes('word'), category: 'summary', mediaClass: 'document', card })
  t.match(added.index, { issue: 2 })
})

t.test('patient and permitted reader find record versions by what is in them, and what was named', async (t) => {
  const patient = await hospitals.patient()
  const code = { coding: [{ system: 'http://loinc.org', code: '4548-4' }] }
  const fhir = JSON.stringify({ resourceType: 'Observation', code, effectiveDateTime: '2025-03-01' })
  const lab = await add(author, patient, fhir, { mediaClass: 'structured' })
  const note = await add(author, patient, 'Heavy smoker since 1990', { keywords: ['code:loinc|4548-4'] })
  const hidden = await add(author, patient, 'smoker, not to be found', { indexed: false })
  t.strictSame(found(await searchOwn(patient, { query: 'code:loinc|4548-4' })), [`${note}:1`, `${lab}:1`], 'the newest first')
  t.strictSame(found(await searchOwn(patient, { query: 'code:loinc|4548-4 AND date:2024..2026 NOT smoker' })), [`${lab}:1`])
  await t.rejects(by(patient, 'smoker'), { code: 'ACCESS_DENIED' }, 'without consent it is denied and logged')
  await grantSearch(reader, patient)
  const shown = await by(patient, 'smoker', { explain: true })
  t.strictSame(found(shown), [`${note}:1`])
  t.match(shown, {
    total: 1,
    searched: 2,
    liars: [],
    items: [{ indexedBy: `${author.person.mspId}/${author.person.staffId}` }],
    notSearched: { truncated: { count: 0 }, withoutKey: { count: 0 }, lost: { count: 0 }, sealedWrongly: { count: 0 } },
    explained: {
      compartments: [{ issue: 1, links: { known: 0, read: 2 } }], withoutEntry: { count: 1, items: [{ recordId: hidden, version: 1 }] }
    }
  })
  t.ok((shown.explained?.compartments[0]?.signedBy.length ?? 0) >= 2, 'as a threshold signs')
  await t.rejects(by(patient, 'smoker AND ('), { code: 'QUERY_INVALID', details: { column: 13 } }, 'nobody is asked for what cannot be read')
  t.ok((await listSearchable(reader)).includes(patient.patientId))
  const all = await searchAll(reader, await listSearchable(reader), { query: 'smoker', purpose: 'TREAT' })
  t.match(all, { items: [{ patientId: patient.patientId, total: 1 }], total: 1 })
  const rebuilt = await rebuildIndex(patient)
  t.match(rebuilt, { items: [{ recordId: hidden, index: { issue: 1 } }], failed: [], indexedBefore: 2 })
  t.strictSame(found(await by(patient, 'smoker')), [`${hidden}:1`, `${note}:1`])
  t.match((await by(patient, 'found')).items, [{ indexedBy: 'patient' }])
})

t.test('pages, and a cache that spares a second reading, until the issue is raised', async (t) => {
  const patient = await hospitals.patient()
  for (let i = 0; i < 5; i++) await add(author, patient, `common number${i}`)
  const consentId = await grantSearch(reader, patient)
  const store = new MemoryCache()
  const cache = new SealedCache(store, reader.keys.searchCacheKey())
  const first = await by(patient, 'common', { limit: 2, cache, explain: true })
  t.match(first, { total: 5, items: [{}, {}], explained: { compartments: [{ links: { known: 0, read: 5 } }] } })
  const second = await by(patient, 'common', { limit: 2, after: first.next, cache, explain: true })
  t.match(second, { total: 5, items: [{}, {}], explained: { compartments: [{ links: { known: 5, read: 0 } }] } })
  const third = await by(patient, 'common', { limit: 2, after: second.next, cache })
  t.equal(third.items.length, 1)
  t.equal(third.next, undefined)
  t.equal(new Set([first, second, third].flatMap(found)).size, 5)
  await t.rejects(by(patient, 'common', { limit: 0 }), { code: 'USAGE' })
  const later = await add(author, patient, 'common later')
  t.match(await by(patient, 'common', { cache, explain: true }), { total: 6, explained: { compartments: [{ links: { known: 5, read: 1 } }] } })

  const own = new SealedCache(new MemoryCache(), patient.keys.searchCacheKey())
  const mine = { query: 'common', cache: own, categories: ['summary'] }
  await searchOwn(patient, mine)
  const again = await searchOwn(patient, { ...mine, explain: true })
  t.match(again, { total: 6, explained: { compartments: [{ links: { known: 6, read: 0 } }] } })

  const other = await hospitals.physician(hospitals.regional1)
  await grantSearch(other, patient)
  t.match(await revokeConsent(patient, consentId), { searchKeysRaised: ['summary'] })
  await t.rejects(by(patient, 'common', { cache }), { code: 'ACCESS_DENIED' })
  t.equal(store.files.size, 0, 'what is kept goes with the right')
  const after = await add(author, patient, 'common after')
  const theirs = await searchPatient(other, { patientId: patient.patientId, purpose: 'TREAT', query: 'common', explain: true })
  t.match(theirs, { total: 7, items: [{ recordId: after }, { recordId: later }], explained: { compartments: [{ issue: 2 }] } }, 'no other consent ends')
})

t.test('one record is found, or not, through amendment, new epoch, another compartment, an author\'s new keys, withdrawal and erasure', async (t) => {
  const patient = await hospitals.patient()
  const { card } = await makeCard(patient)
  const writer = await hospitals.physician(hospitals.core)
  const recordId = await add(writer, patient, 'first wording')
  await grantSearch(reader, patient, ['summary', 'laboratory'])
  await addRecord(writer, { source: bytes('second wording'), category: 'summary', mediaClass: 'document', card, amends: { recordId } })
  t.strictSame(found(await by(patient, 'wording')), [`${recordId}:2`, `${recordId}:1`], 'amended')
  t.strictSame(found(await by(patient, 'second')), [`${recordId}:2`])

  await rotateKeys(patient, { categories: ['summary'] })
  t.strictSame(found(await searchOwn(patient, { query: 'wording' })), [`${recordId}:2`, `${recordId}:1`], 'a new epoch, entries of the former one')
  await rewrapRecords(patient)
  t.match(await searchOwn(patient, { query: 'wording' }), { items: [{ recordId }, { recordId }], total: 2 }, 'brought over')
  t.match(await by(patient, 'wording'), { total: 0, notSearched: { withoutKey: { count: 2 } } }, 'the former consent is for the former epoch')
  await grantSearch(reader, patient, ['summary', 'laboratory'])
  t.match(await by(patient, 'wording'), { total: 2, notSearched: { withoutKey: { count: 0 } } })

  await sortRecord(patient, recordId, 'laboratory')
  const labs = await searchOwn(patient, { query: 'wording', categories: ['laboratory'] })
  t.equal(labs.total, 2, 'in the other compartment')
  t.equal((await searchOwn(patient, { query: 'wording', categories: ['summary'] })).total, 0, 'and not in the former')
  t.equal((await by(patient, 'wording')).total, 2)

  const { keyNumber } = await bindKeys(writer, { rotate: true })
  const rekeyed: PractitionerContext = { ...writer, keyNumber }
  const third = await add(rekeyed, patient, 'third wording')
  t.equal((await by(patient, 'wording')).total, 3)

  await withdrawRecord(rekeyed, { recordId: third, version: 1, cause: 'entered-in-error' })
  await until(async () => (await searchOwn(patient, { query: 'wording' })).total === 2)
  t.equal((await by(patient, 'wording')).total, 2, 'withdrawn')
  await eraseRecords(patient, [{ recordId }])
  await until(async () => (await searchOwn(patient, { query: 'wording' })).total === 0)
  t.match(await by(patient, 'wording'), { total: 0, notSearched: { lost: { count: 0 } } }, 'erased, by a signed order')
})

t.test('a patient sees who may search, and what a consent does not open', async (t) => {
  const patient = await hospitals.patient()
  await makeCard(patient)
  await grantSearch(reader, patient)
  const granted = { grantee: author.person, categories: ['summary'], purposes: ['TREAT'], days: 1, approve: () => Promise.resolve(true) }
  await grantConsent(patient, granted)
  const actionsOf = new Map((await listConsents(patient)).map(({ grantee, actions }) => [grantee, actions]))
  t.strictSame([...actionsOf.values()].map((actions) => actions.join()).sort(), ['read', 'read,search'])
})

t.test('the ends of many records are proven by the page, and those whose order is not shown count as lost', async (t) => {
  const patient = await hospitals.patient()
  const ids: string[] = []
  for (let i = 0; i < 6; i++) ids.push(await add(author, patient, `passing wording${i}`))
  await eraseRecords(patient, ids.slice(0, 5).map((recordId) => ({ recordId })))
  await until(async () => (await searchOwn(patient, { query: 'passing' })).total === 1)
  const asked: string[] = []
  const fronts = hospitals.all.map(({ front }) => front)
  t.teardown(() => { for (const front of fronts) front.lies = [] })
  for (const front of fronts) front.lies = [({ path }) => { asked.push(path); return undefined }]
  t.match(await searchOwn(patient, { query: 'passing' }), { total: 1, notSearched: { lost: { count: 0 } } })
  t.ok(asked.some((path) => /patients\/[^/]+\/records/.test(path)), asked.join('\n'))
  t.strictSame(asked.filter((path) => /v1\/records\//.test(path)), [])
  // A list that leaves them out, and records that do not say so.
  for (const front of fronts) {
    front.lies = [
      about('GET', /patients\/[^/]+\/records/, (body: object) => ({ ...body, items: [] })),
      about('GET', /v1\/records\//, ({ end: _end, ...body }: { end?: object }) => body)
    ]
  }
  t.match(await searchOwn(patient, { query: 'passing' }), { total: 1, notSearched: { lost: { count: 5 } } })
})

t.test('a patient finds at a hospital that keeps no copy what two others keep', async (t) => {
  for (const own of hospitals.all) {
    const patient = await hospitals.patient(own)
    const recordId = await add(author, patient, 'far wording')
    const shown = await searchOwn(patient, { query: 'wording' })
    t.match(shown, { total: 1, items: [{ recordId }], notSearched: { lost: { count: 0 } } }, own.mspId)
  }
})
