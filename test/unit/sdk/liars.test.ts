import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { LEDGER_KEYS } from '@epione/protocol'
import type { ProxyState } from '@epione/protocol'
import { openRecord, requestAccess } from '@epione/sdk'
import { about } from '../../helpers/client/front.ts'
import { Hospitals, grantTo, writeRecord } from '../../helpers/client/hospitals.ts'
import { createLyingReencryptor } from '../../helpers/lying-reencryptor.ts'
import { forgiveProxies } from '../../helpers/memory-world.ts'
import { FileDestination } from '@epione/cli'

/** Hospitals whose proxies lie now. */
const lying = new Set<string>()

const hospitals = await Hospitals.open(t, { reencryptor: (mspId) => createLyingReencryptor(() => lying.has(mspId)) })
const { core, regional1, regional2 } = hospitals
const patient = await hospitals.patient()
const author = await hospitals.physician(core)
const reader = await hospitals.physician(regional1)
const recordId = await writeRecord(author, patient, 'the truth')
const { consentId } = await grantTo(reader, patient)

t.afterEach(() => {
  lying.clear()
  for (const { front } of hospitals.all) front.lies = []
  forgiveProxies(hospitals.consortium.world)
})

async function permit (): Promise<string> {
  return (await requestAccess(reader, { patientId: patient.patientId, records: [{ recordId }], purpose: 'TREAT', consentId })).eventId
}

t.test('a proxy that lies is named and accused, and the record opens with the others\' answers', async (t) => {
  lying.add('Regional2MSP')
  const out = join(t.testdir(), 'opened')
  const eventId = await permit()
  const opened = await openRecord(reader, { eventId, to: new FileDestination(out) })
  t.match(opened, {
    liars: [{ mspId: 'Regional2MSP', failure: 'CFRAG_PROOF_INVALID', accused: true, txId: /^[0-9a-f]{64}$/ }],
    verified: ['CoreMSP', 'Regional1MSP']
  })
  t.equal(await readFile(out, 'utf8'), 'the truth')
  t.match(await hospitals.consortium.world.gateway('CoreMSP').ledger.listAccusations(eventId), [
    { mspId: 'Regional2MSP', failure: 'CFRAG_PROOF_INVALID' }
  ])
})

t.test('when too few tell the truth nothing opens, and all who lied are named', async (t) => {
  lying.add('Regional2MSP').add('CoreMSP')
  const out = join(t.testdir(), 'opened')
  await t.rejects(openRecord(reader, { eventId: await permit(), to: new FileDestination(out) }), {
    code: 'PROXIES_LIED',
    exitCode: 4,
    details: {
      party: { kind: 'proxy' },
      liars: [{ mspId: 'CoreMSP', accused: true }, { mspId: 'Regional2MSP', accused: true }],
      verified: ['Regional1MSP'],
      threshold: 2
    }
  })
  await t.rejects(readFile(out), { code: 'ENOENT' })
})

t.test('while too many are convicted nothing opens, and no consent is given that would serve for nothing', async (t) => {
  const { memory } = hospitals.consortium.world
  const { time: eventTime, ...place } = { time: Date.now(), eventId: await permit(), failure: 'CFRAG_MISMATCH', txId: 'ab'.repeat(32) }
  for (const mspId of ['CoreMSP', 'Regional2MSP']) {
    memory.alter<ProxyState>(LEDGER_KEYS.proxy(mspId), (proxy) => ({ ...proxy, conviction: { ...place, eventTime, time: eventTime } }))
  }
  const opening = openRecord(reader, { eventId: await permit(), to: new FileDestination(join(t.testdir(), 'opened')) })
  await t.rejects(opening, { code: 'PROXIES_CONVICTED', exitCode: 5, message: /epione policy propose --clear/ })
  await t.rejects(grantTo(reader, patient), {
    code: 'PROXIES_CONVICTED', details: { party: { kind: 'proxy', mspIds: ['CoreMSP', 'Regional2MSP'] } }
  })
})

t.test('an answer that the gateway changed on its way is not held against the proxy', async (t) => {
  regional1.front.lies = [about('POST', /\/cfrags$/, (body: { answers: Array<{ mspId: string, answer: { signature: string } }> }) => ({
    ...body,
    answers: body.answers.map((a) =>
      a.mspId === 'CoreMSP' ? { ...a, answer: { ...a.answer, signature: a.answer.signature.replace(/^../, '00') } } : a)
  }))]
  const open = async (): ReturnType<typeof openRecord> =>
    await openRecord(reader, { eventId: await permit(), to: new FileDestination(join(t.testdir(), 'opened')) })
  // The gateway passes on the first good answers: another request, when the changed one was not among them.
  let opened = await open()
  for (let again = 0; opened.liars.length === 0 && again < 9; again++) opened = await open()
  t.match(opened, { liars: [{ mspId: 'CoreMSP', failure: 'ANSWER_INVALID', accused: false }], warnings: [/nothing proves who/] })
})

t.test('a hospital that is off is silent, not a liar', async (t) => {
  await regional2.gateway.close()
  const opened = await openRecord(reader, { eventId: await permit(), to: new FileDestination(join(t.testdir(), 'opened')) })
  t.match(opened, { liars: [], verified: ['CoreMSP', 'Regional1MSP'], silent: [{ mspId: 'Regional2MSP' }] })
})
