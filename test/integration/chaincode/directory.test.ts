import t from 'tap'
import { directorySuite } from '../../helpers/contract-suite/directory.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

await directorySuite(t, await openSharedPeerWorld(t))
