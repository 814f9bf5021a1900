import t from 'tap'
import { limitedKeyStory } from '../../helpers/contract-suite/delegates.ts'
import { representationsSuite } from '../../helpers/contract-suite/representations.ts'
import { bindPractitioner } from '../../helpers/ledger-fixtures.ts'
import { openSharedPeerWorld } from '../../helpers/peer-world.ts'

const world = await openSharedPeerWorld(t)

// Both are waiting at once: between the end of one and the beginning of another the file would be taken for ended.
t.test('of representatives', async (t) => {
  await representationsSuite(t, world)
})

t.test('of limited keys', async (t) => {
  const [author, reader] = [await bindPractitioner(world), await bindPractitioner(world, { mspId: world.members[1] })]
  await limitedKeyStory(t, world, { author, reader })
})
