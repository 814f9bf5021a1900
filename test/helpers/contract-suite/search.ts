import { EMPTY_CHAIN, SecretKey, extendChain, headsRoot, toHex, randomBytes } from '@epione/crypto'
import type { ChainHead, ChainLink } from '@epione/crypto'
import type { AccessEvent, RecordChange } from '@epione/protocol'
import type { Test } from 'tap'
import { activateConsent, bindPractitioner, createManifest, keyHex, publishPatient, randomHash, requestMembers, sign } from '../ledger-fixtures.ts'
import { createRewrap, signFreeze } from '../lifetime-fixtures.ts'
import { createIndex, createSearchKey, publishSearchKeys, registerIndexed } from '../search-fixtures.ts'
import type { TestPatient, TestPractitioner, TestRecord } from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'

/** The link of an entry of epoch 1, as `index` of its statement says it. */
const cameIn = (
  recordId: string, statementId: string, { hash: entryHash, key: indexKey, ...index }: ReturnType<typeof createIndex>, version = 1
): ChainLink => ({ kind: 'in', recordId, version, statementId, entryHash, indexKey, epoch: 1, ...index })
const chainOf = (...links: ChainLink[]): ChainHead => links.reduce(extendChain, EMPTY_CHAIN)
const nameOf = ({ mspId, staffId }: TestPractitioner): string => `${mspId}/${staffId}`

