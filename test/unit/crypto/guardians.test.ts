import { hkdfSync } from 'node:crypto'
import { inspect } from 'node:util'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import {
  backupHash, concatBytes, deriveKeyRing, generatePhrase, GuardianShare, makeBackup, openHandedBackup, openSealed, openSealedShare,
  openShare, patientIdOf, recoverPhrase, requireShares,
  sealBackup, sealShare, sealTo, SecretKey, sha256, toHex, utf8
} from '@epione/crypto'
import type { Backup, KeyRing } from '@epione/crypto'
import { combine } from 'shamir-secret-sharing'
import fc from 'fast-check'
import t from 'tap'
import { flipBit, refuses, refusesLater, runs, seeded } from './support.ts'

interface Issue {
  phrase: string
  patientId: string
  issue: number
  threshold: number
  guardians: SecretKey[]
  made: Backup
  hashes: Uint8Array[]
}

const idOf = (phrase: string): string => patientIdOf(deriveKeyRing(phrase).identity().publicKey())
const DEVICE = SecretKey.random(seeded('device'))
const REQUEST_ID = 'ab'.repeat(32)

async function makeIssue (
  threshold: number,
  count: number,
  { issue = 1, phrase = generatePhrase(24, seeded('phrase')) } = {}
): Promise<Issue> {
  const guardians = Array.from({ length: count }, () => SecretKey.random())
  const patientId = idOf(phrase)
  const made = await makeBackup({ patientId, issue, threshold, guardians: guardians.map((g) => g.publicKey()), phrase })
  return { phrase, patientId, issue, threshold, guardians, made, hashes: made.shares.map((s) => s.shareHash) }
}

/** The guardian's share, from what the patient sealed to them. */
function shareOf ({ patientId, issue, guardians, made }: Issue, index: number): GuardianShare {
  const [guardian, entry] = [guardians[index], made.shares[index]]
  if (guardian === undefined || entry === undefined) throw new Error(`no guardian ${index}`)
  return openShare(guardian, entry.sealed, { patientId, issue, index, shareHash: entry.shareHash })
}

/** On its way through the guardian's approval to the device that recovers. */
function handOver (made: Issue, index: number): GuardianShare {
  return openSealedShare(DEVICE, sealShare(shareOf(made, index), DEVICE.publicKey()), made)
}

const recover = (made: Issue, shares: GuardianShare[], backup = made.made.backup): Promise<string> =>
  recoverPhrase({ patientId: made.patientId, issue: made.issue, threshold: made.threshold, shareHashes: made.hashes, shares, backup })

const two = await makeIssue(2, 3)
const other = await makeIssue(2, 3, { phrase: generatePhrase(12, seeded('another patient')) })

for (const [threshold, count] of [[2, 2], [2, 3], [3, 5], [10, 16]] as const) {
  t.test(`any ${threshold} of ${count} guardians find the phrase again, ${threshold - 1} do not`, async (t) => {
    await fc.assert(fc.asyncProperty(fc.constantFrom<12 | 24>(12, 24), fc.shuffledSubarray(Array.from({ length: count }, (_, i) => i), {
      minLength: threshold
    }), async (words, chosen) => {
      const made = await makeIssue(threshold, count, { issue: 1 + chosen.length, phrase: generatePhrase(words) })
      const shares = chosen.map((index) => handOver(made, index))
      t.equal(await recover(made, shares), made.phrase)
      await refusesLater(t, 'SHARES_TOO_FEW', recover(made, shares.slice(0, threshold - 1)), 'one share less')
    }), runs(3))
  })
}

t.test('shares below the threshold leave every recovery key as likely as any other', async (t) => {
  const made = await makeIssue(3, 5)
  const raw = [0, 1, 2].map((index) => {
    const guardian = made.guardians[index] ?? DEVICE
    const data = concatBytes(utf8('epione/share'), utf8(made.patientId), Uint8Array.of(0, 0, 0, 1, index))
    return openSealed(guardian, made.made.shares[index]?.sealed ?? new Uint8Array(), data).subarray(5)
  })
  const [first = new Uint8Array(), second = new Uint8Array(), third = new Uint8Array()] = raw.map((share) => Uint8Array.from(share))
  const key = await combine([first, second, third])
  const tooFew = await combine([first, second])
  t.notSame(tooFew, key, 'two shares combine to something else')
  t.throws(() => openWith(tooFew, made), 'which opens nothing')
  t.strictSame(openWith(key, made).length, 32, 'three open it')
  // With two shares fixed, the third one's byte decides alone: each value of the key's byte belongs to exactly one.
  const values = new Set<number>()
  for (let byte = 0; byte < 256; byte++) {
    const guess = Uint8Array.from(third)
    guess[0] = byte
    values.add((await combine([first, second, guess]))[0] ?? -1)
  }
  t.equal(values.size, 256)
})

