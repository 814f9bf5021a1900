import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import {
  BatchOpener, Batch, deriveIndexKeys, EMPTY_CHAIN, extendChain, fromHex, headsRoot, keywordTag, openIndexEntry,
  parseWrap, PublicKey, searchKeyOf, toHex, verifyBatch, verifyPrecursor
} from '@epione/crypto'
import type { ProvenPrecursor } from '@epione/crypto'
import type { IndexItem, SearchAnswers } from '@epione/protocol/api'
import { createRecordId, sealZeros } from '../../helpers/gateway-client.ts'
import { createEntry, createSearchKey } from '../../helpers/index-fixtures.ts'
import type { TestPatient } from '../../helpers/ledger-fixtures.ts'
import { RealSharing } from '../../helpers/proxies.ts'
import { until } from '../../helpers/sharing.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

t.test('an entry of one hospital is found by a reader of another, also after the first one lost its store', async (t) => {
  const network = await TestNetwork.create()
  t.teardown(() => network.destroy())
  const file = await network.network()
  const sharing = await RealSharing.create(file, network.stateDir)
  t.teardown(() => sharing.close())
  const { author, reader, patient, writer, person } = sharing
  const home = file.organizations[0]?.id ?? ''
  const compartment = { label: patient.label, level: 'N' as const, epoch: 1, secret: patient.compartment }
  const key = createSearchKey({ patientId: patient.patientId, networkId: fromHex(file.networkId) } as TestPatient, compartment)

  const keys = author.sign('SearchKeys', { patientId: patient.patientId, directoryVersion: 1, keys: [key.published] }, patient.identity)
  const published = await author.send('POST', '/v1/search-keys', { statement: keys, wraps: [toHex(key.wrap)] }, {
    authorization: author.session(patient)
  })
  t.match(published, { status: 201, body: { copies: [String, String] } })

  const records: Array<{ recordId: string, entry: string }> = []
  for (const keyword of ['code:glucose', 'code:hba1c', 'code:glucose']) {
    const recordId = createRecordId()
    const pieces: Uint8Array[] = []
    for await (const piece of sealZeros(recordId, 1_000, writer.requestKey)) pieces.push(piece)
    const { body: stored } = await author.upload(Buffer.concat(pieces), writer.authorization)
    const { statement: { body }, wrap } = author.signRecord(writer, patient, recordId, stored)
    const { entry, index } = createEntry(key, { recordId, version: 1 }, [keyword])
    const statement = author.sign('RecordManifest', { ...JSON.parse(body) as object, index }, writer.requestKey)
    const payload = { statement, wrap, entry: toHex(entry) }
    const registered = await author.send('POST', '/v1/records', payload, { authorization: writer.authorization })
    t.match(registered, { status: 201, body: { copies: [String, String] } })
    records.push({ recordId, entry: toHex(entry) })
  }

  const grant = await sharing.createGrant({ actions: ['search'] })
  t.match(await sharing.grant(grant), { status: 201, body: { status: 'active' } })
  const authorization = { authorization: person.authorization }
  const asked = await sharing.ask(reader.sign('AccessRequest', {
    requester: { mspId: reader.mspId, staffId: person.staffId },
    patientId: patient.patientId,
    consentId: grant.consentId,
    compartments: [{ label: patient.label, epoch: 1 }],
    action: 'search',
    purpose: 'TREAT',
    receivingKey: person.receivingKey.publicKey().toHex()
  }, person.requestKey))
  t.match(asked, { status: 201, body: { event: { action: 'search', decision: 'permit' } } })
  const { eventId } = asked.body['event'] as { eventId: string }

  const answered = await reader.send('POST', `/v1/access-events/${eventId}/search-answers`, undefined, authorization)
  t.equal(answered.status, 200)
  const { answers } = answered.body as unknown as SearchAnswers
  t.equal(answers.length >= 2, true)
  const path = `/v1/patients/${patient.patientId}/index?label=${patient.label}`
  const links = await reader.send('GET', `${path}&event=${eventId}`, undefined, authorization)
  t.equal(links.status, 200)
  const items = (links.body['items'] as IndexItem[]).flatMap((item) => 'link' in item ? [item] : [])
  const head = items.reduce((known, { link }) => extendChain(known, link), EMPTY_CHAIN)
  const root = headsRoot([{ writer: `${author.mspId}/${writer.staffId}`, ...head }])
  for (const { answer } of answers) t.match(answer.body.heads, { label: patient.label, writers: 1, root })

  const grantKeys = {
    signingKey: patient.kfragSigning.publicKey(),
    delegatingKey: patient.compartment.publicKey(),
    receivingKey: person.receivingKey.publicKey()
  }
  const consent = JSON.parse(grant.statement.body) as {
    compartments: [{ precursor: ProvenPrecursor, shares: Array<{ mspId: string, kfragId: string, commitment: string }> }]
  }
  const [{ precursor, shares }] = consent.compartments
  const placed = { networkId: fromHex(file.networkId), patientId: patient.patientId, label: patient.label, epoch: 1, ...grantKeys }
  const cfrags = answers.flatMap(({ mspId, answer: { body } }) => {
    const share = shares.find((s) => s.mspId === mspId)
    if (share === undefined) throw new Error('not of the consent')
    const capsules = [parseWrap(key.wrap, key.wrapPlace).capsule]
    const proven = { ...share, keys: grantKeys, precursor: verifyPrecursor(precursor, placed) }
    return verifyBatch(Batch.fromBytes(fromHex(body.cfrags)), capsules, proven)
  })
  const secret = new BatchOpener(person.receivingKey, grantKeys.delegatingKey).open(key.wrap, cfrags)
  const search = searchKeyOf(secret, PublicKey.fromHex(key.published.key))
  const hits = items.flatMap(({ link, entry = '' }) => {
    if (link.kind !== 'in') return []
    const { recordId, version, indexKey } = link
    const indexKeys = deriveIndexKeys(key.place, { search, indexKey: PublicKey.fromHex(indexKey) })
    const { tags } = openIndexEntry(indexKeys, { recordId, version }, fromHex(entry))
    return tags.has(keywordTag(indexKeys, 'code:glucose')) ? [recordId] : []
  })
  t.same(hits, [records[0]?.recordId, records[2]?.recordId])

  await network.killProcess(`gateway.${home}`, 'SIGKILL')
  await rm(join(network.paths.organization(home).gateway.data, 'store'), { recursive: true })
  await network.startProcess(`gateway.${home}`)
  const own = async (): Promise<Array<string | undefined>> => {
    const { body } = await author.send('GET', path, undefined, { authorization: author.session(patient) })
    return ((body['items'] ?? []) as IndexItem[]).map((item) => 'link' in item ? item.entry : undefined)
  }
  await until(async () => (await own()).every((entry) => entry !== undefined) && (await own()).length === records.length)
  t.same(await own(), records.map(({ entry }) => entry))
})
