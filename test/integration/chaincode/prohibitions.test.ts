import t from 'tap'
import { prohibitionsSuite } from '../../helpers/contract-suite/prohibitions.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

await prohibitionsSuite(t, await openSharedPeerWorld(t))
