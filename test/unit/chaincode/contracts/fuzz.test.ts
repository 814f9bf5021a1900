import t from 'tap'
import fc from 'fast-check'
import { LedgerError, TRANSACTIONS } from '@epione/protocol'
import {
  createConsent, createManifest, activateConsent, bindPractitioner, directoryMembers, publishPatient, registerRecord,
  requestMembers, sign, signCustody
} from '../../../helpers/ledger-fixtures.ts'
import {
  createDelegate, createGuardian, createRepresentation, createRewrap, guardiansMembers, publishGuardians, twoOf
} from '../../../helpers/lifetime-fixtures.ts'
import { addDevice, SegmentMaker, signDevice } from '../../../helpers/device-fixtures.ts'
import { createIndex, createSearchKey } from '../../../helpers/search-fixtures.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'
import type { TransactionName } from '@epione/protocol'
import type { SecretKey } from '@epione/crypto'
import type { LedgerIdentity } from '../../../helpers/memory-ledger.ts'

const RUNS = process.env['SLOW'] === '1' ? 5000 : 200
const IDENTITIES: LedgerIdentity[] = [
  { mspId: 'CoreMSP', staffId: 'gateway', role: 'gateway' },
  { mspId: 'CoreMSP', staffId: 'registrar', role: 'registrar' },
  { mspId: 'CoreMSP', staffId: 'admin', admin: true },
  { mspId: 'CoreMSP', staffId: 'staff-1', role: 'physician' },
  { mspId: 'CoreMSP', staffId: 'auditor', role: 'auditor', scope: 'consortium' }
]
/** Arguments of queries; every other transaction has one. */
const QUERY_ARGUMENTS: Partial<Record<TransactionName, number>> = {
  'Network:Get': 0,
  'Network:ListProposals': 0,
  'Network:Propose': 2,
  'Directory:GetProxies': 0,
  'Directory:GetBinding': 2,
  'Records:Get': 2,
  'Records:ListByPatient': 3,
  'Devices:Get': 2,
  'Devices:ListByPatient': 3,
  'Access:Beat': 0,
  'Search:FindKeys': 2,
  'Search:ListKeys': 3,
  'Search:ListHeads': 4,
  'Consents:ListByPatient': 3,
  'Consents:ListByGrantee': 5,
  'Consents:ListByDepartment': 5,
  'Departments:Get': 3,
  'Access:ListByPatient': 5,
  'Access:GetNotes': 2,
  'Anchors:Head': 0,
  'Anchors:List': 2
}
const transactions = Object.values(TRANSACTIONS)

/** Whatever comes from outside, a contract refuses it with a code that says what to do. */
async function isAnswered (call: Promise<unknown>): Promise<boolean> {
  try {
    await call
    return true
  } catch (error) {
    return error instanceof LedgerError && error.code !== 'INTERNAL'
  }
}

const bodyOf = ({ body }: { body: string }): object => JSON.parse(body) as object

const world = await createMemoryWorld()
const ports = IDENTITIES.map((identity) => world.memory.portFor(identity))

await t.test('no text as an argument makes a contract fail', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.constantFrom('', '0', '1', '-1', '1e3', 'null', '[]', '{}', 'a'.repeat(32), '00'.repeat(32), 'CoreMSP', '\0', '\u{10ffff}')
  )
  await fc.assert(fc.asyncProperty(fc.constantFrom(...transactions), fc.constantFrom(...ports), fc.array(text, {
    minLength: 6,
    maxLength: 6
  }), (transaction, port, args) =>
    isAnswered(port.submit(transaction, args.slice(0, QUERY_ARGUMENTS[transaction] ?? 1)))), { numRuns: RUNS * 5 })
})

