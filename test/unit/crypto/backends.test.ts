import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import {
  curveBackendName, decapsulateReencrypted, encapsulate, generateKfrags, reencrypt, SecretKey, signStatement, toHex, useCurveBackend,
  verifyStatement
} from '@epione/crypto'
import type { CurveBackend } from '../../../crypto/dist/curve-backend.js'
import { GENERATOR, IDENTITY, PARAMETER_U } from '../../../crypto/dist/curve-backend.js'
import { loadNativeBackend } from '../../../crypto/dist/native-backend.js'
import { nobleBackend as noble } from '../../../crypto/dist/noble-backend.js'
import fc from 'fast-check'
import t from 'tap'
import { epioneVectors } from '../../vectors/epione-vectors.ts'
import { BAD_POINTS, GROUP_ORDER, runs, seeded, withHighS } from './support.ts'
import { PLACE } from '../../helpers/places.ts'

const native = loadNativeBackend() as CurveBackend
const run = promisify(execFile)

type Secret = Parameters<CurveBackend['multiplySecret']>[1]
type Public = Parameters<CurveBackend['multiplyPublic']>[1]
type Point = Parameters<CurveBackend['multiplySecret']>[0]

const last = Uint8Array.from(GROUP_ORDER)
last[31] = 0x40
const one = new Uint8Array(32).fill(1, 31)
/* Random scalars with those at the edges of their range. */
const scalar = fc.oneof(
  { weight: 8, arbitrary: fc.uint8Array({ minLength: 32, maxLength: 32 }).filter((bytes) => noble.isScalar(bytes)) },
  fc.constantFrom(one, last)
)
const point = scalar.map((bytes) => noble.multiplyGenerator(bytes as Secret))

t.test('the native backend is installed with the tests, and the default', (t) => {
  t.equal(native.name, 'native', 'npm secp256k1 has a build for this platform')
  t.equal(curveBackendName(), process.env['EPIONE_CURVE'] ?? 'native')
  t.end()
})

t.test('a setting forces a backend, and a wrong one is refused with advice', async (t) => {
  const program = 'import { curveBackendName } from "@epione/crypto"; console.log(curveBackendName())'
  const start = async (EPIONE_CURVE: string): Promise<string> =>
    (await run(process.execPath, ['--input-type=module', '-e', program], { env: { EPIONE_CURVE } })).stdout.trim()
  t.equal(await start(''), 'native')
  t.equal(await start('noble'), 'noble')
  t.equal(await start('native'), 'native')
  await t.rejects(start('fast'), { message: /EPIONE_CURVE: expected native or noble, got "fast"/ })
})

t.test('without a native build the default is noble, and forcing native says why it cannot be', async (t) => {
  const program = `import { createRequire } from 'node:module'
    const bindings = createRequire(process.env.FROM).resolve('secp256k1/bindings.js')
    createRequire(process.env.FROM)('node:module')._extensions['.js'] = ((load) => (module, file) => {
      if (file === bindings) throw new Error('no build')
      load(module, file)
    })(createRequire(process.env.FROM)('node:module')._extensions['.js'])
    const { curveBackendName, useCurveBackend } = await import('@epione/crypto')
    console.log(curveBackendName())
    try { useCurveBackend('native') } catch (error) { console.log(error.name, error.message) }`
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], { env: { FROM: import.meta.url } })
  t.strictSame(stdout.trim().split('\n'), [
    'noble', 'TypeError curve backend native: npm secp256k1 is not installed or has no build for this platform'
  ])
})

t.test('both backends compute the same points', (t) => {
  fc.assert(fc.property(point, point, scalar, scalar, (p, q, a, b) => {
    t.strictSame(native.multiplyGenerator(a as Secret), noble.multiplyGenerator(a as Secret))
    for (const base of [p, GENERATOR, PARAMETER_U]) {
      t.strictSame(native.multiplySecret(base, a as Secret), noble.multiplySecret(base, a as Secret))
      t.strictSame(native.multiplyPublic(base, a as Public), noble.multiplyPublic(base, a as Public))
      t.strictSame(native.combinePublic(base, a as Public, q, b as Public), noble.combinePublic(base, a as Public, q, b as Public))
    }
    t.strictSame(native.sum([p, q, p]), noble.sum([p, q, p]))
  }), runs(10))
  t.end()
})

t.test('both backends compute the same scalars', (t) => {
  fc.assert(fc.property(scalar, scalar, (a, b) => {
    t.strictSame(native.add(a, b), noble.add(a, b))
    t.strictSame(native.multiply(a, b), noble.multiply(a, b))
    t.strictSame(native.negate(a), noble.negate(a))
    t.strictSame(native.invert(a as Secret), noble.invert(a as Secret))
    t.strictSame(native.multiply(native.invert(a as Secret), a), one)
  }), runs(50))
  t.end()
})

