import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import t from 'tap'
import { encodeAnchorCall } from '@epione/ledger/contract'
import { PortalService, readSite } from '@epione/portal-service'
import type { NetworkDocument } from '@epione/protocol'
import { addressesOf, deployAnchor, makeWitnesses, rootOf, signBatch } from '../../helpers/anchor.ts'
import { startAnvil } from '../../helpers/anvil.ts'
import { axe, launchChromium, takePicture } from '../../helpers/chromium.ts'
import { BUILT, visit } from '../../helpers/portal.ts'
import { watchErrors } from '../../helpers/portal-patient.ts'
import { makeProof, RECORDED_NETWORK_ID, recordedBlock } from '../../helpers/proofs.ts'
import { WalletDouble } from '../../helpers/wallet-double.ts'
import { installWallet } from '../../helpers/wallet-page.ts'

/* A proof in the page of whoever was given it, before a real chain, in real Chromium. No hospital is asked anything: none is there. */

const witnesses = makeWitnesses(3)
const [anvil, elsewhere] = [await startAnvil({ args: ['--slots-in-an-epoch', '1'] }), await startAnvil({ chainId: 31_337 })]
t.teardown(async () => { await Promise.all([anvil.stop(), elsewhere.stop()]) })
const domain = await deployAnchor(anvil, witnesses, RECORDED_NETWORK_ID)
const proof = await makeProof({
  blocks: [recordedBlock(255), recordedBlock(256)], block: 256, index: 0, batchNumber: 2, domain, witnesses, signers: witnesses.slice(0, 2)
})
const { canonical } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'vectors', 'network.json'), 'utf8')) as { canonical: string }
const founded = { ...JSON.parse(canonical) as NetworkDocument, networkId: RECORDED_NETWORK_ID }
const gateway = { mspId: 'CoreMSP', id: 'core', name: 'Core', url: 'https://localhost:9' }
const listen = async (anchor: object): Promise<PortalService> => {
  const service = await PortalService.listen({
    label: 'epione-test',
    port: 0,
    site: await readSite(BUILT),
    config: { edition: 'installed', network: { networkId: RECORDED_NETWORK_ID, networkName: 'recorded', document: founded, gateways: [gateway], ...anchor } },
    gateways: [{ ...gateway, tlsCaPem: '' }]
  })
  t.teardown(async () => { await service.close() })
  return service
}
const service = await listen({ anchor: { chainId: domain.chainId, address: domain.contract } })
const browser = await launchChromium(t)
const double = new WalletDouble(anvil, [elsewhere])
const { context, page } = await visit(t, browser, { service, origin: service.origin })
const errors = watchErrors(page)

t.afterEach(() => {
  Object.assign(double, { isLocked: false, says: 'yes', node: anvil, before: undefined })
  t.strictSame(errors.splice(0), [], 'no policy was broken, and nothing was thrown')
})

/** Gives the page the file of a proof. */
async function give (where: Page, file: object | string): Promise<void> {
  const buffer = Buffer.from(typeof file === 'string' ? file : JSON.stringify(file))
  await where.locator('input[type=file]').first().setInputFiles({ name: 'proof.json', mimeType: 'application/json', buffer })
}

/** What an alert of the page says, once it is there. */
async function refused (sentence: string, code: string): Promise<void> {
  const alert = page.getByRole('alert').filter({ hasText: sentence })
  await alert.waitFor()
  t.match(await alert.innerHTML(), code)
}

const askChain = async (): Promise<void> => { await page.getByRole('button', { name: /^Ask the chain by/ }).click() }
const sent = (): number => double.asked.filter((method) => method === 'eth_sendTransaction').length

t.test('whoever was given a proof verifies it without keys or sign-in; what is none or forged is refused; without a wallet that is said', async (t) => {
  await page.getByRole('link', { name: 'Verify a proof' }).click()
  await page.getByText('nobody asks who you are').waitFor()
  t.strictSame(await axe(page), [])
  await give(page, 'words')
  await refused('This is no proof', 'PROOF_MALFORMED')
  const [first, ...others] = proof.anchor.signatures
  await give(page, { ...proof, anchor: { ...proof.anchor, signatures: [{ ...first, signature: others[0]?.signature }, ...others] } })
  await refused('This is not confirmed', 'SIGNATURE_INVALID')
  await give(page, { ...proof, networkId: '11'.repeat(32) })
  await refused('This is not confirmed', 'NETWORK_MISMATCH')
  const { anchor: _, ...pending } = proof
  await give(page, { ...pending, state: 'pending' })
  await page.getByText('in no batch yet').waitFor()
  await give(page, proof)
  await page.locator('.badge').getByText('the chain was not asked').waitFor()
  await page.getByText('There is no wallet in this browser').waitFor()
  t.strictSame(await axe(page), [])
  await installWallet(context, double, { id: '350670db-19fa-4704-a166-e52e178b59d2', name: 'Double' })
  t.equal(await page.getByRole('button', { name: /^Ask the chain by/ }).count(), 0)
})

