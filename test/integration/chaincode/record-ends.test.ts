import t from 'tap'
import { recordEndsSuite } from '../../helpers/contract-suite/record-ends.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

await recordEndsSuite(t, await openSharedPeerWorld(t))
