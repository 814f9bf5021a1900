import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Plugin } from 'esbuild'
import { waitForLock } from '@epione/host'

/** How long (ms) a page may take until it reports. */
export const BROWSER_DEADLINE_MS = 90_000
/** Letters of more than Latin: neither a bare machine nor the packaged browser has any. */
const ARABIC_FONT = join(import.meta.dirname, '..', '..', 'node_modules', 'dejavu-fonts-ttf', 'ttf', 'DejaVuSans.ttf')
const ADVICE = 'no Chromium found: run `npm ci`, install it (Debian: apt-get install chromium), or name its program in CHROMIUM'
export const FLAGS = [
  '--no-sandbox', '--headless', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'
]

interface Test { teardown: (work: () => unknown) => void }

/** One script of an entry and all that it imports, for browsers. */
export async function bundleForBrowser (entry: string, plugins: Plugin[] = []): Promise<Uint8Array> {
  const { outputFiles: [output] } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    globalName: 'epione',
    platform: 'browser',
    target: 'es2024',
    logLevel: 'error',
    plugins
  })
  if (output === undefined) throw new TypeError('one entry gives one file')
  return output.contents
}

/** Answers a request of the page; false when it is none of its own. */
type Serve = (request: IncomingMessage, response: ServerResponse) => boolean

/** Loads a script in headless Chromium and returns the JSON that it posts to /report; `serve` answers what else the page asks for. */
export async function runInBrowser (t: Test, script: Uint8Array, serve: Serve = () => false): Promise<unknown> {
  const { program, flags, env } = await findChromium()
  const reported = Promise.withResolvers<unknown>()
  const server = createServer((request, response) => {
    if (request.url === '/suite.js') response.setHeader('content-type', 'text/javascript').end(script)
    else if (request.url === '/report') {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        response.end()
        reported.resolve(JSON.parse(Buffer.concat(parts).toString()))
      })
    } else if (!serve(request, response)) {
      response.setHeader('content-type', 'text/html').end('<!doctype html><meta charset="utf-8"><script src="/suite.js"></script>')
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const profile = await mkdtemp(join(tmpdir(), 'epione-chromium-'))
  const browser = spawn(program, [
    ...FLAGS, ...flags, `--user-data-dir=${profile}`, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  ], { stdio: 'ignore', env })
  const exited = once(browser, 'exit')
  t.teardown(async () => {
    browser.kill()
    await exited
    server.closeAllConnections()
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  })
  const timer = setTimeout(
    () => { reported.reject(new Error(`no report from ${program} within ${BROWSER_DEADLINE_MS} ms`)) },
    BROWSER_DEADLINE_MS
  )
  t.teardown(() => { clearTimeout(timer) })
  return await reported.promise
}

/** How a Chromium is run. */
interface Browser { program: string, flags: string[], env: NodeJS.ProcessEnv }

/** The machine's own Chromium, or else the one that the project installs. */
export async function findChromium (): Promise<Browser> {
  const program = installedChromium()
  if (program !== undefined) return { program, flags: [], env: process.env }
  return await packagedChromium()
}

/**
 * Unpacks the packaged one. Where it runs as a function of a cloud it brings the shared libraries that a bare machine lacks;
 * it is told so, and the libraries are looked for beside those of the machine.
 */
async function packagedChromium (): Promise<Browser> {
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs24.x'
  try {
    const { default: chromium } = await import('@sparticuz/chromium')
    // It takes whatever file is there for a whole one: another lane may be writing it still.
    const lock = await waitForLock(join(tmpdir(), 'epione-chromium.lock'), { retryMs: 100, tries: 600 })
    if (lock === undefined) throw new Error('another process has been unpacking it for a minute')
    const program = await unpack(async () => await chromium.executablePath()).finally(() => { lock.release() })
    // One process, as the package's own flags have it, cannot keep WebAssembly and timers apart.
    return { program, flags: ['--headless=shell', '--no-zygote', '--disable-dev-shm-usage'], env: process.env }
  } catch (cause) {
    throw new Error(ADVICE, { cause })
  }
}

async function unpack (executablePath: () => Promise<string>): Promise<string> {
  const program = await executablePath()
  // Where its own fonts lie, it finds this one, too.
  await copyFile(ARABIC_FONT, join(tmpdir(), 'fonts', 'DejaVuSans.ttf'))
  return program
}

function installedChromium (): string | undefined {
  for (const program of [process.env['CHROMIUM'], 'chromium', 'chromium-browser', 'google-chrome']) {
    if (program === undefined || program === '') continue
    try {
      execFileSync(program, ['--version'], { stdio: 'ignore' })
      return program
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  return undefined
}
