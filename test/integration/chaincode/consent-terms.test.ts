import t from 'tap'
import { consentTermsSuite } from '../../helpers/contract-suite/consent-terms.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

await consentTermsSuite(t, await openSharedPeerWorld(t))
