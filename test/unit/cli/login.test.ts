import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import type { JWK } from 'jose'
import t from 'tap'
import { createFetchDocument } from '../../../gateway/src/http/fetch-document.ts'
import { readTokenSettings } from '../../../gateway/src/http/token-settings.ts'
import { warnOf } from '../../../cli/src/commands/login.ts'
import { epione, writeNetworkFile } from '../../helpers/client/cli.ts'
import type { Answer } from '../../helpers/client/cli.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import { startTestProvider } from '../../helpers/identity.ts'

/* `epione login` at the identity provider that `make up` starts, and at a gateway that takes its tokens. */

const FILL_IN = join(import.meta.dirname, '..', '..', '..', 'identity', 'bin', 'epione-fill-in.js')
/** Of this life (seconds) a token is exchanged before each command: less than half a minute is left of it. */
const SHORT = '20'
const PASSWORDS: Record<string, string> = { head: 'the head\'s', 'dr-a': 'the doctor\'s', desk: 'the desk\'s' }

const dir = t.testdir()
const consortium = await createConsortium(t)
const core = consortium.hospitals.get('CoreMSP')
const organization = consortium.network.organizations.find(({ mspId }) => mspId === 'CoreMSP')
if (core === undefined || organization === undefined) throw new Error('no hospital')
const { publicKey, privateKey } = await generateKeyPair('ES384', { extractable: true })
const provider = await startTestProvider(t, join(dir, 'identity'), {
  people: [
    { subject: 'head', name: 'Dr Helen Head', password: PASSWORDS['head'] ?? '', duties: ['administrator'] },
    { subject: 'dr-a', password: PASSWORDS['dr-a'] ?? '', duties: ['clinician'] }
  ],
  services: [{
    clientId: 'personnel',
    scopes: ['system/Practitioner.c'],
    algorithm: 'ES384',
    jwks: { keys: [{ ...await exportJWK(publicKey), kid: 'k1' } as JWK & { kty: 'EC', kid: string }] }
  }],
  env: { AUDIENCE: `https://localhost:${String(core.port)}`, ACCESS_TOKEN_SECONDS: SHORT },
  tls: { pair: core.tls, caPem: organization.tlsCaPem }
})
await buildGateway(t, {
  consortium,
  listen: true,
  config: { oidc: readTokenSettings({ OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: provider.audience }) },
  ports: { fetchDocument: createFetchDocument(provider.caPem) }
})
const { id, mspId, name, tlsCaPem } = organization
const networkFile = writeNetworkFile(join(dir, 'network'), { all: [{ info: { id, mspId, name, url: provider.audience, tlsCaPem } }], consortium })
const network = ['--network', networkFile, '--gateway', 'core']

function folderOf (home: string): string {
  mkdirSync(join(dir, home), { recursive: true })
  writeFileSync(join(dir, home, 'passphrase'), 'a horse that is correct\n')
  return join(dir, home)
}

/** Types a command in a home; `subject` is who sits at the browser. */
async function type (home: string, args: string[], subject = home, passwords = PASSWORDS): Promise<Answer> {
  const folder = folderOf(home)
  writeFileSync(join(folder, 'passwords.json'), JSON.stringify(passwords))
  writeFileSync(join(folder, 'ca.pem'), provider.caPem)
  return await epione([...args, '--json'], {
    PATH: process.env['PATH'],
    EPIONE_HOME: join(folder, 'home'),
    EPIONE_PASSPHRASE_FILE: join(folder, 'passphrase'),
    EPIONE_SUBJECT: subject,
    EPIONE_PASSWORDS: join(folder, 'passwords.json'),
    EPIONE_CA: join(folder, 'ca.pem')
  })
}
const login = async (home: string, ...more: string[]): Promise<Answer> => await type(home, ['login', ...network, '--browser', FILL_IN, ...more])
const kept = (home: string): string => readFileSync(join(dir, home, 'home', 'sign-in.json'), 'utf8')

t.test('staff sign in in a browser, and commands need no token file', async (t) => {
  const { exitCode, json, stderr } = await login('head')
  t.equal(exitCode, 0, stderr)
  t.match(json, {
    issuer: provider.issuer, hospital: name, subject: 'head', name: 'Dr Helen Head', scope: 'user/Practitioner.c', warnings: undefined
  }, 'all that the gateway knows, cut to what duties allow')
  const [tokenUntil, signedInUntil] = [Number(json['tokenUntil']), Number(json['signedInUntil'])]
  t.ok(tokenUntil > Date.now() && tokenUntil <= Date.now() + Number(SHORT) * 1000, 'until when the token counts')
  t.ok(signedInUntil > Date.now() + 11 * 3_600_000 && signedInUntil <= Date.now() + 12 * 3_600_000, 'and the sign-in')
  t.match(stderr, /Open https:\/\/localhost:\d+\/device\?user_code=[A-Z]{4}-[A-Z]{4} in a browser, check that it shows the code [A-Z]{4}-[A-Z]{4}/)
  t.match(await type('head', ['practitioner', 'enroll', ...network, '--subject', 'dr-a', '--role', 'physician']), { exitCode: 0 })
  t.match(await login('dr-a', '--scope', 'user/DocumentReference.rs user/Patient.c'), {
    json: { subject: 'dr-a', name: undefined, scope: 'user/DocumentReference.rs', warnings: [/^Not granted: user\/Patient\.c\./] }
  })
  t.match(JSON.parse(kept('dr-a')), { by: 'passphrase' }, 'a home without keys')
  t.match(await type('dr-a', ['practitioner', 'init', ...network, '--phrase-file', join(dir, 'phrase')]), { exitCode: 0 })
  const before = await type('dr-a', ['token'])
  t.match(JSON.parse(kept('dr-a')), { by: 'keys' }, 'and once it has some')
  const { json: { token } } = await type('dr-a', ['token'])
  t.not(token, before.json['token'], 'exchanged, since little was left of it')
  t.notOk(kept('dr-a').includes(String(token)))
})

