import t from 'tap'
import { statementsSuite } from '../../helpers/contract-suite/statements.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

await statementsSuite(t, await openSharedPeerWorld(t))
