import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { loadConsortium } from '../../../network/description/consortium.ts'
import { statePaths } from '../../../network/description/paths.ts'
import { checkStamp, stampDifferences, readStamp, topologyHash, writeStamp } from '../../../network/host/stamp.ts'

const consortium = await loadConsortium(join(import.meta.dirname, '../../../network/consortium.json'))

t.test('the hash ignores the order of members and the policy, nothing else', (t) => {
  const hash = topologyHash(consortium)
  t.match(hash, /^[0-9a-f]{64}$/)
  const [first, ...others] = consortium.organizations
  const reordered = first === undefined ? [] : [Object.fromEntries(Object.entries(first).reverse()) as unknown as typeof first, ...others]
  t.equal(topologyHash({ ...consortium, organizations: reordered }), hash)
  t.equal(topologyHash({ ...consortium, policy: { shareMinimum: 5 } }), hash)
  t.not(topologyHash({ ...consortium, basePort: 8050 }), hash)
  t.not(topologyHash({ ...consortium, channel: 'other' }), hash)
  t.not(topologyHash({ ...consortium, organizations: [...consortium.organizations].reverse() }), hash)
  t.end()
})

t.test('a folder of the same topology is accepted, one of another refused with what differs', async (t) => {
  const paths = statePaths(t.testdir({}))
  t.equal(await checkStamp(paths, consortium), false, 'an empty folder carries no stamp')
  await writeStamp(paths, consortium)
  t.equal(await checkStamp(paths, consortium), true)
  const larger = {
    ...consortium,
    organizations: consortium.organizations.map((organization) => ({ ...organization, peers: organization.id === 'core' ? 2 : 1 }))
  }
  await t.rejects(checkStamp(paths, larger), {
    code: 'state-foreign',
    message: /organization core: was .*"peers":1.* is now .*"peers":2/,
    advice: /make clean/
  })
  const stamp = await readStamp(paths)
  t.same(
    stamp === undefined ? [] : stampDifferences(stamp, { ...consortium, organizations: consortium.organizations.slice(0, 2) }).length,
    1
  )
})

t.test('a folder with files but no stamp is refused, a mere lock is not', async (t) => {
  const paths = statePaths(t.testdir({ 'lock.json': '', 'lock.db': '', 'lock.db-journal': '' }))
  t.equal(await readStamp(paths), undefined)
  await writeFile(join(paths.root, 'thesis.txt'), 'mine')
  await t.rejects(readStamp(paths), { code: 'state-foreign' })
})
