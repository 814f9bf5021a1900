import t from 'tap'
import { requireFounded } from '../../../anchor/src/service/run.ts'
import { adminKeyOf } from '@epione/crypto'
import { readNetworkVersions } from '@epione/ledger/client'
import type { ProvenVersion } from '@epione/ledger/client'
import { LedgerUnavailable } from '@epione/ledger/fabric'
import { networkStateOf } from '@epione/protocol'
import type { NetworkDocument } from '@epione/protocol'
import { adminSecret, signFounding } from '../../helpers/founding.ts'
import { MemoryBlocks } from '../../helpers/memory-connection.ts'
import { MemoryLedger } from '../../helpers/memory-ledger.ts'
import { randomHash } from '../../helpers/ledger-fixtures.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import type { Consortium } from '../../helpers/gateway.ts'

const WEAK = { shareMinimum: 1, permitSeconds: 60, recoveryDelaySeconds: 0, identityDelaySeconds: 0 }
const HOSTILE = { testing: true, settings: WEAK } as const
/** What one admin holds: keys that no other hospital has. */
const forged = (mspId: string): Uint8Array => adminSecret(`${mspId}, as one admin would have it`)

/** The same consortium on a ledger that the admin of one hospital was the first to found, signing with keys of their own in every name. */
async function foundFirst (consortium: Consortium, change: Partial<NetworkDocument>): Promise<Consortium> {
  const memory = new MemoryLedger()
  const document = { ...consortium.network.document, ...change }
  const members = document.members.map((m) => ({ ...m, adminKeys: [adminKeyOf(forged(m.mspId))] }))
  await memory.clientFor({ mspId: 'Regional2MSP', staffId: 'admin', admin: true }).found(
    signFounding({ ...document, members }, members.map((m) => forged(m.mspId)))
  )
  return { ...consortium, blocks: new MemoryBlocks(memory) }
}

/** The same consortium on a ledger where all founders signed another document. */
async function foundOtherwise (consortium: Consortium, change: Partial<NetworkDocument>): Promise<Consortium> {
  const memory = new MemoryLedger()
  await memory.clientFor({ mspId: 'Regional2MSP', staffId: 'admin', admin: true }).found(
    signFounding({ ...consortium.network.document, ...change })
  )
  return { ...consortium, blocks: new MemoryBlocks(memory) }
}

await t.test('on a ledger that one admin founded with keys of their own in every name, no gateway starts', async (t) => {
  for (const change of [{}, HOSTILE]) {
    const consortium = await foundFirst(await createConsortium(t), change)
    for (const mspId of consortium.hospitals.keys()) {
      await t.rejects(buildGateway(t, { consortium, mspId }), {
        code: 'LEDGER_MISMATCH',
        message: /members\.CoreMSP\.adminKeys is .* on the ledger and .* in the file/
      })
    }
  }
})

await t.test('every difference is as good a reason, and is named', async (t) => {
  const { members, settings } = (await createConsortium(t)).network.document
  const changes: [RegExp, Partial<NetworkDocument>][] = [
    [
      /settings\.identityDelaySeconds is 0 .* settings\.recoveryDelaySeconds is 0 .* 604800 in the file; settings\.shareMinimum is 1 .* 3 in the file; testing is true .* false in the file/,
      HOSTILE
    ],
    [/name is other/, { name: 'other' }],
    [/networkId is/, { networkId: randomHash() }],
    [/inForceFrom is 7/, { inForceFrom: 7 }],
    [
      /auditors is \[\{.*and \[\] in the file/,
      { auditors: [{ mspId: 'CoreMSP', issuer: 'https://id', subject: 'a', scope: 'consortium' }] }
    ],
    [/settings\.permitSeconds is 59/, { settings: { ...settings, permitSeconds: 59 } }],
    [/settings\.recoveryDelaySeconds is 604801/, { settings: { ...settings, recoveryDelaySeconds: 604_801 } }],
    [
      /members\.CoreMSP\.name is Cure Hospital/,
      { members: members.map((m) => m.mspId === 'CoreMSP' ? { ...m, name: 'Cure Hospital' } : m) }
    ],
    [/members\.CoreMSP\.kind is regional/, { members: members.map((m) => ({ ...m, kind: 'regional' })) }],
    [/members stand in another order/, { members: members.toReversed() }],
    [
      /members\.StrangerMSP\.id is stranger on the ledger and nothing in the file/,
      {
        members: [
          ...members,
          { mspId: 'StrangerMSP', id: 'stranger', name: 'Stranger', kind: 'core', adminKeys: [adminKeyOf(adminSecret('StrangerMSP'))] }
        ]
      }
    ]
  ]
  for (const [message, change] of changes) {
    await t.rejects(buildGateway(t, { consortium: await foundOtherwise(await createConsortium(t), change) }), {
      code: 'LEDGER_MISMATCH',
      message
    })
  }
})

await t.test('a ledger with another block 0 is refused, whatever was signed', async (t) => {
  const consortium = await createConsortium(t)
  const document = { ...consortium.network.document, networkId: randomHash() }
  const { blocks, network } = await foundOtherwise(consortium, document)
  const ports = { connectLedger: () => blocks.connect(network.networkId) }
  await t.rejects(buildGateway(t, {
    consortium: { ...consortium, blocks, network: { ...network, networkId: document.networkId, document } },
    ports
  }), { code: 'LEDGER_MISMATCH', message: /the peer's ledger is/ })
})

await t.test('a testing network says so where it is asked', async (t) => {
  const consortium = await createConsortium(t)
  const network = { ...consortium.network, document: { ...consortium.network.document, ...HOSTILE } }
  const gateway = await buildGateway(t, { consortium: { ...await foundOtherwise(consortium, HOSTILE), network } })
  t.match((await gateway.app.inject('/v1/network')).json(), { document: network.document })
  t.match((await gateway.app.inject('/v1/network/versions/1')).json(), { signed: signFounding(network.document) })
  t.match(gateway.log.join(''), 'for testing')
})

await t.test('an anchor service waits for the founding, and refuses another one or one that a founder did not sign', async (t) => {
  const { document } = (await createConsortium(t)).network
  const [warnings, { signal }]: [string[], AbortController] = [[], new AbortController()]
  const log = (_level: string, _facts: object, message: string): void => { warnings.push(message) }
  const readFrom = (signed: ReturnType<typeof signFounding>): Promise<ProvenVersion[]> => readNetworkVersions({
    getNetwork: () => Promise.resolve(networkStateOf(signed.document)), getNetworkDocument: () => Promise.resolve(signed)
  }, document)
  const answers = [() => Promise.reject(new LedgerUnavailable('no peer')), () => readFrom(signFounding(document))]
  await requireFounded({ log, readVersions: () => answers.shift()?.() ?? Promise.reject(new Error('asked too often')) }, signal)
  t.equal(warnings.length, 1)
  const shows = (
    signed: ReturnType<typeof signFounding>
  ): Promise<void> => requireFounded({ log, readVersions: () => readFrom(signed) }, signal)
  await t.rejects(shows(signFounding({ ...document, ...HOSTILE })), { code: 'LEDGER_MISMATCH', message: /shareMinimum is 1/ })
  await t.rejects(shows(
    signFounding(document, [adminSecret('Regional2MSP')])
  ), { code: 'LEDGER_MISMATCH', message: /no admin key of CoreMSP, Regional1MSP signed it/ })
})
