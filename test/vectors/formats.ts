import { batchBytes, canonicalize, SecretKey, statementId, toHex } from '@epione/crypto'
import { streamIdOf } from '@epione/protocol'
import type { StatementType } from '@epione/protocol'
import { seeded } from '../unit/crypto/support.ts'

/** One example of a format: `id` = SHA-256 of the canonical text (of an answer, what its signature is over). */
export interface FormatVector { type: StatementType | 'OrganizationKeys' | 'Answer', name: string, canonical: string, id: string }

/** Examples of every statement and of an answer; where a member, or a value of one, is of a feature to come, one with it. */
export function makeFormatVectors (): FormatVector[] {
  const rng = seeded('epione/formats')
  const hex = (bytes: number) => (): string => toHex(rng(bytes))
  const [hash, id] = [hex(32), hex(16)]
  const key = (): string => SecretKey.random(rng).publicKey().toHex()
  const start = 1_790_000_000_000
  const [minute, day] = [60_000, 86_400_000]
  const patientId = 'a2b3c4d5e6f7'.repeat(3).slice(0, 32)
  const eventId = (): string => `${patientId}.${String(start)}.${hash()}`
  const person = { mspId: 'Regional1MSP', staffId: 'staff-1' }
  const colleague = { mspId: 'Regional1MSP', staffId: 'staff-2' }
  const reviewer = { mspId: 'CoreMSP', staffId: 'staff-3' }
  const cid = `b${'a2'.repeat(29)}`
  const label = hash()
  const version = (): object => ({ recordId: id(), version: 1 })

  const vectors: FormatVector[] = []
  const add = (type: FormatVector['type'], name: string, body: object): void => {
    const canonical = canonicalize(body)
    vectors.push({ type, name, canonical, id: statementId(canonical) })
  }
  const unbounded = (
    type: StatementType | 'OrganizationKeys',
    members: object,
    name = 'plain'
  ): void => { add(type, name, { type, nonce: id(), issuedAt: start, ...members }) }
  const bounded = (
    type: StatementType | 'OrganizationKeys',
    members: object,
    name = 'plain'
  ): void => { unbounded(type, { submitBefore: start + 15 * minute, ...members }, name) }

  const index = (): object => ({ hash: hash(), key: key(), issue: 2, truncated: false })

  bounded('KeyDirectory', {
    patientId,
    version: 1,
    identityKey: key(),
    kfragSigningKey: key(),
    compartments: [{ label, level: 'N', epoch: 1, key: key() }],
    custodian: 'CoreMSP'
  })
  bounded('Succession', { patientId, successor: 'z'.repeat(32) })
  bounded(
    'Delegate',
    { patientId, delegate: { key: key(), powers: ['read-log', 'revoke', 'freeze'], notAfter: start + day } },
    'a limited key'
  )
  bounded('Delegate', { patientId, ends: hash() }, 'one that ends')
  const session = { patientId, audience: 'https://gateway.core.example', notAfter: start + 5 * minute }
  unbounded('Session', { ...session, record: version() })
  unbounded('Session', { ...session, as: { kind: 'device', deviceId: hash() } }, 'of a device')
  unbounded('Session', { ...session, as: { kind: 'delegate', delegateId: hash() } }, 'of a limited key')
  const card = (more: object): object =>
    ({
      patientId,
      identityKey: key(),
      directoryVersion: 1,
      compartments: [{ category: 'laboratory', label, level: 'N', epoch: 1, key: key(), ...more }]
    })
  unbounded('WriteCard', card({}))
  unbounded('WriteCard', card({ searchKey: { issue: 2, key: key() } }), 'with a search key')

  const content = (): object => ({ contentHash: hash(), cid, wrapHash: hash() })
  const manifest = (author: object): object =>
    ({ patientId, recordId: id(), version: 1, author, label, epoch: 1, sizeClass: 20, mediaClass: 'document' })
  bounded('RecordManifest', { ...manifest({ kind: 'practitioner', ...person }), ...content() })
  bounded('RecordManifest', { ...manifest({ kind: 'patient' }), ...content(), index: index() }, 'with an index entry')
  const [deviceId, rollUpDeviceId] = [hash(), hash()]
  const segment = { ...manifest({ kind: 'device', deviceId }), recordId: streamIdOf(deviceId) }
  bounded(
    'RecordManifest',
    { ...segment, mediaClass: 'signal', segment: { stream: segment.recordId, first: 1, last: 60, root: hash() } },
    'a segment'
  )
  const rolled = { ...manifest({ kind: 'device', deviceId: rollUpDeviceId }), recordId: streamIdOf(rollUpDeviceId, 2) }
  bounded('RecordManifest', {
    ...rolled,
    mediaClass: 'signal',
    segment: { stream: rolled.recordId, first: 1, last: 2, root: hash() },
    summarizes: { stream: id(), every: 'hour', last: 12 }
  }, 'a segment of a roll-up')
  bounded(
    'RecordManifest',
    { ...manifest({ kind: 'patient' }), ...content(), mediaClass: 'signal', summarizes: { stream: id(), every: 'day', last: 3 } },
    'a roll-up'
  )
  const rewrap = { patientId, recordId: id(), version: 1, label, epoch: 2 }
  bounded('Rewrap', { ...rewrap, previousWrapHash: hash(), wrapHash: hash() })
  bounded('Rewrap', { ...rewrap, previousWrapHash: hash(), wrapHash: hash(), index: index() }, 'with the index entry anew')
  bounded('Rewrap', { ...rewrap, segment: { root: hash(), previousRoot: hash() } }, 'of a segment')
  bounded('Erasure', { patientId, records: [{ recordId: id() }, version()] }, 'of records')
  bounded('Erasure', { patientId, compartments: [{ label, epoch: 1 }, { label: hash(), epoch: 3 }] }, 'of compartments')
  bounded('Withdrawal', { patientId, recordId: id(), version: 1, manifestId: hash(), cause: 'wrong-patient' })
  bounded(
    'SearchKeys',
    { patientId, directoryVersion: 1, keys: [{ label, epoch: 1, issue: 1, key: key(), wrapHash: hash() }] },
    'the first issue'
  )
  bounded(
    'SearchKeys',
    { patientId, directoryVersion: 1, keys: [{ label, epoch: 1, issue: 2, key: key(), wrapHash: hash(), former: hex(81)() }] },
    'a later issue'
  )

  const consent = (): object => ({
    patientId,
    directoryVersion: 1,
    grantee: { kind: 'practitioner', ...person, receivingKey: key() },
    compartments: [
      {
        label,
        epoch: 1,
        precursor: { point: key(), proof: hex(65)() },
        shares: ['CoreMSP', 'Regional1MSP', 'Regional2MSP'].map((mspId) => ({ mspId, kfragId: hash(), commitment: key() }))
      }
    ],
    actions: ['read'],
    purposes: ['TREAT'],
    notBefore: start,
    notAfter: start + 30 * day,
    conditions: [{ attribute: 'role', anyOf: ['physician'] }],
    threshold: 2,
    emergency: false
  })
  bounded('Consent', consent())
  bounded('Consent', { ...consent(), actions: ['read', 'search'] }, 'to search')
  bounded('Consent', { ...consent(), actions: ['follow'] }, 'to follow streams')
  bounded(
    'Consent',
    { ...consent(), grantee: { kind: 'department', mspId: 'Regional1MSP', department: 'cardiology', keyVersion: 1, receivingKey: key() } },
    'of a department'
  )
  bounded('Consent', { ...consent(), grade: 'basic' }, 'of the basic grade')
  bounded(
    'Consent',
    {
      ...consent(),
      grade: 'intermediate',
      exceptions: [{ authors: [colleague], dataPeriod: { from: start, until: start + day } }, { records: [id()] }]
    },
    'with exceptions'
  )
  bounded('Consent', { ...consent(), grade: 'intermediate', dataPeriod: { from: start - day, until: start } }, 'of a data period')
  bounded('Consent', { ...consent(), grade: 'advanced', levels: ['N', 'R'] }, 'of levels')
  bounded(
    'Consent',
    {
      ...consent(),
      purposes: ['BTG'],
      emergency: true,
      grantee: { kind: 'organization', mspId: 'CoreMSP', keyVersion: 1, receivingKey: key() }
    },
    'for emergencies'
  )
  unbounded('Revocation', { patientId, consentId: hash() })
  bounded(
    'Prohibition',
    { patientId, forbids: { organizations: ['Regional2MSP'], purposes: ['BTG'] } },
    'break-glass off for one organisation'
  )
  bounded(
    'Prohibition',
    {
      patientId,
      forbids: {
        requesters: [colleague],
        labels: [label],
        levels: ['V'],
        actions: ['read'],
        departments: [{ mspId: 'CoreMSP', department: 'cardiology' }]
      },
      ends: hash(),
      notAfter: start + day
    },
    'in place of another'
  )

  const binding = (): object => ({ ...person, version: 1, receivingKey: key(), requestKey: key() })
  bounded('KeyBinding', binding())
  bounded('KeyBinding', { ...binding(), envelopeKey: key() }, 'with an envelope key')
  bounded(
    'Membership',
    {
      mspId: 'Regional1MSP',
      department: 'cardiology',
      version: 1,
      receivingKey: key(),
      members: [{ staffId: 'staff-1', envelopeHash: hash() }, { staffId: 'staff-2', envelopeHash: hash() }]
    },
    'the first'
  )
  bounded(
    'Membership',
    {
      mspId: 'Regional1MSP',
      department: 'cardiology',
      version: 2,
      previous: hash(),
      receivingKey: key(),
      members: [{ staffId: 'staff-1', envelopeHash: hash() }]
    },
    'after a change'
  )
  unbounded('Suspension', { ...person, target: { kind: 'person' }, cause: 'left' }, 'of a person')
  unbounded('Suspension', { ...person, target: { kind: 'certificate', serial: '0a1b2c' }, cause: 'error' }, 'of a certificate')
  unbounded('Suspension', { ...person, target: { kind: 'key', key: key() }, cause: 'lost' }, 'of a key')
  bounded('OrganizationKeys', { mspId: 'CoreMSP', version: 1, emergencyKey: key() }, 'the first')
  bounded('OrganizationKeys', { mspId: 'CoreMSP', version: 2, previous: hash(), emergencyKey: key() }, 'a later one')

  const request = { requester: person, patientId, consentId: hash(), purpose: 'TREAT', receivingKey: key() }
  bounded('AccessRequest', {
    ...request,
    action: 'read',
    records: [version(), version()],
    reason: { code: 'follow-up', commitment: hash() }
  })
  bounded('AccessRequest', { ...request, action: 'search', compartments: [{ label, epoch: 1 }] }, 'to search')
  bounded('AccessRequest', { ...request, action: 'follow', stream: { stream: id(), lastsMs: 3_600_000 } }, 'to follow a stream')
  const emergency = { ...request, action: 'read', records: [version()], purpose: 'BTG' }
  bounded('AccessRequest', { ...emergency, emergency: { reason: 'threat-to-life', second: 'staff-2' } }, 'that opens a box')
  bounded('AccessRequest', { ...emergency, emergency: { reason: 'cannot-consent', opening: eventId() } }, 'within a box')
  unbounded('EmergencyClose', { requester: person, patientId, opening: eventId() })
  bounded('Review', { reviewer, patientId, opening: eventId(), finding: 'justified', commitment: hash() })

  bounded('CustodyConfirmation', { mspId: 'CoreMSP', consentId: hash(), kfragIds: [hash()] })
  bounded('ReleaseReceipt', { mspId: 'CoreMSP', releases: [{ eventId: eventId(), wrapHashes: [hash()] }] })
  bounded('ReleaseReceipt', { mspId: 'CoreMSP', releases: [{ eventId: eventId(), windows: { first: 61, last: 62 } }] }, 'of a stream')
  bounded('ReleaseReceipt', { mspId: 'CoreMSP', releases: [{ eventId: eventId(), end: 'expired' }] }, 'of the end of a stream')
  const destruction = (): object => ({ mspId: 'CoreMSP', consentId: hash(), kfragIds: [hash()] })
  bounded('Destruction', { ...destruction(), cause: 'revoked' })
  bounded('Destruction', { ...destruction(), cause: 'revoked', backupsGoneBy: start + 30 * day }, 'with the end of backups')
  bounded(
    'Destruction',
    {
      mspId: 'CoreMSP',
      wraps: { count: 2, root: hash() },
      kfrags: { count: 1, root: hash() },
      cause: 'erased',
      orderId: hash(),
      backupsGoneBy: start + 30 * day
    },
    'of erased compartments'
  )
  bounded(
    'Destruction',
    { mspId: 'CoreMSP', wrapHashes: [hash()], cause: 'withdrawn', orderId: hash(), backupsGoneBy: start + 30 * day },
    'of a withdrawn version'
  )

  bounded('Guardians', {
    patientId,
    issue: 1,
    threshold: 2,
    guardians: [0, 1].map(() => ({ signingKey: key(), receivingKey: key(), shareHash: hash(), sealedHash: hash() })),
    backupHash: hash()
  })
  bounded('RecoveryRequest', { patientId, issue: 1, receivingKey: key() })
  unbounded('RecoveryStop', { patientId, target: hash() })
  unbounded('Freeze', { patientId })
  bounded('Unfreeze', { patientId, freezeId: hash() })

  bounded('Device', {
    patientId,
    key: key(),
    label,
    notBefore: start,
    notAfter: start + 365 * day,
    shortestWindowMs: 10_000,
    kindsHash: hash()
  })
  unbounded('DeviceEnd', { patientId, deviceId: hash() })
  const window = { patientId, deviceId, stream: streamIdOf(deviceId), epoch: 1 }
  bounded('Window', { ...window, number: 1, ...content() }, 'the first')
  bounded('Window', { ...window, number: 2, previous: hash(), ...content() }, 'a later one')

  const answer = (): object =>
    ({
      eventId: eventId(),
      wrapHashes: [hash(), hash()].sort(),
      consentId: hash(),
      kfragId: hash(),
      receivingKey: key(),
      cfrags: hex(batchBytes(2))()
    })
  add('Answer', 'plain', answer())
  add('Answer', 'to a search', { ...answer(), heads: { label, writers: 12, root: hash() } })

  bounded(
    'Consent',
    { ...consent(), grade: 'intermediate', exceptions: [{ actions: ['search', 'follow'], purposes: ['BTG'] }] },
    'with an exception of what is to come'
  )
  bounded('Prohibition', { patientId, forbids: { actions: ['search', 'follow'] } }, 'of searches and streams')

  const relatesTo = [{ relation: 'replaces', ...version() }, { relation: 'appends', ...version() }]
  bounded('RecordManifest', { ...manifest({ kind: 'patient' }), ...content(), relatesTo }, 'that replaces another')

  bounded('Representation', { patientId, representativeKey: key(), receivingKey: key(), relation: 'guard', notAfter: start + day })
  unbounded('RepresentationEnd', { patientId, representationId: hash() })
  unbounded('WindowReceipt', { mspId: 'CoreMSP', windowIds: [hash(), hash()] })
  return vectors
}
