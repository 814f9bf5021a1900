import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compileAnchor } from '../helpers/solidity.ts'

/**
 * Compiles anchor/contracts/Anchor.sol into ledger/src/contract/artifact.ts.
 * Usage: node test/docs/anchor-artifact.ts [--write]   (without --write it only says whether the file has drifted)
 */
export const ARTIFACT = join(import.meta.dirname, '..', '..', 'ledger', 'src', 'contract', 'artifact.ts')

export function renderArtifact (): string {
  const { abi, bytecode, runtime, immutables } = compileAnchor()
  return `// Generated from anchor/contracts: node test/docs/anchor-artifact.ts --write

/** Interface of the contract; batches go through its \`fallback\`, as \`encodeAnchorCall\` packs them. */
export const ANCHOR_ABI = ${literal(abi)} as const

/** Code that deploys the contract, before its arguments. */
export const ANCHOR_BYTECODE = '${bytecode}'

/** Code that the contract runs, its immutables zero. */
export const ANCHOR_RUNTIME = '${runtime}'

/** Byte offsets in the runtime code at which each immutable stands, 32 bytes long. */
export const ANCHOR_IMMUTABLES = ${literal(immutables)} as const
`
}

/** The value in this repository's style. */
function literal (value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll("'", "\\'").replaceAll(/"(\w+)":/g, '$1:').replaceAll('"', "'")
}

if (process.argv[1] === import.meta.filename) {
  const rendered = renderArtifact()
  if (process.argv.includes('--write')) await writeFile(ARTIFACT, rendered)
  else if (await readFile(ARTIFACT, 'utf8') !== rendered) {
    console.error('ledger/src/contract/artifact.ts has drifted from anchor/contracts: node test/docs/anchor-artifact.ts --write')
    process.exitCode = 1
  }
}
