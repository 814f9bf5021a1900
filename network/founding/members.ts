import { rm } from 'node:fs/promises'
import { replaceFile, readTextIfExists } from '../../host/src/index.ts'
import type { Context } from '../description/context.ts'
import type { StatePaths } from '../description/paths.ts'
import { NetworkError } from '../errors.ts'
import { writeMsp } from '../fabric/msp.ts'
import { parseJson } from '../host/json.ts'
import type { Bundle } from './bundle-shape.ts'
import { checkBundle } from './bundle.ts'
import { requireDescribed, requireDistinct } from './bundle-set.ts'

/** The time before every end of a certificate: what was checked when it came is not refused for its age later. */
const WHENEVER = 0

/** Keeps a checked bundle, and its parts as the files that Fabric's programs read. The bundle itself comes last. */
export async function keepBundle (bundle: Bundle, paths: StatePaths): Promise<void> {
  const { contents: { id, roots, orderer } } = bundle
  const member = paths.member(id)
  await rm(member.bundle, { force: true })
  await replaceFile(member.ca, roots.identity)
  await replaceFile(member.tlsCa, roots.tls)
  await replaceFile(member.ordererTls, orderer.tlsCertificate)
  await writeMsp(member.msp, member)
  await replaceFile(member.bundle, `${JSON.stringify(bundle, undefined, 2)}\n`)
}

/** Refuses a bundle that shares with that of another member what must be each one's own. Throws `bundle-invalid`. */
export async function requireNew (bundle: Bundle, { topology, paths }: Pick<Context, 'topology' | 'paths'>): Promise<void> {
  const others = topology.organizations.filter(({ id }) => id !== bundle.contents.id)
  const kept = await Promise.all(others.map(async ({ id }) => await readBundle(id, paths)))
  requireDistinct([...kept.filter((one) => one !== undefined), bundle])
}

/** The bundle that was kept of a member; undefined when there is none. Throws `bundle-invalid` when it is not what was kept. */
export async function readBundle (id: string, paths: StatePaths, now = WHENEVER): Promise<Bundle | undefined> {
  const { bundle: file } = paths.member(id)
  const text = await readTextIfExists(file)
  return text === undefined ? undefined : checkBundle(parseJson(text), file, now)
}

/**
 * The bundles of all members, in the order of the description: each as it was checked, and all of them of as many organisations. Throws
 * `not-founded`, naming whose are missing, `bundle-invalid`.
 */
export async function readBundles ({ topology, paths }: Pick<Context, 'topology' | 'paths'>, now = WHENEVER): Promise<Bundle[]> {
  const kept = await Promise.all(topology.organizations.map(async ({ id }) => ({ id, bundle: await readBundle(id, paths, now) })))
  const missing = kept.filter(({ bundle }) => bundle === undefined).map(({ id }) => id)
  if (missing.length > 0) {
    throw new NetworkError('not-founded', `there is no bundle here of ${missing.join(', ')}`, {
      advice: 'Each organisation makes its own with `org-export`; import the others\' with `org-import`, each with the fingerprint that it reads to you.'
    })
  }
  const bundles = kept.flatMap(({ bundle }) => bundle === undefined ? [] : [bundle])
  for (const bundle of bundles) requireDescribed(bundle, topology)
  requireDistinct(bundles)
  return bundles
}
