import t from 'tap'
import { compareFoundings, completeFounding } from '@epione/protocol'
import type { NetworkState } from '@epione/protocol'
import { randomHash } from '../../helpers/ledger-fixtures.ts'

const expected = completeFounding({
  networkId: randomHash(),
  name: 'test',
  members: [{ mspId: 'CoreMSP', id: 'core', name: 'Core Hospital', kind: 'core' }, { mspId: 'Regional1MSP', id: 'regional1', name: 'Regional Hospital 1', kind: 'regional' }],
  settings: { shareMinimum: 3 }
})

t.test('the same founding differs in nothing, whatever the order of its members', (t) => {
  t.strictSame(compareFoundings(expected, { ...expected, members: expected.members.toReversed() }), [])
  t.end()
})

t.test('every single difference is named with both values', (t) => {
  const [core, regional] = expected.members as [NetworkState['members'][0], NetworkState['members'][0]]
  const changes: [string, Partial<NetworkState>][] = [
    ['networkId', { networkId: randomHash() }],
    ['name', { name: 'other' }],
    ['testing', { testing: true }],
    ...Object.keys(expected.settings).map((name): [string, Partial<NetworkState>] => [`settings.${name}`, { settings: { ...expected.settings, [name]: 1 } }]),
    ['settings.more', { settings: { ...expected.settings, more: 1 } as NetworkState['settings'] }],
    ['members.CoreMSP.id', { members: [{ ...core, id: 'centre' }, regional] }],
    ['members.CoreMSP.name', { members: [{ ...core, name: 'Core Clinic' }, regional] }],
    ['members.Regional1MSP.kind', { members: [core, { ...regional, kind: 'core' }] }],
    ['members', { members: [core] }],
    ['members', { members: [core, regional, { ...regional, mspId: 'Regional2MSP' }] }]
  ]
  for (const [what, change] of changes) {
    const differences = compareFoundings(expected, { ...expected, ...change })
    t.ok(differences.some((d) => d.what === what && d.expected !== d.founded), what)
  }
  t.strictSame(compareFoundings(expected, { ...expected, settings: { ...expected.settings, shareMinimum: 1 } }), [{ what: 'settings.shareMinimum', expected: '3', founded: '1' }])
  t.end()
})
