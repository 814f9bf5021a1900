import t from 'tap'
import { successionsSuite } from '../../../helpers/contract-suite/successions.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

// Two endorsers, so that a contract that is not deterministic fails here already.
await successionsSuite(t, await createMemoryWorld({ endorsers: 2 }))
