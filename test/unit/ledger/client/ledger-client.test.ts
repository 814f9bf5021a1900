import t from 'tap'
import { LedgerClient, ReadConflict } from '@epione/ledger/client'
import { LedgerError, TRANSACTIONS } from '@epione/protocol'
import { documentOf, signFounding } from '../../../helpers/founding.ts'
import type { LedgerPort } from '@epione/ledger/client'
import type { Test } from 'tap'

const statement = { body: '{}', signatures: [] }
const committed = (value: object): { result: Uint8Array, txId: string, blockNumber: bigint } => ({ result: Buffer.from(JSON.stringify(value)), txId: 'tx', blockNumber: 7n })

/** A port that answers with what `answers` yields in turn, and what it was asked. */
function createPort (answers: (object | Error)[]): { port: LedgerPort, calls: [string, ...string[]][] } {
  const calls: [string, ...string[]][] = []
  const answer = (transaction: string, args: string[]): Promise<object> => {
    calls.push([transaction, ...args])
    const next = answers.shift() ?? {}
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next)
  }
  return {
    calls,
    port: {
      submit: async (transaction, args) => committed(await answer(transaction, args)),
      evaluate: async (transaction, args) => Buffer.from(JSON.stringify(await answer(transaction, args)))
    }
  }
}

t.test('a submit returns the value with its transaction and block', async (t) => {
  const { port, calls } = createPort([{ id: 'x' }])
  t.strictSame(await new LedgerClient(port).revokeConsent(statement), { value: { id: 'x' }, txId: 'tx', blockNumber: 7n })
  t.strictSame(calls, [['Consents:Revoke', JSON.stringify(statement)]])
})

t.test('a read conflict is tried again, with a new transaction', async (t) => {
  const { port, calls } = createPort([new ReadConflict('a'), new ReadConflict('b'), { id: 'x' }])
  t.strictSame((await new LedgerClient(port).requestAccess(statement)).value, { id: 'x' })
  t.equal(calls.length, 3)
})

t.test('read conflicts are not tried for ever', async (t) => {
  const { port, calls } = createPort(Array.from({ length: 20 }, () => new ReadConflict('a')))
  await t.rejects(new LedgerClient(port).requestAccess(statement), { code: 'READ_CONFLICT', txId: 'a' })
  t.equal(calls.length, 6)
})

t.test('nothing else is tried again', async (t: Test) => {
  for (const failure of [new LedgerError('RECORD_EXISTS', 'x'), new Error('no answer')]) {
    const { port, calls } = createPort([failure])
    await t.rejects(new LedgerClient(port).registerRecord(statement), failure)
    t.equal(calls.length, 1)
  }
  const { port, calls } = createPort([new ReadConflict('a')])
  await t.rejects(new LedgerClient(port).getNetwork(), { code: 'READ_CONFLICT' })
  t.equal(calls.length, 1, 'a query reads nothing that could conflict')
})

