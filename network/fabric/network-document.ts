import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../description/context.ts'
import type { StatePaths } from '../description/paths.ts'
import { issuerOf, type OrganizationTopology, type Topology } from '../description/topology.ts'
import { NetworkError } from '../errors.ts'
import { fileExists, readTextIfExists, replaceFile } from '../../host/src/index.ts'
import { canonicalJson, isObject, parseJson } from '../host/json.ts'
import { runTool } from '../host/tool.ts'

interface MadeDocument { document: Record<string, unknown>, documentHash: string }
interface Founding { body: string, signatures: unknown[] }
/** network-document.json: the document, what every founder signed of it, and of which part of the description it was made. */
interface FoundedDocument extends MadeDocument { described: Record<string, unknown>, founding: Founding }

/**
 * The document that the description asks for. The first one is signed by every organisation's admin, with that admin's own key, and
 * stays: another description makes another document, which the ledger does not hold, so nobody runs on it.
 */
export async function ensureNetworkDocument (context: Context, networkId: string): Promise<MadeDocument> {
  const { topology, paths } = context
  const described = describeNetwork(topology, networkId)
  const kept = await readKept(paths)
  if (kept !== undefined && canonicalJson(kept.described) === canonicalJson(described)) return kept
  const made = await makeDocument(context, { ...described, inForceFrom: kept?.document['inForceFrom'] ?? Date.now() })
  if (kept === undefined) {
    const founding = await signByAll(context, made)
    await replaceFile(paths.networkDocument, JSON.stringify({ described, ...made, founding }, null, 2) + '\n')
  }
  return made
}

/** What is to be founded. Throws `command-failed` when it was not made yet. */
export async function readFoundedDocument (paths: StatePaths): Promise<FoundedDocument> {
  const kept = await readKept(paths)
  if (kept === undefined) throw new NetworkError('command-failed', `${paths.networkDocument} holds no network document`)
  return kept
}

async function readKept (paths: StatePaths): Promise<FoundedDocument | undefined> {
  const kept = parseJson(await readTextIfExists(paths.networkDocument) ?? '')
  return isObject(kept) ? kept as unknown as FoundedDocument : undefined
}

/** What of a description stands in the document for good. Auditors and certificates come and go: the document has those of the founding. */
function describeNetwork ({ consortium, organizations }: Topology, networkId: string): Record<string, unknown> {
  return {
    networkId,
    name: consortium.name,
    members: organizations.map(({ mspId, id, name, kind }) => ({ mspId, id, name, kind })),
    settings: consortium.policy,
    ...consortium.testing === true ? { testing: true } : {}
  }
}

async function makeDocument (context: Context, described: Record<string, unknown>): Promise<MadeDocument> {
  const { settings, topology, paths } = context
  const members = await Promise.all(topology.organizations.map(async (organization) => {
    const { mspId, id, name, kind } = organization
    return { mspId, id, name, kind, adminCertificates: [await readFile(paths.organization(id).identity('admin').cert, 'utf8')] }
  }))
  const auditors = topology.organizations.flatMap((organization) => auditorsOf(organization, context))
  const file = `${paths.networkDocument}.described`
  await replaceFile(file, JSON.stringify({ ...described, members, auditors }))
  const made = await runAdmin(settings.projectDir, ['network-document', '--description', file])
  await rm(file)
  return made as unknown as MadeDocument
}

function auditorsOf (organization: OrganizationTopology, { settings, topology }: Context): object[] {
  const issuer = settings.gatewayOverrides['OIDC_ISSUER']?.replaceAll('{id}', organization.id) ?? issuerOf(organization)
  return (organization.auditors ?? []).map(({ subject, scope }) => ({ mspId: organization.mspId, issuer, subject, scope }))
}

/** On one machine every admin's key is at hand; hospitals of their own each run `sign-network` and send what it prints. */
async function signByAll ({ settings, topology, paths }: Context, { document }: MadeDocument): Promise<Founding> {
  const file = `${paths.networkDocument}.unsigned`
  await replaceFile(file, JSON.stringify(document))
  const signed: Founding[] = []
  for (const { id } of topology.organizations) {
    signed.push(
      await runAdmin(settings.projectDir, [
        'sign-network', '--document', file, '--key', paths.organization(id).identity('admin').key
      ]) as unknown as Founding
    )
  }
  await rm(file)
  return { body: signed[0]?.body ?? '', signatures: signed.flatMap(({ signatures }) => signatures) }
}

/** Runs a command of the gateway's program, which knows the document's form; returns the object that it prints. */
async function runAdmin (projectDir: string, args: string[]): Promise<Record<string, unknown>> {
  const program = join(projectDir, 'gateway', 'dist', 'admin.js')
  if (!await fileExists(program)) throw new NetworkError('tool-missing', 'the gateway is not built here', { advice: 'Run `make build`.' })
  const { stdout } = await runTool({ command: process.execPath, args: [program, ...args], env: {} })
  const printed: unknown = JSON.parse(stdout)
  if (!isObject(printed)) throw new NetworkError('command-failed', `${args[0] ?? ''} printed no object`)
  return printed
}
