import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as crypto from '@epione/crypto'
import t from 'tap'
import { epioneVectors } from '../../vectors/epione-vectors.ts'

interface WebResult { nodeCrypto: string, vectors: unknown, opened: boolean, codes: string[] }

const recorded: unknown = JSON.parse(readFileSync(new URL('../../vectors/epione.json', import.meta.url), 'utf8'))

t.test('every format is still the recorded one', async (t) => {
  t.strictSame(await epioneVectors(), recorded)
})

t.test('without node:crypto, WebCrypto and noble make and refuse the same', async (t) => {
  const script = new URL('web-platform.ts', import.meta.url)
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(script)], { maxBuffer: 1_000_000, env: {} })
  const result = JSON.parse(stdout) as WebResult
  t.equal(result.nodeCrypto, 'absent')
  t.strictSame(result.vectors, recorded)
  t.equal(result.opened, true)
  t.strictSame(result.codes, ['none', 'CONTENT_MODIFIED', 'CONTENT_TRUNCATED', 'CONTENT_TRUNCATED'])
})

t.test('CommonJS code, such as chaincode, can require the package', (t) => {
  const required = createRequire(import.meta.url)('@epione/crypto') as typeof crypto
  t.equal(required.verifyStatement, crypto.verifyStatement)
  t.strictSame(Object.keys(required).filter((name) => name !== '__esModule').sort(), Object.keys(crypto).sort())
  t.end()
})

t.test('verified types have no constructor outside the package', (t) => {
  for (const name of ['VerifiedKfrag', 'VerifiedCfrag', 'VerifiedStatement', 'KeyRing']) t.notOk(name in crypto, name)
  t.end()
})
