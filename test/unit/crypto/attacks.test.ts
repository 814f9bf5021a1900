import {
  Batch, Capsule, Cfrag, concatBytes, createWrap, curveBackendName, decapsulateReencrypted, decryptDem, deriveIndexKeys, encapsulate,
  encryptDem, exportSecret, fromHex, Kfrag, openEnvelope, openFormerSearchKey, openHandedBackup, openIndexEntry, openSealed,
  openSealedShare, openWrapOriginal, parseContentHeader, parseWrap, provePrecursor, PublicKey, reencrypt, reencryptBatch, sealBackup,
  sealContent, sealEnvelope, sealFormerSearchKey, sealIndexEntry, sealTo, SecretKey, signAnswer, signStatement, toHex, useCurveBackend,
  utf8, verifyAnswer, verifyBatch, verifyCfrag, verifyKfrag, verifyPrecursor, verifyStatement
} from '@epione/crypto'
import type { ProvenPrecursor, VerifiedKfrag } from '@epione/crypto'
import t from 'tap'
import { BAD_POINTS, collect, GROUP_ORDER, listKfrag, makeGrant, seeded, SLOW, streamOf } from './support.ts'
import { PLACE } from '../../helpers/places.ts'

/*
 * Every decoder, with inputs that are almost right. Whatever it takes must still be refused by the check behind it,
 * or come back as the same bytes; whatever it refuses it refuses with a typed error, at once.
 */
const COUNTS = SLOW ? { native: 100_000, noble: 5_000 } : { native: 1_000, noble: 50 }
const SLOWEST_MS = 2_000

if (SLOW) t.setTimeout(3_600_000)

const networkId = new Uint8Array(32).fill(7)
const grant = makeGrant(2, 3, 'attacks')
const other = makeGrant(2, 3, 'attacks, another')
const [kfrag] = grant.kfrags as [VerifiedKfrag, VerifiedKfrag, VerifiedKfrag]
const listed = listKfrag(kfrag, grant.keys)
const [foreignKfrag] = other.kfrags as [VerifiedKfrag]
const { capsule, keySeed } = encapsulate(grant.keys.delegatingKey, PLACE, seeded('attacked capsule'))
const foreignCapsule = encapsulate(grant.keys.delegatingKey, PLACE, seeded('another capsule')).capsule
const contentKey = seeded('content key')(32)
const ciphertext = encryptDem(keySeed, utf8('plaintext'), capsule, seeded('dem'))
const associatedData = utf8('for one purpose')
const statement = signStatement({ type: 'Test', networkId, body: { type: 'Test', nonce: '00' }, keys: [grant.signing] })
const answer = signAnswer({
  eventId: 'event',
  wrapHashes: ['11'.repeat(32)],
  consentId: '22'.repeat(32),
  kfragId: toHex(kfrag.id),
  receivingKey: grant.keys.receivingKey.toHex(),
  cfrags: toHex(reencryptBatch([capsule], kfrag).toBytes())
}, networkId, grant.signing)
const PATIENT_ID = 'a'.repeat(32)
const indexPlace = { patientId: PATIENT_ID, label: new Uint8Array(32), epoch: 1, issue: 2 }
const indexKeys = deriveIndexKeys(indexPlace, { author: other.signing, searchKey: grant.signing.publicKey() })
const version = { recordId: '44'.repeat(16), version: 1 }
const entry = sealIndexEntry(indexKeys, version, { keywords: ['a'], days: [1] }, seeded('entry'))
const envelopePlace = { mspId: 'CoreMSP', department: 'ward', staffId: 'staff-1' }
const precursorPlace = { networkId, patientId: PATIENT_ID, label: '33'.repeat(32), epoch: 1 }
const precursor = provePrecursor(kfrag, precursorPlace, seeded('nonce'))
const precursorBytes = ({ point, proof }: ProvenPrecursor): Uint8Array => fromHex(point + proof)
const shareData = concatBytes(utf8('epione/share-handout'), utf8(PATIENT_ID))
const sharePlaintext = (index: number): Uint8Array => concatBytes(Uint8Array.of(0, 0, 0, 1, index), seeded(`share ${index}`)(33))
const header = (await collect(
  sealContent({ recordId: 'ab'.repeat(16), recordVersion: 1, authorKey: grant.keys.signingKey }, streamOf(new Uint8Array(1))).ciphertext
)).slice(0, 123)

