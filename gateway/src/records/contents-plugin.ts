import fp from 'fastify-plugin'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { join } from 'node:path'
import { GatewayError } from '../errors.ts'
import type { Limits } from '../http/limits.ts'
import { Quota } from './quota.ts'
import { ContentStore } from './content-store.ts'
import { IpfsNode } from './ipfs-node.ts'
import { Outlines } from './outlines.ts'
import { ResumableUploads } from './resumable-uploads.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The hospital's own Kubo node, where it has one. */
    ipfs: IpfsNode | undefined
    contents: ContentStore
    quota: Quota
    uploads: ResumableUploads
    outlines: Outlines
  }
  interface FastifyContextConfig {
    /** The route takes a body of bytes, as a stream. */
    stream?: boolean
  }
}

/** Media types of bytes: of a whole content, and of a part as tus sends it. */
const [WHOLE, PART] = ['application/octet-stream', 'application/offset+octet-stream']
const HOUR_MS = 3_600_000

/** The store of ciphertext. A body of application/octet-stream reaches its handler as a stream, never as a buffer. */
export const contentsPlugin = fp(async (app) => {
  const { config: { ipfs }, ports: { ipfsSecret } } = app
  app.decorate('ipfs', ipfs === undefined ? undefined : new IpfsNode(ipfs.url, ipfsSecret))
  app.decorate('contents', await ContentStore.open(join(app.config.dataDir, 'contents'), {
    db: app.store.db, clock: app.ports.clock, isAlone: app.store.kind === 'sqlite', ipfs: app.ipfs
  }))
  app.decorate('quota', new Quota(app.contents, await boundByDisk(app)))
  app.decorate('outlines', new Outlines())
  const { config: { limits, maxContentBytes }, contents, quota, room, ports: { clock }, store: { db } } = app
  app.decorate('uploads', await ResumableUploads.open({
    directory: contents.uploadsDirectory,
    db,
    contents,
    quota,
    take: async (bytes) => { await room.take(bytes) },
    clock,
    maxBytes: maxContentBytes,
    openPerCaller: limits.openUploadsPerCaller,
    lifeMs: limits.uploadHours * HOUR_MS
  }))
  // A route takes one form of body and no coding of it: what is stored or signed is the bytes as they come.
  app.addHook('preParsing', (request, reply, payload, done) => { done(judgeBody(request, reply), payload) })
  app.addContentTypeParser([WHOLE, PART], (_request, payload, done) => { done(null, payload) })
}, { name: 'contents', dependencies: ['store', 'room'] })

/* What may lie here unnamed, with what does already, is never more than the disk has room for. */
async function boundByDisk ({ config: { limits }, contents: { unnamed }, room, log }: FastifyInstance): Promise<Limits> {
  const lying = ['peer', 'staff', 'patient'].reduce((sum, kind) => sum + unnamed.of(kind), 0)
  const bytes = Math.max(0, await room.left()) + lying
  const [all, caller, peer] = [limits.unnamedBytes, limits.unnamedBytesPerCaller, limits.unnamedBytesPerPeer]
    .map((limit) => Math.min(limit, bytes)) as [number, number, number]
  const bounded = { ...limits, unnamedBytes: all, unnamedBytesPerCaller: caller, unnamedBytesPerPeer: peer }
  if (bytes < Math.max(limits.unnamedBytes, limits.unnamedBytesPerCaller, limits.unnamedBytesPerPeer)) {
    log.warn({ bytes }, 'the disk has less room than LIMIT_UNNAMED_BYTES and those beside it say: so many bytes are the most until the next start')
  }
  return bounded
}

const isOfType = (type: string | undefined, wanted: string): boolean => type?.split(';', 1)[0]?.trim().toLowerCase() === wanted

/** Why a body cannot be taken, if it cannot (RFC 9110 §15.5.16). */
function judgeBody ({ headers, is404, method, routeOptions: { config } }: FastifyRequest, reply: FastifyReply): GatewayError | null {
  if (is404 || method === 'GET' || method === 'HEAD') return null
  const { 'content-type': type, 'content-encoding': coding = 'identity' } = headers
  if (coding.trim().toLowerCase() !== 'identity') {
    reply.header('accept-encoding', 'identity')
    return new GatewayError('MEDIA_TYPE_UNSUPPORTED', 'send the body without Content-Encoding')
  }
  const ofStream = method === 'PATCH' ? PART : WHOLE
  const wanted = config.stream === true ? ofStream : 'application/json'
  return isOfType(type, wanted) || (config.stream !== true && type === undefined) ? null : new GatewayError('MEDIA_TYPE_UNSUPPORTED', `this route takes ${wanted}`)
}
