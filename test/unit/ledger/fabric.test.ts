import t from 'tap'
import { Metadata, status as GrpcStatus } from '@grpc/grpc-js'
import type { ServiceError } from '@grpc/grpc-js'
import { GatewayError as FabricError, StatusCode } from '@hyperledger/fabric-gateway'
import type { Gateway, Status, Transaction } from '@hyperledger/fabric-gateway'
import { ReadConflict } from '../../../ledger/src/client/index.ts'
import { LedgerError } from '@epione/protocol'
import { explainFabricError } from '../../../ledger/src/fabric/errors.ts'
import { Peers } from '../../../ledger/src/fabric/peers.ts'
import { driveToCommit, requireValid } from '../../../ledger/src/fabric/submission.ts'

t.test('errors of peers become refusals, conflicts or unavailability', (t) => {
  const explained = (
    code: GrpcStatus,
    message: string,
    details: string[] = []
  ): Error => explainFabricError(fabricError(code, message, details))
  const refused = explained(GrpcStatus.ABORTED, 'failed to endorse', ['chaincode response 500, RECORD_EXISTS: this version is registered'])
  t.ok(refused instanceof LedgerError)
  t.match(refused, { code: 'RECORD_EXISTS' })
  t.ok(explained(GrpcStatus.ABORTED, 'failed to assemble transaction: ProposalResponsePayloads do not match') instanceof ReadConflict)
  t.match(explained(GrpcStatus.UNAVAILABLE, 'connection refused 127.0.0.1:7051'), { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 })
  t.match(explained(GrpcStatus.FAILED_PRECONDITION, 'no combination of peers'), { code: 'LEDGER_UNAVAILABLE' })
  t.end()
})

t.test('a certificate that peers take no more is refused to its owner; that of the process itself makes the ledger unavailable', async (t) => {
  const denied = 'error validating proposal: access denied: channel [records] creator org [CoreMSP]'
  const thrown = [fabricError(GrpcStatus.UNKNOWN, denied), fabricError(GrpcStatus.ABORTED, 'failed to endorse', [denied])]
  const peers = new Peers([{ address: '127.0.0.1:1', tlsName: 'peer', tlsCaPem: '' }])
  t.teardown(() => { peers.close() })
  const identity = { mspId: 'CoreMSP', credentials: new Uint8Array(), signer: () => Promise.resolve(new Uint8Array()) }
  for (const error of thrown) {
    const refuse = (): Promise<never> => Promise.reject(error)
    await t.rejects(peers.call(identity, refuse), { name: 'LedgerError', code: 'NOT_AUTHORIZED', message: /revoked/ })
    await t.rejects(peers.call({ ...identity, isOwn: true }, refuse), { code: 'LEDGER_UNAVAILABLE', message: /certificate of this process/ })
  }
})

t.test('with a second peer', (t) => {
  const identity = { mspId: 'CoreMSP', credentials: new Uint8Array(), signer: () => Promise.resolve(new Uint8Array()) }
  const open = (count: number): Peers => {
    const peers = new Peers(Array.from({ length: count }, (_, i) => ({ address: `127.0.0.1:${String(i + 1)}`, tlsName: 'peer', tlsCaPem: '' })))
    t.teardown(() => { peers.close() })
    return peers
  }
  const silent = (): Promise<never> => Promise.reject(fabricError(GrpcStatus.DEADLINE_EXCEEDED, 'no answer'))
  const never = async (): Promise<never> => await new Promise(() => undefined)

  t.test('whoever waits for one that answers nobody asks the other as soon as anybody finds out', async (t) => {
    const peers = open(2)
    const loss = peers.lossOf(0)
    const asked: number[] = []
    const waiting = peers.call(identity, async () => {
      asked.push(peers.current)
      return asked.length === 1 ? await never() : 'of the other'
    })
    t.equal(await peers.call(identity, async () => peers.current === 0 ? await silent() : await Promise.resolve('found')), 'found')
    t.equal(await waiting, 'of the other')
    t.same(asked, [0, 1])
    t.ok(loss.aborted, 'its stream of blocks ends, too')
    t.notOk(peers.lossOf(0).aborted, 'it may come back')
  })

  t.test('one that answers others is only slow: nobody else is taken from it', async (t) => {
    const peers = open(2)
    const loss = peers.lossOf(0)
    t.equal(await peers.call(identity, async () => await Promise.resolve('quick')), 'quick')
    t.equal(await peers.call(identity, async () => peers.current === 0 ? await silent() : await Promise.resolve('elsewhere')), 'elsewhere')
    t.notOk(loss.aborted)
  })

  t.test('two that answer nobody are told as a ledger that is away; one alone is waited for', async (t) => {
    await t.rejects(open(2).call(identity, silent), { code: 'LEDGER_UNAVAILABLE' })
    const alone = open(1)
    await t.rejects(alone.call(identity, silent), { code: 'LEDGER_UNAVAILABLE' })
    t.notOk(alone.lossOf(0).aborted)
    t.equal(alone.current, 0)
  })
  t.end()
})

