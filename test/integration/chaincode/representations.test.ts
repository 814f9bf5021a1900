import t from 'tap'
import { representationsSuite } from '../../helpers/contract-suite/representations.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

await representationsSuite(t, await openSharedPeerWorld(t))
