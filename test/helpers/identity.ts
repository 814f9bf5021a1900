import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as oauth from 'oauth4webapi'
import { Agent, fetch } from 'undici'
import { fillIn } from '../../identity/src/fill-in.ts'
import type { Service } from '../../identity/src/clients.ts'
import { People } from '../../identity/src/people.ts'
import type { NewPerson } from '../../identity/src/people.ts'
import { serveProvider } from '../../identity/src/serve.ts'
import { readSettings } from '../../identity/src/settings.ts'
import { findFreePort } from './free-port.ts'
import type { Teardown } from './gateway.ts'
import { createTlsAuthority } from './tls-certificates.ts'
import type { TlsPair } from './tls-certificates.ts'

export interface TestProvider {
  issuer: string
  audience: string
  caPem: string
  dataDir: string
  people: People
  server: oauth.AuthorizationServer
  options: { [oauth.customFetch]: FetchHere }
  /** Ends the process and starts it anew over the same data. */
  restart: () => Promise<void>
  /** Signs a person of the description in by the device flow. */
  signIn: (person: { subject: string, password: string }, scope: string) => Promise<oauth.TokenEndpointResponse>
  browse: (link: string, person: { subject: string, password: string }) => ReturnType<typeof fillIn>
}

type FetchHere = (url: string, init?: object) => Promise<Response>

export const CLI: oauth.Client = { client_id: 'epione-cli' }

/** A provider in this process, over TLS on a free port. */
export async function startTestProvider (t: Teardown, folder: string, { people = [], services = [], env = {}, tls = issueTls(), clock }: {
  people?: Array<NewPerson & { password: string }>
  services?: Service[]
  env?: Record<string, string>
  /** A certificate for localhost and its root; by default one of its own. */
  tls?: { pair: TlsPair, caPem: string }
  /** What signing keys go by; they are looked at more often then. */
  clock?: () => number
} = {}): Promise<TestProvider> {
  const port = await findFreePort()
  const { pair, caPem } = tls
  const dataDir = join(folder, 'data')
  await mkdir(dataDir, { recursive: true })
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text)
    return join(folder, name)
  }
  const issuer = `https://localhost:${String(port)}`
  const audience = env['AUDIENCE'] ?? 'https://gateway.invalid'
  const settings = readSettings({
    ISSUER: issuer,
    ORGANIZATION_NAME: 'Test <Hospital>',
    LISTEN_HOST: '127.0.0.1',
    LISTEN_PORT: String(port),
    TLS_CERT_FILE: await file('cert.pem', pair.certificate),
    TLS_KEY_FILE: await file('key.pem', pair.privateKey),
    DATA_DIR: dataDir,
    SECRET_KEY_FILE: await file('secret.key', randomBytes(32).toString('hex')),
    AUDIENCE: audience,
    ...env
  })
  await writeFile(join(dataDir, 'clients.json'), JSON.stringify({ services }))
  const directory = new People(dataDir)
  for (const { password, ...person } of people) await directory.put(person, password)
  const keys = clock === undefined ? {} : { clock, lookMs: 20 }
  const serve = async (): ReturnType<typeof serveProvider> => await serveProvider(settings, keys)
  let running = await serve()
  t.teardown(async () => { await running.close() })
  const agent = new Agent({ connect: { ca: caPem }, keepAliveTimeout: 1 })
  t.teardown(async () => { await agent.destroy() })
  const fetchHere: FetchHere = async (url, init = {}) => await fetch(url, { ...init, dispatcher: agent }) as unknown as Response
  const options = { [oauth.customFetch]: fetchHere }
  const discovered = await oauth.discoveryRequest(new URL(issuer), options)
  const server = await oauth.processDiscoveryResponse(new URL(issuer), discovered)
  const self: TestProvider = {
    issuer,
    audience,
    caPem,
    dataDir,
    people: directory,
    server,
    options,
    restart: async () => {
      await running.close()
      running = await serve()
    },
    browse: async (link, person) => await fillIn(async (url, init) => await fetchHere(url, { ...init, redirect: 'manual' }), link, person),
    signIn: async (person, scope) => {
      const begun = await oauth.processDeviceAuthorizationResponse(
        server, CLI, await oauth.deviceAuthorizationRequest(server, CLI, oauth.None(), { scope }, options)
      )
      await self.browse(begun.verification_uri_complete ?? begun.verification_uri, person)
      return await oauth.processDeviceCodeResponse(
        server, CLI, await oauth.deviceCodeGrantRequest(server, CLI, oauth.None(), begun.device_code, options)
      )
    }
  }
  return self
}

function issueTls (): { pair: TlsPair, caPem: string } {
  const authority = createTlsAuthority('tls.identity')
  return { pair: authority.issue('identity'), caPem: authority.certificate }
}
