import t from 'tap'
import { logSuite } from '../../../helpers/contract-suite/log.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

// Two endorsers, so that a contract that is not deterministic fails here already.
await logSuite(t, await createMemoryWorld({ endorsers: 2 }))
