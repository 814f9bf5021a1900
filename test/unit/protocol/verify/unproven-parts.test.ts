import t from 'tap'
import { SecretKey, cosignStatement, randomBytes, signStatement, statementId, toHex } from '@epione/crypto'
import type { PatientDirectory, StatementType, StoredStatement } from '@epione/protocol'
import { StatementReader, findSignatory, isInTime, verifyDirectory } from '@epione/protocol/verify'
import type { VerifiedDirectory } from '@epione/protocol/verify'
import { createPatient, directoryMembers } from '../../../helpers/ledger-fixtures.ts'

/* A patient's identity key changes; a hospital had the change endorsed at once, and brought it to the orderers later. */

const networkId = randomBytes(32)
const reader = new StatementReader(networkId)
const patient = createPatient()
const renewed = SecretKey.random()
const FIRST = 1_700_000_000_000
const CHANGED = FIRST + 86_400_000
const MINUTE = 60_000
const bounded = { submitBefore: FIRST + 1 }
const hex = (key: SecretKey): string => key.publicKey().toHex()

function stored (type: StatementType, members: object, time: number, ...keys: SecretKey[]): StoredStatement {
  const body = { type, nonce: toHex(randomBytes(16)), issuedAt: FIRST, ...members }
  const [first = SecretKey.random(), ...others] = keys
  const statement = others.reduce(
    (signed, key) => cosignStatement(signed, networkId, key), signStatement({ type, networkId, body, keys: [first] })
  )
  return { id: statementId(statement.body), statement, txId: 'ab'.repeat(32), time, submittedBy: 'CoreMSP' }
}

const first = stored('KeyDirectory', { ...bounded, ...directoryMembers(patient) }, FIRST, patient.identity)
const second = stored('KeyDirectory', {
  ...bounded, ...directoryMembers(patient), version: 2, previous: first.id, identityKey: hex(renewed)
}, CHANGED, patient.identity, renewed)

const verify = (more: Partial<PatientDirectory>): VerifiedDirectory =>
  verifyDirectory({ patientId: patient.patientId, versions: [first, second], ...more }, patient.patientId, reader)

const representative = SecretKey.random()
const represent = (time: number, ...keys: SecretKey[]): StoredStatement => stored('Representation', {
  ...bounded,
  patientId: patient.patientId,
  representativeKey: hex(representative),
  receivingKey: hex(SecretKey.random()),
  relation: 'prn',
  notAfter: CHANGED + 86_400_000
}, time, ...keys, representative)

t.test('a representation taken before a change that seems older leaves the patient their keys, and nobody acts under it', (t) => {
  const representation = represent(CHANGED + 2 * MINUTE, patient.identity)
  const { identityKey, representations } = verify({ representations: [{ representation }] })
  t.equal(identityKey, hex(renewed))
  t.strictSame(representations, [])
  t.end()
})

t.test('so do one that a stranger names, another patient\'s, and a second one with the same key', (t) => {
  const wanted = represent(FIRST, patient.identity)
  const ofAnother = { ...JSON.parse(wanted.statement.body) as object, patientId: createPatient().patientId }
  const foreign = stored('Representation', ofAnother, FIRST, patient.identity, representative)
  const shown = [represent(FIRST, SecretKey.random()), foreign, wanted, represent(FIRST, patient.identity)]
  const { representations } = verify({ representations: shown.map((representation) => ({ representation })) })
  t.strictSame(representations.map(({ id }) => id), [wanted.id])
  t.end()
})

t.test('an end that seems signed with a former key counts all the same', (t) => {
  const representation = represent(CHANGED, renewed)
  const members = { patientId: patient.patientId, representationId: representation.id }
  const end = stored('RepresentationEnd', members, CHANGED + 2 * MINUTE, patient.identity)
  const directory = verify({ representations: [{ representation, end: { statement: end } }] })
  t.match(directory.representations, [{ endedAt: CHANGED + 2 * MINUTE }])
  t.equal(findSignatory(directory, [hex(representative)], CHANGED + 10 * MINUTE), undefined)
  t.end()
})

t.test('another identity key ends what the former one named, however near their times are', (t) => {
  for (const time of [CHANGED - 1, CHANGED, CHANGED + MINUTE]) {
    const directory = verify({ representations: [{ representation: represent(time, patient.identity) }] })
    t.match(directory.representations, [{ endedAt: CHANGED }], String(time - CHANGED))
    t.notOk(directory.representations.some((r) => isInTime(r, CHANGED + 2 * MINUTE)))
  }
  t.end()
})

t.test('a hand-over to the patient that seems signed with a former key makes nobody an heir, and leaves the patient their keys', (t) => {
  const former = createPatient()
  const members = { ...bounded, patientId: former.patientId, successor: patient.patientId }
  const handOver = stored('Succession', members, CHANGED + 2 * MINUTE, former.identity, patient.identity)
  const { identityKey, predecessors } = verify({ predecessors: [handOver] })
  t.equal(identityKey, hex(renewed))
  t.strictSame(predecessors, [])
  t.end()
})
