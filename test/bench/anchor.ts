import { parseArgs } from 'node:util'
import { encodeFunctionData, toHex } from 'viem'
import type { Hex } from 'viem'
import { rootOf } from '../helpers/anchor.ts'
import { gasOf, measureAnchorGas } from '../helpers/anchor-gas.ts'
import { deployOn, startAnvil } from '../helpers/anvil.ts'
import type { Anvil } from '../helpers/anvil.ts'
import { compileSolidity } from '../helpers/solidity.ts'
import { measureLedgerAudit } from './ledger-audit.ts'
import { measureProof } from './proofs.ts'

/**
 * Gas of anchoring on a real EVM node, beside a contract that stores each block hash in a mapping and one that only emits it; size and
 * time of a proof; time of the whole-log audit.
 * Usage: npm run bench:anchor [-- --json]
 */
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
const ROUNDS = 8
const EVENTS_PER_BATCH = [1, 100, 10_000]
const OTHERS = `// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;
contract MappingAnchor {
    mapping(uint256 => bytes32) private _hashes;
    function put(uint256 number, bytes32 hash) external { _hashes[number] = hash; }
}
contract EventAnchor {
    event Put(uint256 number, bytes32 hash);
    function put(uint256 number, bytes32 hash) external { emit Put(number, hash); }
}`
const PUT = [
  {
    type: 'function',
    name: 'put',
    stateMutability: 'nonpayable',
    inputs: [{ name: 'number', type: 'uint256' }, { name: 'hash', type: 'bytes32' }],
    outputs: []
  }
] as const

/** Mean gas of putting one hash into a contract. */
async function gasPerPut (anvil: Anvil, bytecode: Hex | undefined): Promise<number> {
  if (bytecode === undefined) throw new Error('the contract was not compiled')
  const contract = await deployOn(anvil, bytecode)
  let sum = 0
  for (let number = 0; number < ROUNDS; number++) {
    sum += await gasOf(
      anvil,
      contract,
      encodeFunctionData({ abi: PUT, args: [BigInt(number), toHex(Buffer.from(rootOf(String(number)), 'hex'))] })
    )
  }
  return Math.round(sum / ROUNDS)
}

const anvil = await startAnvil()
try {
  const { gasPerBatch, gasPerSignature, gasPerBatchOfSeven, gasPerWitnessChange } = await measureAnchorGas(anvil)
  const others = compileSolidity(OTHERS)
  const mappingGasPerBlock = await gasPerPut(anvil, others['MappingAnchor']?.bytecode)
  const eventGasPerBlock = await gasPerPut(anvil, others['EventAnchor']?.bytecode)
  const [gasPerEventAt1, gasPerEventAt100, gasPerEventAt10000] = EVENTS_PER_BATCH.map((events) => Number((gasPerBatch / events).toFixed(2)))
  const { proofBytes, verifyMs, verifyOnChainMs } = await measureProof(anvil)
  const { seconds } = await measureLedgerAudit((text) => { console.error(text) })
  const verifyLedgerSeconds100k = Number(seconds.toFixed(2))
  const figures = {
    gasPerBatch,
    gasPerSignature,
    gasPerEventAt1,
    gasPerEventAt100,
    gasPerEventAt10000,
    mappingGasPerBlock,
    proofBytes,
    verifyMs,
    verifyLedgerSeconds100k,
    eventGasPerBlock,
    gasPerBatchOfSeven,
    gasPerWitnessChange,
    verifyOnChainMs
  }
  if (values.json) console.log(JSON.stringify({ figures }))
  else {
    console.log(
      `batch, 2 of 3 sign ${gasPerBatch}\nbatch, 4 of 7 sign ${gasPerBatchOfSeven}\none more signature ${gasPerSignature}\nwitness change     ${gasPerWitnessChange}\n`
    )
    console.log('blocks or events   batch, gas each   mapping, gas each   bare event, gas each')
    for (const count of EVENTS_PER_BATCH) {
      console.log(
        `${String(count).padEnd(16)}${(gasPerBatch / count).toFixed(2).padStart(18)}${String(mappingGasPerBlock).padStart(20)}${String(eventGasPerBlock).padStart(23)}`
      )
    }
    console.log(
      `\nproof of one event  ${proofBytes} bytes\nverified            ${verifyMs} ms from the file, ${verifyOnChainMs} ms on the chain\nwhole ledger        ${verifyLedgerSeconds100k} s for 100,000 entries`
    )
  }
} finally {
  await anvil.stop()
}
