import Fastify from 'fastify'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { requirePurpose } from '@epione/sdk'
import type { CacheStore, EvidenceMaterial, PractitionerContext } from '@epione/sdk'
import { sendOutcome } from './answers.ts'
import { parseBodies, requireJsonWanted } from './bodies.ts'
import type { Cards } from './cards.ts'
import { Cursors } from './cursors.ts'
import { FhirError } from './errors.ts'
import { ExportJobs } from './export/jobs.ts'
import { guard } from './guard.ts'
import { MemoryJournal } from './journal.ts'
import type { Journal } from './journal.ts'
import { OpenedRecords } from './opened-records.ts'
import { PatientFinder } from './patients.ts'
import type { Patients } from './patients.ts'
import { classify, HIDDEN } from './problems.ts'
import { RecordReader } from './record-reader.ts'
import type { Purpose } from './record-reader.ts'
import { registerBinaries } from './routes/binaries.ts'
import { registerExport, registerExportedFiles } from './routes/export.ts'
import { registerMetadata } from './routes/metadata.ts'
import { registerRecords } from './routes/records.ts'
import { registerSmart } from './routes/smart.ts'
import { registerSystem } from './routes/system.ts'
import type { Service } from './routes/given.ts'
import type { Clients } from './smart/clients.ts'
import { Tokens } from './smart/tokens.ts'
import { Transactions } from './transaction.ts'

/** Requests of callers that are served at once: each opens records in memory. */
const AT_ONCE_MAX = 32

export interface FhirServiceOptions {
  /** The person whose keys seal and open, with a token of their hospital that counts now. */
  context: () => Promise<PractitionerContext>
  /** What callers show. */
  token: string
  /** What for, where a caller does not say. */
  purpose: string
  cards: Cards
  patients: Patients
  /** Where opened indexes are kept, sealed. */
  searchCache?: CacheStore
  /** Where transactions that were begun are told, so that none is done half; absent, only while the process lives. */
  journal?: Journal
  /** Programs of the hospital that get tokens with scopes of their own; absent: the home's token alone counts. */
  callers?: Clients
  /** Folder for files of exports, sealed and for an hour; absent: nothing is exported. */
  exports?: string
  /** Further names (hosts) under which it is called. */
  hosts?: readonly string[]
  /** Certificate chain and key (PEM), where it is called over a network. */
  tls?: { cert: string, key: string }
  /** Given what proves it when somebody lied. */
  onEvidence?: (material: EvidenceMaterial) => Promise<void>
  /** Told of failures of its own, with the request's id. */
  onFailure?: (requestId: string, error: unknown) => void
}

/** FHIR R4 for programs of the hospital; plaintext on their side, sealed and opened by the SDK on the other. The caller lets it listen. */
export function buildFhirService (options: FhirServiceOptions): FastifyInstance {
  const app = Fastify({
    logger: false,
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    routerOptions: { maxParamLength: 128, ignoreTrailingSlash: true },
    requestTimeout: 120_000,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    ...(options.tls === undefined ? {} : { https: { ...options.tls, minVersion: 'TLSv1.3' as const } })
  }) as unknown as FastifyInstance
  const tokens = options.callers === undefined ? undefined : new Tokens(options.callers)
  guard(app, options, tokens)
  parseBodies(app)
  limit(app)
  answerErrors(app, options.onFailure)
  app.addHook('onSend', (request, reply, _payload, done) => {
    reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' })
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'private, no-cache')
    done()
  })
  const service = serviceOf(app, options)
  const jobs = options.exports === undefined ? undefined : new ExportJobs(options.exports)
  app.addHook('onClose', async () => { await jobs?.close() })
  app.register((routes, _options, done) => {
    routes.addHook('onRequest', (request, _reply, next) => { requireJsonWanted(request); next() })
    registerMetadata(routes, { givesTokens: tokens !== undefined, exports: jobs !== undefined })
    if (jobs !== undefined) registerExport(routes, service, jobs)
    if (tokens !== undefined) registerSmart(routes, tokens)
    registerRecords(routes, service)
    registerSystem(routes, service)
    refuseOtherMethods(routes)
    done()
  }, { prefix: '/fhir' })
  app.register((routes, _options, done) => {
    registerBinaries(routes, service)
    if (jobs !== undefined) registerExportedFiles(routes, jobs)
    done()
  }, { prefix: '/fhir' })
  return app
}

