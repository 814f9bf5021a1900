import t from 'tap'
import { encodeAnchorCall } from '@epione/ledger/contract'
import { verifyProof } from '@epione/ledger/proof'
import { findWallets, submitBatch, Wallet } from '../../../portal/src/wallet/index.ts'
import type { Provider } from '../../../portal/src/wallet/index.ts'
import { addressesOf, deployAnchor, makeWitnesses, rootOf, signBatch } from '../../helpers/anchor.ts'
import { startAnvil } from '../../helpers/anvil.ts'
import { makeProof, RECORDED_NETWORK_ID, recordedBlock } from '../../helpers/proofs.ts'
import { refusal, WalletDouble } from '../../helpers/wallet-double.ts'

const witnesses = makeWitnesses(3)
const [anvil, elsewhere] = [await startAnvil({ args: ['--slots-in-an-epoch', '1'] }), await startAnvil({ chainId: 31_337 })]
t.teardown(async () => { await Promise.all([anvil.stop(), elsewhere.stop()]) })
const domain = await deployAnchor(anvil, witnesses, RECORDED_NETWORK_ID)
const pins = { networkId: RECORDED_NETWORK_ID, contract: domain.contract.slice(2).toLowerCase() }
const proof = await makeProof({
  blocks: [recordedBlock(255), recordedBlock(256)], block: 256, index: 0, batchNumber: 2, domain, witnesses, signers: witnesses.slice(0, 2)
})
const earlier = { number: 1n, firstBlock: 0n, lastBlock: 254n, root: rootOf('earlier') }

t.test('wallets announce themselves; an older one is found where it lies; what is none is not listed', async (t) => {
  const page = Object.assign(new EventTarget(), { ethereum: {} })
  t.strictSame(await findWallets(page, 1), [])
  page.ethereum = { request: () => Promise.resolve('0x5') }
  t.match(await findWallets(page, 1), [{ id: 'window.ethereum' }])
  const provider: Provider = { request: () => Promise.resolve('0x5') }
  const announce = (detail: unknown): void => { page.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail })) }
  const uuid = '350670db-19fa-4704-a166-e52e178b59d2'
  page.addEventListener('eip6963:requestProvider', () => {
    for (const detail of [null, 'x', {}, { info: { uuid: 'x', name: 'false' }, provider }, { info: { uuid, name: 7 }, provider }, { info: { uuid, name: 'None' }, provider: {} }]) announce(detail)
    announce({ info: { uuid, name: 'A'.repeat(500) }, provider })
    announce({ info: { uuid, name: 'the same again' }, provider })
  })
  const found = await findWallets(page, 1)
  t.strictSame(found.map(({ id, name }) => ({ id, name })), [{ id: uuid, name: 'A'.repeat(64) }])
})

t.test('a signed batch that waits is brought to the chain by whoever pays, and then proves the event by the wallet alone', async (t) => {
  const double = new WalletDouble(anvil, [elsewhere])
  const wallet = new Wallet(double, domain.chainId)
  await t.rejects(verifyProof(proof, { pins, rpc: wallet.rpc }), { code: /BATCH_NOT_ANCHORED|PROOF_PENDING/ }, 'it is not there yet')
  const text = JSON.stringify(proof)
  await t.rejects(submitBatch(wallet, text, pins), { name: 'WalletError', code: 'REFUSED' }, 'the batch before it is not there')
  t.notOk(double.asked.includes('eth_sendTransaction'), 'nobody paid for that')
  const signatures = await signBatch(witnesses.slice(0, 2), domain, earlier)
  const data = encodeAnchorCall({ batch: earlier, witnesses: addressesOf(witnesses), signatures })
  const hash = await anvil.client.sendTransaction({ account: anvil.account(0), to: domain.contract, data })
  await anvil.client.waitForTransactionReceipt({ hash })

  double.isLocked = true
  await t.rejects(submitBatch(wallet, text, pins), { code: 'LOCKED' })
  double.isLocked = false
  double.says = 'no'
  await t.rejects(submitBatch(wallet, text, pins), { code: 'REJECTED' })
  double.says = 'yes'
  double.node = elsewhere
  await t.rejects(submitBatch(wallet, text, pins), { code: 'CHAIN_WRONG' })
  await t.rejects(verifyProof(proof, { pins, rpc: wallet.rpc }), { code: 'CHAIN_WRONG' })
  double.says = 'no'
  await t.rejects(wallet.switchChain(), { code: 'REJECTED' })
  double.says = 'yes'
  await wallet.switchChain()
  const contract = 'ab'.repeat(20)
  await t.rejects(submitBatch(wallet, text, { ...pins, contract }), { code: 'CONTRACT_MISMATCH' }, 'a proof of another contract')
  const [first, ...others] = proof.anchor.signatures
  const forged = { ...proof, anchor: { ...proof.anchor, signatures: [{ ...first, signature: others[0]?.signature }, ...others] } }
  await t.rejects(submitBatch(wallet, JSON.stringify(forged), pins), { code: 'SIGNATURE_INVALID' })
  t.notOk(double.asked.includes('eth_sendTransaction'), 'the person was asked to pay for none of these')

  const { batch, transactionHash } = await submitBatch(wallet, text, pins)
  t.equal(batch, 2)
  const { status } = await anvil.client.waitForTransactionReceipt({ hash: transactionHash as `0x${string}` })
  t.equal(status, 'success')
  const verdict = await verifyProof(proof, { pins: { ...pins, chainId: domain.chainId }, rpc: wallet.rpc })
  t.match(verdict, { batch: 2, chain: { transactionHash: transactionHash.slice(2) } })
  await t.rejects(submitBatch(wallet, text, pins), { code: 'REFUSED' }, 'it is there')
})

t.test('nothing but reading goes by the way of reading, and what a wallet says is not believed', async (t) => {
  const wallet = new Wallet(new WalletDouble(anvil), domain.chainId)
  await t.rejects(new Wallet(new WalletDouble(anvil), 99).switchChain(), { code: 'CHAIN_WRONG' }, 'a chain that it does not know')
  for (const method of ['eth_sendTransaction', 'personal_sign', 'eth_signTypedData_v4']) await t.rejects(wallet.rpc(method, []), { code: 'UNUSABLE' }, method)
  const saying = (answer: unknown): Wallet => new Wallet({ request: () => Promise.resolve(answer) }, domain.chainId)
  await t.rejects(saying('5').requireChain(), { code: 'UNUSABLE' })
  await t.rejects(saying(['0x12']).account(), { code: 'LOCKED' })
  await t.rejects(saying('0x5').send({ from: '0x', to: '0x', data: '0x' }), { code: 'UNUSABLE' })
  const failing = (error: Error): Wallet => new Wallet({ request: () => Promise.reject(error) }, domain.chainId)
  await t.rejects(failing(refusal(-32_002, 'pending')).account(), { code: 'BUSY' })
  await t.rejects(failing(refusal(4900, 'gone')).requireChain(), { code: 'UNUSABLE' })
  await t.rejects(failing(new Error('nonsense')).requireChain(), { code: 'UNUSABLE' })
})
