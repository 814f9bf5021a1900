import t from 'tap'
import { rewrapsSuite } from '../../../helpers/contract-suite/rewraps.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

// Two endorsers, so that a contract that is not deterministic fails here already.
await rewrapsSuite(t, await createMemoryWorld({ endorsers: 2 }))
