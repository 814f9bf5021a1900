import t from 'tap'
import { LedgerClient, ReadConflict } from '@epione/ledger/client'
import { LedgerError, POLICY_1, TRANSACTIONS } from '@epione/protocol'
import { documentOf, signFounding } from '../../../helpers/founding.ts'
import type { LedgerPort } from '@epione/ledger/client'
import type { Test } from 'tap'

const statement = { body: '{}', signatures: [] }
const stored = {
  id: 'a'.repeat(64),
  statement: { body: '{}', signatures: [{ key: `02${'b'.repeat(64)}`, signature: 'c'.repeat(128) }] },
  txId: 'd'.repeat(64),
  time: 1,
  submittedBy: 'M'
}
const committed = (value: object): { result: Uint8Array, txId: string, blockNumber: bigint } =>
  ({ result: Buffer.from(JSON.stringify(value)), txId: 'tx', blockNumber: 7n })

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
  const { port, calls } = createPort([stored])
  t.strictSame(await new LedgerClient(port).revokeConsent(statement), { value: stored, txId: 'tx', blockNumber: 7n })
  t.strictSame(calls, [['Consents:Revoke', JSON.stringify(statement)]])
})

t.test('a read conflict is tried again, with a new transaction', async (t) => {
  const { port, calls } = createPort([new ReadConflict('a'), new ReadConflict('b'), stored])
  t.strictSame((await new LedgerClient(port).revokeConsent(statement)).value, stored)
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

t.test('further members of a result are no fault, another form is one that names its transaction', async (t) => {
  const { port } = createPort([{ ...stored, later: true }, { ...stored, txId: 'no hash' }, { items: [], bookmark: 1 }])
  const client = new LedgerClient(port)
  t.equal((await client.freezePatient(statement)).value.id, stored.id)
  await t.rejects(client.freezePatient(statement), { code: 'LEDGER_RESULT_INVALID', txId: 'tx', message: /Recovery:Freeze/ })
  await t.rejects(client.listAnchors(), { code: 'LEDGER_RESULT_INVALID', txId: undefined })
})

t.test('every transaction has its method, arguments in their order, and a result that is checked', async (t) => {
  const { port, calls } = createPort([])
  const client = new LedgerClient(port)
  const submitted = signFounding(documentOf('00'.repeat(32), ['CoreMSP']))
  const refused = async (result: Promise<unknown>): Promise<void> => { await t.rejects(result, { code: 'LEDGER_RESULT_INVALID' }) }
  const proxy = { encryptionKey: '', signingKey: '', gatewayUrl: '' }
  const answer = { body: { eventId: '', wrapHashes: [''], consentId: '', kfragId: '', receivingKey: '', cfrags: '' }, signature: '' }
  const accusation = { eventId: 'e', mspId: 'M', answer, wraps: [{ place: '', capsule: '', ciphertextHash: '' }] }
  const anchor = { batch: 1, firstBlock: 0, lastBlock: 2, root: 'r', chainId: 5, contract: 'c', transactionHash: 't', evmBlock: 9 }
  const json = JSON.stringify(statement)
  await refused(client.found(submitted))
  await refused(client.getNetwork())
  await refused(client.getNetworkDocument(2))
  await refused(client.proposeNetwork(statement))
  await refused(client.approveNetwork(statement))
  await refused(client.proposeNetwork(statement, POLICY_1))
  await refused(client.getPolicy('h'))
  await refused(client.listNetworkProposals())
  await refused(client.publishDirectory(statement))
  await refused(client.getDirectory('p'))
  await refused(client.bindKeys(statement))
  await refused(client.getBinding('M', 's'))
  await refused(client.suspend(statement))
  await refused(client.suspendStaff({ staffId: 's', target: { kind: 'person' }, cause: 'left' }))
  await refused(client.foundDepartment(statement))
  await refused(client.changeDepartment(statement))
  await refused(client.getDepartment('M', 'd', 1))
  await refused(client.registerProxy(proxy))
  await refused(client.getProxies())
  await refused(client.findStatement('i'))
  await refused(client.activateDirectory('p'))
  await refused(client.succeedPatient(statement))
  await refused(client.representPatient(statement))
  await refused(client.endRepresentation(statement))
  await refused(client.endRepresentationInPerson({ patientId: 'p', representationId: 'r' }))
  await refused(client.changeDelegates(statement))
  await refused(client.publishGuardians(statement))
  await refused(client.requestRecovery(statement))
  await refused(client.stopRecovery(statement))
  await refused(client.stopRecoveryInPerson({ patientId: 'p', target: 't' }))
  await refused(client.freezePatient(statement))
  await refused(client.unfreezePatient(statement))
  await refused(client.getSafety('p'))
  await refused(client.registerRecord(statement))
  await refused(client.registerSegments([statement]))
  await refused(client.addDevice(statement))
  await refused(client.endDevice(statement))
  await refused(client.getDevice('p', 'd'))
  await refused(client.listDevices('p', { pageSize: 3, bookmark: 'b' }))
  await refused(client.rewrapRecord(statement))
  await refused(client.eraseRecords(statement))
  await refused(client.withdrawRecord(statement))
  await refused(client.confirmErased(statement))
  await refused(client.getOrder('o'))
  await refused(client.getRecord('r', 2))
  await refused(client.getRecord('r'))
  await refused(client.listRecords('p', { pageSize: 3, bookmark: 'b' }))
  await refused(client.publishSearchKeys(statement))
  await refused(client.findSearchKeys('p', [{ label: 'l', epoch: 1 }]))
  await refused(client.listSearchKeys('p', { pageSize: 3, bookmark: 'b' }))
  await refused(client.listChainHeads('p', 'l', { pageSize: 3, bookmark: 'b' }))
  await refused(client.grantConsent(statement))
  await refused(client.revokeConsent(statement))
  await refused(client.forbidAccess(statement))
  await refused(client.getStanding('p'))
  await refused(client.confirmCustody(statement))
  await refused(client.confirmDestruction(statement))
  await refused(client.getConsent('c'))
  await refused(client.listConsentsByPatient('p'))
  await refused(client.listConsentsByGrantee('M', 's', { patientId: 'p', pageSize: 1 }))
  await refused(client.listConsentsByDepartment('M', 'd', { patientId: 'p' }))
  await refused(client.requestAccess(statement))
  await refused(client.requestAccessOfAll([statement]))
  await refused(client.beat())
  await refused(client.noteLog({ id: 'a', notes: [] }))
  await refused(client.getNotes('M', 'a'))
  await refused(client.getAccess('e'))
  await refused(client.listAccessByPatient('p', { fromMs: 1, toMs: 2, pageSize: 3, bookmark: 'b' }))
  await refused(client.recordRelease(statement))
  await refused(client.accuse(accusation))
  await refused(client.listReleases('e'))
  await refused(client.listAccusations('e'))
  await refused(client.publishEmergencyKeys(statement))
  await refused(client.getEmergencyKeys('M'))
  await refused(client.closeEmergency(statement))
  await refused(client.reviewEmergency(statement))
  await refused(client.getEmergency('e'))
  await refused(client.recordAnchor(anchor))
  await refused(client.getAnchor(7))
  await refused(client.getAnchorHeads())
  await refused(client.listAnchors({ pageSize: 3 }))
  t.strictSame(calls, [
    ['Network:Found', JSON.stringify(submitted)],
    ['Network:Get'],
    ['Network:GetDocument', '2'],
    ['Network:Propose', json, ''],
    ['Network:Approve', json],
    ['Network:Propose', json, JSON.stringify(POLICY_1)],
    ['Network:GetPolicy', 'h'],
    ['Network:ListProposals'],
    ['Directory:Publish', json],
    ['Directory:GetPatient', 'p'],
    ['Directory:Bind', json],
    ['Directory:GetBinding', 'M', 's'],
    ['Directory:Suspend', json],
    ['Directory:SuspendStaff', JSON.stringify({ staffId: 's', target: { kind: 'person' }, cause: 'left' })],
    ['Departments:Found', JSON.stringify(statement)],
    ['Departments:Change', JSON.stringify(statement)],
    ['Departments:Get', 'M', 'd', '1'],
    ['Directory:RegisterProxy', JSON.stringify(proxy)],
    ['Directory:GetProxies'],
    ['Directory:FindStatement', 'i'],
    ['Directory:Activate', 'p'],
    ['Directory:Succeed', json],
    ['Directory:Represent', json],
    ['Directory:EndRepresentation', json],
    ['Directory:EndRepresentationInPerson', JSON.stringify({ patientId: 'p', representationId: 'r' })],
    ['Directory:Delegate', json],
    ['Recovery:PublishGuardians', json],
    ['Recovery:Request', json],
    ['Recovery:Stop', json],
    ['Recovery:StopInPerson', '{"patientId":"p","target":"t"}'],
    ['Recovery:Freeze', json],
    ['Recovery:Unfreeze', json],
    ['Recovery:GetPatient', 'p'],
    ['Records:Register', json],
    ['Records:RegisterSegments', JSON.stringify([statement])],
    ['Devices:Add', json],
    ['Devices:End', json],
    ['Devices:Get', 'p', 'd'],
    ['Devices:ListByPatient', 'p', '3', 'b'],
    ['Records:Rewrap', json],
    ['Records:Erase', json],
    ['Records:Withdraw', json],
    ['Records:ConfirmDestruction', json],
    ['Records:GetOrder', 'o'],
    ['Records:Get', 'r', '2'],
    ['Records:Get', 'r', ''],
    ['Records:ListByPatient', 'p', '3', 'b'],
    ['Search:PublishKeys', json],
    ['Search:FindKeys', 'p', '[{"label":"l","epoch":1}]'],
    ['Search:ListKeys', 'p', '3', 'b'],
    ['Search:ListHeads', 'p', 'l', '3', 'b'],
    ['Consents:Grant', json],
    ['Consents:Revoke', json],
    ['Consents:Forbid', json],
    ['Consents:GetStanding', 'p'],
    ['Consents:ConfirmCustody', json],
    ['Consents:ConfirmDestruction', json],
    ['Consents:Get', 'c'],
    ['Consents:ListByPatient', 'p', '', ''],
    ['Consents:ListByGrantee', 'M', 's', 'p', '1', ''],
    ['Consents:ListByDepartment', 'M', 'd', 'p', '', ''],
    ['Access:Request', json],
    ['Access:RequestAll', JSON.stringify([statement])],
    ['Access:Beat'],
    ['Access:Note', JSON.stringify({ id: 'a', notes: [] })],
    ['Access:GetNotes', 'M', 'a'],
    ['Access:Get', 'e'],
    ['Access:ListByPatient', 'p', '1', '2', '3', 'b'],
    ['Access:RecordRelease', json],
    ['Access:Accuse', JSON.stringify(accusation)],
    ['Access:ListReleases', 'e'],
    ['Access:ListAccusations', 'e'],
    ['Emergencies:PublishKeys', json],
    ['Emergencies:GetKeys', 'M'],
    ['Emergencies:Close', json],
    ['Emergencies:Review', json],
    ['Emergencies:Get', 'e'],
    ['Anchors:Record', JSON.stringify(anchor)],
    ['Anchors:Get', '7'],
    ['Anchors:Head'],
    ['Anchors:List', '3', '']
  ])
  t.strictSame(new Set(calls.map(([name]) => name)), new Set(Object.values(TRANSACTIONS)))
})