t.test('commands at once exchange a token one after the other', async (t) => {
  const answers = await Promise.all([1, 2].map(async () => await type('head', ['audit', 'list', ...network])))
  for (const answer of answers) t.match(answer.json, { error: { code: 'REFUSED', problem: undefined } }, 'asked, and refused for its scope alone')
  t.match(await type('head', ['token']), { exitCode: 0 }, 'and none of them spent another\'s')
})

t.test('where more or less is granted than was asked for, the person hears of it', (t) => {
  t.same(warnOf('user/Patient.c user/DocumentReference.rs', 'openid user/Patient.write user/DocumentReference.rs', true), [
    'Granted though not asked for: user/Patient.write. Tell the admin of your hospital\'s identity provider.'
  ])
  t.same(warnOf('user/DocumentReference.read', 'user/DocumentReference.rs', true), [], 'one form for another')
  t.match(warnOf('user/Patient.c user/AuditEvent.rs', 'user/Patient.c', true), [/^Not granted: user\/AuditEvent\.rs\./])
  t.same(warnOf('user/Patient.c user/AuditEvent.rs', 'user/Patient.c', false), [], 'who asked for all knows that not all is theirs')
  t.end()
})

t.test('who cannot sign in is told why', async (t) => {
  const wrong = await type('dr-a', ['login', ...network, '--browser', FILL_IN], 'dr-a', { 'dr-a': 'wrong' })
  t.match(wrong.json, { error: { code: 'REFUSED', message: /Name or password is wrong/ } })
  t.match(await type('dr-a', ['login', ...network, '--scope', 'user/AuditEvent.rs', '--browser', FILL_IN]), {
    json: { error: { code: 'REFUSED', message: /nothing of what/ } }
  })
  t.match(await type('dr-a', ['login', ...network, '--browser', join(dir, 'no-such-program')]), { json: { error: { code: 'USAGE' } } })
  t.match(await login('dr-a', '--client', 'nobody'), { json: { error: { code: 'REFUSED', reason: 'invalid_client' } } })
  t.match(await type('dr-a', ['token']), { exitCode: 0 }, 'the former sign-in goes on')
  t.match(await type('stranger', ['practitioner', 'enroll', ...network, '--subject', 'x', '--role', 'nurse']), {
    json: { error: { code: 'TOKEN_REQUIRED', message: /epione login/ } }
  })
})

t.test('a sign-in ends when the hospital shuts its person out, when it is damaged, and at logout', async (t) => {
  await provider.people.setDisabled('dr-a', true)
  t.match(await type('dr-a', ['token']), { json: { error: { code: 'TOKEN_REQUIRED', message: /has ended/ } } })
  await provider.people.setDisabled('dr-a', false)
  t.match(await login('dr-a'), { exitCode: 0 })
  const file = join(dir, 'dr-a', 'home', 'sign-in.json')
  const good = kept('dr-a')
  for (const bad of ['', '{}', good.replace(/"box":"../, '"box":"00'), kept('head')]) {
    writeFileSync(file, bad)
    const { json } = await type('dr-a', ['token'])
    const code = (json['error'] as { code?: string } | undefined)?.code
    t.equal(code ?? 'none', bad === kept('head') ? 'none' : 'TOKEN_REQUIRED', bad.slice(0, 30))
  }
  writeFileSync(file, good)
  t.match(await login('dr-a'), { exitCode: 0 })
  const copy = kept('dr-a')
  t.match(await type('dr-a', ['logout']), { exitCode: 0, json: { wasSignedIn: true } })
  t.match(await type('dr-a', ['token']), { json: { error: { code: 'TOKEN_REQUIRED' } } })
  t.match(await type('dr-a', ['logout']), { json: { wasSignedIn: false } })
  writeFileSync(file, copy)
  t.match(await type('dr-a', ['token']), { json: { error: { code: 'TOKEN_REQUIRED', message: /has ended/ } } }, 'a copy is of no use')
})

t.test('a program of the hospital signs in by its key, again and again', async (t) => {
  const key = join(folderOf('personnel'), 'key.json')
  writeFileSync(key, JSON.stringify({ ...await exportJWK(privateKey), kid: 'k1' }))
  const as = ['login', ...network, '--client', 'personnel', '--client-key']
  t.match(await type('personnel', [...as, key]), { exitCode: 0, json: { scope: 'system/Practitioner.c' } })
  for (const subject of ['dr-b', 'dr-c']) {
    t.match(await type('personnel', ['practitioner', 'enroll', ...network, '--subject', subject, '--role', 'nurse']), { exitCode: 0 })
  }
  writeFileSync(key, '{}')
  t.match(await type('personnel', [...as, key]), { json: { error: { code: 'FILE_DAMAGED' } } })
  const other = await generateKeyPair('ES384', { extractable: true })
  writeFileSync(key, JSON.stringify({ ...await exportJWK(other.privateKey), kid: 'k1' }))
  t.match(await type('personnel', [...as, key]), { json: { error: { code: 'REFUSED', reason: 'invalid_client' } } })
})
