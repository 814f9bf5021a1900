import {
  SecretKey, batchBytes, concatBytes, fromHex, outlineWrap, parseWrap, randomBytes, reencryptBatch, signAnswer, toHex, wrapHash
} from '@epione/crypto'
import { recordPlace } from '@epione/protocol'
import {
  activateConsent, bindPractitioner, createManifest, grantConsent, keyHex, publishPatient, randomHash, registerRecord, requestMembers, sign,
  signRequest
} from '../ledger-fixtures.ts'
import { createSearchKey, publishSearchKeys, registerIndexed } from '../search-fixtures.ts'
import { falsifyBatch } from '../falsify.ts'
import type { AccessEvent, Accusation, AccusationCase, SignedAnswer } from '@epione/protocol'
import type { VerifiedKfrag } from '@epione/crypto'
import type { Test } from 'tap'
import type { TestConsent, TestRecord } from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'

type AnswerBody = SignedAnswer['body']

const falsify = (cfrags: string): string => toHex(falsifyBatch(fromHex(cfrags)))

/** What a proxy can be convicted of, and that a good answer cannot be held against it (I4). */
export async function accusationsSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional] = world.members
  const gateway = world.gateway(regional).ledger
  const author = await bindPractitioner(world)
  const reader = await bindPractitioner(world, { mspId: regional })
  const patient = await publishPatient(world)
  const record = await registerRecord(world, author, patient)
  const other = await registerRecord(world, author, patient)
  const consent = await activateConsent(world, patient, reader)
  const ask = async (records: readonly TestRecord[] = [record], consentId = consent.consentId): Promise<AccessEvent> =>
    (await reader.ledger.requestAccess(signRequest(world, reader, patient, records, consentId))).value
  const event = await ask()

  const kfragOf = ({ kfrags }: TestConsent): VerifiedKfrag => {
    const [kfrag] = kfrags.get(core) ?? []
    if (kfrag === undefined) throw new Error('the consent has a kfrag for every proxy')
    return kfrag
  }
  const goodBody = ({ eventId }: AccessEvent, of = consent, answered: ReadonlyArray<Pick<TestRecord, 'wrap' | 'wrapHash' | 'place'>> = [record]): AnswerBody => {
    const [kfrag, ordered] = [kfragOf(of), answered.toSorted((a, b) => a.wrapHash < b.wrapHash ? -1 : 1)]
    return {
      eventId,
      wrapHashes: ordered.map((r) => r.wrapHash),
      consentId: of.consentId,
      kfragId: toHex(kfrag.id),
      receivingKey: keyHex(reader.receiving),
      cfrags: toHex(reencryptBatch(ordered.map((r) => parseWrap(r.wrap, r.place).capsule), kfrag).toBytes())
    }
  }
  const accuse = (
    body: AnswerBody,
    { key = world.proxySigner(core), ...members }: Partial<AccusationCase> & { key?: SecretKey } = {}
  ): Promise<{ value: Accusation }> => gateway.accuse({
    eventId: body.eventId,
    mspId: core,
    answer: signAnswer(body, world.networkId, key),
    wraps: [outlineWrap(record.wrap, record.place)],
    ...members
  })

  await t.test('a good answer is not held against its proxy', async (t) => {
    await t.rejects(accuse(goodBody(event)), { code: 'ACCUSATION_REFUSED' })
    t.strictSame(await gateway.listAccusations(event.eventId), [])
  })

  await t.test('a false cfrag convicts the proxy that signed it, once, and by name', async (t) => {
    const asked = await ask()
    const body = goodBody(asked)
    const { value } = await accuse({ ...body, cfrags: falsify(body.cfrags) })
    t.match(value, { failure: 'CFRAG_PROOF_INVALID', mspId: core, submittedBy: regional, answer: { body: { eventId: asked.eventId } } })
    const { value: again } = await accuse({ ...body, cfrags: falsify(body.cfrags) })
    t.strictSame(again, value)
    t.strictSame(await gateway.listAccusations(asked.eventId), [value])
    t.notMatch(JSON.stringify(value), toHex(record.wrap.subarray(98)), 'what holds the content key is not where erasure cannot reach')
  })

  await t.test('the proxy\'s own key tells of its newest lie, by the event\'s time, whenever an older one comes to light', async (t) => {
    const conviction = async (): Promise<object | undefined> => (await gateway.getProxies()).find((p) => p.mspId === core)?.conviction
    const [older, newer] = [await ask(), await ask()]
    const lie = (to: AccessEvent): AnswerBody => ({ ...goodBody(to), kfragId: randomHash() })
    const { eventId, time: eventTime } = newer
    const { value: { failure, txId, time } } = await accuse(lie(newer))
    t.strictSame(await conviction(), { eventId, eventTime, failure, txId, time })
    await accuse(lie(older))
    t.match(await conviction(), { eventId })
  })

  await t.test('a proxy is convicted once of an event, however many false answers it signs', async (t) => {
    const asked = await ask()
    const made = (): AnswerBody => ({ ...goodBody(asked), kfragId: randomHash() })
    const { value } = await accuse(made())
    t.match(value, { failure: 'KFRAG_NOT_LISTED', mspId: core })
    t.strictSame((await accuse(made())).value, value)
    t.strictSame(await gateway.listAccusations(asked.eventId), [value])
  })

  await t.test('who answers for a capsule that was copied from another record is convicted, whoever names it for what', async (t) => {
    const register = async (hash: string, members = createManifest(author, patient).members): Promise<TestRecord> => {
      await author.ledger.registerRecord(sign(world, 'RecordManifest', { ...members, wrapHash: hash }, author.requestSigning))
      const place = recordPlace(world.networkId, members)
      return { ...record, recordId: members.recordId, wrapHash: hash, place }
    }
    const { members } = createManifest(author, patient)
    const own = recordPlace(world.networkId, members)
    const copied = concatBytes(record.wrap.subarray(0, 98), randomBytes(72))
    const thieves = await register(toHex(wrapHash(copied, own)), members)
    const capsuleOf = [{ wrap: record.wrap, place: record.place, wrapHash: thieves.wrapHash }]
    const lie = goodBody(await ask([thieves]), consent, capsuleOf)
    t.match((await accuse(lie, { wraps: [outlineWrap(copied, own)] })).value, { failure: 'WRAP_BROKEN', mspId: core })
    const elsewhere = goodBody(await ask([thieves]), consent, capsuleOf)
    await t.rejects(accuse(elsewhere, { wraps: [outlineWrap(copied, record.place)] }), { code: 'ARGUMENT_INVALID' }, 'the hash is of one place')

    const named = await register(record.wrapHash)
    const misplaced = goodBody(await ask([named]))
    t.match((await accuse(misplaced)).value, { failure: 'WRAP_BROKEN', mspId: core }, 'the event names that hash for another record')
    await t.rejects(accuse(goodBody(await ask([named, record]))), { code: 'ACCUSATION_REFUSED' }, 'the right record stands beside it')
  })

  await t.test('a search that is answered with other chains than the permit has convicts the proxy', async (t) => {
    const owner = await publishPatient(world)
    const [compartment] = owner.compartments
    const key = createSearchKey(owner, compartment)
    await publishSearchKeys(world, owner, [key])
    await registerIndexed(world, author, owner)
    const searching = await activateConsent(world, owner, reader, { actions: ['search'] })
    const { label, epoch } = compartment
    const makeBody = async (change: (heads: NonNullable<AnswerBody['heads']>) => AnswerBody['heads']): Promise<AnswerBody> => {
      const { records: _, ...asked } = requestMembers(reader, owner, [], searching.consentId) as { records: object }
      const says = { ...asked, action: 'search', compartments: [{ label, epoch }] }
      const permit = (await reader.ledger.requestAccess(sign(world, 'AccessRequest', says, reader.requestSigning))).value
      const known = permit.compartments?.[0]?.heads
      if (known === undefined) throw new Error('a permit to search has chains')
      const { heads: _none, ...body } = goodBody(permit, searching, [{ wrapHash: key.key.wrapHash, wrap: key.wrap, place: key.place }])
      const heads = change({ label, ...known })
      return { ...body, ...(heads !== undefined && { heads }) }
    }
    const wraps = [outlineWrap(key.wrap, key.place)]
    await t.rejects(makeBody((heads) => heads).then((body) => accuse(body, { wraps })), { code: 'ACCUSATION_REFUSED' }, 'its own')
    const lies: Record<string, (heads: NonNullable<AnswerBody['heads']>) => AnswerBody['heads']> = {
      'another root': (heads) => ({ ...heads, root: randomHash() }),
      'more writers': (heads) => ({ ...heads, writers: 2 }),
      'of another compartment': (heads) => ({ ...heads, label: owner.compartments[1].label }),
      'no chains': () => undefined
    }
    for (const [what, lie] of Object.entries(lies)) {
      t.match((await accuse(await makeBody(lie), { wraps })).value, { failure: 'HEADS_FALSE', mspId: core }, what)
    }
    const first = await makeBody((heads) => heads)
    await registerIndexed(world, author, owner)
    await t.rejects(accuse(first, { wraps }), { code: 'ACCUSATION_REFUSED' }, 'what is added later convicts nobody')
  })

  await t.test('an answer that the proxy did not sign, or signed for something else, proves nothing', async (t) => {
    const body = goodBody(event)
    const lie = { ...body, cfrags: falsify(body.cfrags) }
    await t.rejects(accuse(lie, { key: SecretKey.random() }), { code: 'ACCUSATION_REFUSED' })
    await t.rejects(accuse(lie, { key: world.proxySigner(regional) }), { code: 'ACCUSATION_REFUSED' })
    await t.rejects(accuse(lie, { answer: { ...signAnswer(body, world.networkId, world.proxySigner(core)), body: lie } }), {
      code: 'ACCUSATION_REFUSED'
    })
  })

  await t.test('a good answer to one event is not evidence under another', async (t) => {
    const another = await ask()
    await t.rejects(accuse(goodBody(event), { eventId: another.eventId }), { code: 'ARGUMENT_INVALID' })
  })

  await t.test('an answer is not evidence without the wraps that it is for, nor with others', async (t) => {
    const both = await ask([record, other])
    const body = goodBody(both, consent, [record, other])
    const lie = { ...body, cfrags: falsify(body.cfrags) }
    const [mine, theirs] = [outlineWrap(record.wrap, record.place), outlineWrap(other.wrap, other.place)]
    for (const wraps of [[], [mine], [theirs], [mine, mine]]) await t.rejects(accuse(lie, { wraps }), { code: 'ARGUMENT_INVALID' })
    await t.rejects(accuse(goodBody(both), { wraps: [theirs] }), { code: 'ARGUMENT_INVALID' })
    await t.rejects(accuse(goodBody(both), { wraps: [mine, theirs] }), { code: 'ARGUMENT_INVALID' }, 'one too many')
    await t.rejects(accuse(lie, { wraps: [mine, { ...theirs, capsule: mine.capsule }] }), { code: 'ARGUMENT_INVALID' }, 'a capsule exchanged')
  })

  await t.test('one false cfrag among right ones convicts, and a good answer for several wraps does not', async (t) => {
    const both = await ask([record, other])
    const body = goodBody(both, consent, [record, other])
    const wraps = [record, other].map((r) => outlineWrap(r.wrap, r.place))
    await t.rejects(accuse(body, { wraps }), { code: 'ACCUSATION_REFUSED' })
    t.equal((await accuse({ ...body, cfrags: falsify(body.cfrags) }, { wraps })).value.failure, 'CFRAG_PROOF_INVALID')
    const swapped = goodBody(await ask([record, other]), consent, [record, other])
    const head = 2 * batchBytes(0)
    const cfrags = swapped.cfrags.slice(0, head) + swapped.cfrags.slice(head + 66) + swapped.cfrags.slice(head, head + 66)
    t.equal((await accuse({ ...swapped, cfrags }, { wraps })).value.failure, 'CFRAG_PROOF_INVALID', 'each in the other\'s place')
  })

  await t.test('each other false answer is convicted of what is false in it', async (t) => {
    const body = goodBody(await ask())
    const denied = await ask([record], (await grantConsent(world, patient, reader)).consentId)
    t.equal(denied.decision, 'deny')
    const elsewhere = goodBody(await ask())
    const strangersKfrag = consent.body.compartments[0]?.shares.find((s) => s.mspId === regional)?.kfragId ?? ''
    const stray = { ...goodBody(await ask(), consent, [other]) }
    const cases: [string, AnswerBody, Partial<AccusationCase>?][] = [
      ['EVENT_DENIED', { ...body, eventId: denied.eventId }],
      ['CONSENT_MISMATCH', { ...body, consentId: randomHash() }],
      ['RECEIVING_KEY_MISMATCH', { ...goodBody(await ask()), receivingKey: keyHex(author.receiving) }],
      ['KFRAG_NOT_LISTED', { ...goodBody(await ask()), kfragId: strangersKfrag }],
      ['WRAP_NOT_REQUESTED', stray, { wraps: [outlineWrap(other.wrap, other.place)] }],
      ['WRAP_NOT_REQUESTED', goodBody(await ask(), consent, [record, other]), { wraps: [] }],
      ['CFRAG_MALFORMED', { ...goodBody(await ask()), cfrags: '00'.repeat(batchBytes(1)) }],
      ['CFRAG_MISMATCH', { ...elsewhere, cfrags: goodBody(event, await grantConsent(world, patient, reader)).cfrags }],
      ['CFRAG_PROOF_INVALID', { ...goodBody(await ask()), cfrags: goodBody(event, consent, [other]).cfrags }]
    ]
    for (const [failure, answer, members] of cases) t.equal((await accuse(answer, members)).value.failure, failure)
  })

  await t.test('an accusation comes from a gateway or from the reader', async (t) => {
    const asked = await ask()
    const body = goodBody(asked)
    const answer = signAnswer({ ...body, cfrags: falsify(body.cfrags) }, world.networkId, world.proxySigner(core))
    const claim = { eventId: asked.eventId, mspId: core, answer, wraps: [outlineWrap(record.wrap, record.place)] }
    await t.rejects(author.ledger.accuse(claim), { code: 'NOT_AUTHORIZED' })
    t.equal((await reader.ledger.accuse(claim)).value.failure, 'CFRAG_PROOF_INVALID')
  })

  await t.test('an accusation of nobody\'s proxy, of an unknown event, or in no form is refused', async (t) => {
    const body = goodBody(event)
    await t.rejects(accuse(body, { mspId: 'StrangerMSP' }), { code: 'PROXY_UNKNOWN' })
    await t.rejects(accuse({ ...body, eventId: `${patient.patientId}.0000000000000.${randomHash()}` }), { code: 'EVENT_UNKNOWN' })
    await t.rejects(accuse(body, { wraps: [{ place: 'ff', capsule: 'ff', ciphertextHash: 'ff' }] }), { code: 'ARGUMENT_INVALID' })
  })
}
