import type { RandomSource } from './bytes.ts'
import { concatBytes, fromHex, utf8 } from './bytes.ts'
import { DOMAINS } from './domains.ts'
import { refuseAs } from './errors.ts'
import type { PublicKey, SecretKey } from './keys.ts'
import { openSealed, sealTo } from './sealed.ts'

/**
 * Seals a backup to the key that the recovery request with this id (hex) names, associated data "epione/backup-handout" || id. Run by a
 * hospital.
 */
export function sealBackup (backup: Uint8Array, receivingKey: PublicKey, requestId: string, rng?: RandomSource): Uint8Array {
  return sealTo(receivingKey, backup, handoutData(requestId), rng)
}

/** Opens what a hospital handed out for that request. Throws `BACKUP_INVALID`. Run by the recovering device. */
export function openHandedBackup (secret: SecretKey, sealed: Uint8Array, requestId: string): Uint8Array {
  return refuseAs('BACKUP_INVALID', 'backup as handed out', () => openSealed(secret, sealed, handoutData(requestId)))
}

function handoutData (requestId: string): Uint8Array {
  return concatBytes(utf8(DOMAINS.backupHandout), fromHex(requestId, 32))
}
