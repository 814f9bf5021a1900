import { isDeepStrictEqual } from 'node:util'
import t from 'tap'
import type { Hex } from 'viem'
import { encodeFunctionData } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import { ANCHOR_ABI, majorityOf, readHead, refusalOf, witnessesHashOf } from '@epione/ledger/contract'
import {
  addressesOf, deployAnchor, entriesOf, makeWitnesses, packBatch, packEntries, rootOf, signBatch, signWitnessSet
} from '../../helpers/anchor.ts'
import type { RawEntry } from '../../helpers/anchor.ts'
import { startAnvil } from '../../helpers/anvil.ts'

const CALLS = process.env['SLOW'] === '1' ? 10_000 : 1000
const CHECK_EVERY = 50
const GAS = '0x1e8480'

/** What the contract should hold, and all keys that play. */
interface Model { number: bigint, nextBlock: bigint, present: PrivateKeyAccount[], changed: boolean }
interface Play { data: Hex, expected: string | undefined, apply: () => void }
type Random = (limit: number) => number

/** A small repeatable generator (xorshift32), so that a failure can be played again. */
function randomFrom (seed: number): Random {
  let state = seed
  return (limit) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % limit
  }
}

function sortedPick (keys: readonly PrivateKeyAccount[], count: number, random: Random): PrivateKeyAccount[] {
  const pool = [...keys]
  while (pool.length > count) pool.splice(random(pool.length), 1)
  return pool
}

/** Damages the entries in one of several ways; null when this way does not apply to them. */
function damage (entries: readonly RawEntry[], random: Random): RawEntry[] | null {
  const at = random(entries.length)
  const entry = entries[at]
  if (entry === undefined) return null
  const replaced = (digits: string): RawEntry[] => entries.with(at, { ...entry, digits })
  switch (random(6)) {
    case 0: return entries.length < 2 ? null : [...entries.slice(1), ...entries.slice(0, 1)]
    case 1: return entries.toSpliced(at, 1)
    case 2: return entries.toSpliced(at, 0, entry)
    case 3: return replaced(entry.digits.slice(0, -2))
    case 4: return replaced('0'.repeat(entry.digits.length))
    default: {
      const place = random(entry.digits.length)
      const digit = (parseInt(entry.digits.charAt(place), 16) ^ (1 + random(15))).toString(16)
      return replaced(entry.digits.slice(0, place) + digit + entry.digits.slice(place + 1))
    }
  }
}

t.test(`${String(CALLS)} random calls leave the contract where a model of it is`, async (t) => {
  const anvil = await startAnvil()
  t.teardown(anvil.stop)
  const random = randomFrom(0x5eed)
  const keys = makeWitnesses(9)
  const model: Model = { number: 0n, nextBlock: 0n, present: sortedPick(keys, 3, random), changed: false }
  const domain = await deployAnchor(anvil, model.present)
  await anvil.request('evm_setAutomine', [false])
  const played = new Map<string, number>()

  const draw = async (): Promise<Play> => {
    const isChange = random(4) === 0
    const number = random(8) === 0 ? model.number + BigInt(random(4)) : model.number + 1n
    const end = model.nextBlock + (random(10) === 0 ? 0n : BigInt(1 + random(5000)))
    const next = sortedPick(keys, random(12) === 0 ? 0 : 1 + random(9), random)
    const signers = sortedPick(model.present, random(5) === 0 ? random(model.present.length + 1) : majorityOf(model.present.length), random)
    const root = rootOf(String(random(0x7fffffff)))
    const set = { fromBatch: number, witnesses: addressesOf(next) }
    const signed = isChange
      ? await signWitnessSet(signers, domain, set)
      : await signBatch(signers, domain, { number, firstBlock: model.nextBlock, lastBlock: end === 0n ? 0n : end - 1n, root })
    const entries = entriesOf(model.present, signed)
    const damaged = random(5) === 0 ? damage(entries, random) : null
    const { signers: bits, seal } = packEntries(damaged ?? entries)
    const refusals: [boolean, string][] = [
      [number !== model.number + 1n, 'OutOfSequence'],
      [!isChange && end <= model.nextBlock, 'EmptyBatch'],
      [isChange && model.changed, 'ChangedAlready'],
      [isChange && next.length === 0, 'WitnessesInvalid'],
      [damaged !== null, 'WitnessesDiffer'],
      [signers.length < majorityOf(model.present.length), 'TooFewSignatures']
    ]
    return {
      data: isChange
        ? encodeFunctionData({ abi: ANCHOR_ABI, functionName: 'changeWitnesses', args: [number, set.witnesses, bits, `0x${seal}`] })
        : packBatch({ number, end, root }, { signers: bits, seal }),
      expected: refusals.find(([applies]) => applies)?.[1],
      apply: () => Object.assign(model, isChange ? { present: next, changed: true } : { number, nextBlock: end, changed: false })
    }
  }

  const from = anvil.account(2).address
  let wrong = 0
  for (let call = 0; call < CALLS && wrong === 0; call++) {
    const { data, expected, apply } = await draw()
    const refused = await anvil.request('eth_call', [{ from, to: domain.contract, data, gas: GAS }, 'latest'])
      .then(() => undefined, (error: unknown) => refusalOf(error)?.name ?? String(error))
    // Sent in any case: what a call says and what a transaction does must agree.
    const hash = await anvil.request('eth_sendTransaction', [{ from, to: domain.contract, data, gas: GAS }])
    // Mined by hand: it is faster than asking again and again whether the node has.
    await anvil.request('evm_mine', [])
    const { status } = await anvil.request('eth_getTransactionReceipt', [hash]) as { status: Hex }
    if ((status === '0x1') !== (refused === undefined)) {
      wrong += 1
      t.fail(`call ${String(call)}: status ${status}`)
    }
    if (refused !== expected) {
      wrong += 1
      t.equal(refused, expected, `call ${String(call)}: ${data}`)
    }
    if (refused === undefined) apply()
    const outcome = refused ?? 'taken'
    played.set(outcome, (played.get(outcome) ?? 0) + 1)
    if (call % CHECK_EVERY === 0 || call === CALLS - 1) {
      const { number, nextBlock, changed } = model
      const held = await readHead(anvil.client, { contract: domain.contract })
      const wanted = { number, nextBlock, witnessesHash: witnessesHashOf(addressesOf(model.present)), changed }
      if (!isDeepStrictEqual(held, wanted)) {
        wrong += 1
        t.strictSame(held, wanted, `after call ${String(call)}`)
      }
    }
  }
  t.equal(wrong, 0)
  t.comment(Object.fromEntries(played))
  for (const outcome of [
    'taken', 'OutOfSequence', 'EmptyBatch', 'ChangedAlready', 'WitnessesInvalid', 'WitnessesDiffer', 'TooFewSignatures'
  ]) {
    t.ok((played.get(outcome) ?? 0) > 0, `${outcome} happened`)
  }
})