t.test('sums that vanish are the identity, or zero, on both', (t) => {
  for (const backend of [native, noble]) {
    const p = backend.multiplyGenerator(seeded('a point')(32) as Secret)
    const opposite = backend.multiplyPublic(p, last as Public)
    t.equal(backend.sum([p, opposite]), IDENTITY, backend.name)
    t.equal(backend.sum([p, p, backend.multiplyPublic(opposite, backend.add(one, one) as Public)]), IDENTITY, backend.name)
    t.strictSame(backend.sum([p, opposite, GENERATOR]), GENERATOR, backend.name)
    t.equal(backend.combinePublic(p, one as Public, p, last as Public), IDENTITY, backend.name)
    t.equal(backend.combinePublic(GENERATOR, one as Public, GENERATOR, last as Public), IDENTITY, backend.name)
    t.strictSame(
      backend.combinePublic(GENERATOR, one as Public, GENERATOR, one as Public),
      backend.multiplyPublic(GENERATOR, backend.add(one, one) as Public),
      `${backend.name}: the generator and itself`
    )
    t.strictSame(backend.sum([p, p]), backend.multiplyPublic(p, backend.add(one, one) as Public), `${backend.name}: a point and itself`)
    t.strictSame(backend.add(last, one), new Uint8Array(32), backend.name)
  }
  t.end()
})

t.test('both backends refuse the same points and scalars', (t) => {
  for (const backend of [native, noble]) {
    for (const [what, bytes] of BAD_POINTS) t.equal(backend.decodePoint(bytes), null, `${backend.name}: ${what}`)
    for (const bytes of [new Uint8Array(32), GROUP_ORDER, new Uint8Array(32).fill(0xff)]) t.notOk(backend.isScalar(bytes), backend.name)
    for (const bytes of [one, last]) t.ok(backend.isScalar(bytes), backend.name)
  }
  fc.assert(fc.property(fc.uint8Array({ minLength: 33, maxLength: 33 }), fc.constantFrom(0, 2, 3, 4, 5, 6, 7), (bytes, prefix) => {
    bytes[0] = prefix
    t.strictSame(native.decodePoint(bytes), noble.decodePoint(bytes))
  }), runs(100))
  t.end()
})

t.test('both backends make the same signatures and refuse the same', (t) => {
  const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })
  fc.assert(fc.property(scalar, bytes32, fc.nat(511), (secret, digest, bit) => {
    const signature = native.sign(digest, secret as Secret)
    const key = noble.multiplyGenerator(secret as Secret)
    t.strictSame(signature, noble.sign(digest, secret as Secret))
    const flipped = Uint8Array.from(signature)
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    for (const backend of [native, noble]) {
      t.equal(backend.verify(signature, digest, key), true, backend.name)
      t.equal(backend.verify(flipped, digest, key), false, backend.name)
      t.equal(backend.verify(withHighS(signature), digest, key), false, `${backend.name}: high S`)
      for (const part of [new Uint8Array(32), GROUP_ORDER]) {
        t.equal(backend.verify(Buffer.concat([part, signature.slice(32)]), digest, key), false, `${backend.name}: r`)
        t.equal(backend.verify(Buffer.concat([signature.slice(0, 32), part]), digest, key), false, `${backend.name}: s`)
      }
    }
  }), runs(5))
  t.end()
})

t.test('what one backend made the other takes, in one process', async (t) => {
  const networkId = new Uint8Array(32)
  const [delegating, receiving, signing] = [SecretKey.random(), SecretKey.random(), SecretKey.random()]
  const kfrags = generateKfrags({
    delegatingKey: delegating,
    receivingKey: receiving.publicKey(),
    signingKey: signing,
    threshold: 2,
    shares: 2
  })
  const { capsule, keySeed } = encapsulate(delegating.publicKey(), PLACE)
  const statement = signStatement({ type: 'Test', networkId, body: { type: 'Test' }, keys: [signing] })
  const before = await epioneVectors()
  useCurveBackend('noble')
  t.teardown(() => { useCurveBackend('native') })
  t.equal(curveBackendName(), 'noble')
  const cfrags = kfrags.map((kfrag) => reencrypt(capsule, kfrag))
  t.equal(toHex(decapsulateReencrypted(receiving, delegating.publicKey(), capsule, cfrags)), toHex(keySeed))
  t.equal(verifyStatement(statement, networkId).type, 'Test')
  t.strictSame(await epioneVectors(), before)
})

t.test('the types keep secret scalars from the paths that leak', (t) => {
  const secret = one as Secret
  const p: Point = GENERATOR
  // @ts-expect-error a secret scalar fits multiplySecret alone
  t.ok(native.multiplyPublic(p, secret))
  // @ts-expect-error nor does it fit a combination
  t.ok(native.combinePublic(p, secret, p, secret))
  // @ts-expect-error unchecked bytes fit neither
  t.ok(native.multiplySecret(p, one))
  t.end()
})
