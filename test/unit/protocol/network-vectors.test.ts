import { createHash, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import t from 'tap'
import { adminKeyOf, canonicalize, fromHex } from '@epione/crypto'
import { hashOfDocument } from '@epione/protocol'
import type { NetworkDocument, SignedNetwork } from '@epione/protocol'
import { verifyNetwork } from '@epione/protocol/verify'
import { signFounding } from '../../helpers/founding.ts'

interface Recorded { adminSecrets: Record<string, string>, canonical: string, documentHash: string, founding: SignedNetwork['founding'] }
const recorded = JSON.parse(readFileSync(new URL('../../vectors/network.json', import.meta.url), 'utf8')) as Recorded
const document = JSON.parse(recorded.canonical) as NetworkDocument

t.test('the recorded document has its bytes, its hash and its founders\' signatures', (t) => {
  const secrets = Object.values(recorded.adminSecrets).map((secret) => fromHex(secret))
  t.equal(canonicalize(document), recorded.canonical)
  t.equal(hashOfDocument(document), recorded.documentHash)
  t.strictSame(document.members.flatMap((m) => m.adminKeys), secrets.map(adminKeyOf))
  t.strictSame(signFounding(document, secrets).founding, recorded.founding)
  t.strictSame(verifyNetwork({ document, founding: recorded.founding }), document)
  t.end()
})

t.test('another implementation of P-256 verifies the recorded signatures over the bytes that docs/protocol.md names', (t) => {
  const message = Buffer.concat([
    Buffer.from('epione/Founding/v1\0'), Buffer.from(document.networkId, 'hex'), Buffer.from(recorded.founding.body)
  ])
  t.strictSame(JSON.parse(
    recorded.founding.body
  ), { type: 'Founding', version: 1, documentHash: createHash('sha256').update(recorded.canonical).digest('hex') })
  for (const { key, signature } of recorded.founding.signatures) {
    const spki = Buffer.concat([Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex'), Buffer.from(key, 'hex')])
    t.ok(verify('sha256', message, { key: spki, format: 'der', type: 'spki', dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'hex')))
  }
  t.end()
})
