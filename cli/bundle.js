import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'

/*
 * Makes dist/bundle of what the compiler made: few files instead of some hundred, each read only by the commands that need it.
 * The native curve stays outside and is found at run time.
 */
const dist = join(import.meta.dirname, 'dist')
const outdir = join(dist, 'bundle')
await rm(outdir, { recursive: true, force: true })
await build({
  entryPoints: { program: join(dist, 'program.js'), 'agent-main': join(dist, 'agent', 'agent-main.js') },
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  sourcemap: true,
  logLevel: 'warning',
  // It reads files of its own beside its code.
  external: ['pdfkit'],
  // CommonJS packages ask for Node's own modules this way.
  banner: { js: "import { createRequire as createRequireHere } from 'node:module'; const require = createRequireHere(import.meta.url);" }
})
