import t from 'tap'
import { accessBatchSuite } from '../../helpers/contract-suite/access-batches.ts'
import { logNotesSuite } from '../../helpers/contract-suite/log-notes.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

const world = await openSharedPeerWorld(t)
// Each prepares for itself first: between two suites of its own the file would count as ended, and the network would go.
await t.test('requests of several patients', async (t) => { await accessBatchSuite(t, world) })
await t.test('notes of gateways', async (t) => { await logNotesSuite(t, world) })
