import { createHash } from 'node:crypto'
import { deserialize, serialize } from 'node:v8'
import { readIfExists, replaceFile } from '@epione/host'
import { VerificationError } from '../errors.ts'
import type { SavedAudit } from './audit-state.ts'

const MAGIC = Buffer.from('epione-audit/1\n')
const HASH_BYTES = 32

/**
 * Reads an audit that was kept; undefined when there is none. Throws `CHECKPOINT_MISMATCH` for a file that is damaged or something else.
 */
export async function readCheckpoint (path: string): Promise<SavedAudit | undefined> {
  const bytes = await readIfExists(path)
  if (bytes === undefined) return undefined
  const [magic, hash, body] = [
    bytes.subarray(0, MAGIC.length), bytes.subarray(MAGIC.length, MAGIC.length + HASH_BYTES),
    bytes.subarray(MAGIC.length + HASH_BYTES)
  ]
  if (!magic.equals(MAGIC) || !createHash('sha256').update(body).digest().equals(hash)) {
    throw new VerificationError('CHECKPOINT_MISMATCH', `${path} is no whole checkpoint of an audit; remove it to begin anew.`)
  }
  return deserialize(body) as SavedAudit
}

/** Writes it in one step: a crash leaves the old or the new one. */
export async function writeCheckpoint (path: string, audit: SavedAudit): Promise<void> {
  const body = serialize(audit)
  await replaceFile(path, Buffer.concat([MAGIC, createHash('sha256').update(body).digest(), body]))
}
