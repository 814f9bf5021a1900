import t from 'tap'
import { recordEndsSuite } from '../../helpers/contract-suite/record-ends.ts'
import { recordsSuite } from '../../helpers/contract-suite/records.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

const world = await openSharedPeerWorld(t)
await recordsSuite(t, world)
await recordEndsSuite(t, world)
