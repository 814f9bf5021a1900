import t from 'tap'
import { RECOVERY_DELAY_SECONDS } from '@epione/protocol'
import { randomHash } from '../../../helpers/ledger-fixtures.ts'
import { MemoryLedger } from '../../../helpers/memory-ledger.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'
import type { NetworkFounding } from '@epione/protocol'

const admin = { mspId: 'CoreMSP', staffId: 'admin', admin: true }
const founding: NetworkFounding = {
  networkId: randomHash(),
  name: 'test',
  members: [
    { mspId: 'CoreMSP', id: 'core', name: 'Core Hospital', kind: 'core' },
    { mspId: 'Regional1MSP', id: 'regional1', name: 'Regional Hospital 1', kind: 'regional' },
    { mspId: 'Regional2MSP', id: 'regional2', name: 'Regional Hospital 2', kind: 'regional' }
  ],
  settings: { shareMinimum: 3 }
}

await t.test('an admin of a listed member founds the network once', async (t) => {
  const ledger = new MemoryLedger({ endorsers: 2 })
  const client = ledger.clientFor(admin)
  await t.rejects(client.getNetwork(), { code: 'NETWORK_NOT_FOUNDED' })
  const { value } = await client.found(founding)
  t.strictSame(value, { ...founding, settings: { shareMinimum: 3, permitSeconds: 60, recoveryDelaySeconds: RECOVERY_DELAY_SECONDS, identityDelaySeconds: RECOVERY_DELAY_SECONDS } })
  t.strictSame(await client.getNetwork(), value)
  await t.rejects(client.found(founding), { code: 'NETWORK_ALREADY_FOUNDED' })
})

await t.test('nobody else founds it', async (t) => {
  const ledger = new MemoryLedger()
  await t.rejects(ledger.clientFor({ ...admin, admin: false, role: 'gateway' }).found(founding), { code: 'NOT_AUTHORIZED' })
  await t.rejects(ledger.clientFor({ ...admin, mspId: 'StrangerMSP' }).found(founding), { code: 'NOT_AUTHORIZED' })
})

await t.test('a founding with a member twice, too high a share minimum, or unknown settings is refused', async (t) => {
  const client = new MemoryLedger().clientFor(admin)
  for (const change of [
    { members: [...founding.members, ...founding.members] },
    { members: founding.members.map((m) => ({ ...m, id: 'core' })) },
    { settings: { shareMinimum: 4 } },
    { settings: { shareMinimum: 3, permitSeconds: 61 } },
    { settings: { shareMinimum: 3, recoveryDelaySeconds: -1 } },
    { settings: { shareMinimum: 3, identityDelaySeconds: 0.5 } },
    { settings: { shareMinimum: 3, color: 'red' } },
    { networkId: 'AB' },
    { testing: false }
  ]) await t.rejects(client.found({ ...founding, ...change } as NetworkFounding), { code: 'ARGUMENT_INVALID' })
})

await t.test('a permit lives as long as the founding says', async (t) => {
  const client = new MemoryLedger().clientFor(admin)
  t.equal((await client.found({ ...founding, settings: { shareMinimum: 3, permitSeconds: 10 } })).value.settings.permitSeconds, 10)
})

await t.test('a founding below the floors is refused, with the setting that is too low, unless it says that it is for testing', async (t) => {
  const low = { shareMinimum: 1, recoveryDelaySeconds: 5, identityDelaySeconds: 6 }
  for (const [name, value] of Object.entries(low)) {
    const client = new MemoryLedger().clientFor(admin)
    await t.rejects(client.found({ ...founding, settings: { ...founding.settings, [name]: value } }), { code: 'ARGUMENT_INVALID', message: new RegExp(`Raise ${name} to `) })
  }
  const { value } = await new MemoryLedger().clientFor(admin).found({ ...founding, testing: true, settings: low })
  t.match(value, { testing: true, settings: low })
})

await t.test('longer waits than the floors are founded as they are', async (t) => {
  const settings = { shareMinimum: 3, recoveryDelaySeconds: 2 * RECOVERY_DELAY_SECONDS, identityDelaySeconds: 3 * RECOVERY_DELAY_SECONDS }
  t.match((await new MemoryLedger().clientFor(admin).found({ ...founding, settings })).value.settings, settings)
})

await t.test('before the founding, and for organisations outside of it, nothing is done', async (t) => {
  const empty = new MemoryLedger().clientFor({ mspId: 'CoreMSP', staffId: 'gateway', role: 'gateway' })
  await t.rejects(empty.getProxies(), { code: 'NETWORK_NOT_FOUNDED' })
  const { memory } = await createMemoryWorld()
  const stranger = memory.clientFor({ mspId: 'StrangerMSP', staffId: 'gateway', role: 'gateway' })
  await t.rejects(stranger.getProxies(), { code: 'NOT_AUTHORIZED' })
  await t.rejects(stranger.listAccessByTime(), { code: 'NOT_AUTHORIZED' })
})
