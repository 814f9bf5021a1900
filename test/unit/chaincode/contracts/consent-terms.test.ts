import t from 'tap'
import { consentTermsSuite } from '../../../helpers/contract-suite/consent-terms.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

// Two endorsers, so that a contract that is not deterministic fails here already.
await consentTermsSuite(t, await createMemoryWorld({ endorsers: 2 }))
