import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileExists } from '../../host/src/index.ts'
import type { Context } from '../description/context.ts'
import { issuerOf, type OrganizationTopology } from '../description/topology.ts'
import { canonicalJson } from '../host/json.ts'
import { ensureAnchorKeys } from '../nodes/anchors.ts'
import { ensureProxyKeys, writeGatewaySettings } from '../nodes/gateways.ts'
import type { Bundle, BundleAuditor, BundleContents } from './bundle-shape.ts'
import { checkBundle, signBundle } from './bundle.ts'
import { describedContents } from './bundle-set.ts'
import { keepBundle, readBundle } from './members.ts'

/**
 * The organisation's own bundle, of its own folder alone: made and kept, or as it was kept where nothing has changed since. Once the
 * network is founded it stays. Its CA and identities must be there.
 */
export async function exportBundle (organization: OrganizationTopology, context: Context): Promise<Bundle> {
  const { paths } = context
  const kept = await readBundle(organization.id, paths)
  if (kept !== undefined && await fileExists(paths.networkDocument)) return kept
  const contents = await collectContents(organization, context)
  if (kept !== undefined && canonicalJson(kept.contents) === canonicalJson(contents)) return kept
  const own = paths.organization(organization.id)
  const bundle = checkBundle(signBundle(contents, await readFile(own.identity('admin').key, 'utf8')), `the bundle of ${organization.id}`)
  await keepBundle(bundle, paths)
  return bundle
}

async function collectContents (organization: OrganizationTopology, context: Context): Promise<BundleContents> {
  const { topology, paths, settings } = context
  const own = paths.organization(organization.id)
  await writeGatewaySettings(organization, topology, paths, settings)
  const { anchor } = organization
  const [proxy, anchorKeys] = await Promise.all([
    ensureProxyKeys(organization, paths, settings),
    anchor === undefined ? undefined : ensureAnchorKeys(organization, anchor, context)
  ])
  const described = describedContents(organization)
  return {
    format: 1,
    ...described,
    roots: { identity: await readCertificate(own.ca), tls: await readCertificate(own.tlsCa) },
    adminCertificate: await readCertificate(own.identity('admin').cert),
    orderer: { ...described.orderer, tlsCertificate: await readCertificate(own.tls('orderer').cert) },
    proxy,
    auditors: auditorsOf(organization, context),
    ...anchorKeys === undefined ? {} : { anchor: anchorKeys }
  }
}

/** In the one spelling that bundles have. */
async function readCertificate (file: string): Promise<string> {
  return new X509Certificate(await readFile(file)).toString()
}

function auditorsOf (organization: OrganizationTopology, { settings }: Context): BundleAuditor[] {
  const issuer = settings.gatewayOverrides['OIDC_ISSUER']?.replaceAll('{id}', organization.id) ?? issuerOf(organization)
  return (organization.auditors ?? []).map(({ subject, scope }) => ({ issuer, subject, scope }))
}
