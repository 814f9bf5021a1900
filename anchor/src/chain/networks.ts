import { readFile } from 'node:fs/promises'
import { checkSchema } from '@epione/protocol'
import { Type } from 'typebox'
import { parseGwei } from 'viem'
import { AnchorError } from '../errors.ts'
import type { Static } from 'typebox'

const strict = { additionalProperties: false }
const Gwei = Type.Number({ exclusiveMinimum: 0 })

/** A description of an EVM network as a file has it. */
const NetworkEntry = Type.Object({
  chainId: Type.Integer({ minimum: 1 }),
  rpcUrl: Type.String({ pattern: '^https?://' }),
  /** A node of our own that proves nothing to outsiders. */
  local: Type.Boolean(),
  /** A block is final when it is at or below the tagged one, or this deep; a depth of 1 is inclusion itself. */
  finality: Type.Union([
    Type.Object({ tag: Type.Union([Type.Literal('safe'), Type.Literal('finalized')]) }, strict),
    Type.Object({ depth: Type.Integer({ minimum: 1, maximum: 10_000 }) }, strict)
  ]),
  fees: Type.Object({ priorityGwei: Gwei, maxGwei: Gwei, batchCostMaxGwei: Gwei }, strict),
  replaceAfterSeconds: Type.Number({ minimum: 0 })
}, strict)
const NetworksFile = Type.Record(Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' }), NetworkEntry)

export type Finality = Static<typeof NetworkEntry>['finality']

/** An EVM network on which batches are anchored. Fees are in wei. */
export interface EvmNetwork {
  name: string
  chainId: number
  rpcUrl: string
  local: boolean
  finality: Finality
  /** Tip per gas, highest price per gas, and the most that one batch may cost. */
  fees: { priority: bigint, max: bigint, batchCostMax: bigint }
  /** How long (ms) a transaction may wait before it is replaced by a dearer one. */
  replaceAfterMs: number
}

/** Reads one network of a networks file; `rpcUrl` replaces that of the file. Throws `NETWORK_INVALID`. */
export async function loadNetwork (file: string, name: string, rpcUrl?: string): Promise<EvmNetwork> {
  const networks = await readNetworks(file)
  const entry = networks[name]
  if (entry === undefined) {
    throw new AnchorError('NETWORK_INVALID', `${file} has no network ${name}; it has ${Object.keys(networks).join(', ')}.`)
  }
  const { fees } = entry
  return {
    name,
    chainId: entry.chainId,
    rpcUrl: rpcUrl ?? entry.rpcUrl,
    local: entry.local,
    finality: entry.finality,
    fees: {
      priority: parseGwei(String(fees.priorityGwei)),
      max: parseGwei(String(fees.maxGwei)),
      batchCostMax: parseGwei(String(fees.batchCostMaxGwei))
    },
    replaceAfterMs: entry.replaceAfterSeconds * 1000
  }
}

async function readNetworks (file: string): Promise<Static<typeof NetworksFile>> {
  try {
    return checkSchema(NetworksFile, JSON.parse(await readFile(file, 'utf8')), 'networks')
  } catch (cause) {
    throw new AnchorError('NETWORK_INVALID', `${file} describes no networks: ${cause instanceof Error
      ? cause.message
      : String(cause)}. Correct it after anchor/networks.json.`, { cause })
  }
}
