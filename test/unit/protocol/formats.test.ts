import { readFileSync } from 'node:fs'
import t from 'tap'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { canonicalize, statementId } from '@epione/crypto'
import {
  ADMIN_STATEMENT_SCHEMAS, AnswerBody, STATEMENT_SCHEMAS, checkSchema, checkStatementBody, streamIdOf
} from '@epione/protocol'
import { makeFormatVectors } from '../../vectors/formats.ts'
import type { FormatVector } from '../../vectors/formats.ts'

const vectors = JSON.parse(readFileSync(new URL('../../vectors/formats.json', import.meta.url), 'utf8')) as FormatVector[]
const schemaOf = (type: FormatVector['type']): TSchema =>
  type === 'Answer' ? AnswerBody : type === 'OrganizationKeys' ? ADMIN_STATEMENT_SCHEMAS[type] : STATEMENT_SCHEMAS[type]
const bodyOf = ({ canonical }: FormatVector): Record<string, unknown> => JSON.parse(canonical) as Record<string, unknown>
const judge = (
  type: FormatVector['type'],
  body: unknown
): unknown => type === 'Answer' || type === 'OrganizationKeys' ? checkSchema(schemaOf(type), body, type) : checkStatementBody(type, body)

function find (type: FormatVector['type'], name = 'plain'): Record<string, unknown> {
  const vector = vectors.find((v) => v.type === type && v.name === name)
  if (vector === undefined) throw new Error(`no vector of ${type}, ${name}`)
  return bodyOf(vector)
}

t.test('the vectors are what their generator makes, and canonical', (t) => {
  t.strictSame(vectors, makeFormatVectors())
  for (const { canonical, id, type, name } of vectors) {
    t.equal(canonicalize(JSON.parse(canonical) as object), canonical)
    t.equal(statementId(canonical), id, `${type}, ${name}`)
  }
  t.end()
})

t.test('there is an example of every statement', (t) => {
  t.strictSame([...new Set(vectors.map((v) => v.type))].sort(), [...Object.keys(STATEMENT_SCHEMAS), 'OrganizationKeys', 'Answer'].sort())
  t.end()
})

t.test('every example fits its shape and is taken', (t) => {
  for (const vector of vectors) {
    const [body, schema] = [bodyOf(vector), schemaOf(vector.type)]
    const what = `${vector.type}, ${vector.name}`
    t.ok(Value.Check(schema, body), `${what}: ${JSON.stringify([...Value.Errors(schema, body)].map((e) => e.message))}`)
    t.equal(judge(vector.type, body), body, what)
  }
  t.end()
})

function errorOf (run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.name : String(error)
  }
}

t.test('no shape takes a member that it does not know, nor lacks one that it needs', (t) => {
  for (const vector of vectors) {
    const schema = schemaOf(vector.type)
    const body = bodyOf(vector)
    t.notOk(Value.Check(schema, { ...body, unknown: 1 }), `${vector.type}, ${vector.name}`)
    for (const [name, value] of Object.entries(body)) {
      if (Array.isArray(value) || typeof value !== 'object') continue
      t.notOk(Value.Check(schema, { ...body, [name]: { ...value, unknown: 1 } }), `${vector.type}.${name}`)
    }
    for (const name of ['nonce', 'issuedAt', 'type'].filter((n) => n in body)) {
      const { [name]: _, ...rest } = body
      t.notOk(Value.Check(schema, rest), `${vector.type} without ${name}`)
    }
  }
  t.end()
})

const MANY = (count: number, item: unknown): unknown[] => Array.from({ length: count }, () => item)

const EVENT = `${'a'.repeat(32)}.1790000000000.${'00'.repeat(32)}`

const segmentOf = (change: object): Record<string, unknown> =>
  ({ segment: { ...find('RecordManifest', 'a segment')['segment'] as object, ...change } })

