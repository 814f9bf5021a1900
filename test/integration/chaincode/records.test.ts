import t from 'tap'
import { recordsSuite } from '../../helpers/contract-suite/records.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

await recordsSuite(t, await openSharedPeerWorld(t))
