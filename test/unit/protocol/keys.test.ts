import t from 'tap'
import fc from 'fast-check'
import { LEDGER_KEYS, createEventId, createEventTime, dayOf, parseEventId } from '@epione/protocol'

const timeMs = fc.integer({ min: 0, max: 9_999_999_999_999 })
const txId = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((b) => Buffer.from(b).toString('hex'))
const patientId = 'a'.repeat(32)

t.test('an event id is parsed back to what it was made of', (t) => {
  fc.assert(fc.property(timeMs, txId, (time, tx) => {
    const parsed = parseEventId(createEventId(patientId, time, tx))
    return parsed?.patientId === patientId && parsed.timeMs === time && parsed.txId === tx
  }))
  for (const broken of [
    '', 'a.b.c', createEventId('A'.repeat(32), 0, '0'.repeat(64)), createEventId(patientId, 0, 'xyz')
  ]) t.equal(parseEventId(broken), undefined)
  t.end()
})

t.test('event keys sort as their times do', (t) => {
  const sortable = (time: number): string => createEventTime(time).join('\0')
  fc.assert(
    fc.property(timeMs, timeMs, (a, b) => Math.sign(a - b) === (sortable(a) < sortable(b) ? -1 : sortable(a) > sortable(b) ? 1 : 0))
  )
  t.end()
})

t.test('a day is the UTC day', (t) => {
  t.equal(dayOf(Date.UTC(2026, 10, 23, 23, 59, 59, 999)), '20261123')
  t.equal(dayOf(Date.UTC(2026, 10, 24)), '20261124')
  t.end()
})

t.test('versions sort as numbers, up to the largest', (t) => {
  const names = [1, 9, 10, 99, 100, 1_000_000].map((v) => LEDGER_KEYS.record('00'.repeat(16), v).attributes.join('\0'))
  t.strictSame([...names].sort(), names)
  t.end()
})

t.test('no two kinds of keys share an object type', (t) => {
  const id = '00'.repeat(32)
  const full = [
    LEDGER_KEYS.network(), LEDGER_KEYS.networkDocument(1), LEDGER_KEYS.networkProposal(1, 'M'), LEDGER_KEYS.networkApproval(1, 'M'), LEDGER_KEYS.policy(id),
    LEDGER_KEYS.statement(id), LEDGER_KEYS.directory(patientId, 1), LEDGER_KEYS.directoryHead(patientId),
    LEDGER_KEYS.binding(
      'M',
      's',
      1
    ), LEDGER_KEYS.bindingHead('M', 's'), LEDGER_KEYS.proxy('M'), LEDGER_KEYS.record(id, 1), LEDGER_KEYS.recordHead(id),
    LEDGER_KEYS.patientRecord(
      patientId,
      id,
      1
    ), LEDGER_KEYS.consent(id), LEDGER_KEYS.patientConsent(patientId, id), LEDGER_KEYS.granteeConsent('M', 's', patientId, id),
    LEDGER_KEYS.consentEnd(
      patientId,
      id
    ), LEDGER_KEYS.custody(id, 'M'), LEDGER_KEYS.destruction(id, 'M'), LEDGER_KEYS.event(patientId, 0, id),
    LEDGER_KEYS.release(id, 'M', id), LEDGER_KEYS.releaseReceipt(id), LEDGER_KEYS.accusation(id, 'M'),
    LEDGER_KEYS.standing(
      patientId
    ), LEDGER_KEYS.pendingDirectory(
      patientId
    ), LEDGER_KEYS.succession(patientId), LEDGER_KEYS.predecessor(patientId, patientId), LEDGER_KEYS.representations(patientId),
    LEDGER_KEYS.delegates(patientId), LEDGER_KEYS.delegateEnd(patientId, id), LEDGER_KEYS.delegateAct(patientId, id),
    LEDGER_KEYS.guardians(
      patientId,
      1
    ), LEDGER_KEYS.guardiansHead(patientId), LEDGER_KEYS.freeze(patientId, id), LEDGER_KEYS.recoveries(patientId, 1), LEDGER_KEYS.stop(
      patientId,
      id,
      'identity'
    ), LEDGER_KEYS.rewrap(id, 1, id)
  ]
  t.equal(new Set(full.map((k) => k.objectType)).size, full.length)
  t.end()
})

t.test('a range is a prefix of the keys in it', (t) => {
  const within = (range: { objectType: string, attributes: string[] }, key: { objectType: string, attributes: string[] }): boolean =>
    range.objectType === key.objectType &&
      range.attributes.every((a, i) => key.attributes[i] === a) &&
      range.attributes.length < key.attributes.length
  const id = '00'.repeat(32)
  t.ok(within(LEDGER_KEYS.directories(patientId), LEDGER_KEYS.directory(patientId, 1)))
  t.ok(within(LEDGER_KEYS.bindings('M', 's'), LEDGER_KEYS.binding('M', 's', 1)))
  t.ok(within(LEDGER_KEYS.proxies(), LEDGER_KEYS.proxy('M')))
  t.ok(within(LEDGER_KEYS.patientRecords(patientId), LEDGER_KEYS.patientRecord(patientId, id, 1)))
  t.ok(within(LEDGER_KEYS.patientConsents(patientId), LEDGER_KEYS.patientConsent(patientId, id)))
  t.ok(within(LEDGER_KEYS.granteeConsents('M', 's'), LEDGER_KEYS.granteeConsent('M', 's', patientId, id)))
  t.ok(within(LEDGER_KEYS.granteeConsents('M', 's', patientId), LEDGER_KEYS.granteeConsent('M', 's', patientId, id)))
  t.ok(within(LEDGER_KEYS.patientEvents(patientId), LEDGER_KEYS.event(patientId, 0, id)))
  t.ok(within(LEDGER_KEYS.releases(id, 'M'), LEDGER_KEYS.release(id, 'M', id)))
  t.ok(within(LEDGER_KEYS.accusations(id), LEDGER_KEYS.accusation(id, 'M')))
  t.ok(within(LEDGER_KEYS.predecessors(patientId), LEDGER_KEYS.predecessor(patientId, patientId)))
  t.end()
})
