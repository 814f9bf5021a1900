import t from 'tap'
import { erasedCompartmentsSuite } from '../../helpers/contract-suite/erased-compartments.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

await erasedCompartmentsSuite(t, await openSharedPeerWorld(t))
