import { createHash, randomBytes, X509Certificate } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Consortium } from '../../network/description/consortium.ts'
import type { Context } from '../../network/description/context.ts'
import { statePaths } from '../../network/description/paths.ts'
import { readSettings } from '../../network/description/settings.ts'
import { deriveTopology, type OrganizationTopology } from '../../network/description/topology.ts'
import type { Bundle, BundleContents } from '../../network/founding/bundle-shape.ts'
import { signBundle } from '../../network/founding/bundle.ts'
import { describedContents } from '../../network/founding/bundle-set.ts'
import { createTlsAuthority } from './tls-certificates.ts'

/** What a hospital has of its own before a founding: its bundle, and the admin's key that signed it. */
export interface Founder { bundle: Bundle, adminKey: string }

/** A hospital's keys, made without a CA's process; `changes` go into the bundle before it is signed. */
export function createFounder (organization: OrganizationTopology, changes: Partial<BundleContents> = {}): Founder {
  const [identity, tls] = [createTlsAuthority(`ca.${organization.id}`), createTlsAuthority(`tls-ca.${organization.id}`)]
  const admin = identity.issue(`admin.${organization.id}`, 'admin')
  const point = (): string => `02${createHash('sha256').update(randomBytes(8)).digest('hex')}`
  const address = (): string => `0x${randomBytes(20).toString('hex')}`
  const described = describedContents(organization)
  const contents: BundleContents = {
    format: 1,
    ...described,
    roots: { identity: spell(identity.certificate), tls: spell(tls.certificate) },
    adminCertificate: spell(admin.certificate),
    orderer: { ...described.orderer, tlsCertificate: spell(tls.issue(`orderer.${organization.id}`).certificate) },
    proxy: { encryptionKey: point(), signingKey: point() },
    auditors: [],
    anchor: { witness: address(), submitter: address() },
    ...changes
  }
  return { bundle: signBundle(contents, admin.privateKey), adminKey: admin.privateKey }
}

/** As Node spells it. */
function spell (pem: string): string {
  return new X509Certificate(pem).toString()
}

/** The folder of one hospital, which has its admin's key and nobody else's; `description` is the hospital's own copy. */
export async function openFolder (
  root: string,
  id: string,
  description: Consortium,
  adminKey: string
): Promise<Context & { organization: OrganizationTopology }> {
  const paths = statePaths(join(root, id))
  const topology = deriveTopology(description, 0, id)
  const [organization] = topology.played
  if (organization === undefined) throw new Error(`${id} is not described`)
  const { dir, key } = paths.organization(id).identity('admin')
  await mkdir(dir, { recursive: true })
  await writeFile(key, adminKey)
  return { settings: readSettings({ ...process.env, EPIONE_ORGANIZATION: id, EPIONE_STATE: paths.root }), topology, paths, organization }
}