/** Search keys, chains of index entries, and permits to search (docs/protocol.md, "Search"). */
export async function searchSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [, regional] = world.members
  const { ledger } = world.gateway(regional)
  const author = await bindPractitioner(world)
  const colleague = await bindPractitioner(world, { mspId: regional })
  const reader = await bindPractitioner(world, { mspId: regional })
  const makePatient = async (): Promise<TestPatient> => {
    const patient = await publishPatient(world)
    await publishSearchKeys(world, patient, patient.compartments.map((c) => createSearchKey(patient, c)))
    return patient
  }
  const headsOf = async ({ patientId }: TestPatient, label: string): Promise<object[]> =>
    (await ledger.listChainHeads(patientId, label)).items
  const rewrap = async (
    patient: TestPatient, record: TestRecord, { to = patient.compartments[1], index }: { to?: TestRecord['compartment'], index?: object }
  ): Promise<RecordChange> => {
    const says = { ...createRewrap(patient, record, to).members, ...(index !== undefined && { index }) }
    return (await ledger.rewrapRecord(sign(world, 'Rewrap', says, patient.identity))).value
  }
  const search = async (
    patient: TestPatient, consentId: string | undefined, members: object = {}, by = reader
  ): Promise<AccessEvent> => {
    const { records: _, ...asked } = requestMembers(by, patient, [], consentId) as { records: object }
    const [{ label, epoch }] = patient.compartments
    const says = { ...asked, action: 'search', compartments: [{ label, epoch }], ...members }
    return (await by.ledger.requestAccess(sign(world, 'AccessRequest', says, by.requestSigning))).value
  }

  await t.test('a patient publishes issue after issue, and each is found with the statement that says it', async (t) => {
    const patient = await publishPatient(world)
    const [first, second] = patient.compartments
    const one = await publishSearchKeys(world, patient, [createSearchKey(patient, first), createSearchKey(patient, second)])
    const two = await publishSearchKeys(world, patient, [createSearchKey(patient, first, 2)])
    const { label, epoch } = first
    const asked = [{ label, epoch }, { label, epoch, issue: 1 }, { label: randomHash(), epoch }]
    t.strictSame(await ledger.findSearchKeys(patient.patientId, asked), {
      items: [{ label, epoch, issue: 2, statementId: two.id }, { label, epoch, issue: 1, statementId: one.id }], statements: [two, one]
    })
    const page = await ledger.listSearchKeys(patient.patientId, { pageSize: 1 })
    const rest = await ledger.listSearchKeys(patient.patientId, { bookmark: page.bookmark })
    t.strictSame(
      [...page.items, ...rest.items].map(({ issue, statementId }) => [issue, statementId]).sort(),
      [[1, one.id], [2, two.id]]
    )
    t.equal(rest.bookmark, '')
  })

  await t.test('search keys that are not the next of the patient are refused', async (t) => {
    const patient = await publishPatient(world)
    const [first, second] = patient.compartments
    const key = createSearchKey(patient, first)
    const publish = async (keys: Parameters<typeof publishSearchKeys>[2], members: object = {}, signer?: SecretKey): Promise<unknown> =>
      await publishSearchKeys(world, patient, keys, members, signer)
    const changed = (change: object): [Parameters<typeof publishSearchKeys>[2], object] => [[key], { keys: [{ ...key.key, ...change }] }]
    await t.rejects(publish([key], {}, SecretKey.random()), { code: 'SIGNATURE_INVALID' })
    await t.rejects(publish([createSearchKey(patient, first, 2)]), { code: 'SEARCH_KEYS_CONFLICT' }, 'without the first')
    await t.rejects(publish([key], { directoryVersion: 2 }), { code: 'SEARCH_KEYS_CONFLICT' }, 'of another directory version')
    await t.rejects(publish(...changed({ label: randomHash() })), { code: 'COMPARTMENT_UNKNOWN' })
    await t.rejects(publish(...changed({ epoch: 2 })), { code: 'COMPARTMENT_OUTDATED' })
    await t.rejects(publish(...changed({ key: `02${'ff'.repeat(32)}` })), { code: 'SEARCH_KEYS_INVALID' }, 'no point')
    await t.rejects(publish(...changed({ key: keyHex(first.secret) })), { code: 'SEARCH_KEYS_INVALID' }, 'a key of the directory')
    await t.rejects(publish([key, createSearchKey(patient, first)]), { code: 'SEARCH_KEYS_INVALID' }, 'a compartment twice')
    const other = createSearchKey(patient, second)
    await t.rejects(publish([key, { ...other, key: { ...other.key, key: key.key.key } }]), { code: 'SEARCH_KEYS_INVALID' }, 'a key twice')
    await t.rejects(publish(...changed({ former: toHex(randomBytes(81)) })), { code: 'STATEMENT_INVALID' }, 'a former one of none')
    await publish([key])
    await t.rejects(publish([key]), { code: 'SEARCH_KEYS_CONFLICT' }, 'the same issue again')
    const next = createSearchKey(patient, first, 2)
    await t.rejects(publish([{ ...next, key: { ...next.key, key: key.key.key } }]), { code: 'SEARCH_KEYS_INVALID' }, 'the key of the one before')
    await t.rejects(publishSearchKeys(world, await publishPatient(world), [key]), { code: 'COMPARTMENT_UNKNOWN' }, 'another patient\'s')
    await ledger.freezePatient(signFreeze(world, patient, patient.identity))
    await t.rejects(publish([next]), { code: 'PATIENT_FROZEN' })
  })

  await t.test('an entry is added to its author\'s chain and to no other', async (t) => {
    const patient = await makePatient()
    const [{ label }, { label: elsewhere }] = patient.compartments
    const first = await registerIndexed(world, author, patient)
    const second = await registerIndexed(world, author, patient)
    const foreign = await registerIndexed(world, colleague, patient)
    const links = [first, second].map(({ recordId, manifestId, index }) => cameIn(recordId, manifestId, index))
    const own = chainOf(...links)
    t.strictSame(second.change.links, [{ patientId: patient.patientId, label, writer: nameOf(author), ...own, link: links[1] }])
    const heads = [
      { writer: nameOf(author), ...own },
      { writer: nameOf(colleague), ...chainOf(cameIn(foreign.recordId, foreign.manifestId, foreign.index)) }
    ].sort((a, b) => a.writer < b.writer ? -1 : 1)
    t.strictSame(await headsOf(patient, label), heads)
    t.match(headsRoot(heads), /^[0-9a-f]{64}$/, 'in the order of the root')
    t.strictSame(await headsOf(patient, elsewhere), [])
    t.equal((await ledger.listRecords(patient.patientId)).items.some((r) => 'links' in r), false, 'the record does not keep them')
  })

  await t.test('a later version is a link of its own, and nobody writes in another\'s name', async (t) => {
    const patient = await makePatient()
    const [{ label }] = patient.compartments
    const { recordId, manifestId, index } = await registerIndexed(world, author, patient)
    const next = await registerIndexed(world, author, patient, { recordId, version: 2, previous: manifestId })
    const { members } = createManifest(author, patient)
    const forged = sign(world, 'RecordManifest', { ...members, index: createIndex() }, colleague.requestSigning)
    await t.rejects(colleague.ledger.registerRecord(forged), { code: 'NOT_AUTHORIZED' })
    await t.rejects(author.ledger.registerRecord(forged), { code: 'SIGNATURE_INVALID' })
    const chain = chainOf(cameIn(recordId, manifestId, index), cameIn(recordId, next.manifestId, next.index, 2))
    t.strictSame(await headsOf(patient, label), [{ writer: nameOf(author), ...chain }])
  })

  await t.test('an entry of another issue than the newest is refused, and so is one where there is none', async (t) => {
    const patient = await publishPatient(world)
    const [first] = patient.compartments
    await t.rejects(registerIndexed(world, author, patient), { code: 'INDEX_OUTDATED', message: /without an entry/ })
    await publishSearchKeys(world, patient, [createSearchKey(patient, first)])
    await t.rejects(registerIndexed(world, author, patient, { index: createIndex(2) }), { code: 'INDEX_OUTDATED', message: /issue 1/ })
    await t.rejects(registerIndexed(world, author, patient, { index: { ...createIndex(), key: `02${'ff'.repeat(32)}` } }), { code: 'STATEMENT_INVALID' })
    const record = await registerIndexed(world, author, patient)
    await publishSearchKeys(world, patient, [createSearchKey(patient, first, 2)])
    await t.rejects(registerIndexed(world, author, patient), { code: 'INDEX_OUTDATED', message: /issue 2/ })
    await t.rejects(rewrap(patient, record, { to: first, index: createIndex(1) }), { code: 'INDEX_OUTDATED' })
    await registerIndexed(world, author, patient, { index: createIndex(2) })
  })

  await t.test('a rewrap takes the entry out of one chain and adds another to the patient\'s', async (t) => {
    const patient = await makePatient()
    const [{ label: from }, { label: to }] = patient.compartments
    const record = await registerIndexed(world, author, patient)
    const index = createIndex()
    const { links = [], rewrap: moved } = await rewrap(patient, record, { index })
    const { recordId, version } = record
    const out: ChainLink = { kind: 'out', recordId, version, statementId: moved?.id ?? '' }
    const entered = cameIn(recordId, moved?.id ?? '', index)
    t.strictSame(links.map(({ label, writer, link }) => ({ label, writer, link })), [
      { label: from, writer: nameOf(author), link: out }, { label: to, writer: 'patient', link: entered }
    ])
    t.strictSame(await headsOf(patient, to), [{ writer: 'patient', ...chainOf(entered) }])
    t.strictSame(await headsOf(patient, from), [
      { writer: nameOf(author), ...chainOf(cameIn(recordId, record.manifestId, record.index), out) }
    ])
    const { wrapHash } = JSON.parse(moved?.statement.body ?? '') as { wrapHash: string }
    const again = await rewrap(patient, { ...record, wrapHash }, { index: createIndex() })
    t.match(again.links, [{ writer: 'patient', label: to, count: 2, link: { kind: 'out' } }, { writer: 'patient', label: to, count: 3, link: { kind: 'in' } }])
    t.match(await headsOf(patient, to), [{ writer: 'patient', count: 3, digest: again.links?.[1]?.digest }])
    const { wrapHash: newest } = JSON.parse(again.rewrap?.statement.body ?? '') as { wrapHash: string }
    t.match((await rewrap(patient, { ...record, wrapHash: newest }, {})).links, [{ writer: 'patient', count: 4, link: { kind: 'out' } }], 'without an entry')
  })

  await t.test('an erasure and a withdrawal take no link back', async (t) => {
    const patient = await makePatient()
    const [{ label }] = patient.compartments
    const [erased, withdrawn] = [await registerIndexed(world, author, patient), await registerIndexed(world, author, patient)]
    const before = await headsOf(patient, label)
    const { patientId } = patient
    await ledger.eraseRecords(sign(world, 'Erasure', { patientId, records: [{ recordId: erased.recordId }] }, patient.identity))
    const { recordId, manifestId } = withdrawn
    const says = { patientId, recordId, version: 1, manifestId, cause: 'entered-in-error' }
    await author.ledger.withdrawRecord(sign(world, 'Withdrawal', says, author.requestSigning))
    t.strictSame(await headsOf(patient, label), before)
    t.ok((await ledger.getRecord(erased.recordId)).end, 'the tombstone says why the entry is gone')
    await t.rejects(rewrap(patient, erased, { index: createIndex() }), { code: 'RECORD_ENDED' })
  })

  await t.test('of two registrations on one chain none is lost, and each keeps its signature', async (t) => {
    const patient = await makePatient()
    const [{ label }] = patient.compartments
    const made = await Promise.all([1, 2, 3].map(async () => await registerIndexed(world, author, patient)))
    t.match(await headsOf(patient, label), [{ writer: nameOf(author), count: 3 }])
    t.strictSame(made.map(({ change }) => change.links?.[0]?.count).sort(), [1, 2, 3])
  })

  await t.test('a permitted search is one event, and its chains lack nothing that came before', async (t) => {
    const patient = await publishPatient(world)
    const [first] = patient.compartments
    const { label, epoch } = first
    const key = createSearchKey(patient, first)
    await publishSearchKeys(world, patient, [key])
    const { recordId, manifestId, index } = await registerIndexed(world, author, patient)
    const { consentId } = await activateConsent(world, patient, reader, { actions: ['read', 'search'] })
    const event = await search(patient, consentId)
    t.match(event, {
      decision: 'permit',
      action: 'search',
      records: [],
      compartments: [{ label, epoch, level: 'N', issue: 1, wrapHash: key.key.wrapHash }],
      reasons: [{ rule: 'policy.role-may-act' }, { rule: 'consent.grants' }]
    })
    const head = { writer: nameOf(author), ...chainOf(cameIn(recordId, manifestId, index)) }
    t.strictSame(event.compartments?.[0]?.heads, { writers: 1, root: headsRoot([head]) }, 'its chains')
    const other = await registerIndexed(world, colleague, patient)
    const heads = [head, { writer: nameOf(colleague), ...chainOf(cameIn(other.recordId, other.manifestId, other.index)) }]
    const later = await search(patient, consentId)
    t.strictSame(
      later.compartments?.[0]?.heads, { writers: 2, root: headsRoot(heads.sort((a, b) => a.writer < b.writer ? -1 : 1)) }, 'of every writer'
    )
    const receipt = { mspId: regional, releases: [{ eventId: event.eventId, wrapHashes: [key.key.wrapHash] }] }
    await ledger.recordRelease(sign(world, 'ReleaseReceipt', receipt, world.proxySigner(regional)))
    t.equal((await ledger.listReleases(event.eventId)).length, 1)
  })

  await t.test('a search beside registrations names the chains of one moment', async (t) => {
    const patient = await makePatient()
    const [{ label }] = patient.compartments
    const { consentId } = await activateConsent(world, patient, reader, { actions: ['search'] })
    await registerIndexed(world, author, patient)
    const [event, ...made] = await Promise.all([
      search(patient, consentId), ...[author, colleague, author].map(async (by) => await registerIndexed(world, by, patient))
    ])
    t.equal(made.length, 3)
    const steps = await ledger.listRecords(patient.patientId)
    t.equal(steps.items.length, 4)
    const last = await search(patient, consentId)
    const heads = (await ledger.listChainHeads(patient.patientId, label)).items
    t.strictSame(last.compartments?.[0]?.heads, { writers: 2, root: headsRoot(heads) })
    t.ok([1, 2].includes(event.compartments?.[0]?.heads?.writers ?? 0))
  })

  await t.test('a search that is not consented to is denied, and logged', async (t) => {
    const patient = await publishPatient(world)
    const [first, second] = patient.compartments
    await publishSearchKeys(world, patient, [createSearchKey(patient, first)])
    const { consentId } = await activateConsent(world, patient, reader, { actions: ['read', 'search'] })
    const onlyRead = await activateConsent(world, patient, reader)
    const denied = async (members: object, consent = consentId): Promise<object> => {
      const { decision, reasons, compartments = [] } = await search(patient, consent, members)
      t.notOk(compartments.some((c) => 'heads' in c), 'nobody who is denied learns how many authors there are')
      return { decision, reasons }
    }
    t.match(await denied({}, onlyRead.consentId), { decision: 'deny', reasons: [{ rule: 'consent.action-not-granted', facts: ['search'] }] })
    const named = { label: second.label, epoch: 1 }
    t.match(await denied({ compartments: [named] }), { reasons: [{ rule: 'compartment.unknown', facts: [`${named.label}/1`] }] }, 'no search key')
    const stranger = { label: (await makePatient()).compartments[0].label, epoch: 1 }
    t.match(await denied({ compartments: [stranger] }), { reasons: [{ rule: 'compartment.unknown' }] }, 'another patient\'s')
    await publishSearchKeys(world, patient, [createSearchKey(patient, second)])
    t.match(await denied({ compartments: [named] }), { reasons: [{ rule: 'consent.compartment-not-granted' }] })
    const period = { from: 0, until: world.now() }
    const dated = await activateConsent(world, patient, reader, { actions: ['search'], grade: 'intermediate', dataPeriod: period })
    t.match(await denied({}, dated.consentId), { reasons: [{ rule: 'consent.data-time-unknown' }] })
    const exceptions = [{ records: [toHex(randomBytes(16))] }]
    const excepting = await activateConsent(world, patient, reader, { actions: ['search'], grade: 'intermediate', exceptions })
    t.match(await denied({}, excepting.consentId), { reasons: [{ rule: 'consent.exception-cannot-be-evaluated', facts: ['1'] }] })
    await t.rejects(search(patient, consentId, { compartments: [named, named] }), { code: 'STATEMENT_INVALID' }, 'a compartment twice')
    await t.rejects(search(patient, consentId, { records: [] }), { code: 'STATEMENT_INVALID' }, 'records, too')
    const prohibition = { patientId: patient.patientId, forbids: { actions: ['search'] } }
    await ledger.forbidAccess(sign(world, 'Prohibition', prohibition, patient.identity))
    t.match(await denied({}), { reasons: [{ rule: 'patient.prohibits' }] })
  })
}
