import t from 'tap'
import { recordsSuite } from '../../../helpers/contract-suite/records.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

// Two endorsers, so that a contract that is not deterministic fails here already.
await recordsSuite(t, await createMemoryWorld({ endorsers: 2 }))
