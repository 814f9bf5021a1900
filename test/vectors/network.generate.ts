import { writeFileSync } from 'node:fs'
import { canonicalize, toHex } from '@epione/crypto'
import { hashOfDocument } from '@epione/protocol'
import { adminSecret, documentOf, signFounding } from '../helpers/founding.ts'

/* A network of three, whose admins' secrets are hashes of their names (test/helpers/founding.ts). Signatures are deterministic. */
const MEMBERS = ['CoreMSP', 'Regional1MSP', 'Regional2MSP']
const document = {
  ...documentOf('5a'.repeat(32), MEMBERS),
  inForceFrom: 1_795_910_400_000,
  auditors: [{ mspId: 'CoreMSP', issuer: 'https://id.core.example', subject: 'auditor-1', scope: 'consortium' as const }]
}
const { founding } = signFounding(document)
const vectors = {
  source: 'this repository, by network.generate.ts',
  adminSecrets: Object.fromEntries(MEMBERS.map((mspId) => [mspId, toHex(adminSecret(mspId))])),
  canonical: canonicalize(document),
  documentHash: hashOfDocument(document),
  founding
}
writeFileSync(new URL('network.json', import.meta.url), `${JSON.stringify(vectors, null, 2)}\n`)
