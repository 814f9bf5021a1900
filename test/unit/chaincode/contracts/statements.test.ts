import t from 'tap'
import { statementsSuite } from '../../../helpers/contract-suite/statements.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

// Two endorsers, so that a contract that is not deterministic fails here already.
await statementsSuite(t, await createMemoryWorld({ endorsers: 2 }))
