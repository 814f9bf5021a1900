import t from 'tap'
import { accessSuite } from '../../../helpers/contract-suite/access.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

// Two endorsers, so that a contract that is not deterministic fails here already.
await accessSuite(t, await createMemoryWorld({ endorsers: 2 }))
