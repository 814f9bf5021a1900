import type { Stretch } from '@epione/sdk'
import { scryptAsync } from '@noble/hashes/scrypt.js'

/** scrypt where there is none of the platform: browsers have PBKDF2 alone. */
export const stretch: Stretch = (passphrase, salt, cost, bytes) => scryptAsync(passphrase, salt, { ...cost, dkLen: bytes })
