import t from 'tap'
import type { Hex } from 'viem'
import { encodeFunctionData } from 'viem'
import type { AnchorDomain, Batch } from '@epione/ledger/contract'
import {
  ANCHOR_ABI, checkDeployedCode, decodeWitnessesChangedLog, encodeAnchorCall, encodeDeployment, encodeWitnessChange,
  readHead, refusalOf, witnessesHashOf
} from '@epione/ledger/contract'
import {
  addressesOf, deployAnchor, entriesOf, makeWitnesses, NETWORK_ID, packBatch, packEntries, rootOf, signBatch,
  signWitnessSet
} from '../../helpers/anchor.ts'
import { startAnvil } from '../../helpers/anvil.ts'

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const DIFFER = { name: 'WitnessesDiffer', args: [] }

const anvil = await startAnvil()
t.teardown(anvil.stop)
const witnesses = makeWitnesses(3)
const strangers = makeWitnesses(3, 'stranger')
const FIRST: Batch = { number: 1n, firstBlock: 0n, lastBlock: 9n, root: rootOf('first') }
const SECOND: Batch = { number: 2n, firstBlock: 10n, lastBlock: 19n, root: rootOf('second') }

/** The contract's refusal of a call, or undefined when it takes it. */
async function refusalFor (domain: AnchorDomain, data: Hex, value = 0n): Promise<unknown> {
  try {
    await anvil.client.call({ account: anvil.account(1), to: domain.contract, data, value })
    return undefined
  } catch (error) {
    return refusalOf(error) ?? error
  }
}

async function send (domain: AnchorDomain, data: Hex): Promise<ReturnType<typeof anvil.client.waitForTransactionReceipt>> {
  const hash = await anvil.client.sendTransaction({ account: anvil.account(1), to: domain.contract, data })
  return await anvil.client.waitForTransactionReceipt({ hash })
}

async function sealed (domain: AnchorDomain, batch: Batch, signers = witnesses.slice(0, 2), present = witnesses): Promise<Hex> {
  return encodeAnchorCall({ batch, witnesses: addressesOf(present), signatures: await signBatch(signers, domain, batch) })
}

t.test('a batch that is not the next one is refused: twice, skipped, overlapping, with a gap, empty', async (t) => {
  const domain = await deployAnchor(anvil, witnesses)
  t.strictSame(await refusalFor(domain, await sealed(domain, SECOND)), { name: 'OutOfSequence', args: [1n, 2n] }, 'skipped')
  await send(domain, await sealed(domain, FIRST))
  t.strictSame(await refusalFor(domain, await sealed(domain, FIRST)), { name: 'OutOfSequence', args: [2n, 1n] }, 'twice')
  t.strictSame(
    await refusalFor(domain, await sealed(domain, { ...SECOND, firstBlock: 9n })),
    DIFFER,
    'overlap: the contract derives the first block, so it is not what they signed'
  )
  t.strictSame(await refusalFor(domain, await sealed(domain, { ...SECOND, firstBlock: 11n })), DIFFER, 'gap')
  t.strictSame(
    await refusalFor(domain, await sealed(domain, { ...SECOND, firstBlock: 5n, lastBlock: 9n })),
    { name: 'EmptyBatch', args: [10n, 10n] },
    'empty'
  )
  t.equal(await refusalFor(domain, await sealed(domain, SECOND)), undefined, 'the next one is taken')
})

t.test('signatures for another chain, contract or network are refused', async (t) => {
  const domain = await deployAnchor(anvil, witnesses)
  const twin = await deployAnchor(anvil, witnesses)
  const otherNetwork = await deployAnchor(anvil, witnesses, 'f2'.repeat(32))
  t.strictSame(await refusalFor(twin, await sealed(domain, FIRST)), DIFFER, 'another contract')
  t.strictSame(await refusalFor(domain, await sealed({ ...domain, networkId: otherNetwork.networkId }, FIRST)), DIFFER, 'another network')
  t.strictSame(await refusalFor(domain, await sealed({ ...domain, chainId: 1 }, FIRST)), DIFFER, 'another chain in the signature')
})

t.test('the same contract at the same address of another chain refuses what was signed for the first', async (t) => {
  const other = await startAnvil({ chainId: 560048 })
  t.teardown(other.stop)
  const fresh = await startAnvil()
  t.teardown(fresh.stop)
  const here = await deployAnchor(fresh, witnesses)
  const there = await deployAnchor(other, witnesses)
  t.equal(there.contract, here.contract)
  const data = await sealed(here, FIRST)
  t.strictSame(await other.client.call({ to: there.contract, data }).catch(refusalOf), DIFFER)
  t.throws(() => checkDeployedCode(here, undefined), { code: 'CONTRACT_MISSING' })
  const code = await other.client.getCode({ address: there.contract })
  t.throws(() => checkDeployedCode(here, code), { code: 'CONTRACT_REPLACED' })
  checkDeployedCode(there, code)
})

