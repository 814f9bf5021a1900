import t from 'tap'
import { accusationsSuite } from '../../helpers/contract-suite/accusations.ts'
import { openPeerWorld } from '../../helpers/peer-world.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

// Its own network: nobody asks a convicted proxy any more.
const network = await TestNetwork.create({ gateways: false })
t.teardown(() => network.destroy())
const world = await openPeerWorld(network)
t.teardown(() => world.close())
await accusationsSuite(t, world)
