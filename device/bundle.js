import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'

/*
 * Makes dist/bundle/epione-device.js of what the compiler made: one file that runs on any Node, without packages beside it. The native
 * curve stays outside and is found at run time where it is installed.
 */
const dist = join(import.meta.dirname, 'dist')
const outdir = join(dist, 'bundle')

/** Of the file that devices get; `write: false` for whoever only asks for its size. */
export const options = {
  entryPoints: { 'epione-device': join(dist, 'program.js') },
  outdir,
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  legalComments: 'eof',
  logLevel: 'warning',
  // CommonJS packages ask for Node's own modules this way.
  banner: { js: "import { createRequire as createRequireHere } from 'node:module'; const require = createRequireHere(import.meta.url);" }
}

if (import.meta.main) {
  await rm(outdir, { recursive: true, force: true })
  await build({ ...options, metafile: true })
}