interface Target {
  readonly genuine: Uint8Array
  /** Another object of the same kind, for swapped fields. */
  readonly foreign: Uint8Array
  /** Where points and scalars start. */
  readonly points: readonly number[]
  readonly scalars: readonly number[]
  readonly codes: readonly string[]
  /** True when what was decoded is also accepted by the check behind. Throws what the decoder throws. */
  readonly take: (bytes: Uint8Array) => boolean
}

const takes = (action: () => unknown): boolean => { action(); return true }

const targets: Record<string, Target> = {
  publicKey: {
    genuine: grant.keys.signingKey.toBytes(),
    foreign: other.keys.signingKey.toBytes(),
    points: [0],
    scalars: [],
    codes: ['POINT_INVALID'],
    take: (bytes) => toHex(PublicKey.fromBytes(bytes).toBytes()) !== toHex(bytes)
  },
  secretKey: {
    genuine: exportSecret(grant.signing),
    foreign: exportSecret(other.signing),
    points: [],
    scalars: [0],
    codes: ['SCALAR_INVALID', 'LENGTH_INVALID'],
    take: (bytes) => toHex(exportSecret(SecretKey.fromBytes(bytes))) !== toHex(bytes)
  },
  capsule: {
    genuine: capsule.toBytes(),
    foreign: foreignCapsule.toBytes(),
    points: [0, 33],
    scalars: [66],
    codes: ['CAPSULE_INVALID'],
    take: (bytes) => takes(() => Capsule.fromBytes(bytes, PLACE))
  },
  umbralCapsule: {
    genuine: capsule.toUmbralBytes(),
    foreign: foreignCapsule.toUmbralBytes(),
    points: [3, 38],
    scalars: [73],
    codes: ['CAPSULE_INVALID'],
    take: (bytes) => takes(() => Capsule.fromUmbralBytes(bytes))
  },
  kfrag: {
    genuine: kfrag.toBytes(),
    foreign: foreignKfrag.toBytes(),
    points: [4, 107, 143],
    scalars: [73, 178, 210, 244, 276],
    codes: ['KFRAG_INVALID'],
    take: (bytes) => takes(() => verifyKfrag(Kfrag.fromBytes(bytes), grant.keys))
  },
  cfrag: {
    genuine: reencrypt(capsule, kfrag, seeded('t')).toBytes(),
    foreign: reencrypt(foreignCapsule, kfrag, seeded('u')).toBytes(),
    points: [0, 33, 98, 131, 164, 197, 230],
    scalars: [263, 295, 327],
    codes: ['CFRAG_INVALID'],
    take: (bytes) => takes(() => verifyCfrag(Cfrag.fromBytes(bytes), capsule, grant.keys))
  },
  precursor: {
    genuine: precursorBytes(precursor),
    foreign: precursorBytes(provePrecursor(foreignKfrag, precursorPlace, seeded('another nonce'))),
    points: [0, 33],
    scalars: [66],
    codes: ['PRECURSOR_INVALID'],
    take: (bytes) =>
      takes(() =>
        verifyPrecursor({ point: toHex(bytes.subarray(0, 33)), proof: toHex(bytes.subarray(33)) }, { ...precursorPlace, ...grant.keys }))
  },
  umbralCfrag: {
    genuine: reencrypt(capsule, kfrag, seeded('t')).toUmbralBytes(),
    foreign: reencrypt(capsule, foreignKfrag, seeded('u')).toUmbralBytes(),
    points: [3, 38, 107, 143, 178, 213, 248],
    scalars: [283, 317, 349],
    codes: ['CFRAG_INVALID'],
    take: (bytes) => takes(() => verifyCfrag(Cfrag.fromUmbralBytes(bytes), capsule, grant.keys))
  },
  batch: {
    genuine: reencryptBatch([capsule, foreignCapsule], kfrag, seeded('t')).toBytes(),
    foreign: reencryptBatch([foreignCapsule, capsule], foreignKfrag, seeded('u')).toBytes(),
    points: [32, 65, 98, 131, 164, 293, 326],
    scalars: [197, 229, 261],
    codes: ['CFRAG_INVALID'],
    take: (bytes) => takes(() => verifyBatch(Batch.fromBytes(bytes), [capsule, foreignCapsule], listed))
  },
  wrap: {
    genuine: createWrap(grant.keys.delegatingKey, contentKey, PLACE, seeded('w')),
    foreign: createWrap(grant.keys.delegatingKey, contentKey, PLACE, seeded('x')),
    points: [0, 33],
    scalars: [66],
    codes: ['WRAP_INVALID', 'DECRYPTION_FAILED'],
    take: (bytes) => { parseWrap(bytes, PLACE); return takes(() => openWrapOriginal(bytes, PLACE, grant.delegating)) }
  },
  dem: {
    genuine: ciphertext,
    foreign: encryptDem(keySeed, utf8('PLAINTEXT'), capsule, seeded('another nonce')),
    points: [],
    scalars: [],
    codes: ['DECRYPTION_FAILED'],
    take: (bytes) => takes(() => decryptDem(keySeed, bytes, capsule))
  },
  sealed: {
    genuine: sealTo(grant.keys.receivingKey, contentKey, associatedData, seeded('s')),
    foreign: sealTo(grant.keys.receivingKey, contentKey, associatedData, seeded('r')),
    points: [0],
    scalars: [],
    codes: ['SEALED_INVALID'],
    take: (bytes) => takes(() => openSealed(grant.receiving, bytes, associatedData))
  },
  guardianShare: {
    genuine: sealTo(grant.keys.receivingKey, sharePlaintext(1), shareData, seeded('share')),
    foreign: sealTo(grant.keys.receivingKey, sharePlaintext(2), shareData, seeded('another share')),
    points: [0],
    scalars: [],
    codes: ['SEALED_INVALID', 'SHARE_INVALID', 'SHARE_OUTDATED'],
    take: (bytes) => takes(() => openSealedShare(grant.receiving, bytes, { patientId: PATIENT_ID, issue: 1 }))
  },
  handedBackup: {
    genuine: sealBackup(contentKey, grant.keys.receivingKey, '11'.repeat(32), seeded('backup')),
    foreign: sealBackup(contentKey, grant.keys.receivingKey, '11'.repeat(32), seeded('another backup')),
    points: [0],
    scalars: [],
    codes: ['BACKUP_INVALID'],
    take: (bytes) => takes(() => openHandedBackup(grant.receiving, bytes, '11'.repeat(32)))
  },
  contentHeader: {
    genuine: header,
    foreign: header,
    points: [22],
    scalars: [],
    codes: ['HEADER_INVALID'],
    // Record, version, author, salt and commitment are free here: the commitment is checked against the content key.
    take: (bytes) => { parseContentHeader(bytes); return false }
  },
  statementSignature: {
    genuine: fromHex(statement.signatures[0]?.signature ?? ''),
    foreign: fromHex(answer.signature),
    points: [],
    scalars: [0, 32],
    codes: ['SIGNATURE_INVALID'],
    take: (bytes) =>
      takes(() =>
        verifyStatement({ ...statement, signatures: [{ key: grant.keys.signingKey.toHex(), signature: toHex(bytes) }] }, networkId))
  },
  statementBody: {
    genuine: utf8(statement.body),
    foreign: utf8('{"nonce":"01","type":"Test"}'),
    points: [],
    scalars: [],
    codes: ['STATEMENT_MALFORMED', 'STATEMENT_NOT_CANONICAL', 'SIGNATURE_INVALID'],
    take: (bytes) => takes(() => verifyStatement({ ...statement, body: Buffer.from(bytes).toString() }, networkId))
  },
  indexEntry: {
    genuine: entry,
    foreign: sealIndexEntry(indexKeys, { ...version, version: 2 }, { keywords: ['b'] }, seeded('another entry')),
    points: [],
    scalars: [],
    codes: ['INDEX_ENTRY_INVALID'],
    take: (bytes) => takes(() => openIndexEntry(indexKeys, version, bytes))
  },
  formerSearchKey: {
    genuine: sealFormerSearchKey(other.signing, grant.signing.publicKey(), indexPlace, seeded('former')),
    foreign: sealFormerSearchKey(other.signing, grant.signing.publicKey(), { ...indexPlace, issue: 3 }, seeded('another former')),
    points: [0],
    scalars: [],
    codes: ['SEALED_INVALID'],
    take: (bytes) => takes(() => openFormerSearchKey(bytes, grant.signing, other.signing.publicKey(), indexPlace))
  },
  envelope: {
    genuine: sealEnvelope(grant.signing, grant.keys.receivingKey, envelopePlace, seeded('envelope')),
    foreign: sealEnvelope(other.signing, grant.keys.receivingKey, envelopePlace, seeded('another envelope')),
    points: [0],
    scalars: [33],
    codes: ['SEALED_INVALID'],
    take: (bytes) => takes(() => openEnvelope(grant.receiving, bytes, grant.keys.signingKey, envelopePlace))
  },
  answerSignature: {
    genuine: fromHex(answer.signature),
    foreign: fromHex(statement.signatures[0]?.signature ?? ''),
    points: [],
    scalars: [0, 32],
    codes: ['ANSWER_INVALID'],
    take: (bytes) => takes(() => verifyAnswer({ ...answer, signature: toHex(bytes) }, networkId, grant.keys.signingKey))
  },
  answerCfrags: {
    genuine: fromHex(answer.body.cfrags),
    foreign: reencryptBatch([foreignCapsule], kfrag).toBytes(),
    points: [98],
    scalars: [197],
    codes: ['ANSWER_INVALID'],
    take: (bytes) =>
      takes(() => verifyAnswer({ ...answer, body: { ...answer.body, cfrags: toHex(bytes) } }, networkId, grant.keys.signingKey))
  }
}