await t.test('no signed statement with strange members makes a contract fail', async () => {
  const author = await bindPractitioner(world)
  const patient = await publishPatient(world)
  const record = await registerRecord(world, author, patient)
  const consent = await activateConsent(world, patient, author)
  const custody = JSON.parse(signCustody(world, consent, 'CoreMSP').body) as object
  const proxy = world.proxySigner('CoreMSP')
  const revocation = { patientId: patient.patientId, consentId: consent.consentId }
  const successor = await publishPatient(world)
  const guardians = await publishGuardians(world, patient)
  const { patientId } = patient
  const { records: _, ...asked } = requestMembers(author, patient, [], consent.consentId) as { records: object }
  const device = await addDevice(world, patient)
  const maker = new SegmentMaker(world, device)
  const segment = bodyOf(maker.next().statement)
  const follow = { ...asked, action: 'follow', stream: { stream: maker.stream, lastsMs: 1000 } }
  const search = { ...asked, action: 'search', compartments: patient.compartments.map(({ label, epoch }) => ({ label, epoch })) }
  type Sample = [TransactionName, Parameters<typeof sign>[1], object, SecretKey[]]
  const samples: Sample[] = [
    [
      TRANSACTIONS.directoryPublish, 'KeyDirectory',
      { ...directoryMembers(patient), version: 2, previous: patient.directoryId }, [patient.identity]
    ],
    [
      TRANSACTIONS.directoryBind, 'KeyBinding', { mspId: author.mspId, staffId: author.staffId, version: 2 },
      [author.requestSigning, author.receiving]
    ],
    [TRANSACTIONS.recordsRegister, 'RecordManifest', createManifest(author, patient).members, [author.requestSigning]],
    [TRANSACTIONS.recordsRegister, 'RecordManifest', { ...createManifest(author, patient).members, index: createIndex() }, [author.requestSigning]],
    [
      TRANSACTIONS.searchPublishKeys, 'SearchKeys',
      { patientId, directoryVersion: 1, keys: patient.compartments.map((c) => createSearchKey(patient, c).key) }, [patient.identity]
    ],
    [TRANSACTIONS.accessRequest, 'AccessRequest', search, [author.requestSigning]],
    [TRANSACTIONS.accessRequest, 'AccessRequest', follow, [author.requestSigning]],
    [TRANSACTIONS.devicesAdd, 'Device', bodyOf(signDevice(world, patient, {}, device.key).statement), [patient.identity, device.key]],
    [TRANSACTIONS.devicesEnd, 'DeviceEnd', { patientId, deviceId: device.deviceId }, [device.key]],
    [TRANSACTIONS.recordsRegisterSegments, 'RecordManifest', segment, [device.key]],
    [
      TRANSACTIONS.recordsRewrap, 'Rewrap',
      { patientId, recordId: maker.stream, version: 1, label: patient.compartments[1].label, epoch: 1, segment: { root: record.wrapHash } },
      [patient.identity]
    ],
    [
      TRANSACTIONS.accessRecordRelease, 'ReleaseReceipt',
      { mspId: 'CoreMSP', releases: [{ eventId: `${patientId}.1790000000000.${record.wrapHash}`, windows: { first: 1, last: 2 }, end: 'ended' }] }, [proxy]
    ],
    [TRANSACTIONS.consentsGrant, 'Consent', createConsent(world, patient, author).members, [patient.identity]],
    [TRANSACTIONS.consentsRevoke, 'Revocation', revocation, [patient.identity]],
    [TRANSACTIONS.consentsForbid, 'Prohibition', { patientId, forbids: { levels: ['V'] }, notAfter: world.now() * 2 }, [patient.identity]],
    [TRANSACTIONS.consentsConfirmCustody, 'CustodyConfirmation', custody, [proxy]],
    [TRANSACTIONS.consentsConfirmDestruction, 'Destruction', { ...custody, cause: 'revoked' }, [proxy]],
    [TRANSACTIONS.accessRequest, 'AccessRequest', requestMembers(author, patient, [record], consent.consentId), [author.requestSigning]],
    [TRANSACTIONS.accessRecordRelease, 'ReleaseReceipt', { mspId: 'CoreMSP', releases: [] }, [proxy]],
    [TRANSACTIONS.recordsRewrap, 'Rewrap', createRewrap(patient, record, patient.compartments[1]).members, [patient.identity]],
    [TRANSACTIONS.recordsErase, 'Erasure', { patientId, records: [{ recordId: record.recordId }] }, [patient.identity]],
    [
      TRANSACTIONS.recordsWithdraw, 'Withdrawal',
      { patientId, recordId: record.recordId, version: 1, manifestId: record.manifestId, cause: 'wrong-patient' }, [author.requestSigning]
    ],
    [
      TRANSACTIONS.recordsConfirmDestruction, 'Destruction',
      { mspId: 'CoreMSP', cause: 'erased', orderId: record.manifestId, wrapHashes: [record.wrapHash], backupsGoneBy: 1 }, [proxy]
    ],
    [
      TRANSACTIONS.recoveryPublishGuardians, 'Guardians',
      guardiansMembers(patient, [createGuardian(), createGuardian()], guardians), [patient.identity]
    ],
    [
      TRANSACTIONS.recoveryRequest, 'RecoveryRequest',
      { patientId, issue: 1, receivingKey: patient.identity.publicKey().toHex() }, twoOf(guardians)
    ],
    [TRANSACTIONS.recoveryStop, 'RecoveryStop', { patientId, target: patient.directoryId }, [patient.identity]],
    [TRANSACTIONS.recoveryFreeze, 'Freeze', { patientId }, twoOf(guardians)],
    [TRANSACTIONS.recoveryUnfreeze, 'Unfreeze', { patientId, freezeId: patient.directoryId }, twoOf(guardians)],
    [TRANSACTIONS.directorySucceed, 'Succession', { patientId, successor: successor.patientId }, [patient.identity, successor.identity]],
    [
      TRANSACTIONS.directoryRepresent, 'Representation',
      createRepresentation(world, patient).members,
      [patient.identity]
    ],
    [TRANSACTIONS.directoryEndRepresentation, 'RepresentationEnd', { patientId, representationId: patient.directoryId }, [patient.identity]],
    [TRANSACTIONS.directoryDelegate, 'Delegate', createDelegate(world, patient).members, [patient.identity]]
  ]
  const own = world.memory.portFor({ mspId: author.mspId, staffId: author.staffId, role: 'physician' })
  const value = fc.oneof(
    fc.integer(),
    fc.constantFrom(0, 2 ** 53 - 1, '', null, true, [], {}, 'x', '00'.repeat(32), [{}], [[]]),
    fc.string()
  )
  const change = fc.tuple(fc.constantFrom(...samples), fc.nat(), value, fc.boolean())
  await fc.assert(fc.asyncProperty(change, fc.constantFrom(own, ...ports), async (
    [[transaction, type, members, keys], index, strange, remove],
    port
  ) => {
    const names = Object.keys(members)
    const name = names[index % names.length] ?? ''
    const { type: _, nonce: __, issuedAt: ___, submitBefore: ____, ...rest } = members as Record<string, unknown>
    const changed = remove
      ? Object.fromEntries(Object.entries(rest).filter(([n]) => n !== name))
      : { ...rest, [name === 'type' ? 'nonce' : name]: strange }
    const statement = sign(world, type, changed, ...keys)
    const argument = transaction === TRANSACTIONS.recordsRegisterSegments ? [statement] : statement
    return isAnswered(port.submit(transaction, [JSON.stringify(argument)]))
  }), { numRuns: RUNS * 2 })
})
