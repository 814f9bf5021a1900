import t from 'tap'
import { checkSoftware, createNetworkDocument, missingSwitches, STATEMENT_SCHEMAS, SWITCHES } from '@epione/protocol'
import type { StatementType } from '@epione/protocol'
import { documentOf } from '../../helpers/founding.ts'

const OFF = { features: [] }
const ON = { features: [...SWITCHES] }

t.test('a network names all that its software can switch on, unless it is described otherwise', (t) => {
  const document = documentOf('00'.repeat(32), ['CoreMSP', 'Regional1MSP', 'Regional2MSP'])
  t.strictSame(document.features, [...SWITCHES])
  const { version: _version, policyHash: _policy, formats: _formats, builds: _builds, ...description } = document
  t.strictSame(createNetworkDocument({ ...description, features: [] }).features, [])
  t.strictSame(checkSoftware(document), [])
  t.strictSame(checkSoftware({ ...document, features: [] }), [], 'and may go without')
  t.match(checkSoftware({ ...document, features: ['levitation'] }), [/levitation/])
  t.end()
})

/** Statements that are of a switch whatever they say. */
const WHOLE: StatementType[] = ['SearchKeys', 'Device', 'DeviceEnd', 'Window', 'WindowReceipt']

t.test('what searches, streams or lets limited keys needs the network document to say so, and nothing else does', (t) => {
  const needing: [StatementType, object][] = [
    ['SearchKeys', {}],
    ['RecordManifest', { index: {} }],
    ['Rewrap', { index: {} }],
    ['Consent', { actions: ['read', 'search'] }],
    ['AccessRequest', { action: 'search' }]
  ]
  const streaming: [StatementType, object][] = [
    ['Device', {}],
    ['DeviceEnd', {}],
    ['Window', {}],
    ['WindowReceipt', {}],
    ['RecordManifest', { segment: {} }],
    ['RecordManifest', { summarizes: [] }],
    ['Rewrap', { segment: {} }],
    ['Session', { as: { kind: 'device' } }],
    ['Consent', { actions: ['follow'] }],
    ['AccessRequest', { action: 'follow' }],
    ['ReleaseReceipt', { releases: [{ wrapHashes: [] }, { windows: {} }] }],
    ['ReleaseReceipt', { releases: [{ end: 'ended' }] }]
  ]
  const limited: [StatementType, object][] = [['Delegate', { delegate: {} }], ['Session', { as: { kind: 'delegate' } }]]
  for (const [name, bodies] of [['search', needing], ['streams', streaming], ['delegates', limited]] as const) {
    for (const [type, body] of bodies) {
      t.strictSame(missingSwitches(OFF, type, body), [name], type)
      t.strictSame(missingSwitches(ON, type, body), [], type)
    }
  }
  t.strictSame(missingSwitches(OFF, 'Delegate', { ends: '' }), [], 'what ends one is always taken')
  t.strictSame(missingSwitches(OFF, 'Consent', { actions: ['read'] }), [])
  t.strictSame(missingSwitches(OFF, 'AccessRequest', { action: 'read' }), [])
  t.strictSame(missingSwitches(OFF, 'ReleaseReceipt', { releases: [{ wrapHashes: [] }] }), [])
  for (const type of Object.keys(STATEMENT_SCHEMAS) as StatementType[]) {
    if (!WHOLE.includes(type)) t.strictSame(missingSwitches(OFF, type, {}), [], type)
  }
  t.end()
})
