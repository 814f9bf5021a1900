import t from 'tap'
import { departmentsSuite } from '../../../helpers/contract-suite/departments.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

await departmentsSuite(t, await createMemoryWorld({ endorsers: 2 }))
