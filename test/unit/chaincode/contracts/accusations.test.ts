import t from 'tap'
import { accusationsSuite } from '../../../helpers/contract-suite/accusations.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

// Two endorsers, so that a contract that is not deterministic fails here already.
await accusationsSuite(t, await createMemoryWorld({ endorsers: 2 }))
