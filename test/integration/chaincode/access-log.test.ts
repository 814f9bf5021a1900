import t from 'tap'
import { accessBatchSuite } from '../../helpers/contract-suite/access-batches.ts'
import { logNotesSuite } from '../../helpers/contract-suite/log-notes.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

const world = await openSharedPeerWorld(t)
await accessBatchSuite(t, world)
await logNotesSuite(t, world)
