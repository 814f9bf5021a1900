import { open, rename } from 'node:fs/promises'
import { fileExists } from './files.ts'
import { report } from './logger.ts'
import type { StatePaths } from './paths.ts'

/**
 * Looks at the local chain's file before the node starts, because the node would begin a new chain without a word. What is
 * damaged, and the note of a contract whose chain is lost, are kept beside their places; what that means is said.
 */
export async function keepFormerChain (paths: StatePaths, now = Date.now()): Promise<void> {
  const hasState = await fileExists(paths.evmState)
  const isWhole = hasState && await endsWhole(paths.evmState)
  const hadContract = await fileExists(paths.anchorContract)
  if (isWhole || (!hasState && !hadContract)) return
  const kept: string[] = []
  for (const file of [...hasState ? [paths.evmState] : [], ...hadContract ? [paths.anchorContract] : []]) {
    await rename(file, `${file}.lost-${now}`)
    kept.push(`${file}.lost-${now}`)
  }
  report(`the file of the local EVM node's chain is ${hasState ? 'cut off' : 'gone'}: ${paths.evmState}`)
  report(`  kept: ${kept.join(', ')}`)
  if (!hadContract) return
  report('  lost: every anchor on that chain. Proofs made until now cannot be checked on the new chain; the ledger itself is untouched.')
  report('  now: a new chain and a new contract; the anchor services anchor all blocks again, and new proofs of all events can be made.')
  report(`  to have the old chain back instead: \`make down\`, put a backup at ${paths.evmState}, move ${paths.anchorContract}.lost-${now} back, \`make up\`.`)
}

/** Whether a JSON file has its end: the node writes it in place, so that a loss of power cuts it off. */
async function endsWhole (file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, Math.max(0, size - TAIL_BYTES))
    return buffer.subarray(0, bytesRead).toString('latin1').trimEnd().endsWith('}')
  } finally {
    await handle.close()
  }
}

const TAIL_BYTES = 64
