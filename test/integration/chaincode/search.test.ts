import t from 'tap'
import { searchSuite } from '../../helpers/contract-suite/search.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

await searchSuite(t, await openSharedPeerWorld(t))
