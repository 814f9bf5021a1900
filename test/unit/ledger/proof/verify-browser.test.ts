import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import t from 'tap'
import { VerificationError, verifyProof } from '@epione/ledger/proof'
import { BROWSER_DEADLINE_MS, bundleForBrowser, runInBrowser } from '../../../helpers/browser.ts'
import type { BrowserVerdicts } from './browser/main.ts'

interface Vectors { proofs: Array<{ name: string, proof: unknown, verdict: unknown }> }

const vectors = JSON.parse(readFileSync(new URL('../../../vectors/proofs.json', import.meta.url), 'utf8')) as Vectors
const recorded = Object.fromEntries(vectors.proofs.map(({ name, verdict }) => [name, verdict]))

t.test('the recorded proofs have the recorded verdicts in Node', async (t) => {
  for (const { name, proof, verdict } of vectors.proofs) {
    const found: unknown = await verifyProof(proof).then((v) =>
      JSON.parse(JSON.stringify(v)) as unknown, (error: unknown) => error instanceof VerificationError ? error.code : error)
    t.strictSame(found, verdict, name)
  }
})

t.test('the same verifier gives the same verdicts in headless Chromium', { timeout: 2 * BROWSER_DEADLINE_MS }, async (t) => {
  const script = await bundleForBrowser(fileURLToPath(new URL('browser/main.ts', import.meta.url)))
  t.comment(`${script.length} bytes with the vectors, ${gzipSync(script).length} with gzip`)
  const { userAgent, hasNode, verdicts } = await runInBrowser(t, script) as BrowserVerdicts
  t.match(userAgent, /Chrome/)
  t.equal(hasNode, false)
  t.strictSame(verdicts, recorded)
})
