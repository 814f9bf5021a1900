import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { exportJWK, generateKeyPair } from 'jose'
import type { JWK } from 'jose'
import t from 'tap'
import { createFetchDocument } from '../../../gateway/src/http/fetch-document.ts'
import { readTokenSettings } from '../../../gateway/src/http/token-settings.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import { startTestProvider } from '../../helpers/identity.ts'
import { bindPractitioner, publishPatient, registerRecord, signRequest } from '../../helpers/ledger-fixtures.ts'

/* What a stranger does: installs the package in an empty folder, compiles its example strictly, and runs it against a gateway. */

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, '..', '..', '..')
const AUDITOR = { subject: 'auditor-wide', password: 'the auditor\'s', duties: ['auditor' as const] }
const DENIALS = 5

t.test('a stranger installs the package, compiles its example and runs it against a gateway', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'epione-client-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const inFolder = async (program: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<string> => {
    const options = { cwd: folder, env: { ...process.env, ...env }, maxBuffer: 2 ** 24 }
    const { stdout } = await run(program, args, options).catch((error: unknown) => {
      const { stdout = '', stderr = '' } = error as { stdout?: string, stderr?: string }
      throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`, { cause: error })
    })
    return stdout
  }
  // As a registry would give them: the package, and what it and its example need.
  const packed = await inFolder('npm', ['pack', '--json', '--ignore-scripts', join(ROOT, 'client'),
    ...['openapi-fetch', 'openapi-typescript-helpers', 'oauth4webapi'].map((name) => join(ROOT, 'node_modules', name))])
  const tarballs = JSON.parse(packed) as Array<{ name: string, filename: string, size: number, files: Array<{ path: string }> }>
  const [own] = tarballs
  t.same(own?.files.map(({ path }) => path).filter((path) => !/^dist\/[a-z-]+\.(js|d\.ts)$/.test(path)).sort(), ['README.md', 'example.ts', 'package.json'])
  t.ok((own?.size ?? Infinity) < 150_000, `${own?.size ?? 0} bytes`)
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}')
  await inFolder('npm', ['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', ...tarballs.map(({ filename }) => `./${filename}`)])
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'node_modules/@epione/client/package.json'), 'utf8')) as { dependencies: object }
  t.same(Object.keys(dependencies), ['openapi-fetch'], 'nothing of ours')

  writeFileSync(join(folder, 'example.ts'), readFileSync(join(folder, 'node_modules/@epione/client/example.ts')))
  const compile = async (file: string): Promise<string> => await inFolder(process.execPath, [
    join(ROOT, 'node_modules/typescript7/bin/tsc'), file, '--ignoreConfig', '--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes', '--noPropertyAccessFromIndexSignature',
    '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2023,dom,dom.iterable', '--types', ''
  ])
  await compile('example.ts')
  writeFileSync(join(folder, 'wrong.ts'), `
    import { createGatewayClient, isProblem } from '@epione/client'
    const client = createGatewayClient({ baseUrl: 'https://gateway.example' })
    export const a = client.GET('/v1/no-such-path')
    export const b = client.POST('/v1/practitioners', { body: { subject: 'a' } })
    export const c = isProblem(new Error(), 'NO_SUCH_CODE')
    export const d = client.GET('/v1/peer/ledger-head')`)
  const wrong = await compile('wrong.ts').then(() => 'compiled', (error: unknown) => String(error))
  for (const line of [4, 5, 6, 7]) t.match(wrong, new RegExp(`wrong\\.ts\\(${String(line)},`), `line ${String(line)} is refused`)

  const consortium = await createConsortium(t)
  const core = consortium.hospitals.get('CoreMSP')
  const organization = consortium.network.organizations.find(({ mspId }) => mspId === 'CoreMSP')
  if (core === undefined || organization === undefined) throw new Error('no hospital')
  const { publicKey, privateKey } = await generateKeyPair('ES384', { extractable: true })
  const provider = await startTestProvider(t, join(folder, 'identity'), {
    people: [AUDITOR],
    services: [{
      clientId: 'personnel', scopes: ['system/Practitioner.c'], algorithm: 'ES384', jwks: { keys: [{ ...await exportJWK(publicKey), kid: 'k1' } as JWK & { kty: 'EC', kid: string }] }
    }],
    env: { AUDIENCE: `https://localhost:${String(core.port)}` },
    tls: { pair: core.tls, caPem: organization.tlsCaPem }
  })
  const gateway = await buildGateway(t, {
    consortium,
    listen: true,
    config: { oidc: readTokenSettings({ OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: provider.audience }) },
    ports: { fetchDocument: createFetchDocument(provider.caPem) }
  })
  const { world } = consortium
  const [patient, person] = [await publishPatient(world), await bindPractitioner(world)]
  for (let denial = 0; denial < DENIALS; denial++) {
    await person.ledger.requestAccess(signRequest(world, person, patient, [await registerRecord(world, person, patient)]))
  }
  await gateway.app.events.waitFor(world.memory.height - 1n, AbortSignal.timeout(10_000))
  const { access_token: auditorToken } = await provider.signIn(AUDITOR, 'user/AuditEvent.rs')
  writeFileSync(join(folder, 'ca.pem'), provider.caPem)
  writeFileSync(join(folder, 'main.js'), `
    import { run } from './example.js'
    const { jwk, ...program } = JSON.parse(process.env.PROGRAM)
    const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-384' }, false, ['sign'])
    console.log(JSON.stringify(await run({ ...program, key })))`)
  const program = { gateway: provider.audience, clientId: 'personnel', keyId: 'k1', jwk: await exportJWK(privateKey), auditorToken }
  const done = JSON.parse(await inFolder(process.execPath, ['main.js'], { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'), PROGRAM: JSON.stringify(program) })) as object
  t.match(done, { staffId: /^s-/, isSame: true, refusal: 'PRACTITIONER_EXISTS', events: DENIALS, hospitals: { length: 3 } })
})