t.test('every transaction has its method, and arguments in their order', async (t) => {
  const { port, calls } = createPort([])
  const client = new LedgerClient(port)
  const submitted = signFounding(documentOf('00'.repeat(32), ['CoreMSP']))
  const proxy = { encryptionKey: '', signingKey: '', gatewayUrl: '' }
  const answer = { body: { eventId: '', wrapHash: '', consentId: '', kfragId: '', receivingKey: '', cfrag: '' }, signature: '' }
  const accusation = { eventId: 'e', mspId: 'M', recordId: 'r', version: 1, answer, wrap: { capsule: '', ciphertextHash: '' } }
  const anchor = { batch: 1, firstBlock: 0, lastBlock: 2, root: 'r', chainId: 5, contract: 'c', transactionHash: 't', evmBlock: 9 }
  const json = JSON.stringify(statement)
  await client.found(submitted)
  await client.getNetwork()
  await client.getNetworkDocument(2)
  await client.proposeNetwork(statement)
  await client.approveNetwork(statement)
  await client.publishDirectory(statement)
  await client.getDirectory('p')
  await client.bindKeys(statement)
  await client.getBinding('M', 's')
  await client.registerProxy(proxy)
  await client.getProxies()
  await client.findStatement('i')
  await client.activateDirectory('p')
  await client.succeedPatient(statement)
  await client.representPatient(statement)
  await client.publishGuardians(statement)
  await client.requestRecovery(statement)
  await client.stopRecovery(statement)
  await client.stopRecoveryInPerson({ patientId: 'p', target: 't' })
  await client.freezePatient(statement)
  await client.unfreezePatient(statement)
  await client.getSafety('p')
  await client.registerRecord(statement)
  await client.rewrapRecord(statement)
  await client.getRecord('r', 2)
  await client.getRecord('r')
  await client.findWraps(['h'])
  await client.listRecords('p', { pageSize: 3, bookmark: 'b' })
  await client.grantConsent(statement)
  await client.revokeConsent(statement)
  await client.confirmCustody(statement)
  await client.confirmDestruction(statement)
  await client.getConsent('c')
  await client.listConsentsByPatient('p')
  await client.listConsentsByGrantee('M', 's', { patientId: 'p', pageSize: 1 })
  await client.requestAccess(statement)
  await client.getAccess('e')
  await client.listAccessByPatient('p', { fromMs: 1, toMs: 2, pageSize: 3, bookmark: 'b' })
  await client.listAccessByActor('M', 's', { toMs: 2 })
  await client.listAccessByTime()
  await client.recordRelease(statement)
  await client.accuse(accusation)
  await client.listAccusations('e')
  await client.recordAnchor(anchor)
  await client.getAnchor(7)
  await client.getAnchorHeads()
  await client.listAnchors({ pageSize: 3 })
  t.strictSame(calls, [
    ['Network:Found', JSON.stringify(submitted)],
    ['Network:Get'],
    ['Network:GetDocument', '2'],
    ['Network:Propose', json],
    ['Network:Approve', json],
    ['Directory:Publish', json],
    ['Directory:GetPatient', 'p'],
    ['Directory:Bind', json],
    ['Directory:GetBinding', 'M', 's'],
    ['Directory:RegisterProxy', JSON.stringify(proxy)],
    ['Directory:GetProxies'],
    ['Directory:FindStatement', 'i'],
    ['Directory:Activate', 'p'],
    ['Directory:Succeed', json],
    ['Directory:Represent', json],
    ['Recovery:PublishGuardians', json],
    ['Recovery:Request', json],
    ['Recovery:Stop', json],
    ['Recovery:StopInPerson', '{"patientId":"p","target":"t"}'],
    ['Recovery:Freeze', json],
    ['Recovery:Unfreeze', json],
    ['Recovery:GetPatient', 'p'],
    ['Records:Register', json],
    ['Records:Rewrap', json],
    ['Records:Get', 'r', '2'],
    ['Records:Get', 'r', ''],
    ['Records:FindWraps', '["h"]'],
    ['Records:ListByPatient', 'p', '3', 'b'],
    ['Consents:Grant', json],
    ['Consents:Revoke', json],
    ['Consents:ConfirmCustody', json],
    ['Consents:ConfirmDestruction', json],
    ['Consents:Get', 'c'],
    ['Consents:ListByPatient', 'p', '', ''],
    ['Consents:ListByGrantee', 'M', 's', 'p', '1', ''],
    ['Access:Request', json],
    ['Access:Get', 'e'],
    ['Access:ListByPatient', 'p', '1', '2', '3', 'b'],
    ['Access:ListByActor', 'M', 's', '', '2', '', ''],
    ['Access:ListByTime', '', '', '', ''],
    ['Access:RecordRelease', json],
    ['Access:Accuse', JSON.stringify(accusation)],
    ['Access:ListAccusations', 'e'],
    ['Anchors:Record', JSON.stringify(anchor)],
    ['Anchors:Get', '7'],
    ['Anchors:Head'],
    ['Anchors:List', '3', '']
  ])
  t.strictSame(new Set(calls.map(([name]) => name)), new Set(Object.values(TRANSACTIONS)))
})
