import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { cipherBackendName, fromHex, useCipherBackend } from '@epione/crypto'
import type { CipherBackend } from '../../../crypto/dist/cipher-backend.js'
import { cipherBackend, loadNativeCipher, nobleCipher } from '../../../crypto/dist/cipher-backend.js'
import { openXChaCha, sealXChaCha } from '../../../crypto/dist/xchacha.js'
import fc from 'fast-check'
import t from 'tap'
import { flipBit, runs } from './support.ts'

const native = loadNativeCipher() as CipherBackend
const BOTH = [native, nobleCipher]
const run = promisify(execFile)
const bytes = (minLength: number, maxLength = minLength): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength, maxLength })
/** Views into longer memory at any offset: what a backend reads must be the view and no more. */
const placed = (of: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> => fc.tuple(of, fc.nat(9)).map(([content, offset]) => {
  const memory = new Uint8Array(content.length + 20).fill(0xa5)
  memory.set(content, offset)
  return memory.subarray(offset, offset + content.length)
})
const cases = fc.tuple(placed(bytes(32)), placed(bytes(24)), placed(bytes(0, 300)), placed(bytes(0, 700)))

t.test('libsodium is installed with the tests', (t) => {
  t.equal(native.name, 'native', 'npm sodium-native has a build for this platform')
  t.end()
})

t.test('both ciphers open what the library seals, and the published example', (t) => {
  // draft-irtf-cfrg-xchacha-03, A.3.1
  const plain = Buffer.from(
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it."
  )
  const key = Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i)
  const nonce = Uint8Array.from({ length: 24 }, (_, i) => 0x40 + i)
  const associated = fromHex('50515253c0c1c2c3c4c5c6c7')
  const sealed = sealXChaCha(key, nonce, associated, plain)
  t.equal(Buffer.from(sealed.subarray(-16)).toString('hex'), 'c0875924c1c7987947deafd8780acf49')
  for (const { name, open } of BOTH) t.strictSame(open(key, nonce, associated, sealed), Uint8Array.from(plain), name)
  fc.assert(fc.property(cases, ([key, nonce, associated, plain]) => {
    const sealed = xchacha20poly1305(key, nonce, associated).encrypt(plain)
    for (const { name, open } of BOTH) t.strictSame(open(key, nonce, associated, sealed), Uint8Array.from(plain), name)
  }), runs(100))
  t.end()
})

t.test('both ciphers refuse any changed bit of key, nonce, associated data, ciphertext and tag', (t) => {
  fc.assert(fc.property(cases, fc.nat(3), fc.nat(), ([key, nonce, associated, plain], which, bit) => {
    const parts = [key, nonce, associated, sealXChaCha(key, nonce, associated, plain)] as const
    const part = parts[which] ?? key
    if (part.length === 0) return
    const flipped = flipBit(part, (bit >> 3) % part.length, bit & 7)
    const changed = parts.map((bytes, i) => i === which ? flipped : bytes) as unknown as typeof parts
    for (const { name, open } of BOTH) t.equal(open(...changed), null, name)
  }), runs(200))
  t.end()
})

t.test('lengths are checked before any backend reads', (t) => {
  const [key, nonce, none] = [new Uint8Array(32), new Uint8Array(24), new Uint8Array(0)]
  for (const name of ['native', 'noble'] as const) {
    useCipherBackend(name)
    t.equal(cipherBackendName(), name)
    for (let bytes = 0; bytes < 16; bytes++) t.equal(openXChaCha(key, nonce, none, new Uint8Array(bytes)), null, `${name}: ${bytes} bytes`)
    t.strictSame(openXChaCha(key, nonce, none, sealXChaCha(key, nonce, none, none)), none, `${name}: nothing sealed`)
    for (const bytes of [0, 16, 31, 33]) t.throws(() => openXChaCha(new Uint8Array(bytes), nonce, none, key), RangeError, `${name}: key of ${bytes}`)
    for (const bytes of [0, 12, 23, 25]) t.throws(() => openXChaCha(key, new Uint8Array(bytes), none, key), RangeError, `${name}: nonce of ${bytes}`)
  }
  t.equal(cipherBackend().name, 'noble')
  t.end()
})

const start = async (program: string, env: Record<string, string>): Promise<string> =>
  (await run(process.execPath, ['--input-type=module', '-e', program], { cwd: import.meta.dirname, env })).stdout.trim()
const START = `import { cipherBackendName } from '@epione/crypto'
  import { openXChaCha } from '${new URL('../../../crypto/dist/xchacha.js', import.meta.url).href}'
  const open = () => openXChaCha(new Uint8Array(32), new Uint8Array(24), new Uint8Array(0), new Uint8Array(16))
  const names = new Set()
  const say = () => names.add(cipherBackendName())
  `

t.test('libsodium is loaded after a thousand openings, or when a setting says so; a wrong setting is refused', async (t) => {
  const program = `${START}
    open(); say(); for (let i = 1; i < 1000; i++) open(); say(); open(); say(); console.log([...names].join())`
  t.equal(await start(program, { EPIONE_CIPHER: '' }), 'noble,native')
  t.equal(await start(program, { EPIONE_CIPHER: 'noble' }), 'noble')
  t.equal(await start(program, { EPIONE_CIPHER: 'native' }), 'native')
  await t.rejects(start(program, { EPIONE_CIPHER: 'fast' }), { message: /EPIONE_CIPHER: expected native or noble, got "fast"/ })
})

t.test('without a native build noble goes on, and forcing native says why it cannot be', async (t) => {
  const program = `${START}
    import { createRequire } from 'node:module'
    const require = createRequire(process.env.FROM)
    const binding = require.resolve('sodium-native/binding.js')
    require('node:module')._extensions['.js'] = ((load) => (module, file) => {
      if (file === binding) throw new Error('no build')
      load(module, file)
    })(require('node:module')._extensions['.js'])
    const { useCipherBackend } = await import('@epione/crypto')
    for (let i = 0; i < 1100; i++) open()
    console.log(cipherBackendName())
    try { useCipherBackend('native') } catch (error) { console.log(error.name, error.message) }`
  t.strictSame((await start(program, { FROM: import.meta.url })).split('\n'), [
    'noble', 'TypeError cipher backend native: npm sodium-native is not installed or has no build for this platform'
  ])
})
