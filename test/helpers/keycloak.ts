import { execFile, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { ensureCached, isCached, javaMissing, startForeign } from './foreign.ts'
import { findFreePort } from './free-port.ts'
import type { Teardown } from './gateway.ts'

const run = promisify(execFile)
const VERSION = '26.7.3'
/** SHA-256 of the distribution as its makers publish it. */
const SHA256 = '27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f'
const NAME = `keycloak-${VERSION}`
/** A virtual machine that lives for a minute is better not optimised. */
const JAVA = { JAVA_OPTS_KC_HEAP: '-Xms128m -Xmx512m', JAVA_OPTS_APPEND: '-XX:TieredStopAtLevel=1' }
const ADMIN = { username: 'admin', password: 'the admin of tests' }
const START_MS = 420_000

/** A Keycloak on loopback with realms of a test; gone with it. */
export interface Keycloak {
  url: string
  issuer: (realm: string) => string
  /** A token as the client gets it; an error of OAuth otherwise. */
  signIn: (realm: string, client: string, user: string, scope: string) => Promise<{ token?: string, error?: string }>
  /** One call of the admin's REST interface, below the realm. */
  admin: (method: string, realm: string, path: string, body?: object) => Promise<unknown>
}

/** Why no Keycloak can run here, in words of what to install; undefined when one can. */
export function keycloakMissing (): string | undefined {
  return javaMissing({ isCached: isCached(NAME) })
}

/** Starts one with these realms, each a file of Keycloak's export. */
export async function startKeycloak (t: Teardown, realms: Readonly<Record<string, object>>): Promise<Keycloak> {
  const home = await ensureCached(NAME, makeDistribution)
  const folder = await mkdtemp(join(tmpdir(), 'epione-keycloak-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  // Its programs are shared, what it writes is not.
  for (const part of ['lib', 'conf', 'providers', 'themes']) await symlink(join(home, part), join(folder, part))
  // Its home is where the script lies.
  await cp(join(home, 'bin', 'kc.sh'), join(folder, 'bin', 'kc.sh'))
  await mkdir(join(folder, 'data', 'import'), { recursive: true })
  for (const [name, realm] of Object.entries(realms)) {
    await writeFile(join(folder, 'data', 'import', `${name}-realm.json`), JSON.stringify(realm))
  }
  const port = await findFreePort()
  const url = `http://127.0.0.1:${String(port)}`
  const [first = 'master'] = Object.keys(realms)
  await startForeign(t, {
    name: 'Keycloak',
    command: join(folder, 'bin', 'kc.sh'),
    args: [
      'start', '--optimized', '--http-enabled=true', '--http-host=127.0.0.1', `--http-port=${String(port)}`, `--hostname=${url}`, '--import-realm'
    ],
    env: { ...JAVA, KC_BOOTSTRAP_ADMIN_USERNAME: ADMIN.username, KC_BOOTSTRAP_ADMIN_PASSWORD: ADMIN.password },
    log: join(folder, 'log'),
    isReady: async () => (await fetch(`${url}/realms/${first}/.well-known/openid-configuration`)).ok,
    startMs: START_MS
  })
  return createClient(url)
}

function createClient (url: string): Keycloak {
  const issuer = (realm: string): string => `${url}/realms/${realm}`
  const ask = async (realm: string, form: Record<string, string>): Promise<{ token?: string, error?: string }> => {
    const answer = await fetch(`${issuer(realm)}/protocol/openid-connect/token`, { method: 'POST', body: new URLSearchParams(form) })
    const { access_token: token, error } = await answer.json() as { access_token?: string, error?: string }
    return { ...(token === undefined ? {} : { token }), ...(error === undefined ? {} : { error }) }
  }
  return {
    url,
    issuer,
    signIn: async (realm, client, username, scope) =>
      await ask(realm, { grant_type: 'password', client_id: client, username, password: `the password of ${username}`, scope }),
    admin: async (method, realm, path, body) => {
      const { token = '' } = await ask('master', { grant_type: 'password', client_id: 'admin-cli', ...ADMIN })
      const answer = await fetch(`${url}/admin/realms/${realm}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) })
      })
      if (!answer.ok) throw new Error(`${method} ${path} answers ${String(answer.status)}: ${await answer.text()}`)
      const text = await answer.text()
      return text === '' ? undefined : JSON.parse(text) as unknown
    }
  }
}

/** Fetches and builds the distribution. */
async function makeDistribution (work: string): Promise<string> {
  const artifact = `-Dartifact=org.keycloak:keycloak-quarkus-dist:${VERSION}:zip`
  await run('mvn', ['-q', '-B', 'dependency:get', '-Dtransitive=false', artifact])
  await run('mvn', ['-q', '-B', 'dependency:copy', artifact, `-DoutputDirectory=${work}`])
  const zip = join(work, `keycloak-quarkus-dist-${VERSION}.zip`)
  const hash = createHash('sha256')
  await pipeline(createReadStream(zip), hash)
  const found = hash.digest('hex')
  if (found !== SHA256) throw new Error(`${zip} is not the distribution that this test is written for: SHA-256 ${found}`)
  // A JDK has no unzip, but unpacks its own archives, which are the same.
  if (spawnSync('unzip', ['-q', zip, '-d', work]).status !== 0) {
    await run('jar', ['xf', zip], { cwd: work })
    await run('chmod', ['+x', join(work, NAME, 'bin', 'kc.sh')])
  }
  const home = join(work, NAME)
  await run(join(home, 'bin', 'kc.sh'), ['build', '--db=dev-mem', '--cache=local'], { env: { PATH: process.env['PATH'], ...JAVA } })
  return home
}
