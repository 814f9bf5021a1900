import t from 'tap'
import { prohibitionsSuite } from '../../../helpers/contract-suite/prohibitions.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

// Two endorsers, so that a contract that is not deterministic fails here already.
await prohibitionsSuite(t, await createMemoryWorld({ endorsers: 2 }))
