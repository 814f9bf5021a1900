import { createPublicKey, verify } from 'node:crypto'
import fabric from '@hyperledger/fabric-protos'
import t from 'tap'
import type { Test } from 'tap'
import { deriveKeyRing } from '@epione/crypto'
import { CertificateKey } from '@epione/crypto/certificate-key'
import { checkProposal, checkTransaction } from '@epione/ledger/signing'
import type { AskedTransaction, CheckedProposal, SigningDifference } from '@epione/ledger/signing'
import { isLowSignature } from '../../../ledger/src/fabric/signer.ts'
import { createCertificate } from '../../helpers/certificates.ts'
import { MEMORY_CHANNEL, MemoryDevices } from '../../helpers/memory-devices.ts'
import { subjectOf } from '../../helpers/memory-ledger.ts'
import { createMemoryWorld } from '../../helpers/memory-world.ts'

const { common, peer, ledger } = fabric
const identity = { mspId: 'CoreMSP', certificate: createCertificate(subjectOf({ mspId: 'CoreMSP', staffId: 'gateway', role: 'gateway' })) }
const NAME = 'Directory:GetProxies'
const asked: AskedTransaction = {
  ...MEMORY_CHANNEL,
  mspId: 'CoreMSP',
  isOwn: (certificate) => certificate === identity.certificate,
  isAsked: (transaction, args) => transaction === NAME && args.length === 0,
  now: Date.now()
}
const { memory } = await createMemoryWorld()
const devices = new MemoryDevices(memory)
const proposed = devices.propose(identity, NAME, [])

type Proposal = InstanceType<typeof peer.Proposal>

/** What the device says of a proposal that was changed on the way. */
function refusesProposal (
  t: Test, difference: SigningDifference, change: (proposal: Proposal) => void, by: AskedTransaction = asked
): void {
  const proposal = peer.Proposal.deserializeBinary(proposed.toSign)
  change(proposal)
  t.throws(() => checkProposal(proposal.serializeBinary(), by), { name: 'SigningRefused', difference }, difference)
}

/** Changes the channel header of a proposal. */
function ofChannel (change: (header: InstanceType<typeof common.ChannelHeader>) => void): (proposal: Proposal) => void {
  return (proposal) => {
    const header = common.Header.deserializeBinary(proposal.getHeader_asU8())
    const channel = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8())
    change(channel)
    header.setChannelHeader(channel.serializeBinary())
    proposal.setHeader(header.serializeBinary())
  }
}

/** Changes what a proposal calls. */
function ofCall (
  change: (payload: InstanceType<typeof peer.ChaincodeProposalPayload>, spec: InstanceType<typeof peer.ChaincodeSpec>) => void
): (proposal: Proposal) => void {
  return (proposal) => {
    const payload = peer.ChaincodeProposalPayload.deserializeBinary(proposal.getPayload_asU8())
    const invocation = peer.ChaincodeInvocationSpec.deserializeBinary(payload.getInput_asU8())
    const spec = invocation.getChaincodeSpec() ?? new peer.ChaincodeSpec()
    change(payload, spec)
    invocation.setChaincodeSpec(spec)
    payload.setInput(invocation.serializeBinary())
    proposal.setPayload(payload.serializeBinary())
  }
}

t.test('a proposal of the gateway\'s own library is what was asked for, to the last byte', (t) => {
  const checked = checkProposal(proposed.toSign, asked)
  t.match(checked, { txId: proposed.txId, transaction: NAME, args: [], certificate: identity.certificate })
  const more = devices.propose(identity, NAME, ['', 'ü', 'x'.repeat(70_000)])
  t.strictSame(checkProposal(more.toSign, { ...asked, isAsked: () => true }).args, ['', 'ü', 'x'.repeat(70_000)])
  t.end()
})

t.test('a proposal that differs in anything is refused, and says in what', (t) => {
  refusesProposal(t, 'CHANNEL', ofChannel((header) => header.setChannelId('another')))
  refusesProposal(t, 'TX_ID', ofChannel((header) => header.setTxId('0'.repeat(64))))
  refusesProposal(t, 'HEADER', ofChannel((header) => header.setType(1)))
  refusesProposal(t, 'ENCODING', ofChannel((header) => header.setEpoch(1)))
  refusesProposal(t, 'ENCODING', ofChannel((header) => header.setTlsCertHash(new Uint8Array(32))))
  refusesProposal(t, 'CHAINCODE', ofChannel((header) => header.setExtension$(new Uint8Array())))
  refusesProposal(t, 'CHAINCODE', ofCall((_payload, spec) => { spec.getChaincodeId()?.setName('another') }))
  refusesProposal(t, 'ENCODING', ofCall((_payload, spec) => { spec.getChaincodeId()?.setVersion('2') }))
  refusesProposal(t, 'ARGUMENTS', ofCall((_payload, spec) => { spec.getInput()?.addArgs(Buffer.from('one more')) }))
  refusesProposal(t, 'ARGUMENTS', ofCall((_payload, spec) => { spec.getInput()?.setArgsList([Buffer.from('Access:Beat')]) }))
  refusesProposal(t, 'ENCODING', ofCall((_payload, spec) => { spec.getInput()?.setIsInit(true) }))
  refusesProposal(t, 'TRANSIENT', (proposal) => proposal.setPayload(Buffer.concat([proposal.getPayload_asU8(), Buffer.from('12050a016b1200', 'hex')])))
  refusesProposal(t, 'ENCODING', (proposal) => proposal.setExtension$(new Uint8Array(3)))
  refusesProposal(t, 'CREATOR', () => undefined, { ...asked, isOwn: () => false })
  refusesProposal(t, 'CREATOR', () => undefined, { ...asked, mspId: 'OtherMSP' })
  refusesProposal(t, 'TIME', () => undefined, { ...asked, now: asked.now + 10 * 60_000 })
  for (const [bytes, difference] of [[proposed.toSign.subarray(0, 90), 'UNREADABLE'], [Buffer.concat([proposed.toSign, Buffer.of(0x78, 1)]), 'ENCODING']] as const) {
    t.throws(() => checkProposal(bytes, asked), { name: 'SigningRefused', difference })
  }
  t.end()
})

