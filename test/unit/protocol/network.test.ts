import t from 'tap'
import { compareDocuments, hashOfDocument } from '@epione/protocol'
import type { NetworkDocument } from '@epione/protocol'
import { requireNetwork, verifyNetwork } from '@epione/protocol/verify'
import { adminSecret, documentOf, signFounding } from '../../helpers/founding.ts'
import { randomHash } from '../../helpers/ledger-fixtures.ts'

const expected = documentOf(randomHash(), ['CoreMSP', 'Regional1MSP'], { shareMinimum: 2 })

t.test('a document differs from itself in nothing; another order of its members is another document that says the same', (t) => {
  const turned = { ...expected, members: expected.members.toReversed() }
  t.strictSame(compareDocuments(expected, turned), [])
  t.not(hashOfDocument(turned), hashOfDocument(expected))
  t.end()
})

t.test('every single difference is named with both values', (t) => {
  const [core, regional] = expected.members as [NetworkDocument['members'][0], NetworkDocument['members'][0]]
  const changes: [string, Partial<NetworkDocument>][] = [
    ['version', { version: 2 }],
    ['networkId', { networkId: randomHash() }],
    ['name', { name: 'other' }],
    ['inForceFrom', { inForceFrom: 2 }],
    ['testing', { testing: true }],
    ['auditors', { auditors: [{ mspId: 'CoreMSP', issuer: 'i', subject: 's', scope: 'organization' }] }],
    ['policyHash', { policyHash: randomHash() }],
    ['formats', { formats: [{ format: 2 }] }],
    ['features', { features: ['levitation'] }],
    ['clearances', { clearances: [{ mspId: 'CoreMSP', until: 1 }] }],
    ['builds', { builds: [{ name: 'chaincode', hash: randomHash() }] }],
    ...Object.keys(expected.settings).map((name): [string, Partial<NetworkDocument>] =>
      [`settings.${name}`, { settings: { ...expected.settings, [name]: 1 } }]),
    ['settings.more', { settings: { ...expected.settings, more: 1 } as NetworkDocument['settings'] }],
    ['members.CoreMSP.id', { members: [{ ...core, id: 'centre' }, regional] }],
    ['members.CoreMSP.name', { members: [{ ...core, name: 'Core Clinic' }, regional] }],
    ['members.CoreMSP.adminKeys', { members: [{ ...core, adminKeys: regional.adminKeys }, regional] }],
    ['members.Regional1MSP.kind', { members: [core, { ...regional, kind: 'core' }] }],
    ['members', { members: [core] }],
    ['members', { members: [core, regional, { ...regional, mspId: 'Regional2MSP' }] }]
  ]
  for (const [what, change] of changes) {
    const differences = compareDocuments(expected, { ...expected, ...change })
    t.ok(differences.some((d) => d.what === what && d.expected !== d.found), what)
  }
  t.strictSame(compareDocuments(expected, { ...expected, settings: { ...expected.settings, shareMinimum: 1 } }), [
    { what: 'settings.shareMinimum', expected: '2', found: '1' }
  ])
  t.end()
})

t.test('whoever runs on the network takes the one document of its own network file, with every founder\'s signature', (t) => {
  const signed = signFounding(expected)
  t.strictSame(requireNetwork(expected, signed), expected)
  const other = { ...expected, name: 'other' }
  t.strictSame(verifyNetwork(signFounding(other)), other)
  t.throws(() => requireNetwork(expected, signFounding(other)), {
    code: 'FOREIGN',
    message: /name is other on the ledger and memory in the file/
  })
  t.throws(() => requireNetwork(expected, { ...signed, founding: signFounding(other).founding }), {
    code: 'FOREIGN',
    message: /signed another document/
  })
  t.throws(() => requireNetwork(expected, signFounding(expected, [adminSecret('CoreMSP')])), {
    code: 'SIGNER_WRONG',
    message: /Regional1MSP/
  })
  t.throws(() => requireNetwork(expected, signFounding(expected, undefined, randomHash())), { code: 'SIGNATURE_INVALID' })
  for (const malformed of [undefined, 'x', {}, { ...signed, more: 1 }, { ...signed, document: { ...expected, more: 1 } }]) {
    t.throws(() => requireNetwork(expected, malformed), { code: 'STATEMENT_MALFORMED' })
  }
  t.end()
})
