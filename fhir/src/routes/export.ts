import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { instantOf } from '@epione/protocol/fhir'
import { listConsenting } from '@epione/sdk'
import { baseOf } from '../answers.ts'
import { FhirError } from '../errors.ts'
import type { ExportJob, ExportJobs } from '../export/jobs.ts'
import { readExport } from '../export/parameters.ts'
import { runExport } from '../export/run.ts'
import { OpenedRecords } from '../opened-records.ts'
import { RecordReader } from '../record-reader.ts'
import type { Service } from './given.ts'

type Named = FastifyRequest<{ Params: { job: string, file: string } }>

/** The one group that there is: the hospital's own patients, of `--patients`. */
const OWN_GROUP = 'own'
const ANY = { config: { access: 'any' } } as const

/** FHIR Bulk Data: what this person may read of those who consent, as files, by a job that its caller polls. */
export function registerExport (app: FastifyInstance, service: Service, jobs: ExportJobs): void {
  for (const path of ['/$export', '/Patient/$export']) {
    app.get(path, ANY, async (request, reply) => await begin(service, jobs, request, reply))
    app.post(path, ANY, async (request, reply) => await begin(service, jobs, request, reply))
  }
  for (const method of ['GET', 'POST'] as const) {
    app.route<{ Params: { id: string } }>({
      method,
      url: '/Group/:id/$export',
      ...ANY,
      handler: async (request, reply) => {
        if (request.params.id !== OWN_GROUP) throw new FhirError('NOT_FOUND', `there is no such Group: Group/${OWN_GROUP} are the patients of --patients`)
        return await begin(service, jobs, request, reply, async () => (await service.patients.all()).flatMap(({ id }) => id ?? []))
      }
    })
  }
  app.get('/export/:job', ANY, async (request: Named, reply) => await sendStatus(jobs, request, reply))
  app.delete('/export/:job', ANY, async (request: Named, reply) => {
    await jobs.cancel(jobs.find(request.params.job, request.caller.id))
    return await reply.code(202).send()
  })
}

/** Files are lines of JSON, whatever else a caller would rather have. */
export function registerExportedFiles (app: FastifyInstance, jobs: ExportJobs): void {
  app.get('/export/:job/:file', ANY, async (request: Named, reply) => await sendFile(jobs, request, reply))
}

async function begin (
  service: Service, jobs: ExportJobs, request: FastifyRequest, reply: FastifyReply, members?: () => Promise<readonly string[]>
): Promise<FastifyReply> {
  const wanted = readExport(request)
  const named = wanted.patients.map((reference) => service.patients.ofReference(reference))
  const [purpose, base] = [service.purposeOf(request), baseOf(request)]
  const job = jobs.begin(request.caller.id, `${new URL(base).origin}${request.url}`, async (job) => {
    // Nothing that was opened is kept: it is on its way to the disk.
    const opened = new OpenedRecords(0)
    const reader = async (): Promise<RecordReader> =>
      new RecordReader({ context: await service.context(), opened, purpose, onEvidence: service.onEvidence })
    await runExport({ job, wanted, finder: service.patients, base, reader, patients: async () => await whose(service, named, members) })
  })
  return await reply.code(202).header('content-location', `${base}/export/${job.id}`).send()
}

/** Those who are named, or all who consent: who does not consent is not asked about unnamed, as each request stands in their log. */
async function whose (
  service: Service, named: readonly string[], members: (() => Promise<readonly string[]>) | undefined
): Promise<readonly string[]> {
  const group = members === undefined ? undefined : new Set(await members())
  const isOfGroup = (patientId: string): boolean => group === undefined || group.has(patientId)
  const all = named.length > 0 ? named : await listConsenting(await service.context(), 'read')
  return [...new Set(all)].filter(isOfGroup)
}

async function sendStatus (jobs: ExportJobs, request: Named, reply: FastifyReply): Promise<FastifyReply> {
  const job = jobs.find(request.params.job, request.caller.id)
  if (job.doneAt === undefined) return await reply.code(202).headers({ 'x-progress': job.progress, 'retry-after': '2' }).send()
  if (job.failure !== undefined) throw job.failure
  reply.header('expires', new Date(job.expiresAt ?? 0).toUTCString())
  return await reply.type('application/json').send(JSON.stringify(manifestOf(job, `${baseOf(request)}/export/${job.id}`)))
}

function manifestOf ({ begunAt, request, files }: ExportJob, address: string): object {
  const listed = files.map(({ type, name, file: { lines } }) => ({ type, url: `${address}/${name}`, count: lines }))
  return {
    transactionTime: instantOf(begunAt),
    request,
    requiresAccessToken: true,
    output: listed.filter(({ type }) => type !== 'OperationOutcome'),
    error: listed.filter(({ type }) => type === 'OperationOutcome')
  }
}

/** A file by its name in the manifest: no path is made of what is asked for. */
async function sendFile (jobs: ExportJobs, request: Named, reply: FastifyReply): Promise<FastifyReply> {
  const job = jobs.find(request.params.job, request.caller.id)
  const found = job.doneAt === undefined ? undefined : job.files.find(({ name }) => name === request.params.file)
  if (found === undefined || job.failure !== undefined) throw new FhirError('NOT_FOUND', 'the export has no such file: its manifest names those that it has')
  reply.type('application/fhir+ndjson').headers({ 'content-length': found.file.bytes, 'cache-control': 'private, no-store' })
  return await reply.send(Readable.from(found.file.read(), { objectMode: false }))
}
