import t from 'tap'
import { suspensionsSuite } from '../../helpers/contract-suite/suspensions.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

await suspensionsSuite(t, await openSharedPeerWorld(t))
