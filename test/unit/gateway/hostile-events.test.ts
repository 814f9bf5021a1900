import { utf8 } from '@epione/crypto'
import { LEDGER_EVENTS } from '@epione/protocol'
import { BlockError } from '@epione/ledger/blocks'
import t from 'tap'
// For the decorators that it declares.
import type {} from '../../../gateway/src/ledger/events-plugin.ts'
import { LedgerUnavailable } from '@epione/ledger/fabric'
import type { LedgerBlock, LedgerConnection, LedgerEvent } from '../../../ledger/src/fabric/ledger-connection.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import type { Consortium, TestGateway } from '../../helpers/gateway.ts'
import { bindPractitioner, publishPatient, registerRecord, signRequest } from '../../helpers/ledger-fixtures.ts'

const AUDIT = 'user/AuditEvent.rs'
const TX_ID = 'f'.repeat(64)

/** What a majority that endorses anything could put into each event that gateways follow. */
const PAYLOADS: [string, Uint8Array][] = [
  ['nothing', new Uint8Array()],
  ['no UTF-8', new Uint8Array(64).fill(0xff)],
  ['no JSON', utf8('{"eventId":')],
  ['null', utf8('null')],
  ['a number beyond all bounds', utf8('1e999')],
  ['a list', utf8('[]')],
  ['an empty object', utf8('{}')],
  ['deeply nested', utf8('['.repeat(200_000) + ']'.repeat(200_000))],
  ['a stored statement whose body is none', stored('no JSON')],
  ['a stored statement whose body is deeply nested', stored('['.repeat(30_000))],
  [
    'a record whose manifest is none',
    utf8(
      JSON.stringify({
        recordId: 'a'.repeat(32),
        version: 1,
        level: 'N',
        manifest: JSON.parse(new TextDecoder().decode(stored('null'))) as unknown
      })
    )
  ],
  [
    'a record whose rewrap is none',
    utf8(
      JSON.stringify({
        recordId: 'a'.repeat(32),
        version: 1,
        level: 'N',
        manifest: JSON.parse(new TextDecoder().decode(stored('{}'))) as unknown,
        rewrap: JSON.parse(new TextDecoder().decode(stored('"x"'))) as unknown
      })
    )
  ]
]
const FOLLOWED = [
  LEDGER_EVENTS.accessDecided, LEDGER_EVENTS.consentRevoked, LEDGER_EVENTS.patientSucceeded,
  LEDGER_EVENTS.guardiansPublished, LEDGER_EVENTS.recordRewrapped, LEDGER_EVENTS.segmentsRegistered
]

function stored (body: string): Uint8Array {
  return utf8(
    JSON.stringify({
      id: 'a'.repeat(64),
      statement: { body, signatures: [{ key: `02${'a'.repeat(64)}`, signature: 'a'.repeat(128) }] },
      txId: TX_ID,
      time: 1,
      submittedBy: 'CoreMSP'
    })
  )
}

/** A connection whose blocks pass through `change`. */
function connect (consortium: Consortium, change: (block: LedgerBlock) => LedgerBlock): () => LedgerConnection {
  const connection = consortium.blocks.connect(consortium.network.networkId)
  return () => ({
    ...connection,
    blocks: async function * (from, signal) {
      for await (const block of connection.blocks(from, signal)) yield change(block)
    }
  })
}

async function denied (consortium: Consortium): Promise<LedgerEvent['txId']> {
  const { world } = consortium
  const [patient, person] = [await publishPatient(world), await bindPractitioner(world)]
  const record = await registerRecord(world, person, patient)
  return (await person.ledger.requestAccess(signRequest(world, person, patient, [record]))).value.txId
}

async function list (gateway: TestGateway): Promise<{
  status: number
  retryAfter: string | undefined
  code?: string
  items?: { txId: string }[]
}> {
  const authorization = `Bearer ${await gateway.token('auditor-wide', AUDIT)}`
  const response = await gateway.app.inject({ url: '/v1/access-events', headers: { authorization } })
  return { ...response.json<object>(), status: response.statusCode, retryAfter: response.headers['retry-after'] }
}

const lines = (gateway: TestGateway, text: string): string[] => gateway.log.filter((line) => line.includes(text))

