import t from 'tap'
import { emergenciesSuite } from '../../helpers/contract-suite/emergencies.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

await emergenciesSuite(t, await openSharedPeerWorld(t))