t.test('the same transaction is submitted until its fate is known', async (t) => {
  const envelope = Buffer.from('signed bytes')

  t.test('through lost answers and second copies', async (t) => {
    const { gateway, submitted } = script(['unreachable', 'no-status', StatusCode.DUPLICATE_TXID, StatusCode.VALID])
    const status = await driveToCommit(() => gateway, envelope, 'tx', 10_000, () => undefined)
    t.match(status, { code: StatusCode.VALID, blockNumber: 7n })
    t.equal(submitted.length, 4)
    t.ok(submitted.every((bytes) => bytes === envelope), 'never another transaction')
  })

  t.test('a verdict ends it', async (t) => {
    const { gateway, submitted } = script([StatusCode.MVCC_READ_CONFLICT])
    const status = await driveToCommit(() => gateway, envelope, 'tx', 10_000, () => undefined)
    t.equal(submitted.length, 1)
    t.throws(() => { requireValid(status) }, { code: 'READ_CONFLICT' })
    t.throws(() => { requireValid({ ...status, code: StatusCode.ENDORSEMENT_POLICY_FAILURE }) }, { code: 'LEDGER_UNAVAILABLE' })
    t.doesNotThrow(() => { requireValid({ ...status, code: StatusCode.VALID, successful: true }) })
  })

  await t.test('the budget ends it, and says which transaction is in doubt', async (t) => {
    const { gateway } = script(Array.from({ length: 10 }, () => 'unreachable'))
    await t.rejects(driveToCommit(() => gateway, envelope, 'tx', 300, () => undefined), { code: 'LEDGER_UNAVAILABLE', txId: 'tx' })
  })
})

function fabricError (code: GrpcStatus, message: string, details: string[] = []): FabricError {
  const cause: ServiceError = Object.assign(new Error(message), { code, details: message, metadata: new Metadata() })
  return new FabricError({ code, details: details.map((text) => ({ address: 'peer', mspId: 'CoreMSP', message: text })), cause, message })
}

type Step = 'unreachable' | 'no-status' | Status['code']

/** A gateway whose attempts go as scripted; keeps what it was given to submit. */
function script (steps: Step[]): { gateway: Gateway, submitted: Uint8Array[] } {
  const submitted: Uint8Array[] = []
  const attempt = (): Promise<{ getStatus: () => Promise<Status> }> => {
    const step = steps.shift()
    if (step === 'unreachable' || step === undefined) return Promise.reject(fabricError(GrpcStatus.UNAVAILABLE, 'no orderer'))
    if (step === 'no-status') {
      return Promise.resolve({ getStatus: () => Promise.reject(fabricError(GrpcStatus.DEADLINE_EXCEEDED, 'no answer')) })
    }
    return Promise.resolve({
      getStatus: () => Promise.resolve({ code: step, blockNumber: 7n, successful: step === StatusCode.VALID, transactionId: 'tx' })
    })
  }
  const newTransaction = (bytes: Uint8Array): Transaction => {
    submitted.push(bytes)
    return { submit: attempt } as unknown as Transaction
  }
  return { gateway: { newTransaction } as unknown as Gateway, submitted }
}
