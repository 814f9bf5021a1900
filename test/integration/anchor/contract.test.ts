import t from 'tap'
import { checkDeployedCode, decodeAnchoredLog, encodeAnchorCall, readHead, refusalOf, witnessesHashOf } from '@epione/ledger/contract'
import { addressesOf, deployAnchor, makeWitnesses, rootOf, signBatch } from '../../helpers/anchor.ts'
import { startAnvil } from '../../helpers/anvil.ts'

t.test('a batch that two of three witnesses signed is anchored, once', async (t) => {
  const anvil = await startAnvil()
  t.teardown(anvil.stop)
  const witnesses = makeWitnesses(3)
  const domain = await deployAnchor(anvil, witnesses)
  checkDeployedCode(domain, await anvil.client.getCode({ address: domain.contract }))
  for (const number of [1n, 2n, 3n]) {
    const batch = { number, firstBlock: (number - 1n) * 1000n, lastBlock: number * 1000n - 1n, root: rootOf(String(number)) }
    const signatures = await signBatch(witnesses.slice(1), domain, batch)
    const data = encodeAnchorCall({ batch, witnesses: addressesOf(witnesses), signatures })
    const hash = await anvil.client.sendTransaction({ account: anvil.account(1), to: domain.contract, data })
    const receipt = await anvil.client.waitForTransactionReceipt({ hash })
    t.equal(receipt.status, 'success')
    t.comment(`${String(receipt.gasUsed)} gas`)
    t.strictSame(receipt.logs.map(decodeAnchoredLog), [batch])
    t.strictSame(await readHead(anvil.client, { contract: domain.contract }), {
      number,
      nextBlock: batch.lastBlock + 1n,
      witnessesHash: witnessesHashOf(addressesOf(witnesses)),
      changed: false
    })
    const again = await anvil.client.call({ to: domain.contract, data }).catch(refusalOf)
    t.strictSame(again, { name: 'OutOfSequence', args: [number + 1n, number] })
  }
})
