import { deriveKeyRing, generatePhrase, makeBackup, patientIdOf, statementId, toHex } from '@epione/crypto'
import type { SecretKey } from '@epione/crypto'
import type { SignedStatement } from '@epione/protocol'
import { createPatient, directoryMembers, keyHex, sign } from './ledger-fixtures.ts'
import type { TestPatient } from './ledger-fixtures.ts'
import type { LedgerWorld } from './ledger-world.ts'
import { createGuardian } from './lifetime-fixtures.ts'
import type { TestGuardian } from './lifetime-fixtures.ts'

/** A patient whose keys come from a phrase. */
export interface Owner extends TestPatient { phrase: string }
export interface TestEscrow { backup: string, shares: string[] }
/** An issue of guardians with a real backup, as a patient sends it to hospitals. */
export interface Issue {
  statement: SignedStatement
  id: string
  issue: number
  escrow: TestEscrow
  guardians: [TestGuardian, TestGuardian, TestGuardian]
  shareHashes: Uint8Array[]
}

/** A patient whose keys come from a phrase, with a directory on the ledger. */
export async function publishOwner (world: LedgerWorld): Promise<Owner> {
  const phrase = generatePhrase()
  const identity = deriveKeyRing(phrase).identity()
  const patient = { ...createPatient(), identity, patientId: patientIdOf(identity.publicKey()) }
  const { value } = await world.registrar('CoreMSP').ledger.publishDirectory(
    sign(world, 'KeyDirectory', directoryMembers(patient), identity)
  )
  return { ...patient, phrase, directoryId: value.id }
}

/** Two of three guardians, with a real backup of the phrase. */
export async function prepareIssue (
  world: LedgerWorld,
  { patientId, phrase, identity }: Owner,
  former?: Pick<Issue, 'issue' | 'id'>,
  signer: SecretKey = identity
): Promise<Issue> {
  const guardians: Issue['guardians'] = [createGuardian(), createGuardian(), createGuardian()]
  const issue = (former?.issue ?? 0) + 1
  const {
    backup,
    backupHash,
    shares
  } = await makeBackup({ patientId, issue, threshold: 2, guardians: guardians.map((g) => g.receiving.publicKey()), phrase })
  const hashes = shares.map(({ shareHash, sealedHash }) => ({ shareHash: toHex(shareHash), sealedHash: toHex(sealedHash) }))
  const statement = sign(world, 'Guardians', {
    patientId,
    issue,
    ...(former !== undefined && { previous: former.id }),
    threshold: 2,
    guardians: guardians.map((g, i) =>
      ({ signingKey: keyHex(g.signing), receivingKey: keyHex(g.receiving), ...(hashes[i] ?? { shareHash: '', sealedHash: '' }) })),
    backupHash: toHex(backupHash)
  }, signer)
  return {
    statement,
    id: statementId(statement.body),
    issue,
    escrow: { backup: toHex(backup), shares: shares.map((s) => toHex(s.sealed)) },
    guardians,
    shareHashes: shares.map((s) => s.shareHash)
  }
}
