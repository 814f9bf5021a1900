import t from 'tap'
import { accusationsSuite } from '../../helpers/contract-suite/accusations.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

await accusationsSuite(t, await openSharedPeerWorld(t))
