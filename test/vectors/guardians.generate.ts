import { writeFileSync } from 'node:fs'
import {
  deriveKeyRing, exportSecret, fromHex, generatePhrase, makeBackup, openShare, patientIdOf, sealBackup, sealShare,
  SecretKey, toHex
} from '@epione/crypto'
import { seeded } from '../unit/crypto/support.ts'
import { PHRASE } from './epione-vectors.ts'

/* The library draws the shares itself: what this writes differs each time, and is recorded once. */
const ISSUE = 3
const THRESHOLD = 2
const REQUEST_ID = 'c3'.repeat(32)

const patientId = patientIdOf(deriveKeyRing(PHRASE).identity().publicKey())
const device = SecretKey.random(seeded('guardians/device'))
const guardians = ['a', 'b', 'c'].map((name) => {
  const phrase = generatePhrase(12, seeded(`guardians/${name}`))
  return { phrase, keys: deriveKeyRing(phrase).guardian(patientId) }
})
const {
  backup,
  backupHash,
  shares
} = await makeBackup(
  { patientId, issue: ISSUE, threshold: THRESHOLD, guardians: guardians.map((g) => g.keys.receiving.publicKey()), phrase: PHRASE },
  seeded('guardians')
)

const vectors = {
  source: 'this repository, by guardians.generate.ts',
  phrase: PHRASE,
  patientId,
  issue: ISSUE,
  threshold: THRESHOLD,
  guardians: guardians.map(({ phrase, keys: { signing, receiving } }, index) => {
    const { sealed, shareHash, sealedHash } = shares[index] ?? { sealed: fromHex(''), shareHash: fromHex(''), sealedHash: fromHex('') }
    const share = openShare(receiving, sealed, { patientId, issue: ISSUE, index, shareHash })
    return {
      phrase,
      signingSecret: toHex(exportSecret(signing)),
      receivingSecret: toHex(exportSecret(receiving)),
      sealed: toHex(sealed),
      shareHash: toHex(shareHash),
      sealedHash: toHex(sealedHash),
      handedOver: toHex(sealShare(share, device.publicKey(), seeded(`guardians/handout/${index}`)))
    }
  }),
  backup: toHex(backup),
  backupHash: toHex(backupHash),
  requestId: REQUEST_ID,
  deviceSecret: toHex(exportSecret(device)),
  handedBackup: toHex(sealBackup(backup, device.publicKey(), REQUEST_ID, seeded('guardians/backup')))
}
writeFileSync(new URL('guardians.json', import.meta.url), `${JSON.stringify(vectors, null, 2)}\n`)
