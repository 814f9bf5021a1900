import t from 'tap'
import { recoverySuite } from '../../../helpers/contract-suite/recovery.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

// Two endorsers, so that a contract that is not deterministic fails here already.
await recoverySuite(t, await createMemoryWorld({ endorsers: 2 }))