t.test('no event, whatever it holds, stops the follower or hides what stands beside it', async (t) => {
  const consortium = await createConsortium(t)
  const first = await denied(consortium)
  const poisoned = consortium.world.memory.height
  const gateway = await buildGateway(t, {
    consortium,
    ports: {
      connectLedger: connect(consortium, (block) => block.blockNumber !== poisoned
        ? block
        : {
            ...block,
            events: [
              ...FOLLOWED.flatMap((name) =>
                PAYLOADS.map(([, payload]): LedgerEvent =>
                  ({ name, payload, txId: TX_ID, blockNumber: block.blockNumber, args: [payload, payload] }))),
              ...block.events
            ],
            unreadable: [{ index: 7, code: 'ENVELOPE_MALFORMED', detail: 'it ends in a number' }]
          })
    }
  })
  const second = await denied(consortium)
  const { status, items } = await list(gateway)
  t.equal(status, 200)
  t.same(items?.map(({ txId }) => txId), [second, first])
  t.equal(lines(gateway, 'cannot be read: it changes nothing').length, FOLLOWED.length * PAYLOADS.length, 'each is logged once')
  t.same(lines(gateway, 'a listener of ledger events failed'), [])
  const unreadable = lines(gateway, 'cannot be read: it is no event')
  t.equal(unreadable.length, 1)
  t.match(JSON.parse(unreadable[0] ?? '{}'), { block: Number(poisoned), index: 7, code: 'ENVELOPE_MALFORMED' })
  t.equal((await gateway.app.inject('/health/ready')).statusCode, 200)
})

t.test('an access event under another transaction than its own is none', async (t) => {
  const consortium = await createConsortium(t)
  const txId = await denied(consortium)
  const gateway = await buildGateway(t, {
    consortium,
    ports: {
      connectLedger: connect(consortium, (block) =>
        ({ ...block, events: block.events.flatMap((event) => event.txId === txId ? [{ ...event, txId: TX_ID }] : [event]) }))
    }
  })
  t.match(await list(gateway), { status: 200, items: [] })
  t.equal(lines(gateway, 'cannot be read: it changes nothing').length, 1)
})

t.test('a failing store is no unreadable event: the block is tried again until it is done, once', async (t) => {
  const consortium = await createConsortium(t)
  const gateway = await buildGateway(t, { consortium })
  let failures = 0
  gateway.app.events.project(() => () => {
    failures += 1
    return failures <= 3 ? Promise.reject(new Error('the disk is full')) : Promise.resolve()
  })
  const txId = await denied(consortium)
  await gateway.app.events.waitFor(consortium.world.memory.height - 1n, AbortSignal.timeout(20_000))
  t.match(await list(gateway), { status: 200, items: [{ txId }] })
  t.ok(failures > 3)
  t.equal(gateway.app.events.failing, false)
})

t.test('while the read model lags, a list is refused and never shown short, and the gateway is not ready', async (t) => {
  const consortium = await createConsortium(t)
  let fault: Error | undefined = new BlockError('BLOCK_OUT_OF_ORDER', 'The peer sent block 9 where block 3 is due.')
  const gateway = await buildGateway(t, {
    consortium,
    ports: {
      connectLedger: connect(consortium, (block) => {
        if (fault !== undefined) throw fault
        return block
      })
    }
  })
  const txId = await denied(consortium)
  const refused = await list(gateway)
  t.match(refused, { status: 503, code: 'READ_MODEL_BEHIND', retryAfter: '2' })
  t.equal(refused.items, undefined)
  t.match((await gateway.app.inject('/health/ready')).json(), { checks: { projection: 'failing' } })
  t.ok(lines(gateway, 'BLOCK_OUT_OF_ORDER').length > 0)
  fault = undefined
  await gateway.app.events.waitFor(consortium.world.memory.height - 1n, AbortSignal.timeout(20_000))
  t.match(await list(gateway), { status: 200, items: [{ txId }] })
})

t.test('a list is refused while the own peer does not say how high it is', async (t) => {
  const consortium = await createConsortium(t)
  await denied(consortium)
  let down = false
  const connection = consortium.blocks.connect(consortium.network.networkId)
  const height = async (): Promise<bigint> => {
    if (down) throw new LedgerUnavailable('no peer answers')
    return await connection.height()
  }
  const gateway = await buildGateway(t, { consortium, ports: { connectLedger: () => ({ ...connection, height }) } })
  t.match(await list(gateway), { status: 200 })
  down = true
  t.match(await list(gateway), { status: 503, code: 'READ_MODEL_BEHIND' })
})