/** The backup opened once more, from the written format and node:crypto alone. */
function openWith (recoveryKey: Uint8Array, { patientId, made }: Issue): Uint8Array {
  const okm = new Uint8Array(hkdfSync('sha256', recoveryKey, new Uint8Array(0), 'epione/backup', 56))
  return xchacha20poly1305(
    okm.subarray(0, 32),
    okm.subarray(32),
    concatBytes(utf8(patientId), Uint8Array.of(0, 0, 0, 1))
  ).decrypt(made.backup)
}

t.test('sealed share, hashes and backup have the documented bytes', (t) => {
  const [entry] = two.made.shares
  const plaintext = openSealed(
    two.guardians[0] ?? DEVICE,
    entry?.sealed ?? new Uint8Array(),
    concatBytes(utf8('epione/share'), utf8(two.patientId), Uint8Array.of(0, 0, 0, 1, 0))
  )
  t.equal(plaintext.length, 4 + 1 + 33)
  t.strictSame(plaintext.subarray(0, 5), Uint8Array.of(0, 0, 0, 1, 0))
  t.equal(
    toHex(entry?.shareHash ?? new Uint8Array()),
    toHex(sha256(concatBytes(utf8('epione/share-hash'), utf8(two.patientId), plaintext)))
  )
  t.equal(
    toHex(entry?.sealedHash ?? new Uint8Array()),
    toHex(sha256(concatBytes(utf8('epione/sealed-share-hash'), entry?.sealed ?? new Uint8Array())))
  )
  t.equal(toHex(two.made.backupHash), toHex(sha256(concatBytes(utf8('epione/backup-hash'), two.made.backup))))
  t.strictSame(two.made.backupHash, backupHash(two.made.backup))
  t.equal(two.made.backup.length, 32 + 16)
  t.equal(other.made.backup.length, 16 + 16)
  t.end()
})

t.test('a forged share is found before it is used, and its guardian named', async (t) => {
  const stranger = await makeIssue(2, 3, { phrase: two.phrase })
  const genuine = [0, 1, 2].map((index) => shareOf(two, index))
  const forged = openSealedShare(DEVICE, sealShare(shareOf(stranger, 1), DEVICE.publicKey()), two)
  await t.rejects(recover(two, [genuine[0] ?? forged, forged]), { name: 'CryptoError', code: 'SHARE_INVALID', message: /guardian 2\b/ })
  await t.rejects(
    recover(two, [forged, ...genuine]),
    { name: 'CryptoError', code: 'SHARE_INVALID', message: /guardian 2\b/ },
    'even where enough good ones are there'
  )
  t.equal(await recover(two, genuine), two.phrase)
})

t.test('shares are judged without the backup, before a recovery waits for it', async (t) => {
  const { patientId, issue, threshold, hashes: shareHashes } = two
  const place = { patientId, issue, threshold, shareHashes }
  const genuine = [0, 1].map((index) => shareOf(two, index))
  t.strictSame(requireShares({ ...place, shares: [...genuine, ...genuine] }), genuine)
  refuses(t, 'SHARES_TOO_FEW', () => requireShares({ ...place, shares: genuine.slice(1) }), 'too few')
  const stranger = await makeIssue(2, 3, { phrase: two.phrase })
  refuses(t, 'SHARE_INVALID', () => requireShares({ ...place, shares: [shareOf(stranger, 0), ...genuine] }), 'a forged one')
})

t.test('one share given twice counts once', async (t) => {
  await refusesLater(t, 'SHARES_TOO_FEW', recover(two, [shareOf(two, 2), shareOf(two, 2)]), 'twice the same')
  await refusesLater(t, 'SHARES_TOO_FEW', recover(two, []), 'none')
})