function serviceOf (app: FastifyInstance, options: FhirServiceOptions): Service {
  const opened = new OpenedRecords()
  app.addHook('onClose', (_instance, done) => { opened.clear(); done() })
  const fallback = requirePurpose(options.purpose)
  const purposeOf = (request: FastifyRequest): Purpose => readPurpose(request, fallback)
  return {
    context: options.context,
    cards: options.cards,
    patients: new PatientFinder(options.patients),
    cursors: new Cursors(),
    transactions: settledAtTimes(app, options),
    searchCache: options.searchCache,
    onEvidence: options.onEvidence,
    purposeOf,
    readerFor: async (request) => {
      const purpose = purposeOf(request)
      return new RecordReader({ context: await options.context(), opened, purpose, onEvidence: options.onEvidence })
    }
  }
}

/** How often it is looked for transactions that were cut off, ms. */
const SETTLED_EVERY_MS = 5 * 60_000

/** Transactions; what was cut off and not sent again is undone, at the start and then every five minutes. */
function settledAtTimes (app: FastifyInstance, { context, journal = new MemoryJournal(), onFailure }: FhirServiceOptions): Transactions {
  const transactions = new Transactions(journal)
  let settling = Promise.resolve()
  const settle = (): void => {
    settling = settling.then(async () => {
      if ((await journal.list()).length > 0) await transactions.settle(await context())
    }).catch((error: unknown) => { onFailure?.('transactions', error) })
  }
  const timer = setInterval(settle, SETTLED_EVERY_MS)
  timer.unref()
  app.addHook('onReady', (done) => { settle(); done() })
  app.addHook('onClose', async () => {
    clearInterval(timer)
    await settling
  })
  return transactions
}

const PURPOSE_HEADER = 'purpose-of-use'
const CONSENT_HEADER = 'epione-consent'

/** `Purpose-Of-Use: TREAT`, also as `system|code`; `Epione-Consent` names the consent to read by. */
function readPurpose ({ headers, caller }: FastifyRequest, otherwise: string): Purpose {
  const [said, consentId] = [headers[PURPOSE_HEADER], headers[CONSENT_HEADER]].map((value) => [value ?? []].flat()[0])
  if (consentId !== undefined && !/^[0-9a-f]{64}$/.test(consentId)) throw new FhirError('REQUEST_INVALID', 'Epione-Consent is the id of a consent, as the Consent resource has it')
  const { purposes = [otherwise] } = caller
  const fallback = purposes.includes(otherwise) ? otherwise : purposes[0] ?? otherwise
  const purpose = requirePurpose(said === undefined ? fallback : said.slice(said.lastIndexOf('|') + 1).trim())
  if (caller.purposes?.includes(purpose) === false) throw new FhirError('SCOPE_MISSING', `you are not let read for ${purpose}: for ${caller.purposes.join(', ')} alone`)
  return { purpose, consentId }
}

const requestIdOf = (said: string | string[] | undefined): string =>
  typeof said === 'string' && /^[A-Za-z0-9._:-]{1,64}$/.test(said) ? said : crypto.randomUUID()

function limit (app: FastifyInstance): void {
  let running = 0
  app.addHook('onRequest', (_request, reply, done) => {
    if (running >= AT_ONCE_MAX) {
      reply.header('retry-after', '1')
      throw new FhirError('TOO_MANY_REQUESTS', `${String(AT_ONCE_MAX)} requests are under way: ask again in a second`)
    }
    running += 1
    reply.raw.once('close', () => { running -= 1 })
    done()
  })
}

function answerErrors (app: FastifyInstance, onFailure: FhirServiceOptions['onFailure']): void {
  app.setErrorHandler(async (error, request, reply) => {
    const outcome = classify(error)
    if (outcome.status >= 500) onFailure?.(request.id, error)
    if (outcome.status === 503) reply.header('retry-after', '2')
    // What this service says itself names nothing of its inside, and may say what is to be done.
    return await sendOutcome(reply, outcome.status === 500 && !(error instanceof FhirError) ? HIDDEN : outcome)
  })
  app.setNotFoundHandler(async (_request, reply) => await sendOutcome(reply, classify(
    new FhirError('NOT_FOUND', 'there is no such address here: /fhir/metadata says what is', { issue: 'not-supported' }))))
}

/** What changes nothing here, whoever asks: no AuditEvent is written or deleted, and nothing is deleted by a condition. */
function refuseOtherMethods (routes: FastifyInstance): void {
  routes.route({
    method: ['DELETE', 'PATCH', 'POST', 'PUT'],
    url: '/*',
    config: { access: 'any' },
    handler: ({ method }) => {
      throw new FhirError('METHOD_NOT_SUPPORTED', `${method} is not served at this address: /fhir/metadata says what is. Records are erased by their patient`, { issue: 'not-supported' })
    }
  })
}
