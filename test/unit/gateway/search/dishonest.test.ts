import t from 'tap'
import { outlineWrap, toHex } from '@epione/crypto'
import { TRANSACTIONS } from '@epione/protocol'
import type { SearchKeysFound } from '@epione/protocol'
import { PEERS } from '@epione/protocol/api'
import { createSearchKey, signSearchKeys } from '../../../helpers/index-fixtures.ts'
import { Indexing, THIRD_MSP } from '../../../helpers/indexing.ts'
import { publishPatient } from '../../../helpers/ledger-fixtures.ts'
import { createLyingReencryptor } from '../../../helpers/lying-reencryptor.ts'
import { LyingPeers, post, READER_MSP } from '../../../helpers/sharing.ts'

/* A search at a proxy whose peers lie, and a proxy that lies itself. */

const peers = new LyingPeers()
let isLying = false
const indexing = await Indexing.create(t, {
  special: (mspId, consortium) => mspId !== THIRD_MSP
    ? {}
    : { ports: { ...peers.ports(consortium), reencryptor: createLyingReencryptor(() => isLying) } }
})
const { sharing, compartment, key } = indexing
const { world } = sharing
await indexing.register()

/** The third hospital's proxy, asked by the reader's gateway. */
async function ask (eventId: string): Promise<unknown> {
  const { label, epoch } = compartment
  const body = { eventId, wraps: [{ label, epoch, wrap: toHex(key.wrap) }] }
  return await sharing.of(READER_MSP).app.peers.of(THIRD_MSP).call(PEERS.answerSearch, { body }).then(() => 'answered', (error: unknown) => {
    const { peerCode, rule } = (error as { extensions: { peerCode?: string, rule?: string } }).extensions
    return [peerCode, rule]
  })
}

t.test('a proxy whose peer has not the permit\'s block, or another one, answers nothing', async (t) => {
  t.teardown(() => { peers.block = (transaction) => transaction })
  const event = await indexing.permit()
  t.equal(await ask(event), 'answered')
  peers.block = () => undefined
  t.same(await ask(event), ['EVENT_UNKNOWN', 'event.not-in-its-block'])
})

t.test('a search key that the patient did not publish is none, whatever the peers show', async (t) => {
  const event = await indexing.permit()
  const stranger = await publishPatient(world)
  const foreign = createSearchKey(stranger, { ...compartment })
  const shown = (change: (found: SearchKeysFound) => SearchKeysFound): void => {
    peers.state = (transaction, value) => transaction === TRANSACTIONS.searchFindKeys ? change(value as SearchKeysFound) : undefined
  }
  t.teardown(() => { peers.state = () => undefined })
  shown(() => ({ items: [], statements: [] }))
  t.same(await ask(event), ['STATEMENT_UNPROVEN', 'search.not-its-key'], 'none')
  const statementOf = (found: SearchKeysFound, statement: ReturnType<typeof signSearchKeys>): SearchKeysFound =>
    ({ ...found, statements: found.statements.map((stored) => ({ ...stored, statement })) })
  shown((found) => statementOf(found, signSearchKeys(world, stranger, [foreign])))
  t.same(await ask(event), ['STATEMENT_UNPROVEN', 'search-keys.ID_MISMATCH'], 'a stranger\'s')
  shown((found) => ({ ...found, items: found.items.map((item) => ({ ...item, issue: 2 })) }))
  t.same(await ask(event), ['WRAP_UNKNOWN', undefined], 'a later issue, honoured unproven')
})

t.test('a proxy that answers a search falsely is convicted by its signature', async (t) => {
  isLying = true
  t.teardown(() => { isLying = false })
  const event = await indexing.permit()
  const { status, body } = await indexing.answers(event)
  t.equal(status, 200)
  t.match(body.failures, [{ mspId: THIRD_MSP, code: /^CFRAG_/, compartments: [{ label: compartment.label, epoch: compartment.epoch }] }])
  const { answer } = body.answers.find(({ mspId }) => mspId === THIRD_MSP) ?? {}
  const accuse = async (accused: string, shown: unknown): Promise<unknown> => await post(
    sharing.of(READER_MSP).app,
    `/v1/access-events/${event}/accusations`,
    { mspId: accused, answer: shown, wraps: [outlineWrap(key.wrap, key.wrapPlace)] },
    sharing.token
  )
  const good = body.answers.find(({ mspId }) => mspId === 'CoreMSP')?.answer
  t.match(await accuse('CoreMSP', good), { status: 400, body: { code: 'ACCUSATION_REFUSED' } }, 'a good one, heads and all')
  t.match(await accuse(THIRD_MSP, answer), { status: 201, body: { failure: /^CFRAG_/ } })
  t.match((await indexing.answers(await indexing.permit())).body.failures, [{ mspId: THIRD_MSP, code: 'PROXY_CONVICTED' }])
})