t.test('a fork of the chain under another id is refused', async (t) => {
  const forked = await startAnvil()
  t.teardown(forked.stop)
  const domain = await deployAnchor(forked, witnesses)
  const data = await sealed(domain, FIRST)
  await forked.request('anvil_setChainId', [6])
  t.strictSame(await forked.client.call({ to: domain.contract, data }).catch(refusalOf), { name: 'ChainDiffers', args: [] })
})

t.test('too few signatures are refused, and a majority or more is enough', async (t) => {
  const domain = await deployAnchor(anvil, witnesses)
  for (const count of [0, 1]) {
    const signatures = await signBatch(witnesses.slice(0, count), domain, FIRST)
    const data = packBatch({ number: 1n, end: 10n, root: FIRST.root }, packEntries(entriesOf(witnesses, signatures)))
    t.strictSame(await refusalFor(domain, data), { name: 'TooFewSignatures', args: [BigInt(count), 2n] })
  }
  t.equal(await refusalFor(domain, await sealed(domain, FIRST, witnesses)), undefined, 'all three')
  const four = makeWitnesses(4)
  const even = await deployAnchor(anvil, four)
  const half = packBatch(
    { number: 1n, end: 10n, root: FIRST.root },
    packEntries(entriesOf(four, await signBatch(four.slice(0, 2), even, FIRST)))
  )
  t.strictSame(await refusalFor(even, half), { name: 'TooFewSignatures', args: [2n, 3n] }, 'half is no majority')
})

t.test('duplicate, unsorted, foreign, missing and surplus entries are refused', async (t) => {
  const domain = await deployAnchor(anvil, witnesses)
  const head = { number: 1n, end: 10n, root: FIRST.root }
  const all = entriesOf(witnesses, await signBatch(witnesses, domain, FIRST))
  const [a, b, c] = all
  if (a === undefined || b === undefined || c === undefined) throw new Error('three witnesses give three entries')
  const foreign = entriesOf(strangers, await signBatch(strangers, domain, FIRST))
  const zero = { signed: false, digits: '00'.repeat(20) }
  const cases: Record<string, typeof all> = {
    'one signature twice': [a, a, c],
    'one signature for all': [a, a, a],
    unsorted: [b, a, c],
    'strangers alone': foreign,
    'a witness and strangers': [a, ...foreign.slice(1)],
    'one missing': [a, b],
    'one too many': [a, b, c, c],
    'none at all': [],
    'the zero address': [a, b, zero]
  }
  for (const [name, entries] of Object.entries(cases)) {
    t.strictSame(
      await refusalFor(domain, packBatch(head, packEntries(entries))),
      DIFFER,
      name
    )
  }
  const { signers, seal } = packEntries(all)
  t.strictSame(await refusalFor(domain, packBatch(head, { signers: signers | 8n, seal })), DIFFER, 'a signer beyond the list')
  t.strictSame(await refusalFor(domain, packBatch(head, { signers, seal: seal.slice(0, -2) })), DIFFER, 'cut short')
  t.strictSame(await refusalFor(domain, packBatch(head, { signers, seal: `${seal}00` })), DIFFER, 'a byte too many')
  t.equal(await refusalFor(domain, packBatch(head, { signers, seal })), undefined, 'the right entries')
})

t.test('a signature in any other spelling is refused: parity, high s, zero, beyond the order', async (t) => {
  const domain = await deployAnchor(anvil, witnesses)
  const entries = entriesOf(witnesses, await signBatch(witnesses.slice(0, 2), domain, FIRST))
  const [first, ...others] = entries
  if (first === undefined) throw new Error('no entry')
  const r = first.digits.slice(0, 64)
  const parityAndS = BigInt(`0x${first.digits.slice(64)}`)
  const word = (value: bigint): string => value.toString(16).padStart(64, '0')
  const forged: Record<string, string> = {
    parity: r + word(parityAndS ^ 1n << 255n),
    'high s': r + word(ORDER - BigInt.asUintN(255, parityAndS)),
    'r zero': word(0n) + first.digits.slice(64),
    's zero': r + word(0n),
    'r beyond the order': word(ORDER) + first.digits.slice(64),
    'all zero': '0'.repeat(128),
    'all ones': 'f'.repeat(128)
  }
  for (const [name, digits] of Object.entries(forged)) {
    const data = packBatch({ number: 1n, end: 10n, root: FIRST.root }, packEntries([{ signed: true, digits }, ...others]))
    t.strictSame(await refusalFor(domain, data), DIFFER, name)
  }
})

t.test('what was signed cannot be altered: root, end and number', async (t) => {
  const domain = await deployAnchor(anvil, witnesses)
  const seal = packEntries(entriesOf(witnesses, await signBatch(witnesses, domain, FIRST)))
  t.strictSame(await refusalFor(domain, packBatch({ number: 1n, end: 10n, root: rootOf('other') }, seal)), DIFFER)
  t.strictSame(await refusalFor(domain, packBatch({ number: 1n, end: 11n, root: FIRST.root }, seal)), DIFFER)
  t.strictSame(await refusalFor(domain, packBatch({ number: 0n, end: 10n, root: FIRST.root }, seal)), {
    name: 'OutOfSequence',
    args: [1n, 0n]
  })
  t.strictSame(await refusalFor(domain, '0x'), { name: 'OutOfSequence', args: [1n, 0n] }, 'no data')
  t.not(await refusalFor(domain, await sealed(domain, FIRST), 1n), undefined, 'no money is taken')
})

