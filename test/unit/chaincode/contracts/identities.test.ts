import t from 'tap'
import { RECOVERY_DELAY_SECONDS } from '@epione/protocol'
import { identitiesSuite } from '../../../helpers/contract-suite/identities.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

let now = Date.UTC(2030, 0, 31, 23, 59, 0)

// Two endorsers, so that a contract that is not deterministic fails here already; the default wait passes at once.
await identitiesSuite(t, await createMemoryWorld({ endorsers: 2, clock: () => now }), async (action) => {
  now += RECOVERY_DELAY_SECONDS * 1000
  return await action()
})
