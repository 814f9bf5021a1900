import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'

/* The files beside this one run on the default backend, native; here those that touch the curve run on noble as well. */
const FILES = [
  'answer', 'batch', 'capsule', 'cfrag', 'compartment-limit', 'evidence', 'guardians', 'key-ring', 'keys', 'kfrag', 'precursor', 'sealed', 'statement', 'umbral-interop', 'vectors', 'wrap'
]
/* And those that open ciphertexts on libsodium, which others load only after many. */
const CIPHER_FILES = ['guardians', 'search', 'sealed', 'wrap']
const run = promisify(execFile)

const CASES = [
  ...FILES.map((file) => ({ file, setting: { EPIONE_CURVE: 'noble' } })),
  ...CIPHER_FILES.map((file) => ({ file, setting: { EPIONE_CIPHER: 'native' } }))
]
for (const { file, setting } of CASES) {
  t.test(`${file} passes with ${Object.entries(setting).join()}, too`, { timeout: 300_000 }, async (t) => {
    const path = fileURLToPath(new URL(`${file}.test.ts`, import.meta.url))
    const options = { env: { ...process.env, ...setting }, maxBuffer: 100_000_000 }
    const { failure, stdout } = await run(process.execPath, [path], options).then(
      (result) => ({ failure: null, stdout: result.stdout }),
      (error: unknown) => ({ failure: error, stdout: (error as { stdout?: string }).stdout ?? '' }))
    const complaints = stdout.split('\n').filter((line) => /^\s*not ok/.test(line))
    t.equal(failure, null, complaints.join('\n'))
    t.match(stdout, /ok 1 /, 'it holds tests')
  })
}
