import t from 'tap'
import { SecretKey, cosignStatement, randomBytes, signStatement, statementId, toHex } from '@epione/crypto'
import type { PatientDirectory, SignedStatement } from '@epione/protocol'
import { StatementReader, patientSigner, verifyDirectory } from '@epione/protocol/verify'
import type { VerifiedDirectory } from '@epione/protocol/verify'
import { createPatient, directoryMembers } from '../../../helpers/ledger-fixtures.ts'
import type { TestPatient } from '../../../helpers/ledger-fixtures.ts'

/* A directory whose identity key changed, as a peer may show it. */

const networkId = randomBytes(32)
const reader = new StatementReader(networkId)
const patient = createPatient()
const renewed: TestPatient = { ...patient, identity: SecretKey.random() }
const stranger = SecretKey.random()
/** When the versions came into force. */
const FIRST = 1_700_000_000_000
const SECOND = FIRST + 86_400_000
const MINUTE = 60_000

function version (of: TestPatient, members: object, ...keys: SecretKey[]): SignedStatement {
  const body = {
    type: 'KeyDirectory',
    nonce: toHex(randomBytes(16)),
    issuedAt: FIRST,
    submitBefore: FIRST + 1,
    ...directoryMembers(of),
    ...members
  }
  const [first, ...others] = keys
  if (first === undefined) throw new Error('a statement needs a signer')
  return others.reduce<SignedStatement>(
    (statement, key) => cosign(statement, key),
    signStatement({ type: 'KeyDirectory', networkId, body, keys: [first] })
  )
}

const cosign = (
  statement: SignedStatement,
  key: SecretKey
): SignedStatement => cosignStatement({ ...statement, signatures: [...statement.signatures] }, networkId, key)

function shown (...versions: [SignedStatement, number][]): PatientDirectory {
  return {
    patientId: patient.patientId,
    versions: versions.map(([statement, time]) =>
      ({ id: statementId(statement.body), statement, txId: 'ab'.repeat(32), time, submittedBy: 'CoreMSP' }))
  }
}

const first = version(patient, {}, patient.identity)
const previous = statementId(first.body)
const verify = (
  second: SignedStatement
): VerifiedDirectory => verifyDirectory(shown([first, FIRST], [second, SECOND]), patient.patientId, reader)

t.test('a new identity key signed by the former one and by itself is in force', (t) => {
  const directory = verify(version(renewed, { version: 2, previous }, patient.identity, renewed.identity))
  t.equal(directory.identityKey, renewed.identity.publicKey().toHex())
  t.equal(directory.newest.version, 2)
  t.end()
})

t.test('one that either key did not sign is refused', (t) => {
  for (const signer of [patient.identity, renewed.identity, stranger]) {
    t.throws(() => verify(version(renewed, { version: 2, previous }, signer)), {
      code: 'SIGNER_WRONG',
      subject: { kind: 'directory', name: patient.patientId }
    })
  }
  t.throws(() => verify(version(renewed, { version: 2, previous }, stranger, renewed.identity)), { code: 'SIGNER_WRONG' })
  t.throws(
    () => verify(version(renewed, { version: 2, previous }, patient.identity, renewed.identity, stranger)),
    { code: 'SIGNER_WRONG' },
    'nor with a third key'
  )
  t.end()
})

t.test('one that does not follow the version before is refused, whoever signed it', (t) => {
  t.throws(() => verify(version(renewed, { version: 2, previous: 'cd'.repeat(32) }, patient.identity, renewed.identity)), {
    code: 'CHAIN_BROKEN'
  })
  t.throws(() => verify(version(renewed, { version: 3, previous }, patient.identity, renewed.identity)), { code: 'CHAIN_BROKEN' })
  t.throws(
    () => verifyDirectory(shown([version(renewed, {}, renewed.identity), FIRST]), patient.patientId, reader),
    { code: 'PATIENT_ID_MISMATCH' },
    'a first key of another patient id'
  )
  t.end()
})

t.test('each identity key speaks for the patient while it was in force', (t) => {
  const directory = verify(version(renewed, { version: 2, previous }, patient.identity, renewed.identity))
  const hasSigned = (
    signers: readonly SecretKey[],
    time: number
  ): boolean => patientSigner(directory, signers.map((key) => key.publicKey().toHex()), time) !== undefined
  const [former, present] = [[patient.identity], [renewed.identity]]
  t.ok(hasSigned(former, FIRST))
  t.ok(hasSigned(former, SECOND - 1))
  t.notOk(hasSigned(present, SECOND - 2 * MINUTE), 'not before it was activated')
  t.ok(hasSigned(present, SECOND))
  t.notOk(hasSigned(former, SECOND + 2 * MINUTE), 'not after it was replaced')
  t.ok(hasSigned(former, SECOND + MINUTE), 'clocks of two submitters may differ')
  t.notOk(hasSigned(former, FIRST - 2 * MINUTE), 'not before there was a directory')
  t.notOk(hasSigned([stranger], FIRST))
  t.notOk(hasSigned([patient.identity, stranger], FIRST), 'nor together with somebody else')
  t.end()
})