t.test('a majority changes the witnesses, once per batch; the old ones then count no more', async (t) => {
  const domain = await deployAnchor(anvil, witnesses)
  const next = makeWitnesses(5, 'next')
  const set = { fromBatch: 1n, witnesses: addressesOf(next) }
  const change = async (signers: typeof witnesses, statement = set, present = witnesses): Promise<Hex> => {
    const { signers: bits, seal } = packEntries(entriesOf(present, await signWitnessSet(signers, domain, statement)))
    return encodeFunctionData({
      abi: ANCHOR_ABI,
      functionName: 'changeWitnesses',
      args: [statement.fromBatch, statement.witnesses, bits, `0x${seal}`]
    })
  }
  t.strictSame(await refusalFor(domain, await change(witnesses.slice(0, 1))), { name: 'TooFewSignatures', args: [1n, 2n] })
  t.strictSame(await refusalFor(domain, await change(next, set, next)), DIFFER, 'the new ones do not let themselves in')
  t.strictSame(await refusalFor(domain, await change(witnesses, { ...set, fromBatch: 2n })), { name: 'OutOfSequence', args: [1n, 2n] })
  const lists = {
    empty: [],
    unsorted: addressesOf(next).reverse(),
    twice: [...set.witnesses.slice(0, 1), ...set.witnesses.slice(0, 1)],
    zero: [`0x${'00'.repeat(20)}` as const],
    many: addressesOf(makeWitnesses(65))
  }
  for (const [name, list] of Object.entries(lists)) {
    t.strictSame(
      await refusalFor(domain, await change(witnesses, { ...set, witnesses: list })),
      { name: 'WitnessesInvalid', args: [] },
      name
    )
  }
  const call = encodeWitnessChange({
    set,
    witnesses: addressesOf(witnesses),
    signatures: await signWitnessSet(witnesses.slice(1), domain, set)
  })
  const receipt = await send(domain, call)
  t.strictSame(receipt.logs.map(
    decodeWitnessesChangedLog
  ), [{ fromBatch: 1n, witnesses: set.witnesses.map((witness) => witness.toLowerCase()) }])
  t.strictSame(await readHead(anvil.client, { contract: domain.contract }), {
    number: 0n,
    nextBlock: 0n,
    witnessesHash: witnessesHashOf(set.witnesses),
    changed: true
  })
  t.strictSame(await refusalFor(domain, call), { name: 'ChangedAlready', args: [] }, 'replayed')
  t.strictSame(
    await refusalFor(domain, await change(next, { fromBatch: 1n, witnesses: addressesOf(witnesses) }, next)),
    { name: 'ChangedAlready', args: [] },
    'a second change before a batch'
  )
  t.strictSame(await refusalFor(domain, await sealed(domain, FIRST)), DIFFER, 'the old witnesses')
  await send(domain, await sealed(domain, FIRST, next.slice(0, 3), next))
  t.strictSame(await refusalFor(domain, call), { name: 'OutOfSequence', args: [2n, 1n] }, 'replayed later')
  t.equal(
    await refusalFor(domain, await change(next.slice(2), { fromBatch: 2n, witnesses: addressesOf(witnesses) }, next)),
    undefined,
    'changed again after a batch'
  )
})

t.test('64 witnesses anchor and change; a batch signature does not pass for a change', async (t) => {
  const many = makeWitnesses(64)
  const domain = await deployAnchor(anvil, many)
  t.equal((await send(domain, await sealed(domain, FIRST, many.slice(31), many))).status, 'success')
  const set = { fromBatch: 2n, witnesses: addressesOf(witnesses) }
  const signatures = await signBatch(many, domain, SECOND)
  t.strictSame(await refusalFor(domain, encodeWitnessChange({ set, witnesses: addressesOf(many), signatures })), DIFFER)
  const right = encodeWitnessChange({ set, witnesses: addressesOf(many), signatures: await signWitnessSet(many.slice(0, 33), domain, set) })
  t.equal(await refusalFor(domain, right), undefined)
})

t.test('a contract with a false list of witnesses cannot be deployed', async (t) => {
  const [low, high] = addressesOf(witnesses)
  if (low === undefined || high === undefined) throw new Error('no witnesses')
  t.throws(() => encodeDeployment({ networkId: NETWORK_ID, witnesses: [high, low] }), { code: 'WITNESSES_INVALID' })
  const right = encodeDeployment({ networkId: NETWORK_ID, witnesses: [low, high] })
  const unsorted = right.replace(low.slice(2).toLowerCase(), '#').replace(high.slice(2).toLowerCase(), low.slice(2).toLowerCase()).replace(
    '#',
    high.slice(2).toLowerCase()
  ) as Hex
  t.not(unsorted, right)
  await t.rejects(anvil.client.call({ data: unsorted }).catch((error: unknown) => {
    throw new Error(
      refusalOf(error)?.name ?? 'another'
    )
  }), { message: 'WitnessesInvalid' })
})
