import t from 'tap'
import { effectiveRecord, sizeClassOf } from '@epione/protocol'
import type { ContentManifest, RecordState, Rewrap } from '@epione/protocol'

const times = { nonce: '00'.repeat(16), issuedAt: 0, submitBefore: 0 }
const stored = { id: '00'.repeat(32), statement: { body: '{}', signatures: [] }, txId: '00'.repeat(32), time: 0, submittedBy: 'AMSP' }
const state: RecordState = { recordId: '01'.repeat(16), version: 2, level: 'V', manifest: stored }
const manifest: ContentManifest = {
  type: 'RecordManifest',
  ...times,
  recordId: state.recordId,
  version: 2,
  previous: '02'.repeat(32),
  patientId: 'a'.repeat(32),
  author: { kind: 'patient' },
  label: '11'.repeat(32),
  epoch: 1,
  contentHash: '03'.repeat(32),
  sizeClass: 9,
  cid: `b${'a'.repeat(58)}`,
  wrapHash: '04'.repeat(32),
  mediaClass: 'image'
}
const rewrap: Rewrap = {
  type: 'Rewrap',
  ...times,
  patientId: 'b'.repeat(32),
  recordId: state.recordId,
  version: 2,
  previousWrapHash: manifest.wrapHash,
  label: '22'.repeat(32),
  epoch: 5,
  wrapHash: '05'.repeat(32)
}

t.test('without a rewrap a record is what its manifest says', (t) => {
  t.strictSame(effectiveRecord(state, manifest), {
    owner: manifest.patientId,
    author: manifest.author,
    record: {
      recordId: state.recordId,
      version: 2,
      label: manifest.label,
      epoch: 1,
      level: 'V',
      mediaClass: 'image',
      sizeClass: 9,
      wrapHash: manifest.wrapHash,
      origin: 'AMSP'
    }
  })
  t.end()
})

t.test('a rewrap decides owner, compartment and wrap, and nothing else', (t) => {
  t.strictSame(effectiveRecord(state, manifest, rewrap), {
    owner: rewrap.patientId,
    author: manifest.author,
    record: {
      recordId: state.recordId,
      version: 2,
      label: rewrap.label,
      epoch: 5,
      level: 'V',
      mediaClass: 'image',
      sizeClass: 9,
      wrapHash: rewrap.wrapHash,
      origin: 'AMSP'
    }
  })
  t.end()
})

t.test('a size class is the exponent of the smallest power of two that is not below the size', (t) => {
  t.strictSame([0, 1, 2, 3, 4, 5, 1024, 1025].map(sizeClassOf), [0, 0, 1, 2, 2, 3, 10, 11])
  t.end()
})