t.test('a share of an older issue is told apart from a forged one', async (t) => {
  const later = await makeIssue(2, 3, { issue: 2, phrase: two.phrase })
  await refusesLater(t, 'SHARE_OUTDATED', recover(later, [shareOf(later, 0), shareOf(two, 1)]), 'when recovering')
  refuses(t, 'SHARE_OUTDATED', () => openSealedShare(DEVICE, sealShare(shareOf(two, 1), DEVICE.publicKey()), later), 'when handed over')
  await refusesLater(t, 'SHARE_INVALID', recover(two, [shareOf(two, 0), shareOf(later, 1)]), 'an issue that is not there yet')
  const [entry] = two.made.shares
  refuses(
    t,
    'SHARE_INVALID',
    () =>
      openShare(two.guardians[0] ?? DEVICE, entry?.sealed ?? new Uint8Array(), {
        patientId: two.patientId,
        issue: 2,
        index: 0,
        shareHash: two.hashes[0] ?? new Uint8Array(32)
      }),
    'nor opened as one of the newer'
  )
})

t.test('a share of another patient, guardian or commitment is refused', async (t) => {
  const [entry] = two.made.shares
  const sealed = entry?.sealed ?? new Uint8Array()
  const shareHash = entry?.shareHash ?? new Uint8Array(32)
  const [guardian = DEVICE, second = DEVICE] = two.guardians
  const place = { patientId: two.patientId, issue: 1, index: 0, shareHash }
  t.type(openShare(guardian, sealed, place), GuardianShare)
  refuses(t, 'SHARE_INVALID', () => openShare(second, sealed, place), 'another guardian\'s key')
  refuses(t, 'SHARE_INVALID', () => openShare(guardian, sealed, { ...place, index: 1 }), 'another place')
  refuses(t, 'SHARE_INVALID', () => openShare(guardian, sealed, { ...place, patientId: other.patientId }), 'another patient')
  refuses(t, 'SHARE_INVALID', () => openShare(guardian, sealed, { ...place, shareHash: flipBit(shareHash, 3) }), 'another commitment')
  for (let index = 0; index < sealed.length; index++) {
    refuses(
      t,
      'SHARE_INVALID',
      () => openShare(guardian, flipBit(sealed, index), place),
    `byte ${index}`
    )
  }
  await refusesLater(t, 'SHARE_INVALID', recover(two, [shareOf(two, 0), shareOf(other, 1)]), 'in a recovery')
})

t.test('what is handed to the recovering device opens there alone, for that patient alone', (t) => {
  const sealed = sealShare(shareOf(two, 0), DEVICE.publicKey())
  refuses(t, 'SEALED_INVALID', () => openSealedShare(SecretKey.random(), sealed, two), 'another device')
  refuses(t, 'SEALED_INVALID', () => openSealedShare(DEVICE, sealed, other), 'another patient')
  const handout = concatBytes(utf8('epione/share-handout'), utf8(two.patientId))
  const forge = (plaintext: Uint8Array): Uint8Array => sealTo(DEVICE.publicKey(), plaintext, handout)
  for (const [what, plaintext] of [
    ['empty', new Uint8Array()], ['short', new Uint8Array(37)], ['long', new Uint8Array(39)],
    ['issue 0', new Uint8Array(38)], ['guardian 16', Uint8Array.of(0, 0, 0, 1, 16, ...new Uint8Array(33))]
  ] as const) {
    refuses(t, 'SHARE_INVALID', () => openSealedShare(DEVICE, forge(plaintext), two), what)
  }
  t.end()
})

t.test('another or a changed backup does not open', async (t) => {
  const shares = [shareOf(two, 0), shareOf(two, 2)]
  const again = await makeIssue(2, 3, { phrase: two.phrase })
  await refusesLater(t, 'BACKUP_INVALID', recover(two, shares, again.made.backup), 'of other shares')
  for (const length of [0, 15, 31, 47, 49]) {
    await refusesLater(
      t,
      'BACKUP_INVALID',
      recover(two, shares, new Uint8Array(length)),
    `${length} bytes`
    )
  }
  for (let index = 0; index < two.made.backup.length; index++) {
    await refusesLater(
      t,
      'BACKUP_INVALID',
      recover(two, shares, flipBit(two.made.backup, index)),
    `byte ${index}`
    )
  }
})

