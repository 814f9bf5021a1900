import { readFileSync } from 'node:fs'
import {
  backupHash, deriveKeyRing, exportSecret, fromHex, openHandedBackup, openSealedShare, openShare, recoverPhrase,
  sealedShareHash, SecretKey, toHex
} from '@epione/crypto'
import t from 'tap'

interface RecordedGuardian {
  phrase: string
  signingSecret: string
  receivingSecret: string
  sealed: string
  shareHash: string
  sealedHash: string
  handedOver: string
}
interface Recorded {
  phrase: string
  patientId: string
  issue: number
  threshold: number
  guardians: RecordedGuardian[]
  backup: string
  backupHash: string
  requestId: string
  deviceSecret: string
  handedBackup: string
}

/* What was once written must open for ever: a recovery may come decades after the shares were made. */
const recorded = JSON.parse(readFileSync(new URL('../../vectors/guardians.json', import.meta.url), 'utf8')) as Recorded
const { patientId, issue, threshold, guardians } = recorded
const device = SecretKey.fromBytes(fromHex(recorded.deviceSecret))
const shareHashes = guardians.map((g) => fromHex(g.shareHash))

t.test('guardians find their recorded keys again, and open their recorded shares', (t) => {
  guardians.forEach(({ phrase, signingSecret, receivingSecret, sealed, sealedHash }, index) => {
    const { signing, receiving } = deriveKeyRing(phrase).guardian(patientId)
    t.equal(toHex(exportSecret(signing)), signingSecret)
    t.equal(toHex(exportSecret(receiving)), receivingSecret)
    t.equal(toHex(sealedShareHash(fromHex(sealed))), sealedHash)
    const share = openShare(receiving, fromHex(sealed), { patientId, issue, index, shareHash: shareHashes[index] ?? fromHex('') })
    t.match(share, { patientId, issue, index })
  })
  t.end()
})

t.test('any two recorded shares and the recorded backup give the phrase', async (t) => {
  const backup = openHandedBackup(device, fromHex(recorded.handedBackup), recorded.requestId)
  t.equal(toHex(backup), recorded.backup)
  t.equal(toHex(backupHash(backup)), recorded.backupHash)
  const shares = guardians.map((g) => openSealedShare(device, fromHex(g.handedOver), { patientId, issue }))
  for (const without of [0, 1, 2]) {
    t.equal(
      await recoverPhrase({ patientId, issue, threshold, shareHashes, shares: shares.filter((s) => s.index !== without), backup }),
      recorded.phrase
    )
  }
})
