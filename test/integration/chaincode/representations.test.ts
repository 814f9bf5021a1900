import t from 'tap'
import { limitedKeyStory } from '../../helpers/contract-suite/delegates.ts'
import { representationsSuite } from '../../helpers/contract-suite/representations.ts'
import { bindPractitioner } from '../../helpers/ledger-fixtures.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

const world = await openSharedPeerWorld(t)
await representationsSuite(t, world)
await limitedKeyStory(t, world, {
  author: await bindPractitioner(world), reader: await bindPractitioner(world, { mspId: world.members[1] })
})
