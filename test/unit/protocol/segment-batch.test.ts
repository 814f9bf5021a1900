import { SecretKey, signStatement, statementId } from '@epione/crypto'
import { SchemaMismatch, segmentBatchOf, streamIdOf } from '@epione/protocol'
import t from 'tap'

const hash = 'ab'.repeat(32)
const stream = streamIdOf(hash)
const body = {
  type: 'RecordManifest',
  nonce: stream,
  issuedAt: 1,
  submitBefore: 2,
  recordId: stream,
  version: 3,
  previous: hash,
  patientId: 'a'.repeat(32),
  author: { kind: 'device', deviceId: hash },
  label: hash,
  epoch: 1,
  sizeClass: 10,
  mediaClass: 'signal',
  segment: { stream, first: 5, last: 9, root: hash }
}
const { body: text, signatures } = signStatement({ type: 'RecordManifest', networkId: new Uint8Array(32), body, keys: [SecretKey.random()] })
const statement = { body: text, signatures: [...signatures] }
const said = { submittedBy: 'CoreMSP', time: 7 }

t.test('what the ledger says of segments becomes record versions by the manifests that it was sent', (t) => {
  const { items } = segmentBatchOf({ items: [{ level: 'R' }, { code: 'SEGMENT_CONFLICT' }], ...said }, [statement, 'whatever'], hash)
  const manifest = { id: statementId(text), statement, txId: hash, ...said }
  t.strictSame(items, [{ record: { recordId: stream, version: 3, level: 'R', manifest } }, { code: 'SEGMENT_CONFLICT' }])
  t.end()
})

t.test('manifests that are fewer, more or none are refused', (t) => {
  const one = { items: [{ level: 'N' as const }], ...said }
  for (const statements of [[], [statement, statement], ['text'], [{ ...statement, body: '{' }], [{ ...statement, body: '{}' }]]) {
    t.throws(() => segmentBatchOf(one, statements, hash), SchemaMismatch, JSON.stringify(statements).slice(0, 40))
  }
  t.end()
})
