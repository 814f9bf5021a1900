import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { PRIVATE_FOLDER_MODE } from '@epione/host'
import { readServices } from './clients.ts'
import { Floods, limitConnections } from './floods.ts'
import { IssuedStore } from './issued-store.ts'
import { People } from './people.ts'
import { createProvider } from './provider.ts'
import { createSignInPage } from './sign-in.ts'
import type { Settings } from './settings.ts'
import { SettingsError } from './settings.ts'
import { loadSigningKeys } from './signing-keys.ts'

/** Connections end with the process at the latest after this time (ms). */
const CLOSE_GRACE_MS = 3_000

export interface Running { close: () => Promise<void> }

/** Starts the provider and listens. @throws {SettingsError} for files that do not fit */
export async function serveProvider (settings: Settings): Promise<Running> {
  await mkdir(settings.dataDir, { recursive: true, mode: PRIVATE_FOLDER_MODE })
  const key = await readSecretKey(settings.secretKeyFile)
  const store = new IssuedStore(settings.dataDir, key)
  const people = new People(settings.dataDir)
  const provider = createProvider({
    settings,
    people,
    services: await readServices(settings.dataDir),
    signingKeys: await loadSigningKeys(settings.dataDir),
    store,
    cookieKey: createHmac('sha256', key).update('epione/cookies').digest('base64url')
  })
  provider.on('server_error', (_ctx: unknown, error: Error) => { log('server error', error.stack ?? error.message) })
  const floods = new Floods()
  const signIn = createSignInPage({ provider, people, organization: settings.organizationName, floods })
  const answer = provider.callback()
  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url === '/health/live') response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"live"}')
    else if (request.url?.startsWith('/sign-in/') === true) await signIn(request, response)
    else await answer(request, response)
  }
  const server = createServer({
    cert: await readFile(settings.tls.certFile), key: await readFile(settings.tls.keyFile), minVersion: 'TLSv1.3'
  }, (request, response) => {
    response.setHeader('strict-transport-security', 'max-age=31536000')
    if (floods.isTooMuch(request.socket.remoteAddress ?? '')) {
      response.writeHead(429, { 'retry-after': '60', 'content-type': 'text/plain' }).end('More requests than are answered to one address within a minute.\n')
      return
    }
    route(request, response).catch((error: unknown) => {
      log('request failed', error instanceof Error ? error.stack ?? error.message : String(error))
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  limitConnections(server)
  server.listen(settings.listen.port, settings.listen.host)
  await once(server, 'listening')
  return {
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      setTimeout(() => { server.closeAllConnections() }, CLOSE_GRACE_MS).unref()
      await closed
      store.close()
    }
  }
}

async function readSecretKey (file: string): Promise<Uint8Array> {
  const text = (await readFile(file, 'utf8')).trim()
  if (!/^[0-9a-f]{64}$/.test(text)) throw new SettingsError(`SECRET_KEY_FILE ${file} must hold 32 bytes in lowercase hex`)
  return Buffer.from(text, 'hex')
}

function log (message: string, detail: string): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), message, detail })}\n`)
}
