import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FhirResource } from 'fhir/r4.js'
import { FHIR_JSON, outcomeOf } from '@epione/protocol/fhir'
import type { Outcome } from '@epione/protocol/fhir'
import { FhirError } from './errors.ts'

/** Where this service is, as its caller names it; without a slash at its end. */
export function baseOf ({ protocol, headers: { host = '' } }: FastifyRequest): string {
  return `${protocol}://${host}/fhir`
}

/** Where the hospital's programs get tokens. */
export const tokenAddress = (request: FastifyRequest): string => `${baseOf(request)}/token`

/** What a resource's version is called in `ETag`. */
export const tagOf = (version: string | number): string => `W/"${String(version)}"`

export async function sendOutcome (reply: FastifyReply, outcome: Outcome): Promise<FastifyReply> {
  return await reply.code(outcome.status).type(FHIR_JSON).send(JSON.stringify(outcomeOf(outcome)))
}

/** Sends a resource with its version and time; 304 to whoever has it already. */
export async function sendResource (request: FastifyRequest, reply: FastifyReply, resource: FhirResource): Promise<FastifyReply> {
  const { versionId, lastUpdated } = resource.meta ?? {}
  if (lastUpdated !== undefined) reply.header('last-modified', new Date(lastUpdated).toUTCString())
  if (versionId !== undefined) {
    reply.header('etag', tagOf(versionId))
    if (isKnown(request.headers['if-none-match'], tagOf(versionId))) return await reply.code(304).send()
  }
  return await reply.type(FHIR_JSON).send(JSON.stringify(resource))
}

/** A Bundle: it has no version of its own. */
export async function sendBundle (reply: FastifyReply, bundle: FhirResource): Promise<FastifyReply> {
  return await reply.header('cache-control', 'no-store').type(FHIR_JSON).send(JSON.stringify(bundle))
}

/** Answers what was written: by `Prefer: return`, the resource unless little is wanted. */
export async function sendWritten (
  request: FastifyRequest, reply: FastifyReply, resource: FhirResource, { created }: { created: boolean }
): Promise<FastifyReply> {
  const { id = '', meta: { versionId = '1', lastUpdated } = {} } = resource
  reply.code(created ? 201 : 200).header('etag', tagOf(versionId)).header('location', `${baseOf(request)}/${resource.resourceType}/${id}/_history/${versionId}`)
  if (lastUpdated !== undefined) reply.header('last-modified', new Date(lastUpdated).toUTCString())
  if (preferenceOf(request, 'return') === 'minimal') return await reply.send()
  return await reply.type(FHIR_JSON).send(JSON.stringify(resource))
}

/** Whether `Prefer` has a member, whatever it says. */
export function prefers ({ headers: { prefer } }: FastifyRequest, name: string): boolean {
  return [prefer ?? []].flat().join(',').split(/[,;]/).some((part) => part.trim().split('=', 1)[0]?.toLowerCase() === name)
}

/** A member of `Prefer` (RFC 7240). */
export function preferenceOf ({ headers: { prefer } }: FastifyRequest, name: string): string | undefined {
  const all = [prefer ?? []].flat().join(',')
  return all.split(/[,;]/).map((part) => part.trim().split('=')).find(([key]) => key?.toLowerCase() === name)?.[1]?.replaceAll('"', '')
}

export const isStrict = (request: FastifyRequest): boolean => preferenceOf(request, 'handling') === 'strict'

/** True when one of the tags, weak or strong, names this version. */
export function isKnown (tags: string | undefined, tag: string): boolean {
  return tags !== undefined && tags.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag.replace(/^W\//, ''))
}

/** Version that `If-Match` names: what one writes over is what one has read. @throws {FhirError} REQUEST_INVALID */
export function matchedVersion ({ headers: { 'if-match': tag } }: FastifyRequest): number | undefined {
  if (tag === undefined) return undefined
  const [, version] = /^(?:W\/)?"([1-9][0-9]{0,6})"$/.exec(tag.trim()) ?? []
  if (version === undefined) throw new FhirError('REQUEST_INVALID', 'If-Match names one version, as W/"3"')
  return Number(version)
}

/** SHA-1 in base64: what FHIR calls the hash of an attachment; nothing rests on it. */
export const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('base64')
