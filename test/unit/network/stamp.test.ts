import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { loadConsortium } from '../../../network/description/consortium.ts'
import { deriveTopology } from '../../../network/description/topology.ts'
import { statePaths } from '../../../network/description/paths.ts'
import { checkStamp, stampDifferences, readStamp, topologyHash, writeStamp } from '../../../network/host/stamp.ts'

const consortium = await loadConsortium(join(import.meta.dirname, '../../../network/consortium.json'))
const topology = deriveTopology(consortium)

t.test('the hash ignores the order of members and the policy, nothing else', (t) => {
  const hash = topologyHash(topology)
  t.match(hash, /^[0-9a-f]{64}$/)
  const [first, ...others] = consortium.organizations
  const reordered = first === undefined ? [] : [Object.fromEntries(Object.entries(first).reverse()) as unknown as typeof first, ...others]
  t.equal(topologyHash(deriveTopology({ ...consortium, organizations: reordered })), hash)
  t.equal(topologyHash(deriveTopology({ ...consortium, policy: { shareMinimum: 5 } })), hash)
  t.not(topologyHash(deriveTopology({ ...consortium, basePort: 8050 })), hash)
  t.not(topologyHash(deriveTopology({ ...consortium, channel: 'other' })), hash)
  t.not(topologyHash(deriveTopology({ ...consortium, organizations: [...consortium.organizations].reverse() })), hash)
  t.end()
})

t.test('a folder of the same topology is accepted, one of another refused with what differs', async (t) => {
  const paths = statePaths(t.testdir({}))
  t.equal(await checkStamp(paths, topology), false, 'an empty folder carries no stamp')
  await writeStamp(paths, topology)
  t.equal(await checkStamp(paths, topology), true)
  const larger = {
    ...consortium,
    organizations: consortium.organizations.map((organization) => ({ ...organization, peers: organization.id === 'core' ? 2 : 1 }))
  }
  await t.rejects(checkStamp(paths, deriveTopology(larger)), {
    code: 'state-foreign',
    message: /organization core: was .*"peers":1.* is now .*"peers":2/,
    advice: /make clean/
  })
  await t.rejects(checkStamp(paths, deriveTopology(consortium, 0, 'core')), {
    code: 'state-foreign', message: /EPIONE_ORGANIZATION: was absent, is now "core"/
  }, 'the folder of all organisations is not that of one')
  const stamp = await readStamp(paths)
  const smaller = deriveTopology({ ...consortium, organizations: consortium.organizations.slice(0, 2) })
  t.equal(stamp === undefined ? 0 : stampDifferences(stamp, smaller).length, 1)
})

t.test('a folder with files but no stamp is refused, a mere lock is not', async (t) => {
  const paths = statePaths(t.testdir({ 'lock.json': '', 'lock.db': '', 'lock.db-journal': '' }))
  t.equal(await readStamp(paths), undefined)
  await writeFile(join(paths.root, 'thesis.txt'), 'mine')
  await t.rejects(readStamp(paths), { code: 'state-foreign' })
})