t.test('a backup that holds another patient\'s phrase is refused', async (t) => {
  // A cheating client: right shares and commitments, the entropy of somebody else encrypted under them.
  const key = await combine(await rawShares(two))
  const okm = new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), 'epione/backup', 56))
  const theirs = xchacha20poly1305(
    okm.subarray(0, 32),
    okm.subarray(32),
    concatBytes(utf8(two.patientId), Uint8Array.of(0, 0, 0, 1))
  ).encrypt(new Uint8Array(32))
  await t.rejects(recover(two, [shareOf(two, 0), shareOf(two, 1)], theirs), { code: 'BACKUP_INVALID', message: /another patient/ })
})

function rawShares ({ patientId, guardians, made }: Issue): Promise<Uint8Array[]> {
  return Promise.resolve([0, 1].map((index) => {
    const data = concatBytes(utf8('epione/share'), utf8(patientId), Uint8Array.of(0, 0, 0, 1, index))
    return Uint8Array.from(openSealed(guardians[index] ?? DEVICE, made.shares[index]?.sealed ?? new Uint8Array(), data).subarray(5))
  }))
}

t.test('a hospital hands the backup to the key of the request, and for that request', (t) => {
  const sealed = sealBackup(two.made.backup, DEVICE.publicKey(), REQUEST_ID)
  t.strictSame(openHandedBackup(DEVICE, sealed, REQUEST_ID), two.made.backup)
  refuses(t, 'BACKUP_INVALID', () => openHandedBackup(DEVICE, sealed, 'cd'.repeat(32)), 'another request')
  refuses(t, 'BACKUP_INVALID', () => openHandedBackup(SecretKey.random(), sealed, REQUEST_ID), 'another device')
  refuses(t, 'BACKUP_INVALID', () => openHandedBackup(DEVICE, flipBit(sealed, 40), REQUEST_ID), 'a changed byte')
  refuses(t, 'HEX_INVALID', () => sealBackup(two.made.backup, DEVICE.publicKey(), 'ab'), 'no request id')
  t.end()
})

t.test('wrong arguments are refused before anything is split', async (t) => {
  const guardians = two.guardians.map((g) => g.publicKey())
  const good = { patientId: two.patientId, issue: 1, threshold: 2, guardians, phrase: two.phrase }
  for (const [what, change] of [
    [
      'threshold 1', { threshold: 1 }
    ], ['threshold above the guardians', { threshold: 4 }], ['a fraction', { threshold: 2.5 }], ['issue 0', { issue: 0 }],
    [
      'a guardian twice', { guardians: [...guardians, ...guardians.slice(0, 1)] }
    ], ['no patient id', { patientId: 'x' }], ['another patient\'s phrase', { phrase: other.phrase }],
    ['17 guardians', { guardians: Array.from({ length: 17 }, () => SecretKey.random().publicKey()) }]
  ] as const) await t.rejects(makeBackup({ ...good, ...change }), RangeError, what)
  await refusesLater(t, 'PHRASE_INVALID', makeBackup({ ...good, phrase: 'no phrase' }), 'no phrase')
})

t.test('a guardian has other keys for each patient, and the same ones for the same', (t) => {
  const ring = deriveKeyRing(two.phrase)
  const hexOf = (keys: ReturnType<KeyRing['guardian']>): string[] => [keys.signing.publicKey().toHex(), keys.receiving.publicKey().toHex()]
  t.strictSame(hexOf(ring.guardian(other.patientId)), hexOf(deriveKeyRing(two.phrase).guardian(other.patientId)))
  const all = [
    ...hexOf(ring.guardian(other.patientId)), ...hexOf(ring.guardian(two.patientId)),
    ...hexOf(deriveKeyRing(other.phrase).guardian(two.patientId))
  ]
  t.equal(new Set(all).size, 6)
  for (const patientId of ['', 'A'.repeat(32), 'a/b', `${two.patientId}/1`]) t.throws(() => ring.guardian(patientId), RangeError, patientId)
  t.end()
})

t.test('a share shows no secret in JSON or to inspect', (t) => {
  const share = shareOf(two, 1)
  t.equal(JSON.stringify({ share }), '{"share":"[GuardianShare]"}')
  t.equal(inspect(share, { showHidden: true }), 'GuardianShare(issue 1, guardian 2)')
  t.end()
})
