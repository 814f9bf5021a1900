import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'

/** The documents of frames: `documents/NAME.ts` becomes NAME.html. */
const NAMES = ['text', 'image', 'pdf']

/**
 * Makes one document of each: its script and style stand in it, named by their hashes in its policy, so that a frame needs no address at
 * all and nothing else can run in it.
 */
export async function buildFrames (sources, outdir) {
  await rm(outdir, { recursive: true, force: true })
  await mkdir(outdir, { recursive: true })
  const style = (await readFile(join(sources, 'documents', 'frame.css'), 'utf8')).trim()
  for (const name of NAMES) {
    const { outputFiles: [script] } = await build({
      entryPoints: [join(sources, 'documents', `${name}.ts`)],
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      target: 'es2024',
      charset: 'ascii',
      legalComments: 'none',
      logLevel: 'error',
      define: { 'import.meta.url': '""' },
      // Of Node alone: no browser gets there. Deflated DICOM, which dicom-parser unpacks by zlib, is refused.
      external: ['@napi-rs/canvas', 'module', 'fs', 'url'],
      alias: { zlib: join(sources, 'documents', 'no-zlib.ts') }
    })
    const text = script.text.trim()
    if (/<!--|<\/script/i.test(text)) throw new Error(`${name}: the script cannot stand in a document`)
    await writeFile(join(outdir, `${name}.html`),
      `<!doctype html><html lang="en" translate="no"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Epione</title><style>${style}</style></head><body><script type="module">${text}</script></body></html>\n`)
  }
}
