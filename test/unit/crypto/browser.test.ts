import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import t from 'tap'
import type { BrowserReport } from './browser/suite.ts'

const LARGEST_GZIP_BYTES = 100_000
const DEADLINE_MS = 90_000
const ADVICE = 'no Chromium found: install it (Debian: apt-get install chromium) or name its program in CHROMIUM'
const FLAGS = [
  '--no-sandbox', '--headless', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'
]

const recorded: unknown = JSON.parse(readFileSync(new URL('../../vectors/epione.json', import.meta.url), 'utf8'))
const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

async function bundle (entry: string): Promise<Uint8Array> {
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
    // The vectors' helpers for Node give way to those for the browser.
    plugins: [{
      name: 'support',
      setup: (bundler) => { bundler.onResolve({ filter: /unit\/crypto\/support\.ts$/ }, () => ({ path: fromHere('browser/support.ts') })) }
    }]
  })
  if (output === undefined) throw new TypeError('one entry gives one file')
  return output.contents
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

t.test('the package, bundled for browsers, is small and holds no native module', async (t) => {
  const code = await bundle(fromHere('../../../crypto/dist/index.js'))
  const gzipBytes = gzipSync(code).length
  t.comment(`${code.length} bytes, ${gzipBytes} with gzip`)
  t.ok(gzipBytes < LARGEST_GZIP_BYTES, `${gzipBytes} bytes with gzip`)
  t.notMatch(Buffer.from(code).toString(), /node-gyp-build|elliptic|from"node:|require\("/)
})

t.test('the core suite passes in headless Chromium', { timeout: 2 * DEADLINE_MS }, async (t) => {
  const chromium = findChromium()
  const script = await bundle(fromHere('browser/suite.ts'))
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
  const timer = setTimeout(() => { reported.reject(new Error(`no report from ${chromium} within ${DEADLINE_MS} ms`)) }, DEADLINE_MS)
  t.teardown(() => { clearTimeout(timer) })
  const report = await reported.promise as BrowserReport
  t.comment(report.userAgent)
  t.match(report.userAgent, /Chrome/)
  t.equal(report.curve, 'noble')
  t.equal(report.hasNodeCrypto, false)
  t.strictSame(report.failures, [], `of ${report.checks} checks`)
  t.strictSame(report.vectors, recorded, 'every format has the recorded bytes')
})
