import t from 'tap'
import {
  addRecord, ensureSearchKeys, grantConsent, listSearchable, makeCard, raiseSearchKeys, readNetworkDocument, rebuildIndex, requireSearchOn,
  revokeConsent, rewrapRecords, rotateKeys, searchAll, searchOwn, searchPatient
} from '@epione/sdk'
import type { GrantRequest } from '@epione/sdk'
import type { NetworkDocument } from '@epione/protocol'
import { bytes } from '../../../helpers/client/bytes.ts'
import { Hospitals } from '../../../helpers/client/hospitals.ts'
import { until } from '../../../helpers/sharing.ts'
import { adminSecret, nextDocument, signApproval, signProposal } from '../../../helpers/founding.ts'

const NOTICE_MS = 5 * 60 * 1000

let aheadMs = 0
const hospitals = await Hospitals.open(t, { clock: () => Date.now() + aheadMs })
const author = await hospitals.physician(hospitals.core)
const reader = await hospitals.physician(hospitals.regional1)
const OFF = { code: 'FEATURE_INACTIVE', message: /does not name "search"/ }

/** The members agree on these features, and the clock goes on to when they count. */
async function agree (before: NetworkDocument, features: string[]): Promise<NetworkDocument> {
  const { world, clock } = hospitals.consortium
  const next = nextDocument(before, { features, inForceFrom: clock() + NOTICE_MS })
  const issued = { issuedAt: clock(), submitBefore: clock() + 60_000 }
  const { ledger } = world.gateway('CoreMSP')
  await ledger.proposeNetwork(signProposal(next, adminSecret('CoreMSP'), issued))
  for (const mspId of world.members.slice(0, 2)) await ledger.approveNetwork(signApproval(next, adminSecret(mspId), issued))
  aheadMs += NOTICE_MS + 2 * 60 * 1000
  for (const hospital of hospitals.all) {
    await until(async () => (await readNetworkDocument(hospitals.client(hospital))).version === next.version)
  }
  return next
}

t.test('where the network has search switched off, records are added and moved without entry, and searches say so', async (t) => {
  const patient = await hospitals.patient()
  const { card } = await makeCard(patient)
  const wanted = { category: 'summary', mediaClass: 'document', card } as const
  const found = { query: 'wording' }
  const request: GrantRequest = {
    grantee: reader.person, categories: ['summary'], purposes: ['TREAT'], days: 1, approve: () => Promise.resolve(true)
  }
  const { consentId } = await grantConsent(patient, { ...request, actions: ['read', 'search'] })
  const before = await addRecord(author, { ...wanted, source: bytes('wording before') })
  t.match(before, { index: { issue: 1, keywords: 2 } })

  const off = await agree(hospitals.consortium.network.document, [])
  await t.rejects(requireSearchOn(patient), OFF)
  t.match(await addRecord(author, { ...wanted, source: bytes('wording between') }), { index: { notIndexed: 'search-off' } })
  t.match(await addRecord(patient, { ...wanted, source: bytes('my wording') }), { index: { notIndexed: 'search-off' } })
  await t.rejects(searchOwn(patient, found), OFF)
  await t.rejects(searchPatient(reader, { ...found, patientId: patient.patientId, purpose: 'TREAT' }), OFF)
  await t.rejects(searchAll(reader, await listSearchable(reader), { ...found, purpose: 'TREAT' }), OFF)
  await t.rejects(rebuildIndex(patient), OFF)
  await t.rejects(grantConsent(patient, { ...request, actions: ['read', 'search'] }), OFF)
  t.equal(await raiseSearchKeys(patient, ['summary']), undefined)
  await grantConsent(patient, request)
  await revokeConsent(patient, consentId)
  await rotateKeys(patient, { categories: ['summary'] })
  const { items } = await rewrapRecords(patient)
  t.equal(items.length, 3)
  for (const { index } of items) t.match(index, { notIndexed: String }, 'a record moves all the same')

  await agree(off, ['search'])
  await requireSearchOn(patient)
  await ensureSearchKeys(patient)
  t.match(await rebuildIndex(patient), { items: [{}, {}, {}], failed: [] })
  t.equal((await searchOwn(patient, found)).total, 3, 'on again')
})

t.test('a gateway that only says so leaves no record without its entry', async (t) => {
  const patient = await hospitals.patient()
  const { card } = await makeCard(patient)
  const { front } = hospitals.core
  const said = { type: 'about:blank', status: 409, title: 'Conflict', code: 'FEATURE_INACTIVE', detail: 'search is off' }
  front.instead = (method, path) => method === 'POST' && path === '/v1/records' ? { status: 409, body: said } : undefined
  t.teardown(() => { front.instead = undefined })
  await t.rejects(addRecord(author, { source: bytes('found'), category: 'summary', mediaClass: 'document', card }), {
    code: 'REFUSED', details: { gatewayCode: 'FEATURE_INACTIVE' }
  })
})
