import t from 'tap'
import { logNotesSuite } from '../../../helpers/contract-suite/log-notes.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

await logNotesSuite(t, await createMemoryWorld({ endorsers: 2 }))
