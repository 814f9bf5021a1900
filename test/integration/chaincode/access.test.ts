import t from 'tap'
import { accessSuite } from '../../helpers/contract-suite/access.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

await accessSuite(t, await openSharedPeerWorld(t))