t.test('a transaction is signed for the proposal that was signed, endorsed with success, and for nothing else', async (t) => {
  const checked = checkProposal(proposed.toSign, asked)
  const { toSign } = await devices.endorse(identity, proposed)
  t.doesNotThrow(() => { checkTransaction(toSign, checked) })
  const refuses = (difference: SigningDifference, bytes: Uint8Array, by: CheckedProposal = checked): void => {
    t.throws(() => { checkTransaction(bytes, by) }, { name: 'SigningRefused', difference }, difference)
  }
  const another = devices.propose(identity, NAME, [])
  refuses('HEADER', (await devices.endorse(identity, another)).toSign)
  refuses('UNREADABLE', toSign.subarray(0, 200))
  refuses('ENCODING', Buffer.concat([toSign, Buffer.of(0x78, 1)]))

  const change = (work: (parts: Parts) => void): Uint8Array => changed(toSign, work)
  refuses('ACTION', change(({ transaction, action }) => { transaction.addActions(action) }))
  refuses('ACTION', change(({ endorsed }) => { endorsed.setEndorsementsList([]) }))
  refuses('ARGUMENTS', change(({ content }) => { content.setChaincodeProposalPayload(new Uint8Array(4)) }))
  refuses('PROPOSAL_HASH', change(({ response }) => { response.setProposalHash(new Uint8Array(32)) }))
  refuses('RESPONSE', change(({ answer }) => { answer.setStatus(500) }))
  refuses('RESPONSE', change(({ answer }) => { answer.setPayload(Buffer.from('{"another":"form"}')) }))
  refuses('CHAINCODE', change(({ called }) => { called.getChaincodeId()?.setName('another') }))
  for (const [namespace, quiet] of [['another', true], ['_lifecycle', false]] as const) {
    refuses('WRITE_SET', change(({ called }) => {
      const space = new ledger.rwset.NsReadWriteSet()
      space.setNamespace(namespace)
      if (!quiet) space.setRwset(Buffer.of(0x1a, 0))
      const sets = new ledger.rwset.TxReadWriteSet()
      sets.setNsRwsetList([space])
      called.setResults(sets.serializeBinary())
    }))
  }
})

interface Parts {
  transaction: InstanceType<typeof peer.Transaction>
  action: InstanceType<typeof peer.TransactionAction>
  content: InstanceType<typeof peer.ChaincodeActionPayload>
  endorsed: InstanceType<typeof peer.ChaincodeEndorsedAction>
  response: InstanceType<typeof peer.ProposalResponsePayload>
  called: InstanceType<typeof peer.ChaincodeAction>
  answer: InstanceType<typeof peer.Response>
}

/** The same transaction with some part of it changed, all around it spelt anew. */
function changed (bytes: Uint8Array, work: (parts: Parts) => void): Uint8Array {
  const payload = common.Payload.deserializeBinary(bytes)
  const transaction = peer.Transaction.deserializeBinary(payload.getData_asU8())
  const [action = new peer.TransactionAction()] = transaction.getActionsList()
  const content = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8())
  const endorsed = content.getAction() ?? new peer.ChaincodeEndorsedAction()
  const response = peer.ProposalResponsePayload.deserializeBinary(endorsed.getProposalResponsePayload_asU8())
  const called = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8())
  const answer = called.getResponse() ?? new peer.Response()
  work({ transaction, action, content, endorsed, response, called, answer })
  called.setResponse(answer)
  response.setExtension$(called.serializeBinary())
  endorsed.setProposalResponsePayload(response.serializeBinary())
  content.setAction(endorsed)
  action.setPayload(content.serializeBinary())
  payload.setData(transaction.serializeBinary())
  return payload.serializeBinary()
}

t.test('a certificate key of a phrase signs as Fabric takes it, and is found again', (t) => {
  const keys = deriveKeyRing('abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about')
  const [first, again, next] = [1, 1, 2].map((number) => CertificateKey.fromSeed(keys.certificateSeed(number)))
  if (first === undefined || again === undefined || next === undefined) throw new Error('three keys')
  t.strictSame(first.publicKeyInfo, again.publicKeyInfo)
  t.notSame(first.publicKeyInfo, next.publicKeyInfo)
  const publicKey = createPublicKey({ key: Buffer.from(first.publicKeyInfo), format: 'der', type: 'spki' })
  for (let n = 0; n < 40; n++) {
    const message = Buffer.from(`message ${String(n)}`)
    const signature = first.sign(message)
    t.ok(isLowSignature(signature) && verify('sha256', message, publicKey, signature))
    const torn = Buffer.from(signature)
    torn[4] = (torn[4] ?? 0) ^ 1
    t.notOk(verify('sha256', message, publicKey, torn))
  }
  t.equal(JSON.stringify({ first }), '{"first":"[CertificateKey]"}')
  for (const bad of [new Uint8Array(), new Uint8Array(72).fill(0x30), Buffer.from('3006020100020101', 'hex'), Buffer.from(`3025020101022100${'f'.repeat(64)}`, 'hex')]) t.notOk(isLowSignature(bad))
  t.throws(() => CertificateKey.fromSeed(new Uint8Array(32)), RangeError)
  t.throws(() => keys.certificateSeed(0), RangeError)
  t.end()
})