t.test('a wallet that is at another chain, changes it in the middle, or does not want to change it, is told from a false proof', async (t) => {
  await page.reload()
  await give(page, proof)
  await page.getByRole('button', { name: 'Ask the chain by Double' }).waitFor()
  t.strictSame(double.asked, [], 'nothing is asked of it before that is wanted')
  double.node = elsewhere
  await askChain()
  await refused('at another chain', 'CHAIN_WRONG')
  t.strictSame([...new Set(double.asked)], ['eth_chainId'], 'nothing else was asked of that chain')
  t.strictSame(await axe(page), [])
  double.says = 'no'
  await page.getByRole('button', { name: 'Change the wallet to chain 5' }).click()
  await refused('You declined it', 'REJECTED')
  double.node = anvil
  double.before = (method) => { if (method === 'eth_getLogs') double.node = elsewhere }
  await askChain()
  await refused('at another chain', 'CHAIN_WRONG')
  t.ok(double.asked.includes('eth_getLogs'))
  double.before = undefined
  double.says = 'yes'
  await page.getByRole('button', { name: 'Change the wallet to chain 5' }).click()
  await page.getByText('it is not on the chain yet').waitFor()
  t.equal(double.node, anvil)
})

t.test('a signed batch that waits is brought to the chain by whoever pays, and by nobody who declines, is locked or elsewhere', async (t) => {
  const submit = async (): Promise<void> => { await page.getByRole('button', { name: 'Bring the batch to the chain' }).click() }
  await submit()
  await refused('does not take this batch now', 'REFUSED')
  const earlier = { number: 1n, firstBlock: 0n, lastBlock: 254n, root: rootOf('earlier') }
  const signatures = await signBatch(witnesses.slice(0, 2), domain, earlier)
  const data = encodeAnchorCall({ batch: earlier, witnesses: addressesOf(witnesses), signatures })
  const hash = await anvil.client.sendTransaction({ account: anvil.account(0), to: domain.contract, data })
  await anvil.client.waitForTransactionReceipt({ hash })
  double.isLocked = true
  await submit()
  await refused('The wallet is locked', 'LOCKED')
  double.isLocked = false
  double.says = 'no'
  await submit()
  await refused('You declined it', 'REJECTED')
  double.says = 'yes'
  double.before = (method) => { if (method === 'eth_sendTransaction') double.node = elsewhere }
  await submit()
  await refused('at another chain', 'CHAIN_WRONG')
  t.equal(sent(), 1, 'the wallet itself refused it there')
  double.before = undefined
  double.node = anvil
  await askChain()
  await page.getByText('it is not on the chain yet').waitFor()
  t.strictSame(await axe(page), [])
  await takePicture(page, 'wallet-waits')
  await submit()
  await page.locator('.badge').getByText(/^On the chain/).waitFor()
  t.strictSame(await axe(page), [])
  await takePicture(page, 'wallet-anchored')
  t.equal(sent(), 2)
  t.equal(await page.getByRole('button', { name: 'Bring the batch to the chain' }).count(), 0)
  const forged = await makeProof({ blocks: [recordedBlock(256)], block: 256, index: 0, batchNumber: 2, domain, witnesses })
  await give(page, forged)
  await askChain()
  await refused('This is not confirmed', 'BATCH_NOT_ANCHORED')
})

t.test('nobody pays for a contract that nobody published; with the published file another contract is found out', async (t) => {
  const other = await deployAnchor(anvil, makeWitnesses(3, 'thief'), RECORDED_NETWORK_ID)
  const thieves = makeWitnesses(3, 'thief')
  const theirs = await makeProof({
    blocks: [recordedBlock(256)], block: 256, index: 0, batchNumber: 2, domain: other, witnesses: thieves, signers: thieves
  })
  const unpinned = await listen({})
  const narrow = { viewport: { width: 320, height: 800 } }
  const { context, page } = await visit(t, browser, { service: unpinned, origin: unpinned.origin }, narrow)
  await installWallet(context, double, { id: '1c1d5a51-3a4d-4a0f-9a86-0f6a2ae2bd10', name: 'Double' })
  await installWallet(context, new WalletDouble(elsewhere), { id: '6c6a4fd8-58a9-4d0d-a6a1-6a0b1e9c2f11', name: 'Elsewhere' })
  await page.goto(`${unpinned.origin}/verify`)
  await give(page, theirs)
  await page.getByLabel('Which wallet').selectOption('Double')
  await page.getByRole('button', { name: 'Ask the chain by Double' }).click()
  await page.getByText('it is not on the chain yet').waitFor()
  await page.getByText('compare it with the one that the consortium publishes').waitFor()
  t.equal(await page.getByRole('button', { name: 'Bring the batch to the chain' }).count(), 0)
  t.strictSame(await axe(page), [])
  t.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no scrolling to the side')
  const anchorFile = page.locator('input[type=file]').nth(1)
  await anchorFile.setInputFiles({ name: 'anchor.json', mimeType: 'application/json', buffer: Buffer.from('{"chainId":5}') })
  await page.getByText('This is no anchor.json').waitFor()
  await anchorFile.setInputFiles({ name: 'anchor.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ chainId: 5, address: domain.contract })) })
  await page.getByRole('alert').filter({ hasText: 'This is not confirmed' }).waitFor()
  t.match(await page.getByRole('alert').first().innerHTML(), 'CONTRACT_MISMATCH')
  await page.getByLabel('Language').selectOption('ar')
  await page.getByRole('alert').filter({ hasText: 'الإثبات مزوّر' }).waitFor()
  t.strictSame(await axe(page), [])
  await context.close()
})
