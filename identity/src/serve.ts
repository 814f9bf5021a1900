import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { JWK } from 'jose'
import { pause, PRIVATE_FOLDER_MODE, repeat } from '@epione/host'
import { readServices } from './clients.ts'
import { Floods, limitConnections } from './floods.ts'
import { Guesses } from './guesses.ts'
import { IssuedStore } from './issued-store.ts'
import { People } from './people.ts'
import { createProvider } from './provider.ts'
import { createSignInPage } from './sign-in.ts'
import type { Settings } from './settings.ts'
import { SettingsError } from './settings.ts'
import { KeyFile } from './signing-keys.ts'

/** Connections end with the process at the latest after this time (ms). */
const CLOSE_GRACE_MS = 3_000
/** How often (ms) the provider looks whether its signing keys are to change, or were changed by an admin. */
const LOOK_MS = 5_000
const DAY_MS = 24 * 3_600_000

export interface Running { close: () => Promise<void> }

/** For tests: what time (ms) keys go by, and how often they are looked at. */
export interface ServeOptions { clock?: () => number, lookMs?: number }

/** Starts the provider and listens. @throws {SettingsError} for files that do not fit */
export async function serveProvider (settings: Settings, { clock = Date.now, lookMs = LOOK_MS }: ServeOptions = {}): Promise<Running> {
  await mkdir(settings.dataDir, { recursive: true, mode: PRIVATE_FOLDER_MODE })
  const key = await readSecretKey(settings.secretKeyFile)
  const store = new IssuedStore(settings.dataDir, key)
  const people = new People(settings.dataDir)
  const services = await readServices(settings.dataDir)
  const cookieKey = createHmac('sha256', key).update('epione/cookies').digest('base64url')
  const floods = new Floods()
  const guesses = new Guesses()
  /** All that outlives a request lies in the store: one provider goes on where another was. */
  const serveWith = (signingKeys: JWK[]): Served => {
    const provider = createProvider({ settings, people, services, signingKeys, store, cookieKey })
    provider.on('server_error', (_ctx: unknown, error: Error) => { log('server error', error.stack ?? error.message) })
    return {
      keys: namesOf(signingKeys),
      signIn: createSignInPage({ provider, people, organization: settings.organizationName, floods, guesses }),
      answer: provider.callback()
    }
  }
  const keyFile = new KeyFile(settings.dataDir, clock)
  let served = serveWith(await keyFile.current())
  const looks = tellOnce('signing keys')
  const look = async (): Promise<void> => {
    await keyFile.keepUp(settings.rotateKeysDays * DAY_MS)
    const signingKeys = await keyFile.current()
    if (namesOf(signingKeys) !== served.keys) served = serveWith(signingKeys)
    looks.over()
  }
  const stop = new AbortController()
  const looking = pause(lookMs, stop.signal).then(async () => { await repeat(lookMs, stop.signal, look, looks.failed) })
  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { signIn, answer } = served
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
      stop.abort()
      await looking
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      setTimeout(() => { server.closeAllConnections() }, CLOSE_GRACE_MS).unref()
      await closed
      store.close()
    }
  }
}

/** One provider with the keys of one time. */
interface Served { keys: string, signIn: ReturnType<typeof createSignInPage>, answer: ReturnType<ReturnType<typeof createProvider>['callback']> }

const namesOf = (keys: readonly JWK[]): string => keys.map(({ kid }) => kid).join(' ')

/** Logs a failure, and not again as long as it is the same each time; `over` when there is none any more. */
function tellOnce (message: string): { failed: (error: unknown) => void, over: () => void } {
  let said = ''
  return {
    failed: (error) => {
      const detail = error instanceof Error ? error.message : String(error)
      if (detail !== said) log(message, detail)
      said = detail
    },
    over: () => { said = '' }
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
