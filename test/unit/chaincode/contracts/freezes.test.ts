import t from 'tap'
import { freezesSuite } from '../../../helpers/contract-suite/freezes.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

// Two endorsers, so that a contract that is not deterministic fails here already.
await freezesSuite(t, await createMemoryWorld({ endorsers: 2 }))
