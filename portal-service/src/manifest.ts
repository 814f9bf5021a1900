import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { Type } from 'typebox'

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Source = Type.String({ pattern: '^sha256-[A-Za-z0-9+/]{43}=$' })
const BuiltFile = Type.Object({
  /** Below the folder of the build: `site/…` is served as it lies, `frame/…` to frames alone. */
  path: Type.String({ pattern: '^(site|frame)(/[A-Za-z0-9_][A-Za-z0-9._-]*)+$' }),
  sizeBytes: Type.Integer({ minimum: 0 }),
  sha256: Sha256,
  /** Of a document of a frame: what alone may run and dress in it, as its policy names it. */
  inline: Type.Optional(Type.Object({ scripts: Type.Array(Source), styles: Type.Array(Source) }, { additionalProperties: false }))
}, { additionalProperties: false })

/** `build.json`, which a build of the pages writes last: its own SHA-256 names the build. */
export const BuildManifest = Type.Object({
  version: Type.Literal(1),
  files: Type.Array(BuiltFile, { minItems: 1 })
}, { additionalProperties: false })
export type BuildManifest = Type.Static<typeof BuildManifest>

/** What the `Network` document calls the build of the pages, in its `builds`. */
const PORTAL_BUILD = 'portal'

/** Whether the members agreed on a build of the pages: on this one, on others, or on none. */
export function judgeBuild (builds: ReadonlyArray<{ name: string, hash: string }>, build: string): 'agreed' | 'foreign' | 'open' {
  const agreed = builds.filter(({ name }) => name === PORTAL_BUILD)
  if (agreed.length === 0) return 'open'
  return agreed.some(({ hash }) => hash === build) ? 'agreed' : 'foreign'
}

/** The name of the manifest below the folder of a build. */
export const MANIFEST_FILE = 'build.json'

/**
 * Writes the manifest of a built copy: the same files give the same bytes, whenever and wherever they were built. Returns the SHA-256
 * of it (hex), which names the build.
 */
export async function writeBuildManifest (folder: string): Promise<string> {
  const files = await Promise.all([...await listFiles(folder, 'site'), ...await listFiles(folder, 'frame')].sort().map(async (path) => await describe(folder, path)))
  const manifest: BuildManifest = { version: 1, files }
  const bytes = new TextEncoder().encode(`${JSON.stringify(manifest, undefined, 1)}\n`)
  await writeFile(join(folder, MANIFEST_FILE), bytes)
  return sha256(bytes)
}

async function listFiles (folder: string, part: string): Promise<string[]> {
  const entries = await readdir(join(folder, part), { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

async function describe (folder: string, path: string): Promise<BuildManifest['files'][number]> {
  const bytes = await readFile(join(folder, path))
  const inline = path.startsWith('frame/') ? { inline: inlineOf(bytes.toString('utf8')) } : {}
  return { path, sizeBytes: bytes.length, sha256: sha256(bytes), ...inline }
}

function inlineOf (html: string): { scripts: string[], styles: string[] } {
  const sourcesOf = (tag: string): string[] => [...html.matchAll(new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`, 'g'))].map(([, text = '']) => sourceOf(text))
  return { scripts: sourcesOf('script'), styles: sourcesOf('style') }
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
/** As a policy of content names a script or style that stands in a document. */
export const sourceOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`
