import { join, relative } from 'node:path'
import t from 'tap'
import { runFiles } from '../../runner/run-files.ts'
import type { Tally } from '../../runner/run-files.ts'

/* The files beside this one run on the default backend, native; here those that touch the curve run on noble as well. */
const FILES = [
  'answer', 'batch', 'capsule', 'cfrag', 'compartment-limit', 'evidence', 'guardians', 'key-ring', 'keys', 'kfrag', 'precursor', 'sealed', 'statement', 'umbral-interop', 'vectors', 'wrap'
]
/* And those that open ciphertexts on libsodium, which others load only after many. */
const CIPHER_FILES = ['guardians', 'search', 'sealed', 'wrap']
const SUITES = [
  { files: FILES, setting: { EPIONE_CURVE: 'noble' } },
  { files: CIPHER_FILES, setting: { EPIONE_CIPHER: 'native' } }
]
const pathOf = (file: string): string => relative(process.cwd(), join(import.meta.dirname, `${file}.test.ts`))

const reports = t.testdir()
for (const { files, setting } of SUITES) {
  let complaints = ''
  let ran: Promise<Tally> | undefined
  const run = async (): Promise<Tally> => await runFiles(files.map(pathOf), {
    reports,
    env: { ...process.env, ...setting },
    timeoutSeconds: 300,
    together: true,
    say: (text) => { complaints += text.startsWith('ok') ? '' : `${text}\n` }
  })
  for (const file of files) {
    t.test(`${file} passes with ${Object.entries(setting).join()}, too`, async (t) => {
      ran ??= run()
      const { passed, failed } = await ran
      t.same(failed.filter((name) => name.startsWith(pathOf(file))), [], complaints)
      t.ok(passed > files.length)
    })
  }
}
