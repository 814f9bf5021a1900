import { join } from 'node:path'
import { build } from 'vite'
import { writeBuildManifest } from '@epione/portal-service'
import { buildFrames } from './build-frames.js'

/**
 * Builds the pages (site), the documents in which records are shown (frame), and what names the build (build.json) into a folder: the same
 * sources give the same bytes, wherever and whenever. Returns the name: the SHA-256 of build.json.
 */
export async function buildPages (outdir) {
  const root = import.meta.dirname
  await build({
    root,
    configFile: join(root, 'vite.config.js'),
    logLevel: 'error',
    // Names of chunks hash the paths of modules, as seen from here and not from wherever the build is called.
    build: { outDir: join(outdir, 'site'), emptyOutDir: true, rolldownOptions: { cwd: root } }
  })
  await buildFrames(join(root, 'src', 'frame'), join(outdir, 'frame'))
  return await writeBuildManifest(outdir)
}
