import t from 'tap'
import { directorySuite } from '../../../helpers/contract-suite/directory.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

// Two endorsers, so that a contract that is not deterministic fails here already.
await directorySuite(t, await createMemoryWorld({ endorsers: 2 }))
