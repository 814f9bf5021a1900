import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, '..', '..')
/** What each answer is held against: no failure of the server, no status, type, header or body that the description does not name. */
const CHECKS = [
  'not_a_server_error', 'status_code_conformance', 'content_type_conformance', 'response_headers_conformance', 'response_schema_conformance'
]
/** The Python module beside this one: bodies of media types that the program does not know. */
const HOOKS = { SCHEMATHESIS_HOOKS: 'media_types', PYTHONPATH: import.meta.dirname }
/** The same cases in each run: what fails, fails again. */
const SEED = 4_711
const [INSTALL_MS, OUTPUT_BYTES] = [600_000, 64 * 2 ** 20]

export interface Caller {
  readonly name: string
  readonly headers?: Readonly<Record<string, string>>
  /** PEM files of a client's certificate and key. */
  readonly certificate?: { readonly cert: string, readonly key: string }
}

/**
 * `perOperation` cases of each operation; `thorough`: the document's examples as well, and sequences of operations along its links.
 */
export interface Run {
  readonly url: string
  readonly caFile: string
  readonly caller: Caller
  readonly perOperation: number
  readonly thorough?: boolean
}

export interface Outcome { readonly cases: number, readonly failed: boolean, readonly report: string }

/** The program; installed under .cache where it is not. @throws {Error} where Python or its venv module lacks, with what to do */
export async function installSchemathesis (): Promise<string> {
  const { stdout } = await run(join(import.meta.dirname, 'install.sh'), { timeout: INSTALL_MS })
  return stdout.trim()
}

/** What a session of a patient is asked for by: each request needs one of its own. */
export const FRESH_SESSION = 'Session fresh'

/** Sends made-up requests to every operation of the committed API document, as one caller. */
export async function runSchemathesis (program: string, { url, caFile, caller, perOperation, thorough = false }: Run): Promise<Outcome> {
  const { headers = {}, certificate } = caller
  const options = [
    'run', join(ROOT, 'gateway', 'openapi.json'), '--url', url, '--tls-verify', caFile, '--checks', CHECKS.join(),
    '--phases', thorough ? 'examples,fuzzing,stateful' : 'fuzzing',
    '--max-examples', String(perOperation), '--seed', String(SEED), '--generation-database', 'none', '--suppress-health-check', 'all',
    '--continue-on-failure', '--no-color', '--warnings', 'off', '--workers', '2', '--request-timeout', '60',
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    ...(certificate === undefined ? [] : ['--request-cert', certificate.cert, '--request-cert-key', certificate.key])
  ]
  const env = { ...process.env, ...HOOKS }
  const { failed, report } = await run(program, options, { cwd: tmpdir(), maxBuffer: OUTPUT_BYTES, env }).then(
    ({ stdout }) => ({ failed: false, report: stdout }),
    (error: unknown) => {
      const { code, stdout = '', stderr = '' } = error as { code?: unknown, stdout?: string, stderr?: string }
      // 1: something failed its checks. Anything else is no result of a test.
      if (code !== 1 || !stdout.includes('Test cases:')) throw new Error(`schemathesis: ${stdout}${stderr}`, { cause: error })
      return { failed: true, report: stdout }
    })
  const cases = Number(/^\s*([\d,]+) generated/m.exec(report)?.[1]?.replaceAll(',', '') ?? 0)
  return { cases, failed, report }
}
