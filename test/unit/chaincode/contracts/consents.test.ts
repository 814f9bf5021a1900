import t from 'tap'
import { consentsSuite } from '../../../helpers/contract-suite/consents.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

// Two endorsers, so that a contract that is not deterministic fails here already.
await consentsSuite(t, await createMemoryWorld({ endorsers: 2 }))
