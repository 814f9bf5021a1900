import { createHash } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { deserialize, serialize } from 'node:v8'
import { VerificationError } from '../errors.ts'
import type { SavedAudit } from './audit-state.ts'

const MAGIC = Buffer.from('epione-audit/1\n')
const HASH_BYTES = 32

/**
 * Reads an audit that was kept; undefined when there is none. Throws `CHECKPOINT_MISMATCH` for a file that is damaged or something else.
 */
export async function readCheckpoint (path: string): Promise<SavedAudit | undefined> {
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  const [magic, hash, body] = [
    bytes.subarray(0, MAGIC.length), bytes.subarray(MAGIC.length, MAGIC.length + HASH_BYTES),
    bytes.subarray(MAGIC.length + HASH_BYTES)
  ]
  if (!magic.equals(MAGIC) || !createHash('sha256').update(body).digest().equals(hash)) {
    throw new VerificationError('CHECKPOINT_MISMATCH', `${path} is no whole checkpoint of an audit; remove it to begin anew.`)
  }
  return deserialize(body) as SavedAudit
}

/** Writes it beside its place, to disk, and then into it: a crash leaves the old or the new one. */
export async function writeCheckpoint (path: string, audit: SavedAudit): Promise<void> {
  const body = serialize(audit)
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    await file.writeFile(Buffer.concat([MAGIC, createHash('sha256').update(body).digest(), body]))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
}
