import t from 'tap'
import { consentTermsSuite } from '../../helpers/contract-suite/consent-terms.ts'
import { prohibitionsSuite } from '../../helpers/contract-suite/prohibitions.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

t.setTimeout(300_000)
const world = await openSharedPeerWorld(t)
await prohibitionsSuite(t, world)
await consentTermsSuite(t, world)
