import t from 'tap'
import { logSuite } from '../../helpers/contract-suite/log.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

await logSuite(t, await openSharedPeerWorld(t))
