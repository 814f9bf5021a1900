import t from 'tap'
import { followsSuite } from '../../../helpers/contract-suite/follows.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

await followsSuite(t, await createMemoryWorld({ endorsers: 2 }))
