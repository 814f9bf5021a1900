import type { CryptoErrorCode } from '@epione/crypto'

/*
 * Run by platform.test.ts in a process that has no `process.getBuiltinModule`, as in a browser: makes all vectors
 * and some refusals on WebCrypto and noble, and prints them.
 */
Object.defineProperty(process, 'getBuiltinModule', { value: undefined })
const { openContent, sealContent, SecretKey } = await import('@epione/crypto')
const { nodeCrypto } = await import('../../../crypto/dist/platform.js')
const { epioneVectors } = await import('../../vectors/epione-vectors.ts')
const { collect, flipBit, seeded, streamOf } = await import('./support.ts')

const request = { recordId: 'ab'.repeat(16), recordVersion: 1, authorKey: SecretKey.random().publicKey() }
const plaintext = seeded('web')(700_000)
const sealed = sealContent(request, streamOf(plaintext))
const ciphertext = await collect(sealed.ciphertext)
const opening = { ...request, contentKey: sealed.contentKey, contentHash: (await sealed.result).contentHash }

async function codeOf (bytes: Uint8Array): Promise<CryptoErrorCode | 'none'> {
  try {
    await collect(openContent(opening, streamOf(bytes)))
    return 'none'
  } catch (error) {
    return (error as { code: CryptoErrorCode }).code
  }
}

console.log(JSON.stringify({
  nodeCrypto: nodeCrypto === null ? 'absent' : 'present',
  vectors: await epioneVectors(),
  opened: Buffer.compare(await collect(openContent(opening, streamOf(ciphertext))), plaintext) === 0,
  codes: [
    await codeOf(ciphertext), await codeOf(flipBit(ciphertext, 300_000)),
    await codeOf(ciphertext.subarray(0, 123 + 262_160)), await codeOf(ciphertext.subarray(0, 123))
  ]
}))
