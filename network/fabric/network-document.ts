import { rm } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Context } from '../description/context.ts'
import type { StatePaths } from '../description/paths.ts'
import type { Topology } from '../description/topology.ts'
import { NetworkError } from '../errors.ts'
import { fileExists, readTextIfExists, replaceFile } from '../../host/src/index.ts'
import type { Bundle } from '../founding/bundle-shape.ts'
import { readBundles } from '../founding/members.ts'
import { canonicalJson, isObject, parseJson } from '../host/json.ts'
import { runTool } from '../host/tool.ts'

/** A network document, and the hash of its canonical bytes. */
export interface MadeDocument { document: Record<string, unknown>, documentHash: string }
/** What founders signed of a document, each with the admin's key. */
export interface Founding { body: string, signatures: unknown[] }
/** network-document.json: the document, what every founder signed of it, and of which part of the description it was made. */
export interface FoundedDocument extends MadeDocument { described: Record<string, unknown>, founding: Founding }

/**
 * The document that the description asks for. The one that all founders signed stays: another description makes another document, which the
 * ledger does not hold, so nobody runs on it. Throws `not-founded` before the founding.
 */
export async function currentDocument (context: Context, networkId: string): Promise<MadeDocument> {
  const { topology, paths } = context
  const kept = await readFoundedDocument(paths)
  if (canonicalJson(kept.described) === canonicalJson(describeNetwork(topology, networkId))) return kept
  return await makeDocument(context, await readBundles(context), { networkId, inForceFrom: kept.document['inForceFrom'] })
}

/** What this folder is founded on. Throws `not-founded`. */
export async function readFoundedDocument (paths: StatePaths): Promise<FoundedDocument> {
  const kept = parseJson(await readTextIfExists(paths.networkDocument) ?? '')
  if (isObject(kept)) return kept as unknown as FoundedDocument
  throw new NetworkError('not-founded', `${paths.networkDocument} holds no network document that all founders signed`, {
    advice: 'Found the network: `make found` says how, or `make up`, which plays all organisations of one machine.'
  })
}

/** What of a description stands in the document for good. Auditors and certificates come and go: the document has those of the founding. */
export function describeNetwork ({ consortium, organizations }: Topology, networkId: string): Record<string, unknown> {
  return {
    networkId,
    name: consortium.name,
    members: organizations.map(({ mspId, id, name, kind }) => ({ mspId, id, name, kind })),
    settings: consortium.policy,
    ...consortium.testing === true ? { testing: true } : {}
  }
}

/** What is open in a document beside description and bundles. */
interface Chosen { networkId: string, inForceFrom: unknown }

/** The document of the own description and the members' bundles. */
export async function makeDocument (context: Context, bundles: readonly Bundle[], chosen: Chosen): Promise<MadeDocument> {
  return await withDescription(context, bundles, chosen, async (file) =>
    await runGatewayAdmin(context, ['network-document', '--description', file]) as unknown as MadeDocument)
}

/**
 * `Founding` by the admin whose private key lies in the file, of the document of the own description and the members' bundles: nothing that
 * somebody else made is signed. Throws `command-failed` unless it has the hash.
 */
export async function signDocument (
  context: Context,
  bundles: readonly Bundle[],
  chosen: Chosen & { documentHash: string, keyFile: string }
): Promise<Founding> {
  return await withDescription(context, bundles, chosen, async (file) => await runGatewayAdmin(context, [
    'sign-network', '--description', file, '--hash', chosen.documentHash, '--key', chosen.keyFile
  ]) as unknown as Founding)
}

/**
 * Throws `command-failed` unless a document is that of the own description and the members' bundles, and every member signed that the
 * network is founded on it and on its block 0. Returns its hash.
 */
export async function verifyFounding (
  context: Context,
  bundles: readonly Bundle[],
  chosen: Chosen,
  { document, founding }: { document: unknown, founding: unknown }
): Promise<string> {
  const { documentHash } = await withDescription(context, bundles, chosen, async (description) =>
    await withFile(context.paths, { document, founding }, async (file) =>
      await runGatewayAdmin(context, ['verify-founding', '--description', description, '--document', file])))
  return String(documentHash)
}

async function withDescription<T> (
  { topology, paths }: Context,
  bundles: readonly Bundle[],
  { networkId, inForceFrom }: Chosen,
  work: (file: string) => Promise<T>
): Promise<T> {
  const members = bundles.map(({ contents: { mspId, id, name, kind, adminCertificate } }) =>
    ({ mspId, id, name, kind, adminCertificates: [adminCertificate] }))
  const auditors = bundles.flatMap(({ contents: { mspId, auditors: all } }) =>
    all.map(({ issuer, subject, scope }) => ({ mspId, issuer, subject, scope })))
  return await withFile(paths, { ...describeNetwork(topology, networkId), inForceFrom, members, auditors }, work)
}

async function withFile<T> (paths: StatePaths, content: unknown, work: (file: string) => Promise<T>): Promise<T> {
  const file = `${paths.networkDocument}.${randomUUID()}`
  try {
    await replaceFile(file, JSON.stringify(content))
    return await work(file)
  } finally {
    await rm(file, { force: true })
  }
}

/** Runs a command of the gateway's program, which knows the document's form; returns the object that it prints. */
async function runGatewayAdmin ({ settings: { projectDir } }: Context, args: string[]): Promise<Record<string, unknown>> {
  const program = join(projectDir, 'gateway', 'dist', 'admin.js')
  if (!await fileExists(program)) throw new NetworkError('tool-missing', 'the gateway is not built here', { advice: 'Run `make build`.' })
  const { stdout } = await runTool({ command: process.execPath, args: [program, ...args], env: {} })
  const printed: unknown = JSON.parse(stdout)
  if (!isObject(printed)) throw new NetworkError('command-failed', `${args[0] ?? ''} printed no object`)
  return printed
}
