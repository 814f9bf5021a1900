import t from 'tap'
import type { Consent, DepartmentState, Membership, StoredStatement } from '@epione/protocol'
import type { StatementReader } from '@epione/protocol/verify'
import { departmentThen } from '../../../gateway/src/access/facts-then.ts'

const NEWEST = 500
const consent = { body: { grantee: { kind: 'department', mspId: 'CoreMSP', department: 'icu' } } as Consent }
const reader = {
  readStored: (_type: string, { statement }: StoredStatement) => ({ body: JSON.parse(statement.body) as Membership })
} as unknown as StatementReader

/** A department that had a version in each block, as it stood before `block`, and how often the ledger was asked. */
async function askAt (block: number, newest = NEWEST): Promise<{ keyVersion: number | undefined, reads: number }> {
  let reads = 0
  const getDepartment = (mspId: string, department: string, version = newest): Promise<DepartmentState> => {
    reads += 1
    const body = JSON.stringify({ version, receivingKey: `key ${String(version)}`, members: [{ staffId: `dr-${String(version)}` }] })
    const membership = { id: '', statement: { body, signatures: [] }, txId: String(version), time: 0, submittedBy: mspId }
    return Promise.resolve({ membership, signer: department, keyVersion: version })
  }
  const isBefore = ({ txId }: { txId: string }): Promise<boolean> => Promise.resolve(Number(txId) < block)
  const facts = await departmentThen({ ledger: { getDepartment }, reader, isBefore }, consent)
  if (facts !== undefined) t.strictSame(facts.members, [`dr-${String(facts.keyVersion)}`], 'members and key of one version')
  return { keyVersion: facts?.keyVersion, reads }
}

t.test('a department is told as it was, however often it changed since', async (t) => {
  for (const block of [2, 3, 4, 100, 250, 251, NEWEST - 1, NEWEST]) {
    const { keyVersion, reads } = await askAt(block)
    t.equal(keyVersion, block - 1)
    t.ok(reads <= 10, `${String(reads)} reads for block ${String(block)}`)
  }
  t.strictSame(await askAt(NEWEST + 1), { keyVersion: NEWEST, reads: 1 }, 'the present one is asked for first')
})

t.test('before its first version there was none', async (t) => {
  t.equal((await askAt(1)).keyVersion, undefined)
  t.strictSame(await askAt(1, 1), { keyVersion: undefined, reads: 1 })
  t.strictSame(await askAt(2, 1), { keyVersion: 1, reads: 1 })
})
