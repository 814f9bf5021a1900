import { Cfrag, SecretKey, fromHex, parseWrap, reencrypt, signAnswer, toHex, outlineWrap } from '@epione/crypto'
import {
  activateConsent, bindPractitioner, grantConsent, keyHex, publishPatient, randomHash, registerRecord, signRequest
} from '../ledger-fixtures.ts'
import type { AccessEvent, AccusationCase, SignedAnswer } from '@epione/protocol'
import type { Test } from 'tap'
import type { TestConsent, TestRecord } from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'

type AnswerBody = SignedAnswer['body']

/** E1 and V1 (33 bytes each) open a cfrag: swapped they are valid points that fit no proof. */
function falsify (cfrag: string): string {
  const bytes = fromHex(cfrag)
  return toHex(Cfrag.fromBytes(Uint8Array.from([...bytes.subarray(33, 66), ...bytes.subarray(0, 33), ...bytes.subarray(66)])).toBytes())
}

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

  const goodBody = ({ eventId }: AccessEvent, { consentId, kfrags }: TestConsent = consent): AnswerBody => {
    const [kfrag] = kfrags.get(core) ?? []
    if (kfrag === undefined) throw new Error('the consent has a kfrag for every proxy')
    const cfrag = reencrypt(parseWrap(record.wrap).capsule, kfrag)
    return {
      eventId,
      wrapHash: record.wrapHash,
      consentId,
      kfragId: toHex(kfrag.id),
      receivingKey: keyHex(reader.receiving),
      cfrag: toHex(cfrag.toBytes())
    }
  }
  const accuse = (
    body: AnswerBody,
    { key = world.proxySigner(core), ...members }: Partial<AccusationCase> & { key?: SecretKey } = {}
  ): Promise<{ value: { failure: string, mspId: string } }> => {
    const { recordId, version, wrap } = record
    return gateway.accuse({
      eventId: body.eventId,
      mspId: core,
      recordId,
      version,
      answer: signAnswer(body, world.networkId, key),
      wrap: outlineWrap(wrap),
      ...members
    })
  }

  await t.test('a good answer is not held against its proxy', async (t) => {
    await t.rejects(accuse(goodBody(event)), { code: 'ACCUSATION_REFUSED' })
    t.strictSame(await gateway.listAccusations(event.eventId), [])
  })

  await t.test('a false cfrag convicts the proxy that signed it, once, and by name', async (t) => {
    const asked = await ask()
    const body = goodBody(asked)
    const { value } = await accuse({ ...body, cfrag: falsify(body.cfrag) })
    t.match(value, { failure: 'CFRAG_PROOF_INVALID', mspId: core, submittedBy: regional, answer: { body: { eventId: asked.eventId } } })
    const { value: again } = await accuse({ ...body, cfrag: falsify(body.cfrag) })
    t.strictSame(again, value)
    t.strictSame(await gateway.listAccusations(asked.eventId), [value])
    t.notMatch(JSON.stringify(value), toHex(record.wrap.subarray(98)), 'what holds the content key is not where erasure cannot reach')
  })

  await t.test('an answer that the proxy did not sign, or signed for something else, proves nothing', async (t) => {
    const body = goodBody(event)
    const lie = { ...body, cfrag: falsify(body.cfrag) }
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

  await t.test('a good answer is not evidence with another wrap or record', async (t) => {
    const both = await ask([record, other])
    const body = goodBody(both)
    const lie = { ...body, cfrag: falsify(body.cfrag) }
    await t.rejects(accuse(goodBody(both), { wrap: outlineWrap(other.wrap) }), { code: 'ARGUMENT_INVALID' })
    await t.rejects(accuse(lie, { recordId: other.recordId }), { code: 'ARGUMENT_INVALID' })
    const stray = { ...goodBody(event), wrapHash: other.wrapHash }
    await t.rejects(accuse(stray, { wrap: outlineWrap(other.wrap), recordId: other.recordId }), { code: 'ARGUMENT_INVALID' })
  })

  await t.test('each other false answer is convicted of what is false in it', async (t) => {
    const body = goodBody(await ask())
    const denied = await ask([record], (await grantConsent(world, patient, reader)).consentId)
    t.equal(denied.decision, 'deny')
    const elsewhere = goodBody(await ask())
    const strangersKfrag = consent.body.compartments[0]?.shares.find((s) => s.mspId === regional)?.kfragId ?? ''
    const wrongCapsule = reencrypt(
      parseWrap(other.wrap).capsule,
      consent.kfrags.get(core)?.[0] ?? (() => { throw new Error('no kfrag') })()
    )
    const cases: [string, AnswerBody, Partial<AccusationCase>?][] = [
      ['EVENT_DENIED', { ...body, eventId: denied.eventId }],
      ['CONSENT_MISMATCH', { ...body, consentId: randomHash() }],
      ['RECEIVING_KEY_MISMATCH', { ...goodBody(await ask()), receivingKey: keyHex(author.receiving) }],
      ['WRAP_NOT_REQUESTED', { ...goodBody(await ask()), wrapHash: other.wrapHash }, { wrap: outlineWrap(other.wrap) }],
      ['KFRAG_NOT_LISTED', { ...goodBody(await ask()), kfragId: strangersKfrag }],
      ['CFRAG_MALFORMED', { ...goodBody(await ask()), cfrag: '00'.repeat(359) }],
      ['CFRAG_MISMATCH', { ...elsewhere, cfrag: goodBody(event, await grantConsent(world, patient, reader)).cfrag }],
      ['CFRAG_PROOF_INVALID', { ...goodBody(await ask()), cfrag: toHex(wrongCapsule.toBytes()) }]
    ]
    for (const [failure, answer, members] of cases) t.equal((await accuse(answer, members)).value.failure, failure)
  })

  await t.test('an accusation comes from a gateway or from the reader', async (t) => {
    const asked = await ask()
    const body = goodBody(asked)
    const answer = signAnswer({ ...body, cfrag: falsify(body.cfrag) }, world.networkId, world.proxySigner(core))
    const claim = { eventId: asked.eventId, mspId: core, recordId: record.recordId, version: 1, answer, wrap: outlineWrap(record.wrap) }
    await t.rejects(author.ledger.accuse(claim), { code: 'NOT_AUTHORIZED' })
    t.equal((await reader.ledger.accuse(claim)).value.failure, 'CFRAG_PROOF_INVALID')
  })

  await t.test('an accusation of nobody\'s proxy, of an unknown event, or in no form is refused', async (t) => {
    const body = goodBody(event)
    await t.rejects(accuse(body, { mspId: 'StrangerMSP' }), { code: 'PROXY_UNKNOWN' })
    await t.rejects(accuse({ ...body, eventId: `${patient.patientId}.0000000000000.${randomHash()}` }), { code: 'EVENT_UNKNOWN' })
    await t.rejects(accuse(body, { wrap: { capsule: 'ff', ciphertextHash: 'ff' } }), { code: 'ARGUMENT_INVALID' })
  })
}
