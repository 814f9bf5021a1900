import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Abi, Hex } from 'viem'

/** What the compiler makes of one contract; `immutables` are the byte offsets of each immutable in the runtime code. */
export interface CompiledContract {
  readonly abi: Abi
  readonly bytecode: Hex
  readonly runtime: Hex
  readonly immutables: Record<string, number[]>
}

interface Code { readonly object: string, readonly immutableReferences?: Record<string, { start: number }[]> }
interface Node { readonly id: number, readonly name?: string, readonly nodes?: Node[] }
interface Output {
  readonly errors?: { severity: string, formattedMessage: string }[]
  readonly contracts?: Record<string, Record<string, { abi: Abi, evm: { bytecode: Code, deployedBytecode: Code } }>>
  readonly sources?: Record<string, { ast: Node }>
}

const CONTRACTS = join(import.meta.dirname, '..', '..', 'anchor', 'contracts')
const SOURCE = 'source.sol'
const OUTPUTS = ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object', 'evm.deployedBytecode.immutableReferences']

/**
 * Compiles all contracts of a source with the pinned compiler and the settings of anchor/contracts/compiler.json; a warning is an error.
 */
export function compileSolidity (content: string): Record<string, CompiledContract> {
  // Loaded only here: it takes a third of a second.
  const compiler = createRequire(import.meta.url)('solc') as { compile: (input: string) => string }
  const settings = JSON.parse(readFileSync(join(CONTRACTS, 'compiler.json'), 'utf8')) as object
  const input = {
    language: 'Solidity',
    sources: { [SOURCE]: { content } },
    settings: { ...settings, outputSelection: { '*': { '*': OUTPUTS, '': ['ast'] } } }
  }
  const output = JSON.parse(compiler.compile(JSON.stringify(input))) as Output
  if (output.errors !== undefined && output.errors.length > 0) {
    throw new Error(output.errors.map(({ formattedMessage }) => formattedMessage).join('\n'))
  }
  const names = declarationsOf(output.sources?.[SOURCE]?.ast)
  return Object.fromEntries(Object.entries(output.contracts?.[SOURCE] ?? {}).map(([name, { abi, evm }]) => [name, {
    abi,
    bytecode: `0x${evm.bytecode.object}` as const,
    runtime: `0x${evm.deployedBytecode.object}` as const,
    immutables: Object.fromEntries(Object.entries(evm.deployedBytecode.immutableReferences ?? {})
      .map(([id, places]) => [names.get(Number(id)) ?? id, places.map(({ start }) => start)]))
  }]))
}

export function compileAnchor (): CompiledContract {
  const compiled = compileSolidity(readFileSync(join(CONTRACTS, 'Anchor.sol'), 'utf8'))['Anchor']
  if (compiled === undefined) throw new Error('anchor/contracts/Anchor.sol holds no contract Anchor')
  return compiled
}

/** Names of all declarations by their id in the syntax tree: immutables are known to the compiler's output by id alone. */
function declarationsOf (tree: Node | undefined, names = new Map<number, string>()): Map<number, string> {
  if (tree?.name !== undefined) names.set(tree.id, tree.name)
  for (const child of tree?.nodes ?? []) declarationsOf(child, names)
  return names
}
