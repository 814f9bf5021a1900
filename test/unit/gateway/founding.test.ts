import t from 'tap'
import { requireFounded } from '../../../anchor/src/service/run.ts'
import { LedgerUnavailable } from '@epione/ledger/fabric'
import type { NetworkState } from '@epione/protocol'
import { MemoryBlocks } from '../../helpers/memory-connection.ts'
import { MemoryLedger } from '../../helpers/memory-ledger.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import type { Consortium } from '../../helpers/gateway.ts'

const HOSTILE = { testing: true, settings: { shareMinimum: 1, permitSeconds: 60, recoveryDelaySeconds: 0, identityDelaySeconds: 0 } } as const

/** The same consortium on a ledger that the admin of one hospital was the first to found. */
async function foundFirst (consortium: Consortium, change: Partial<NetworkState>): Promise<Consortium> {
  const memory = new MemoryLedger()
  await memory.clientFor({ mspId: 'Regional2MSP', staffId: 'admin', admin: true }).found({ ...consortium.network.founding, ...change })
  return { ...consortium, blocks: new MemoryBlocks(memory) }
}

await t.test('on a ledger that one admin founded first, without waits and for one proxy, no gateway starts', async (t) => {
  const consortium = await foundFirst(await createConsortium(t), HOSTILE)
  for (const mspId of consortium.hospitals.keys()) {
    await t.rejects(buildGateway(t, { consortium, mspId }), {
      code: 'LEDGER_MISMATCH',
      message: /settings\.identityDelaySeconds is 0 .* settings\.recoveryDelaySeconds is 0 .* 604800 in the file; settings\.shareMinimum is 1 .* 3 in the file; testing is true .* false in the file/
    })
  }
})

await t.test('any other difference is as good a reason, and is named', async (t) => {
  const { members, settings } = (await createConsortium(t)).network.founding
  const changes: [RegExp, Partial<NetworkState>][] = [
    [/name is other/, { name: 'other' }],
    [/settings\.permitSeconds is 59/, { settings: { ...settings, permitSeconds: 59 } }],
    [/settings\.recoveryDelaySeconds is 604801/, { settings: { ...settings, recoveryDelaySeconds: 604_801 } }],
    [/members\.CoreMSP\.name is Cure Hospital/, { members: members.map((m) => m.mspId === 'CoreMSP' ? { ...m, name: 'Cure Hospital' } : m) }],
    [/members\.CoreMSP\.kind is regional/, { members: members.map((m) => ({ ...m, kind: 'regional' })) }],
    [/members\.StrangerMSP\.id is stranger on the ledger and nothing in the file/, { members: [...members, { mspId: 'StrangerMSP', id: 'stranger', name: 'Stranger', kind: 'core' }] }]
  ]
  for (const [message, change] of changes) {
    await t.rejects(buildGateway(t, { consortium: await foundFirst(await createConsortium(t), change) }), { code: 'LEDGER_MISMATCH', message })
  }
})

await t.test('a testing network says so where it is asked', async (t) => {
  const consortium = await createConsortium(t)
  const network = { ...consortium.network, founding: { ...consortium.network.founding, ...HOSTILE } }
  const gateway = await buildGateway(t, { consortium: { ...await foundFirst(consortium, HOSTILE), network } })
  t.match((await gateway.app.inject('/v1/network')).json(), HOSTILE)
  t.match(gateway.log.join(''), 'for testing')
})

await t.test('an anchor service waits for the founding, and refuses another one', async (t) => {
  const { founding } = (await createConsortium(t)).network
  const { members, ...rest } = founding
  const ledger = { ...rest, channel: 'records', chaincode: 'epione', organizations: members.map((m) => ({ ...m, tlsCaFile: '-', peers: [] })) }
  const [warnings, { signal }]: [string[], AbortController] = [[], new AbortController()]
  const log = (_level: string, _facts: object, message: string): void => { warnings.push(message) }
  const answers = [() => Promise.reject(new LedgerUnavailable('no peer')), () => Promise.resolve(founding)]
  await requireFounded({ ledger, log, readFounded: () => answers.shift()?.() ?? Promise.reject(new Error('asked too often')) }, signal)
  t.equal(warnings.length, 1)
  await t.rejects(requireFounded({ ledger, log, readFounded: () => Promise.resolve({ ...founding, ...HOSTILE }) }, signal), { code: 'LEDGER_MISMATCH', message: /shareMinimum is 1/ })
})
