import t from 'tap'
import { devicesSuite } from '../../helpers/contract-suite/devices.ts'
import { followsSuite } from '../../helpers/contract-suite/follows.ts'
import { segmentsSuite } from '../../helpers/contract-suite/segments.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

const world = await openSharedPeerWorld(t)
await t.test('devices', async (t) => { await devicesSuite(t, world) })
await t.test('segments', async (t) => { await segmentsSuite(t, world) })
await t.test('follows', async (t) => { await followsSuite(t, world) })
