import { gzipSync } from 'node:zlib'
import { builtinModules } from 'node:module'
import { build } from 'esbuild'
import t from 'tap'
import { options } from '../../../device/bundle.js'

/** Most bytes of the one file that a device gets. */
const SIZE_MAX = 500_000

interface Output { imports: { path: string }[], inputs: Record<string, { bytesInOutput: number }> }
interface Built { outputFiles: { contents: Uint8Array }[], metafile: { outputs: Record<string, Output> } }

t.test('the device\'s program is one small file, and asks for nothing but Node', async (t) => {
  const { outputFiles, metafile } = await build({ ...options, write: false, metafile: true } as object) as unknown as Built
  const [file] = outputFiles
  const size = file?.contents.length ?? Infinity
  t.comment(`${size} bytes, ${gzipSync(file?.contents ?? new Uint8Array(0)).length} compressed`)
  t.equal(outputFiles.length, 1)
  t.ok(size < SIZE_MAX, `${size} bytes`)
  const outside = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path.replace('node:', '')))
  t.strictSame(outside.filter((name) => !builtinModules.includes(name) && name !== 'sqlite'), [])
  const within = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => bytesInOutput > 0 ? [path] : []))
  t.strictSame(within.filter((path) => /undici|commander|ipfs|signals\//.test(path)), [], 'nothing of the command or of a server')
})
