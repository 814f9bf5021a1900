import { scryptSync } from 'node:crypto'
import { inspect } from 'node:util'
import t from 'tap'
import { deriveKeyRing, generatePhrase } from '@epione/crypto'
import { openKeystore, sealKeystore } from '@epione/cli'
import { BearerToken, openKeystore as open, sealKeystore as seal, secondFactorOf } from '@epione/sdk'
import type { Stretch } from '@epione/sdk'

const PASSPHRASE = 'a horse that is correct'
const phrase = generatePhrase()
const sealed = await sealKeystore(phrase, PASSPHRASE)

interface KeystoreFile {
  header: { kdf: { N: number, salt: string }, check: string, version: number }
  box: string
}

/** The keystore with something of it changed. */
function changed (change: (file: KeystoreFile) => void): string {
  const file = JSON.parse(sealed) as KeystoreFile
  change(file)
  return JSON.stringify(file)
}

const flip = (hex: string): string => (hex.startsWith('0') ? '1' : '0') + hex.slice(1)

t.test('the right pass-phrase opens a keystore', async (t) => {
  t.equal(await openKeystore(sealed, PASSPHRASE), phrase)
})

t.test('another pass-phrase is told to be wrong', async (t) => {
  await t.rejects(openKeystore(sealed, `${PASSPHRASE} `), { code: 'PASSPHRASE_WRONG', exitCode: 6 })
})

t.test('a pass-phrase is the same in either Unicode form', async (t) => {
  const file = await sealKeystore(phrase, 'schlüssel-wort')
  t.equal(await openKeystore(file, 'schlüssel-wort'), phrase)
})

t.test('a changed keystore is told to be damaged, whatever was changed', async (t) => {
  const damaged: Array<[string, string]> = [
    ['nonce', changed((f) => { f.box = flip(f.box) })],
    ['tag', changed((f) => { f.box = f.box.slice(0, -1) + (f.box.endsWith('0') ? '1' : '0') })],
    ['cost', changed((f) => { f.header.kdf.N = 2 })],
    ['version', changed((f) => { f.header.version = 2 })],
    ['a further member', changed((f) => { Object.assign(f.header, { extra: 1 }) })],
    ['half of it', sealed.slice(0, sealed.length / 2)]
  ]
  for (const [what, file] of damaged) await t.rejects(openKeystore(file, PASSPHRASE), { code: 'KEYSTORE_DAMAGED', exitCode: 6 }, what)
})

t.test('a changed salt or check value does not open it either', async (t) => {
  await t.rejects(openKeystore(
    changed((f) => { f.header.kdf.salt = flip(f.header.kdf.salt) }),
    PASSPHRASE
  ), { name: 'ClientError', exitCode: 6 })
  await t.rejects(openKeystore(changed((f) => { f.header.check = flip(f.header.check) }), PASSPHRASE), { name: 'ClientError', exitCode: 6 })
})

t.test('two keystores of one phrase have nothing in common', async (t) => {
  const other = JSON.parse(await sealKeystore(phrase, PASSPHRASE)) as KeystoreFile
  const first = JSON.parse(sealed) as KeystoreFile
  t.not(other.header.kdf.salt, first.header.kdf.salt)
  t.not(other.box, first.box)
})

t.test('no secret shows in a keystore, in JSON or on inspection', (t) => {
  const context = { keys: deriveKeyRing(phrase), token: new BearerToken('eyJhbGciOi.secret.token') }
  const seen = [sealed, JSON.stringify(context), inspect(context, { depth: null, showHidden: true, getters: true })].join('\n')
  const words = phrase.split(' ')
  // One word alone may be a word of JavaScript, too.
  for (const secret of [...words.slice(1).map((word, i) => `${words[i] ?? ''} ${word}`), 'secret.token']) t.notMatch(seen, secret)
  t.notMatch(seen, Buffer.from(phrase).toString('hex'))
  t.end()
})

t.test('a keystore with a second factor opens with both and with neither alone', async (t) => {
  const stretch: Stretch = (passphrase, salt, { N, r, p }, bytes) =>
    Promise.resolve(new Uint8Array(scryptSync(passphrase, salt, bytes, { N, r, p, maxmem: 160 * 1024 * 1024 })))
  const factor = { name: 'webauthn-prf', credentialId: '0a'.repeat(16), salt: '0b'.repeat(32) } as const
  const secret = new Uint8Array(32).fill(7)
  const file = await seal(phrase, { passphrase: PASSPHRASE, second: { factor, secret } }, stretch)
  t.strictSame(secondFactorOf(file), factor)
  t.equal(secondFactorOf(sealed), undefined)
  t.equal(await open(file, { passphrase: PASSPHRASE, second: secret }, stretch), phrase)
  await t.rejects(open(file, { passphrase: PASSPHRASE, second: new Uint8Array(32).fill(8) }, stretch), { code: 'PASSPHRASE_WRONG' })
  await t.rejects(open(file, { passphrase: 'another pass-phrase', second: secret }, stretch), { code: 'PASSPHRASE_WRONG' })
  await t.rejects(openKeystore(file, PASSPHRASE), { code: 'SECOND_FACTOR_REQUIRED', exitCode: 6 })
  const without = JSON.parse(file) as KeystoreFile & { header: { second?: unknown } }
  delete without.header.second
  await t.rejects(openKeystore(JSON.stringify(without), PASSPHRASE), { code: 'PASSPHRASE_WRONG' }, 'leaving the factor out opens nothing')
})
