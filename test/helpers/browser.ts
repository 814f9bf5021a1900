import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Plugin } from 'esbuild'

/** How long (ms) a page may take until it reports. */
export const BROWSER_DEADLINE_MS = 90_000
const ADVICE = 'no Chromium found: install it (Debian: apt-get install chromium) or name its program in CHROMIUM'
const FLAGS = [
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

/** Loads a script in headless Chromium and returns the JSON that it posts to /report. */
export async function runInBrowser (t: Test, script: Uint8Array): Promise<unknown> {
  const chromium = findChromium()
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
    } else response.setHeader('content-type', 'text/html').end('<!doctype html><meta charset="utf-8"><script src="/suite.js"></script>')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const profile = await mkdtemp(join(tmpdir(), 'epione-chromium-'))
  const browser = spawn(chromium, [...FLAGS, `--user-data-dir=${profile}`, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`], { stdio: 'ignore' })
  const exited = once(browser, 'exit')
  t.teardown(async () => {
    browser.kill()
    await exited
    server.closeAllConnections()
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  })
  const timer = setTimeout(() => { reported.reject(new Error(`no report from ${chromium} within ${BROWSER_DEADLINE_MS} ms`)) }, BROWSER_DEADLINE_MS)
  t.teardown(() => { clearTimeout(timer) })
  return await reported.promise
}

function findChromium (): string {
  for (const program of [process.env['CHROMIUM'], 'chromium', 'chromium-browser', 'google-chrome']) {
    if (program === undefined || program === '') continue
    try {
      execFileSync(program, ['--version'], { stdio: 'ignore' })
      return program
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  throw new Error(ADVICE)
}
