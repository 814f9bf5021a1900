import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Value } from 'typebox/value'
import { isErrno } from '@epione/host'
import { PortalError } from './errors.ts'
import { BuildManifest, MANIFEST_FILE, sha256 } from './manifest.ts'

type Inline = NonNullable<BuildManifest['files'][number]['inline']>

export interface SiteFile { bytes: Uint8Array, mediaType: string, inline?: Inline }

/** A built copy of the pages, held in memory: what is on the disk later changes nothing. */
export interface Site {
  /** SHA-256 of `build.json`, hex: as the `Network` document names it. */
  build: string
  /** By address, as `/assets/main-1a2b.js`; `/` is the page. */
  files: ReadonlyMap<string, SiteFile>
}

const MEDIA_TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
  txt: 'text/plain; charset=utf-8'
}

/** Reads a built copy and holds each file against its manifest. @throws {PortalError} SITE_DAMAGED */
export async function readSite (folder: string): Promise<Site> {
  const text = await read(folder, MANIFEST_FILE)
  const manifest = parseManifest(folder, text)
  const files = new Map<string, SiteFile>()
  for (const { path, sizeBytes, sha256: built, inline } of manifest.files) {
    const bytes = await read(folder, path)
    if (bytes.length !== sizeBytes || sha256(bytes) !== built) throw new PortalError('SITE_DAMAGED', `${join(folder, path)} is not as it was built: install the pages again`)
    files.set(addressOf(path), { bytes, mediaType: mediaTypeOf(path), ...(inline === undefined ? {} : { inline }) })
  }
  if (!files.has('/')) throw new PortalError('SITE_DAMAGED', `${folder} has no page: install the pages again`)
  return { build: sha256(text), files }
}

/**
 * What stands at an address: a file of the build, or for another address that somebody opens (`accept` names HTML) the page, which finds
 * its way by it. Documents of frames are given by who asks whether a frame is asking.
 */
export function fileAt ({ files }: Site, path: string, accept = ''): SiteFile | undefined {
  if (path.startsWith('/frame/')) return undefined
  const isAddress = !path.startsWith('/assets/') && accept.includes('text/html')
  return files.get(path) ?? (isAddress ? files.get('/') : undefined)
}

function parseManifest (folder: string, text: Uint8Array): BuildManifest {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(text))
    if (Value.Check(BuildManifest, parsed)) return parsed
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new PortalError('SITE_DAMAGED', `${join(folder, MANIFEST_FILE)} describes no build of the pages: install the pages again`)
}

async function read (folder: string, path: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, path))
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error
    throw new PortalError('SITE_DAMAGED', `${join(folder, path)} is not there: the pages are not built, or only in part`, { cause: error })
  }
}

const addressOf = (path: string): string => path === 'site/index.html' ? '/' : path.startsWith('site/') ? path.slice('site'.length) : `/${path}`
const mediaTypeOf = (path: string): string => MEDIA_TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
