import t from 'tap'
import { LEDGER_KEYS } from '@epione/protocol'
import type { Conviction, NetworkDocument, ProxyState } from '@epione/protocol'
import { randomBytes, toHex } from '@epione/crypto'
import { adminSecret, nextDocument, signApproval, signProposal } from '../../../helpers/founding.ts'
import { post, READER_MSP, Sharing } from '../../../helpers/sharing.ts'

const LIAR = 'Regional2MSP'
let offset = 0
const sharing = await Sharing.create(t, { clock: () => Date.now() + offset })
const { world, consortium } = sharing
const now = (): number => Date.now() + offset
const consentId = await sharing.activate()

/** As an accepted accusation leaves it. */
function convict (mspId: string, eventTime: number): void {
  const conviction: Conviction = {
    eventId: `${sharing.patient.patientId}.${String(eventTime)}.${toHex(randomBytes(32))}`,
    eventTime,
    failure: 'CFRAG_PROOF_INVALID',
    txId: toHex(randomBytes(32)),
    time: eventTime
  }
  world.memory.alter<ProxyState>(LEDGER_KEYS.proxy(mspId), (proxy) => ({ ...proxy, conviction }))
}

/** The next network document, in force so long that another can be proposed. */
async function amend (before: NetworkDocument, change: Partial<NetworkDocument>): Promise<NetworkDocument> {
  const bounds = { issuedAt: now(), submitBefore: now() + 60_000 }
  const document = nextDocument(before, { ...change, inForceFrom: now() + 120_000 })
  const send = async (to: string, statement: object): Promise<void> => {
    t.match(await post(sharing.of(READER_MSP).app, `/v1/network/${to}`, { statement }), { status: 201 })
  }
  await send('proposals', signProposal(document, adminSecret('CoreMSP'), bounds))
  for (const mspId of ['CoreMSP', 'Regional1MSP']) await send('approvals', signApproval(document, adminSecret(mspId), bounds))
  offset += 180_001
  return document
}

const answeredBy = ({ body }: Awaited<ReturnType<Sharing['collect']>>): string[] => body.answers.map(({ mspId }) => mspId).sort()
const collect = async (): ReturnType<Sharing['collect']> => await sharing.collect(await sharing.permit(consentId))

t.test('a convicted proxy is not asked, and is named with what it is convicted of, until the members clear it', async (t) => {
  const lieTime = now()
  convict(LIAR, lieTime)
  const without = await collect()
  t.equal(without.status, 200)
  t.strictSame(answeredBy(without), ['CoreMSP', READER_MSP])
  t.match(without.body.failures, [{ mspId: LIAR, code: 'PROXY_CONVICTED', detail: /CFRAG_PROOF_INVALID.*network document clears it/ }])
  const { items } = (await sharing.of(READER_MSP).app.inject('/v1/organizations')).json<{ items: ProxyState[] }>()
  t.match(items.filter((o) => o.conviction !== undefined), [{ mspId: LIAR, conviction: { eventTime: lieTime } }])
  t.equal(items.filter((o) => o.conviction !== undefined).length, 1)

  const second = await amend(consortium.network.document, { clearances: [{ mspId: LIAR, until: lieTime }] })
  const again = await collect()
  t.strictSame(answeredBy(again), [...world.members].sort())
  t.strictSame(again.body.failures, [])

  convict(LIAR, lieTime + 1)
  t.match((await collect()).body.failures, [{ mspId: LIAR, code: 'PROXY_CONVICTED' }], 'it lied once more, after that')
  await amend(second, { clearances: [{ mspId: LIAR, until: lieTime + 1 }] })
  t.strictSame((await collect()).body.failures, [])
})

t.test('a consent that cannot be met without convicted proxies says so, and nobody is asked', async (t) => {
  convict(LIAR, now())
  convict('CoreMSP', now())
  const eventId = await sharing.permit(consentId)
  const { status, body } = await sharing.collect(eventId)
  t.match({ status, code: body.code }, { status: 503, code: 'PROXIES_CONVICTED' })
  t.match(body.failures.map(({ mspId }) => mspId).sort(), ['CoreMSP', LIAR])
  t.match(body, { detail: /needs 2 of its 3 proxies.*epione policy propose --clear/ })
})
