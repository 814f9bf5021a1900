import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { isIP } from 'node:net'
import type { Command } from 'commander'
import { readTextIfExists, replaceFile } from '@epione/host'
import { ClientError, errorCodeOf, messageOf, requirePurpose } from '@epione/sdk'
import type { Act } from './act.ts'
import { readText } from '../files.ts'
import { FolderCache } from '../search-cache.ts'
import { parsePort } from './arguments.ts'
import { untilEnded } from './ended.ts'
import { keepEvidence } from './keep-evidence.ts'
import { loadPackage } from './optional-package.ts'
import { plain } from './output.ts'
import type { CommandRun } from './run.ts'

interface Options {
  port: string
  bind: string
  purpose: string
  cards?: string
  patients?: string
  callers?: string
  host?: string[]
  tlsCert?: string
  tlsKey?: string
  for?: string
}

const LOOPBACK = ['127.0.0.1', '::1']

/** `fhir`: plaintext FHIR R4 to the hospital's programs, for as long as it runs. */
export function addFhir (fhir: Command, act: Act): void {
  fhir
    .option('--port <n>', 'port to listen on; 0 takes a free one', '8103')
    .option('--bind <address>', 'address to listen on; another than loopback needs --tls-cert and --tls-key', '127.0.0.1')
    .option('--purpose <code>', 'what for, where a caller does not say by Purpose-Of-Use', 'TREAT')
    .option('--cards <folder>', 'patients\' write cards, each as PATIENT.json: whose records can be written')
    .option('--patients <file>', 'the hospital\'s patients as FHIR, one a line, each with an identifier of the system urn:epione:patient')
    .option('--callers <file>', 'programs of the hospital with scopes and keys of their own, as docs/fhir.md shows')
    .option('--host <names...>', 'further host names under which callers name this service')
    .option('--tls-cert <file>', 'certificate chain (PEM)')
    .option('--tls-key <file>', 'its key (PEM)')
    .option('--for <time>', 'end after so long, as 8h')
    .action((options: Options, command: Command) => act((run) => serve(run, options), command))
}

async function serve (run: CommandRun, options: Options): Promise<object> {
  const { buildFhirService, ClientsFile, FolderCards, FolderJournal, PatientFile } = await loadPackage('@epione/fhir', async () => await import('@epione/fhir'))
  const [port, purpose, tls] = [parsePort(options.port, '--port'), requirePurpose(options.purpose), await readTls(options)]
  const callers = options.callers === undefined ? undefined : await readCallers(new ClientsFile(options.callers))
  const context = await run.loadPractitioner()
  const token = await readCallerToken(run.home.fhirTokenFile)
  const app = buildFhirService({
    // The token of the hospital is read for each request: a new one takes the place of one that ends.
    context: async () => ({ ...context, token: await run.token(context.keys) }),
    token,
    purpose,
    cards: new FolderCards(options.cards),
    patients: new PatientFile(options.patients),
    searchCache: new FolderCache(run.home.searchCacheFolder),
    journal: new FolderJournal(run.home.fhirTransactionsFolder),
    exports: run.home.fhirExportsFolder,
    hosts: [...options.host ?? [], ...isIP(options.bind) === 6 ? [`[${options.bind}]`] : [options.bind]],
    onEvidence: keepEvidence(run),
    onFailure: (requestId, error) => { run.say(plain(`request ${requestId}: ${errorCodeOf(error) ?? 'UNEXPECTED'}: ${messageOf(error)}`)) },
    ...(callers === undefined ? {} : { callers }),
    ...(tls === undefined ? {} : { tls })
  })
  try {
    await listen(app, { host: options.bind, port })
    const { port: taken } = app.server.address() as AddressInfo
    const url = `${tls === undefined ? 'http' : 'https'}://${isIP(options.bind) === 6 ? `[${options.bind}]` : options.bind}:${taken}/fhir`
    tell(run, { url, tokenFile: run.home.fhirTokenFile, purpose })
    await untilEnded(options.for)
    return { url, ended: true }
  } finally {
    await app.close()
  }
}

/** Whose file is faulty does not start to serve without them. @throws {ClientError} USAGE */
async function readCallers<T extends { all: () => Promise<unknown> }> (callers: T): Promise<T> {
  try {
    await callers.all()
    return callers
  } catch (error) {
    throw new ClientError('USAGE', `--callers: ${messageOf(error)}.`, {}, { cause: error })
  }
}

interface Place { host: string, port: number }

async function listen (app: { listen: (at: Place) => Promise<unknown> }, at: Place): Promise<void> {
  try {
    await app.listen(at)
  } catch (error) {
    throw new ClientError('USAGE', `Nothing can listen on ${at.host}, port ${String(at.port)}: ${messageOf(error)}. Choose another --port or --bind.`, {}, { cause: error })
  }
}

async function readTls ({ bind, tlsCert, tlsKey }: Options): Promise<{ cert: string, key: string } | undefined> {
  if ((tlsCert === undefined) !== (tlsKey === undefined)) throw new ClientError('USAGE', 'Say both --tls-cert and --tls-key, or neither.')
  if (tlsCert !== undefined && tlsKey !== undefined) return { cert: await readText(tlsCert), key: await readText(tlsKey) }
  if (LOOPBACK.includes(bind)) return undefined
  throw new ClientError('USAGE', `Plaintext records do not travel a network in the open: with --bind ${bind} say --tls-cert and --tls-key, too.`)
}

/** What callers show, made once and kept in the home (0600). */
async function readCallerToken (path: string): Promise<string> {
  const known = (await readTextIfExists(path))?.trim() ?? ''
  if (/^[0-9a-f]{64}$/.test(known)) return known
  const token = randomBytes(32).toString('hex')
  await replaceFile(path, `${token}\n`)
  return token
}

function tell (run: CommandRun, told: { url: string, tokenFile: string, purpose: string }): void {
  run.io.stdout.write(run.options.json === true
    ? `${JSON.stringify({ type: 'listening', ...told })}\n`
    : `FHIR R4 at ${told.url}, for ${told.purpose}; callers show the token in ${told.tokenFile}. Ctrl-C ends.\n`)
}
