import t from 'tap'
import { departmentsSuite } from '../../helpers/contract-suite/departments.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

await departmentsSuite(t, await openSharedPeerWorld(t))
