import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'esbuild'
import t from 'tap'
import { BROWSER_DEADLINE_MS, bundleForBrowser, runInBrowser } from '../../helpers/browser.ts'
import type { BrowserReport } from './browser/suite.ts'

const LARGEST_GZIP_BYTES = 100_000

const recorded: unknown = JSON.parse(readFileSync(new URL('../../vectors/epione.json', import.meta.url), 'utf8'))
const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The vectors' helpers for Node give way to those for the browser. */
const support: Plugin = {
  name: 'support',
  setup: (bundler) => { bundler.onResolve({ filter: /unit\/crypto\/support\.ts$/ }, () => ({ path: fromHere('browser/support.ts') })) }
}

t.test('the package, bundled for browsers, is small and holds no native module', async (t) => {
  const code = await bundleForBrowser(fromHere('../../../crypto/dist/index.js'))
  const gzipBytes = gzipSync(code).length
  t.comment(`${code.length} bytes, ${gzipBytes} with gzip`)
  t.ok(gzipBytes < LARGEST_GZIP_BYTES, `${gzipBytes} bytes with gzip`)
  t.notMatch(Buffer.from(code).toString(), /node-gyp-build|elliptic|from"node:|require\("/)
})

t.test('the core suite passes in headless Chromium', { timeout: 2 * BROWSER_DEADLINE_MS }, async (t) => {
  const report = await runInBrowser(t, await bundleForBrowser(fromHere('browser/suite.ts'), [support])) as BrowserReport
  t.comment(report.userAgent)
  t.match(report.userAgent, /Chrome/)
  t.equal(report.curve, 'noble')
  t.equal(report.hasNodeCrypto, false)
  t.strictSame(report.failures, [], `of ${report.checks} checks`)
  t.strictSame(report.vectors, recorded, 'every format has the recorded bytes')
})
