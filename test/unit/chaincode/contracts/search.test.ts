import t from 'tap'
import { searchSuite } from '../../../helpers/contract-suite/search.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

// Two endorsers, so that a contract that is not deterministic fails here already.
await searchSuite(t, await createMemoryWorld({ endorsers: 2 }))
