import { readFileSync } from 'node:fs'
import { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import t from 'tap'
import { LedgerClient } from '@epione/ledger/client'
import { connectFabric } from '@epione/ledger/fabric'
import type { LedgerIdentity } from '@epione/ledger/fabric'
import { STAFF_UNIT } from '@epione/protocol'
import { fromHex, SecretKey, signStatement } from '@epione/crypto'
import { connectFabricAuthority } from '../../../gateway/src/staff/fabric-authority.ts'
import { buildGateway } from '../../helpers/gateway.ts'
import { keyHex } from '../../helpers/ledger-fixtures.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

/* A gateway's own admission by claims before a real Fabric CA, and what real peers think of the certificates. */

const network = await TestNetwork.shared({ gateways: false })
const file = await network.network()
const [core] = file.organizations
if (core === undefined) throw new Error('the network has no hospital')
const tlsCaPem = readFileSync(core.tlsCaFile, 'utf8')

function identityOf (name: string): LedgerIdentity {
  const read = (part: string): string => readFileSync(join(core?.identitiesDir ?? '', name, part), 'utf8')
  return { mspId: core?.mspId ?? '', certificate: read('cert.pem'), privateKey: read('key.pem') }
}

const connection = connectFabric({
  peers: core.peers.map((peer) => ({ ...peer, tlsCaPem })), channel: file.channel, chaincode: file.chaincode, identity: identityOf('gateway')
})
t.teardown(() => connection.close())
const tls = { url: core.ca.url, caName: core.ca.caName, tlsCaPem }

t.test('the CA certifies staff at their first sign-in by claims, and anew when these change', async (t) => {
  const gateway = await buildGateway(t, {
    ports: {
      authority: connectFabricAuthority({ ...tls, registrar: identityOf('ca-registrar'), affiliation: STAFF_UNIT }),
      claimMapping: {
        format: 1,
        roles: [{ claim: '/roles', value: 'arzt', role: 'physician' }, { claim: '/roles', value: 'pflege', role: 'nurse' }],
        department: { claim: '/department', values: { Kardiologie: 'cardiology' } },
        changes: 'certify'
      }
    }
  })
  const seconds = Math.floor(Date.now() / 1000)
  const signIn = async (claims: { roles: string[], department?: string }, iat: number, subject = 'dr-claims'): Promise<{ status: number, code?: string, staffId?: string }> => {
    const authorization = `Bearer ${await gateway.token(subject, 'user/DocumentReference.rs', { claims: { ...claims, iat } })}`
    const answer = await gateway.app.inject({ url: '/v1/practitioners/me', headers: { authorization } })
    return { ...answer.json<object>(), status: answer.statusCode }
  }
  const attributesOf = (pem: string): unknown =>
    (JSON.parse(/\{"attrs":\{[^}]*\}\}/.exec(new X509Certificate(pem).raw.toString('latin1'))?.[0] ?? '{}') as { attrs?: unknown }).attrs
  const bindAs = async (identity: LedgerIdentity, staffId: string, version: number, keys: SecretKey[]): Promise<unknown> => {
    const [receiving, request] = keys
    const issuedAt = Date.now()
    if (receiving === undefined || request === undefined) throw new Error('two keys and those before')
    const statement = signStatement({
      type: 'KeyBinding',
      networkId: fromHex(file.networkId),
      body: {
        type: 'KeyBinding',
        nonce: '11'.repeat(16),
        issuedAt,
        submitBefore: issuedAt + 60_000,
        mspId: core.mspId,
        staffId,
        version,
        receivingKey: keyHex(receiving),
        requestKey: keyHex(request)
      },
      keys: [request, receiving, ...keys.slice(2)]
    })
    return await new LedgerClient(connection.portFor(identity)).bindKeys(statement)
  }

  const [first, second] = await Promise.all([1, 2].map(async () => await signIn({ roles: ['arzt'], department: 'Kardiologie' }, seconds - 60)))
  const staffId = first?.staffId ?? ''
  t.match([first, second], [{ status: 200 }, { status: 200, staffId }], 'two at once are one person')
  const before = await gateway.app.wallet.get('dr-claims')
  t.match(new X509Certificate(before.certificate).subject, `CN=${staffId}`)
  t.match(attributesOf(before.certificate), { role: 'physician', department: 'cardiology' })
  const keys = [SecretKey.random(), SecretKey.random()]
  await t.resolves(bindAs({ ...before, mspId: core.mspId }, staffId, 1, keys), 'real peers know them by it')

  t.match(await signIn({ roles: ['pflege'] }, seconds - 30), { status: 200, staffId })
  const after = await gateway.app.wallet.get('dr-claims')
  t.match(new X509Certificate(after.certificate).subject, `CN=${staffId}`, 'the same person')
  t.match(attributesOf(after.certificate), { role: 'nurse', department: undefined })
  t.not(after.privateKey, before.privateKey)
  const next = [SecretKey.random(), SecretKey.random()]
  await t.rejects(bindAs({ ...after, mspId: core.mspId }, 's-somebody-else', 1, next), { code: 'NOT_AUTHORIZED' })
})