/* Small numbers of a counter hash: the same mutations each run, found again by their number. */
function generator (name: string): (below: number) => number {
  const random = seeded(name)
  let block = new DataView(random(4096).buffer)
  let offset = 0
  return (below) => {
    if (offset === block.byteLength) [block, offset] = [new DataView(random(4096).buffer), 0]
    const value = block.getUint32(offset)
    offset += 4
    return below === 0 ? 0 : value % below
  }
}

function pick<T> (values: readonly T[], next: (below: number) => number): T | undefined {
  return values[next(values.length)]
}

function mutate ({ genuine, foreign, points, scalars }: Target, next: (below: number) => number): Uint8Array {
  const bytes = Uint8Array.from(genuine)
  const put = (start: number | undefined, part: Uint8Array | undefined): Uint8Array => {
    if (start !== undefined && part !== undefined && start + part.length <= bytes.length) bytes.set(part, start)
    return bytes
  }
  switch (next(10)) {
    case 0: return bytes.subarray(0, next(bytes.length))
    case 1: return Buffer.concat([bytes, Buffer.alloc(1 + next(40), next(256))])
    case 2: return put(pick(points, next), pick(BAD_POINTS, next)?.[1])
    case 3: return put(pick(scalars, next), pick([new Uint8Array(32), GROUP_ORDER, new Uint8Array(32).fill(0xff)], next))
    case 4: { // A field of another object of the same kind.
      const start = pick([...points, ...scalars, next(bytes.length)], next) ?? 0
      return put(start, foreign.subarray(start, start + (pick([32, 33, 64], next) ?? 0)))
    }
    case 5: { // Two fields of the same object exchanged.
      const [one, two] = [pick(points, next) ?? 0, pick(points, next) ?? 0]
      const [left, right] = [genuine.slice(one, one + 33), genuine.slice(two, two + 33)]
      put(one, right)
      return put(two, left)
    }
    case 6: { // The negative of a point.
      const start = pick(points, next)
      if (start !== undefined) bytes[start] = (bytes[start] ?? 0) ^ 1
      return bytes
    }
    case 7: { // A lie in a length or a marker of MessagePack, or any other byte.
      bytes[next(bytes.length)] = pick([0x00, 0xc4, 0xc5, 0xd9, 0xdc, 0xff, 0x90, 0xc2], next) ?? 0
      return bytes
    }
    default: {
      for (let flips = 1 + next(3); flips > 0; flips--) {
        const index = next(bytes.length)
        bytes[index] = (bytes[index] ?? 0) ^ (1 << next(8))
      }
      return bytes
    }
  }
}

