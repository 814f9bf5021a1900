import { createReadStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { fileExists } from '../../host/src/index.ts'
import { report } from '../host/logger.ts'
import type { StatePaths } from '../description/paths.ts'

/**
 * Looks at the local chain's file before the node starts, because the node would begin a new chain without a word. What is
 * damaged, and the note of a contract whose chain is lost, are kept beside their places; what that means is said.
 */
export async function keepFormerChain (paths: StatePaths, now = Date.now()): Promise<void> {
  const hasState = await fileExists(paths.evmState)
  const isWhole = hasState && await isWholeJson(paths.evmState)
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
  report(
    `  to have the old chain back instead: \`make down\`, put a backup at ${paths.evmState}, move ${paths.anchorContract}.lost-${now} back, \`make up\`.`
  )
}

type Within = 'structure' | 'string' | 'escape'

/**
 * Whether a JSON file of any size is whole: the node writes it in place, so that a loss of power cuts it off, or leaves blocks of
 * zeros. Whole is what closes as many brackets as it opens, the last one at its end, and holds no byte that JSON has none of.
 */
export async function isWholeJson (file: string): Promise<boolean> {
  let depth = 0
  let isClosed = false
  let within: Within = 'structure'
  for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) {
    for (const byte of chunk) {
      if (byte < SPACE && !LINE_BYTES.includes(byte)) return false
      const isStructure = within === 'structure' && byte > SPACE
      within = enter(within, byte)
      if (!isStructure) continue
      if (isClosed) return false
      depth += OPENING.includes(byte) ? 1 : CLOSING.includes(byte) ? -1 : 0
      isClosed = depth === 0
    }
  }
  return isClosed
}

/** What the next byte is part of. */
function enter (within: Within, byte: number): Within {
  if (within === 'escape') return 'string'
  if (within === 'string' && byte === BACKSLASH) return 'escape'
  return byte === QUOTE ? (within === 'string' ? 'structure' : 'string') : within
}

const [SPACE, QUOTE, BACKSLASH] = [0x20, 0x22, 0x5c]
const LINE_BYTES = Buffer.from('\t\n\r')
const OPENING = Buffer.from('{[')
const CLOSING = Buffer.from('}]')
