import t from 'tap'
import { loadConsortium, parseConsortium } from '../../../network/description/consortium.ts'
import { consortiumFaults } from '../../../network/description/consortium-faults.ts'
import { NetworkError } from '../../../network/errors.ts'
import { join } from 'node:path'

const organization = { id: 'core', mspId: 'CoreMSP', name: 'Core Hospital', kind: 'core', peers: 1 }
const sound = { name: 'epione', channel: 'records', chaincode: 'epione', basePort: 7050, policy: {}, organizations: [organization] }

t.test('the default description is sound', async (t) => {
  const consortium = await loadConsortium(join(import.meta.dirname, '../../../network/consortium.json'))
  t.same(consortium.organizations.map(({ id, kind, peers }) => [id, kind, peers]), [
    ['core', 'core', 1], ['regional1', 'regional', 1], ['regional2', 'regional', 1]
  ])
})

t.test('all faults are reported at once, each with its path and advice', (t) => {
  const faults = consortiumFaults({
    name: 'Epione!',
    channel: 'records',
    basePort: '7050',
    policy: [],
    extra: 1,
    organizations: [organization, { ...organization, peers: 11, kind: 'clinic', port: 3 }, 'x']
  })
  t.same(faults.map((fault) => fault.path), [
    'name', 'chaincode', 'basePort', 'policy', 'extra',
    'organizations[1].kind', 'organizations[1].peers', 'organizations[1].port', 'organizations[2]',
    'organizations[1].id', 'organizations[1].mspId', 'organizations[1].name'
  ])
  t.ok(faults.every((fault) => fault.problem !== '' && fault.advice.endsWith('.')))
  t.end()
})

t.test('the error names every fault', (t) => {
  const error = thrownBy(() => parseConsortium({ ...sound, name: '', channel: 'A' }, 'file'))
  t.equal(error.code, 'consortium-invalid')
  t.match(error.message, /^file has 2 faults:\n {2}name: .*\n {2}channel: /)
  t.end()
})

t.test('an empty list of organisations is refused', (t) => {
  t.same(consortiumFaults({ ...sound, organizations: [] }).map((fault) => fault.path), ['organizations'])
  t.end()
})

t.test('names that would end a folder, a certificate field or a line are refused', (t) => {
  for (const id of ['../x', 'a/b', 'a b', 'A', '', 'a,b', 'a.b', 'ä']) {
    t.same(consortiumFaults({ ...sound, organizations: [{ ...organization, id }] }).map((fault) => fault.path), ['organizations[0].id'], id)
  }
  t.same(consortiumFaults({ ...sound, organizations: [{ ...organization, name: 'a\nb' }] }).map((fault) => fault.path), [
    'organizations[0].name'
  ])
  t.end()
})

t.test('where an organisation runs may be said, and is checked', (t) => {
  const at = (host: unknown): string[] => consortiumFaults({ ...sound, organizations: [{ ...organization, host }] }).map(({ path }) => path)
  t.same(at({ address: '10.0.0.2', name: 'core.example' }), [])
  t.same(at('10.0.0.2'), ['organizations[0].host'])
  t.same(at({ address: 'core.example', name: 'a b', port: 1 }), ['address', 'name', 'port'].map((member) => `organizations[0].host.${member}`))
  t.same(at({ address: '10.0.0.2' }), ['organizations[0].host.name'])
  t.end()
})

t.test('an IPFS swarm is asked for by true alone', (t) => {
  t.same(consortiumFaults({ ...sound, ipfs: true }), [])
  for (const ipfs of [false, 'true', {}, null]) t.same(consortiumFaults({ ...sound, ipfs }).map((fault) => fault.path), ['ipfs'])
  t.end()
})

t.test('where blocks are anchored may be said, and is checked', (t) => {
  t.same(consortiumFaults({ ...sound, anchor: { network: 'goerli' } }), [])
  t.same(consortiumFaults({ ...sound, anchor: { network: 'hoodi', rpcUrl: 'https://rpc.example' } }), [])
  t.same(consortiumFaults({ ...sound, anchor: 'goerli' }).map((fault) => fault.path), ['anchor'])
  t.same(consortiumFaults({ ...sound, anchor: { network: '', rpcUrl: 'ftp://x', gas: 1 } }).map((fault) => fault.path), [
    'anchor.network', 'anchor.rpcUrl', 'anchor.gas'
  ])
  t.end()
})

t.test('ports beyond the last one are refused with the highest base that fits', (t) => {
  const organizations = [organization, { ...organization, id: 'b', mspId: 'B', name: 'B' }]
  t.same(consortiumFaults({ ...sound, basePort: 65456, organizations }), [])
  t.match(consortiumFaults({ ...sound, basePort: 65457, organizations }), [{ path: 'basePort', advice: 'Use 65456 or less.' }])
  t.end()
})

t.test('what is no object, no JSON or no file is refused by name', async (t) => {
  t.equal(consortiumFaults(null)[0]?.path, '$')
  const dir = t.testdir({ broken: '{' })
  await t.rejects(loadConsortium(join(dir, 'broken')), { code: 'consortium-invalid', message: /is not JSON/ })
  await t.rejects(loadConsortium(join(dir, 'absent')), { code: 'consortium-invalid', message: /cannot be read/ })
})

function thrownBy (work: () => unknown): NetworkError {
  try {
    work()
  } catch (error) {
    if (error instanceof NetworkError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