/** Changes of an example that its shape refuses: [type, example, members that replace its own; undefined takes one away]. */
const FAULTS: [FormatVector['type'], string, Record<string, unknown>][] = [
  ['Consent', 'plain', { emergency: true }],
  ['Consent', 'plain', { purposes: ['BTG'] }],
  ['Consent', 'for emergencies', { emergency: false }],
  ['Consent', 'for emergencies', { purposes: ['BTG', 'TREAT'] }],
  ['Consent', 'plain', { actions: ['write'] }],
  ['Consent', 'plain', { actions: ['read', 'read'] }],
  ['Consent', 'of levels', { grade: 'intermediate' }],
  ['Consent', 'of levels', { levels: ['N', 'N'] }],
  ['Consent', 'of levels', { levels: ['T'] }],
  ['Consent', 'with exceptions', { grade: undefined }],
  ['Consent', 'with exceptions', { exceptions: [] }],
  ['Consent', 'with exceptions', { exceptions: [{}] }],
  ['Consent', 'with exceptions', { exceptions: [{ levels: ['V'], exceptions: [{ levels: ['R'] }] }] }],
  ['Consent', 'with exceptions', { exceptions: MANY(17, { levels: ['V'] }) }],
  ['Consent', 'of a data period', { dataPeriod: { from: 2, until: 1 } }],
  ['Consent', 'of a data period', { dataPeriod: { from: '2026-11-28', until: '2026-11-29' } }],
  ['AccessRequest', 'plain', { records: undefined }],
  ['AccessRequest', 'plain', { action: 'search' }],
  ['AccessRequest', 'plain', { purpose: 'BTG' }],
  ['AccessRequest', 'plain', { compartments: [{ label: '00'.repeat(32), epoch: 1 }] }],
  ['AccessRequest', 'to search', { action: 'read' }],
  ['AccessRequest', 'to search', { compartments: MANY(65, { label: '00'.repeat(32), epoch: 1 }) }],
  ['AccessRequest', 'to follow a stream', { stream: { stream: '00'.repeat(16), lastsMs: 3_600_001 } }],
  ['AccessRequest', 'to follow a stream', { stream: { stream: '00'.repeat(16), lastsMs: 60 } }],
  ['AccessRequest', 'that opens a box', { emergency: { reason: 'curiosity' } }],
  ['AccessRequest', 'that opens a box', { purpose: 'TREAT' }],
  ['RecordManifest', 'plain', { wrapHash: undefined }],
  ['RecordManifest', 'plain', { author: { kind: 'device', deviceId: '00'.repeat(32) } }],
  ['RecordManifest', 'with an index entry', { index: { hash: '00'.repeat(32) } }],
  ['RecordManifest', 'a segment', { segment: undefined }],
  ['RecordManifest', 'a segment', { wrapHash: '00'.repeat(32) }],
  ['RecordManifest', 'a segment', segmentOf({ first: 2, last: 1 })],
  ['RecordManifest', 'a segment', segmentOf({ first: 0, last: 1 })],
  ['RecordManifest', 'a segment', segmentOf({ first: 1, last: 4_097 })],
  ['RecordManifest', 'a segment', segmentOf({ stream: '00'.repeat(16) })],
  ['RecordManifest', 'a segment', { author: { kind: 'device', deviceId: '00'.repeat(32) } }],
  ['RecordManifest', 'plain', { recordId: streamIdOf('00'.repeat(32), 255) }],
  ['Window', 'the first', { stream: streamIdOf('00'.repeat(32)) }],
  ['Window', 'the first', { deviceId: '00'.repeat(32) }],
  ['RecordManifest', 'a segment', { mediaClass: 'document' }],
  ['RecordManifest', 'a segment', { index: { hash: '00'.repeat(32), key: `02${'11'.repeat(32)}`, issue: 1, truncated: false } }],
  ['RecordManifest', 'a segment', { relatesTo: [{ relation: 'replaces', recordId: '00'.repeat(16), version: 1 }] }],
  ['Rewrap', 'plain', { previousWrapHash: undefined }],
  ['Rewrap', 'of a segment', { wrapHash: '00'.repeat(32) }],
  ['Rewrap', 'of a segment', { index: { hash: '00'.repeat(32), key: `02${'11'.repeat(32)}`, issue: 1, truncated: false } }],
  ['Destruction', 'plain', { kfragIds: undefined }],
  ['Destruction', 'plain', { orderId: '00'.repeat(32) }],
  ['Destruction', 'plain', { wrapHashes: ['00'.repeat(32)] }],
  ['Destruction', 'of a withdrawn version', { backupsGoneBy: undefined }],
  ['Destruction', 'of a withdrawn version', { orderId: undefined }],
  ['Destruction', 'with the end of backups', { backupsGoneBy: '2026-12-01' }],
  ['ReleaseReceipt', 'plain', { releases: [{ eventId: EVENT }] }],
  ['ReleaseReceipt', 'of a stream', { releases: [{ eventId: EVENT, windows: { first: 2, last: 1 } }] }],
  ['WriteCard', 'with a search key', { compartments: [] }],
  ['SearchKeys', 'the first issue', { keys: [] }],
  ['SearchKeys', 'the first issue', { keys: MANY(65, (find('SearchKeys', 'the first issue')['keys'] as unknown[])[0]) }],
  ['SearchKeys', 'a later issue', { keys: [{ ...(find('SearchKeys', 'a later issue')['keys'] as object[])[0], issue: 1 }] }],
  ['Prohibition', 'in place of another', { forbids: {} }],
  ['Prohibition', 'break-glass off for one organisation', { forbids: undefined }],
  ['Membership', 'the first', { version: 2 }],
  ['Membership', 'the first', { members: MANY(257, { staffId: 'staff-1', envelopeHash: '00'.repeat(32) }) }],
  ['Membership', 'after a change', { previous: undefined }],
  ['Suspension', 'of a certificate', { target: { kind: 'certificate', serial: '000a' } }],
  ['Suspension', 'of a person', { target: { kind: 'person', serial: '0a' } }],
  ['Suspension', 'of a person', { cause: 'because' }],
  ['Erasure', 'of records', { compartments: [{ label: '00'.repeat(32) }] }],
  ['Erasure', 'of records', { records: [] }],
  ['Withdrawal', 'plain', { cause: 'regret' }],
  ['Device', 'plain', { shortestWindowMs: 999 }],
  ['Device', 'plain', { shortestWindowMs: 1000.5 }],
  ['Device', 'plain', { notAfter: 1 }],
  ['Window', 'the first', { previous: '00'.repeat(32) }],
  ['Window', 'the first', { number: 0 }],
  ['Window', 'a later one', { previous: undefined }],
  ['WindowReceipt', 'plain', { windowIds: [] }],
  ['WindowReceipt', 'plain', { windowIds: MANY(65, '00'.repeat(32)) }],
  ['WindowReceipt', 'plain', { windowIds: MANY(2, '00'.repeat(32)) }],
  ['WindowReceipt', 'plain', { submitBefore: 1 }],
  ['OrganizationKeys', 'a later one', { previous: undefined }],
  ['EmergencyClose', 'plain', { submitBefore: 1 }],
  ['Review', 'plain', { finding: 'fine' }],
  ['Delegate', 'a limited key', { delegate: { key: `02${'11'.repeat(32)}`, powers: ['grant'], notAfter: 1 } }],
  ['Delegate', 'a limited key', { delegate: { key: `02${'11'.repeat(32)}`, powers: ['freeze', 'freeze'], notAfter: 1 } }],
  ['Delegate', 'one that ends', { ends: undefined }],
  ['Session', 'of a limited key', { as: { kind: 'delegate' } }],
  ['Session', 'of a device', { as: { kind: 'device' } }],
  ['KeyBinding', 'with an envelope key', { envelopeKey: 'x' }],
  ['Answer', 'to a search', { heads: { label: '00'.repeat(32), writers: -1, root: '00'.repeat(32) } }]
]

t.test('wrong units, too much, and what does not go together are refused', (t) => {
  for (const [type, name, change] of FAULTS) {
    const body = Object.fromEntries(Object.entries({ ...find(type, name), ...change }).filter(([, value]) => value !== undefined))
    const refused = errorOf(() => judge(type, body))
    t.equal(refused, 'SchemaMismatch', `${type}, ${name}: ${JSON.stringify(change).slice(0, 120)}`)
  }
  t.end()
})
