import t from 'tap'
import { erasedCompartmentsSuite } from '../../helpers/contract-suite/erased-compartments.ts'
import { recordEndsSuite } from '../../helpers/contract-suite/record-ends.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

const world = await openSharedPeerWorld(t)
await recordEndsSuite(t, world)
await erasedCompartmentsSuite(t, world)
