import t from 'tap'
import { anchorsSuite } from '../../../helpers/contract-suite/anchors.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

// Two endorsers, so that a contract that is not deterministic fails here already.
await anchorsSuite(t, await createMemoryWorld({ endorsers: 2 }))
