import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { generatePhrase } from '@epione/crypto'
import { Home, sealKeystore } from '@epione/cli'
import { decodeText } from '../../../sdk/src/files/decode-text.ts'
import { readText } from '../../../cli/src/files.ts'
import { readPassphrase } from '../../../cli/src/commands/secrets.ts'
import { epione } from '../../helpers/client/cli.ts'
import { documentOf } from '../../helpers/founding.ts'

const WORD = 'schlüssel-wort'
const latin1 = Buffer.from(WORD, 'latin1')
const refused = { code: 'TEXT_NOT_UTF8', exitCode: 2 }

t.test('text is taken as UTF-8, with or without a mark that says so, and as nothing else', (t) => {
  t.equal(decodeText(Buffer.from(WORD), 'f'), WORD)
  t.equal(decodeText(Buffer.from(`\ufeff${WORD}`), 'f'), WORD, 'a byte order mark is no part of the text')
  t.equal(decodeText(Buffer.from('\ufffd'), 'f'), '\ufffd', 'a replacement character that somebody wrote')
  t.equal(decodeText(new Uint8Array(), 'f'), '')
  const cases: Array<[Uint8Array, RegExp]> = [
    [latin1, /Latin-1/],
    [Buffer.from(`\ufeff${WORD}`, 'utf16le'), /UTF-16/],
    [Buffer.from('plain', 'utf16le'), /UTF-16/],
    [Buffer.from('plain', 'utf16le').swap16(), /UTF-16/],
    [Buffer.from('text\0\0'), /no text/],
    [Buffer.from(WORD).subarray(0, 5), /Latin-1/]
  ]
  for (const [bytes, guess] of cases) {
    t.throws(() => decodeText(bytes, '/some/file'), { ...refused, message: guess })
    t.throws(() => decodeText(bytes, '/some/file'), {
      message: /^\/some\/file is not text in UTF-8/,
      details: { path: '/some/file', encoding: 'UTF-8' }
    })
  }
  t.end()
})

t.test('a pass-phrase file in Latin-1 is refused instead of becoming another pass-phrase', async (t) => {
  const path = join(t.testdir({ passphrase: latin1 }), 'passphrase')
  const error = await readText(path).catch((e: unknown) => e)
  t.match(error, refused)
  t.notMatch(String(error), /wort/, 'what it holds is not told')
  const io = { stdin: process.stdin, stdout: { write: () => undefined }, stderr: { write: () => undefined }, env: {} }
  await t.rejects(readPassphrase({ io, passphraseFile: path }), refused)
})

t.test('every file that a person hands to a command is refused when it is no UTF-8', async (t) => {
  const dir = t.testdir({ bad: latin1, good: 'a horse that is correct', token: 'a.b.c' })
  const home = join(dir, 'home')
  mkdirSync(home)
  await new Home(home).writeKeystore(await sealKeystore(generatePhrase(), 'a horse that is correct'))
  const document = documentOf('ab'.repeat(32), ['CoreMSP'])
  const known = {
    networkId: document.networkId,
    networkName: document.name,
    document,
    gateways: [{ mspId: 'CoreMSP', id: 'core', name: 'Core', url: 'https://localhost:1', tlsCaPem: '' }]
  }
  await new Home(home).writeConfig({ version: 1, role: 'patient', patientId: 'a'.repeat(32), ...known })
  const [bad, out, env] = [
    join(dir, 'bad'), join(dir, 'out'),
    { EPIONE_HOME: home, EPIONE_PASSPHRASE_FILE: join(dir, 'good'), EPIONE_TOKEN_FILE: join(dir, 'token') }
  ]
  const commands: Array<[string[], NodeJS.ProcessEnv?]> = [
    [['patient', 'status'], { ...env, EPIONE_PASSPHRASE_FILE: bad }],
    [['patient', 'restore', '--phrase-file', bad], { ...env, EPIONE_HOME: join(dir, 'new') }],
    [['patient', 'guardians', 'set', bad, '--threshold', '2']],
    [['patient', 'init', '--network', bad, '--phrase-file', out], { ...env, EPIONE_HOME: join(dir, 'new') }],
    [['patient', 'init', '--network', bad, '--phrase-file', out], { ...env, EPIONE_HOME: join(dir, 'new'), EPIONE_TOKEN_FILE: bad }],
    [['guardian', 'approve', bad, '--out', out]],
    [['guardian', 'freeze', '--patient', 'a'.repeat(32), '--with', bad]],
    [['verify-evidence', bad]],
    [['verify', bad]]
  ]
  for (const [args, changed] of commands) {
    t.match(
      (await epione([...args, '--json'], changed ?? env)).json,
      { error: { code: 'TEXT_NOT_UTF8', path: bad } },
      args.join(' ')
    )
  }
  t.strictSame(readdirSync(dir).sort(), ['bad', 'good', 'home', 'token'])
  writeFileSync(join(home, 'keystore.json'), latin1)
  t.match(
    (await epione(['patient', 'status', '--json'], env)).json,
    { error: { code: 'KEYSTORE_DAMAGED' } },
    'what this program wrote itself is damaged'
  )
})
