import t from 'tap'
import { consentsSuite } from '../../helpers/contract-suite/consents.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

await consentsSuite(t, await openSharedPeerWorld(t))
