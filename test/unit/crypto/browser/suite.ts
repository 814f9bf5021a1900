import {
  Capsule, Cfrag, CryptoError, curveBackendName, decapsulateReencrypted, decryptDem, fromHex, generateKfrags, generatePhrase, Kfrag,
  openContent, provePrecursor, PublicKey,
  reencrypt, reencryptBatch, sealContent, SecretKey, signStatement, toHex, useCurveBackend, validatePhrase, verifyBatch, verifyCfrag,
  verifyPrecursor,
  verifyStatement, verifyUmbralKfrag
} from '@epione/crypto'
import { epioneVectors } from '../../../vectors/epione-vectors.ts'
import umbral from '../../../vectors/umbral-pre.json' with { type: 'json' }
import { collect, listKfrag, seeded, streamOf } from './support.ts'

/** What the page reports: the core of the package, run in the browser itself. */
export interface BrowserReport {
  readonly userAgent: string
  readonly curve: string
  readonly hasNodeCrypto: boolean
  readonly vectors: unknown
  readonly failures: readonly string[]
  readonly checks: number
}

interface Check { readonly name: string, readonly run: () => Promise<boolean> | boolean }

async function refusal (action: () => unknown): Promise<string> {
  try {
    await action()
    return 'none'
  } catch (error) {
    return error instanceof CryptoError ? error.code : String(error)
  }
}

/* Two sharings are enough here: noble is slow, and Node's suite has them all. */
function peerChecks (): Check[] {
  return umbral.grants.filter(({ shares }) => shares <= 3).map((grant) => ({
    name: `umbral-pre ${grant.threshold} of ${grant.shares}`,
    run: () => {
      const secret = (name: keyof typeof grant.secrets): SecretKey => SecretKey.fromBytes(fromHex(grant.secrets[name]))
      const keys = {
        delegatingKey: secret('delegating').publicKey(),
        receivingKey: secret('receiving').publicKey(),
        signingKey: secret('signing').publicKey()
      }
      const capsule = Capsule.fromUmbralBytes(fromHex(grant.capsule))
      const theirs = grant.cfrags.slice(0, grant.threshold).map((hex) => verifyCfrag(Cfrag.fromUmbralBytes(fromHex(hex)), capsule, keys))
      const kfrags = grant.kfrags.slice(-grant.threshold).map((hex) => verifyUmbralKfrag(Kfrag.fromUmbralBytes(fromHex(hex)), keys))
      const { threshold, shares } = grant
      const own = { delegatingKey: secret('delegating'), receivingKey: keys.receivingKey, signingKey: secret('signing'), threshold, shares }
      const batches = generateKfrags(own).slice(-threshold).flatMap((kfrag) =>
        verifyBatch(reencryptBatch([capsule], kfrag), [capsule], listKfrag(kfrag, keys)))
      return [theirs, kfrags.map((kfrag) => reencrypt(capsule, kfrag)), batches].every((answers) => {
        const seed = decapsulateReencrypted(secret('receiving'), keys.delegatingKey, capsule, answers)
        return toHex(decryptDem(seed, fromHex(grant.ciphertext), capsule)) === umbral.plaintext
      })
    }
  }))
}

const request = { recordId: 'ab'.repeat(16), recordVersion: 1, authorKey: SecretKey.random().publicKey() }
const networkId = new Uint8Array(32)

const checks: Check[] = [
  ...peerChecks(),
  {
    name: 'a record is sealed and opened by WebCrypto, and a flipped bit or missing chunk is refused',
    run: async () => {
      const plaintext = seeded('browser')(700_000)
      const sealed = sealContent(request, streamOf(plaintext))
      const content = await collect(sealed.ciphertext)
      const opening = { ...request, contentKey: sealed.contentKey, contentHash: (await sealed.result).contentHash }
      const opened = await collect(openContent(opening, streamOf(content)))
      const flipped = Uint8Array.from(content)
      flipped[300_000] = (flipped[300_000] ?? 0) ^ 1
      return toHex(opened) === toHex(plaintext) &&
        await refusal(() => collect(openContent(opening, streamOf(flipped)))) === 'CONTENT_MODIFIED' &&
        await refusal(() => collect(openContent(opening, streamOf(content.subarray(0, 123 + 262_160))))) === 'CONTENT_TRUNCATED'
    }
  },
  {
    name: 'a statement is signed and proven, and refused with another body',
    run: async () => {
      const statement = signStatement({ type: 'Test', networkId, body: { type: 'Test', n: 1 }, keys: [SecretKey.random()] })
      return verifyStatement(statement, networkId).type === 'Test' &&
        await refusal(() => verifyStatement({ ...statement, body: '{"n":2,"type":"Test"}' }, networkId)) === 'SIGNATURE_INVALID'
    }
  },
  {
    name: 'a precursor is proven, and refused for another patient',
    run: async () => {
      const [delegating, receiving] = [SecretKey.random(), SecretKey.random().publicKey()]
      const kfrags = generateKfrags({
        delegatingKey: delegating,
        receivingKey: receiving,
        signingKey: SecretKey.random(),
        threshold: 1,
        shares: 1
      })
      const place = { networkId, patientId: 'a'.repeat(32), label: '00'.repeat(32), epoch: 1 }
      const keys = { delegatingKey: delegating.publicKey(), receivingKey: receiving }
      return kfrags.every((kfrag) => verifyPrecursor(provePrecursor(kfrag, place), { ...place, ...keys }).equals(kfrag.precursor)) &&
        await refusal(() =>
          kfrags.map((kfrag) =>
            verifyPrecursor(provePrecursor(kfrag, place), { ...place, ...keys, patientId: 'b'.repeat(32) }))) === 'PRECURSOR_INVALID'
    }
  },
  {
    name: 'a phrase is made, and a wrong one refused',
    run: async () => {
      validatePhrase(generatePhrase())
      return await refusal(() => { validatePhrase('abandon abandon') }) === 'PHRASE_INVALID'
    }
  },
  {
    name: 'a point off the curve is refused',
    run: async () => await refusal(() => PublicKey.fromHex(`02${'00'.repeat(31)}05`)) === 'POINT_INVALID'
  },
  {
    name: 'the native backend says that it is not for browsers',
    run: async () => (await refusal(() => { useCurveBackend('native') })).includes('this platform loads no native modules')
  }
]

async function runSuite (): Promise<BrowserReport> {
  const failures: string[] = []
  for (const { name, run } of checks) {
    try {
      if (!await run()) failures.push(name)
    } catch (error) {
      failures.push(`${name}: ${String(error)}`)
    }
  }
  return {
    userAgent: navigator.userAgent,
    curve: curveBackendName(),
    hasNodeCrypto: 'process' in globalThis,
    vectors: await epioneVectors(),
    failures,
    checks: checks.length
  }
}

const result = runSuite().catch((error: unknown) => ({ error: String(error) }))
// A report that does not arrive is what the test waits for and misses.
result.then((report) => fetch('/report', { method: 'POST', body: JSON.stringify(report) })).catch(console.error)