for (const backend of ['native', 'noble'] as const) {
  for (const [name, target] of Object.entries(targets)) {
    t.test(`${name}, mutated, is refused on ${backend}`, (t) => {
      const before = curveBackendName()
      useCurveBackend(backend)
      t.teardown(() => { useCurveBackend(before) })
      const next = generator(`${name}/${backend}`)
      let [tried, slowest] = [0, 0]
      const wrong: string[] = []
      while (tried < COUNTS[backend]) {
        const bytes = mutate(target, next)
        if (Buffer.compare(bytes, target.genuine) === 0 || Buffer.compare(bytes, target.foreign) === 0) continue
        tried += 1
        const start = performance.now()
        try {
          if (target.take(bytes)) wrong.push(`taken: ${toHex(bytes)}`)
        } catch (error) {
          const { name: kind, code } = error as { name: string, code?: string }
          if (kind !== 'CryptoError' || code === undefined || !target.codes.includes(code)) {
            wrong.push(`${kind} ${String(code)} ${String(error)}: ${toHex(bytes)}`)
          }
        }
        slowest = Math.max(slowest, performance.now() - start)
      }
      t.strictSame(wrong.slice(0, 5), [], `of ${tried} inputs`)
      t.ok(slowest < SLOWEST_MS, `the slowest took ${slowest.toFixed(0)} ms`)
      t.end()
    })
  }
}

t.test('a kfrag for another key, a capsule of another record and cfrags mixed across requests open nothing', (t) => {
  t.throws(() => verifyKfrag(Kfrag.fromBytes(foreignKfrag.toBytes()), grant.keys), { code: 'KFRAG_INVALID' })
  const answers = grant.kfrags.slice(0, 2).map((part) => reencrypt(foreignCapsule, part))
  t.throws(() => verifyCfrag(Cfrag.fromBytes(answers[0]?.toBytes() ?? new Uint8Array()), capsule, grant.keys), { code: 'CFRAG_INVALID' })
  t.throws(() => decapsulateReencrypted(grant.receiving, grant.keys.delegatingKey, capsule, answers), { code: 'KFRAGS_INCONSISTENT' })
  const [mine, , theirs] = [reencrypt(capsule, kfrag), null, reencrypt(foreignCapsule, grant.kfrags[1] ?? kfrag)]
  t.throws(
    () => decapsulateReencrypted(grant.receiving, grant.keys.delegatingKey, capsule, [mine, theirs]),
    { code: 'KFRAGS_INCONSISTENT' },
    'two capsules'
  )
  t.end()
})
