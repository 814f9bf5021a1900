import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import FabricCAServices from 'fabric-ca-client'
import { User } from 'fabric-common'
import t from 'tap'
import { LedgerClient } from '@epione/ledger/client'
import { STAFF_UNIT } from '@epione/protocol'
import type { SignedNetwork } from '@epione/protocol'
import { fromHex, SecretKey, signAsAdmin } from '@epione/crypto'
import { verifyNetwork } from '@epione/protocol/verify'
import { connectFabric } from '@epione/ledger/fabric'
import type { FabricConnection, LedgerIdentity } from '@epione/ledger/fabric'
import { printNetworkDocument, signNetwork } from '../../../gateway/src/admin/network-document.ts'
import { connectFabricAuthority } from '../../../gateway/src/staff/fabric-authority.ts'
import { toFabricIdentity, Peers } from '../../../ledger/src/fabric/peers.ts'
import { requestHttps } from '../../../network/host/https.ts'
import type { NetworkFileOrganization } from '../../../network/render/network-file.ts'
import { managedProcesses } from '../../../network/nodes/specs.ts'
import { waitFor } from '../../../network/host/wait.ts'
import { DELIVER, requestBlock } from '../../helpers/deliver.ts'
import { keyHex } from '../../helpers/ledger-fixtures.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

/** As the admin of one hospital might found it before anybody else. */
const HOSTILE = { shareMinimum: 1, recoveryDelaySeconds: 0, identityDelaySeconds: 0 }
const network = await TestNetwork.create({ gateways: false, policy: HOSTILE })
t.teardown(() => network.destroy())
const file = await network.network()
const core = organizationOf('core')
const own = network.paths.organization('core')
const tls = { url: core.ca.url, caName: core.ca.caName, tlsCaPem: readFileSync(core.ca.tlsCaFile, 'utf8') }
const authority = new FabricCAServices(tls.url, { trustedRoots: [tls.tlsCaPem], verify: true }, tls.caName)

function organizationOf (id: string): NetworkFileOrganization {
  const found = file.organizations.find((o) => o.id === id)
  if (found === undefined) throw new Error(`the network has no ${id}`)
  return found
}

/** 33-byte compressed point, hex. */
function keyOfCertificate (pem: string): string {
  const { x = '', y = '' } = new X509Certificate(pem).publicKey.export({ format: 'jwk' })
  const odd = (Buffer.from(y, 'base64url').at(-1) ?? 0) % 2
  return `0${String(2 + odd)}${Buffer.from(x, 'base64url').toString('hex')}`
}

function identityOf (name: string, { mspId, identitiesDir } = core): LedgerIdentity {
  const read = (part: string): string => readFileSync(join(identitiesDir, name, part), 'utf8')
  return { mspId, certificate: read('cert.pem'), privateKey: read('key.pem') }
}

function connectionOf (id: string, identity: LedgerIdentity): FabricConnection {
  const { peers, tlsCaFile } = organizationOf(id)
  const connection = connectFabric({
    peers: peers.map((peer) => ({ ...peer, tlsCaPem: readFileSync(tlsCaFile, 'utf8') })),
    channel: file.channel,
    chaincode: file.chaincode,
    identity
  })
  t.teardown(() => connection.close())
  return connection
}

const userOf = (name: string): User => {
  const { mspId, certificate, privateKey } = identityOf(name)
  return User.createUser(`${name}.core`, '', mspId, certificate, privateKey)
}

let hired = 0
/** A member of staff, enrolled as a gateway enrols them. */
async function hire (role: string): Promise<LedgerIdentity> {
  const staff = connectFabricAuthority({ ...tls, registrar: identityOf('ca-registrar'), affiliation: STAFF_UNIT })
  const { certificate, privateKey } = await staff.enrol({ staffId: `s-${role}-${String(++hired)}`, role })
  return { mspId: core.mspId, certificate, privateKey }
}

t.test('blocks, events and queries of them are for peers, gateways, auditors and admins; staff get none, of no node', async (t) => {
  const readers = {
    gateway: identityOf('gateway'),
    auditor: identityOf('auditor-wide'),
    admin: identityOf('admin'),
    peer: identityOf('peer0')
  }
  const staff = {
    physician: await hire('physician'),
    nurse: await hire('nurse'),
    'self-styled gateway': await hire('gateway'),
    'their registrar': identityOf('ca-registrar')
  }
  const [peer] = core.peers
  if (peer === undefined) throw new Error('core has no peer')
  const nodes = { peer, filtered: peer, withPrivateData: peer, orderer: core.orderer }
  for (const [name, node] of Object.entries(nodes)) {
    const request = { ...node, tlsCaPem: tls.tlsCaPem, channel: file.channel, path: DELIVER[name as keyof typeof DELIVER] }
    for (const [who, identity] of Object.entries(staff)) t.equal(await requestBlock({ ...request, identity }), 403, `${who} at ${name}`)
    for (const [who, identity] of Object.entries(readers)) {
      t.equal(
        await requestBlock({ ...request, identity }),
        'block',
      `${who} at ${name}`
      )
    }
  }
})

t.test('system chaincodes and the peer\'s event service show a channel to its readers alone', async (t) => {
  const { peers } = core
  const open = new Peers(peers.map((peer) => ({ ...peer, tlsCaPem: tls.tlsCaPem })))
  t.teardown(() => { open.close() })
  const queries: [string, string, string[]][] = [
    ['qscc', 'GetChainInfo', [file.channel]], ['qscc', 'GetBlockByNumber', [file.channel, '1']],
    ['cscc', 'GetConfigBlock', [file.channel]], ['cscc', 'GetChannelConfig', [file.channel]]
  ]
  const query = async (identity: LedgerIdentity, [chaincode, name, args]: (typeof queries)[number]): Promise<number> =>
    (await open.gateway(
      toFabricIdentity(identity)
    ).getNetwork(file.channel).getContract(chaincode).evaluate(name, { arguments: args })).length
  const events = async (identity: LedgerIdentity): Promise<string> => {
    const stream = await open.gateway(
      toFabricIdentity(identity)
    ).getNetwork(file.channel).getChaincodeEvents(file.chaincode, { startBlock: 0n })
    try {
      const first = await stream[Symbol.asyncIterator]().next()
      return first.done === true ? 'none' : first.value.eventName
    } finally {
      stream.close()
    }
  }
  const physician = await hire('physician')
  for (const asked of queries) {
    await t.rejects(query(physician, asked), /access denied/, `${asked[0]} ${asked[1]}`)
    for (const name of ['gateway', 'auditor-wide', 'admin']) t.ok(await query(identityOf(name), asked) > 0, `${name}: ${asked[1]}`)
  }
  await t.rejects(events(physician), { code: 7 })
  t.equal(await events(identityOf('gateway')), 'NetworkFounded')
})

t.test('the ledger holds the document that each organisation\'s admin signed with the key of its own certificate, and takes no other', async (t) => {
  const admin = new LedgerClient(connectionOf('core', identityOf('admin')).portFor(identityOf('admin')))
  const signed = await admin.getNetworkDocument(1) as SignedNetwork
  t.strictSame(signed.document, file.document)
  t.equal((await admin.getNetwork()).documentHash, file.documentHash)
  t.strictSame(
    verifyNetwork(signed).members.map((m) => m.adminKeys),
    file.organizations.map((o) => [keyOfCertificate(identityOf('admin', o).certificate)])
  )
  t.match(signed.document, { testing: true, settings: HOSTILE, auditors: { length: 2 * file.organizations.length } })
  await t.rejects(admin.found(signed), { code: 'NETWORK_ALREADY_FOUNDED' })
  const secret = Buffer.from(createPrivateKey(identityOf('admin').privateKey).export({ format: 'jwk' }).d ?? '', 'base64url')
  const bounds = { nonce: '00'.repeat(16), issuedAt: Date.now(), submitBefore: Date.now() + 60_000 }
  const proposal = { type: 'NetworkProposal', ...bounds, document: { ...signed.document, version: 2 } }
  await t.rejects(admin.proposeNetwork(signAsAdmin(proposal, fromHex(file.networkId), secret)), { code: 'PROPOSAL_INVALID', message: /come into force after/ })
  const description = JSON.stringify({
    ...signed.document,
    members: signed.document.members.map((
      { mspId, id, name, kind }
    ) => ({ mspId, id, name, kind, adminCertificates: [identityOf('admin', organizationOf(id)).certificate] }))
  })
  const other = JSON.stringify({ ...JSON.parse(description) as object, features: ['none'] })
  const folder = t.testdir({ 'description.json': description, 'other.json': other })
  t.strictSame(
    await printNetworkDocument(join(folder, 'description.json')),
    { document: signed.document, documentHash: file.documentHash },
    'a member makes the same document of what it checked itself'
  )
  const key = join(core.identitiesDir, 'admin', 'key.pem')
  await t.rejects(signNetwork(join(folder, 'other.json'), file.documentHash, key), { code: 'ARGUMENT_INVALID', message: /Leave out features/ })
  await t.rejects(signNetwork(join(folder, 'description.json'), '0'.repeat(64), key), { code: 'ARGUMENT_INVALID', message: /sign nothing/ })
})

t.test('staff who submit learn what became of it, and read nothing of the ledger', async (t) => {
  const physician = await hire('physician')
  const connection = connectionOf('core', identityOf('gateway'))
  const as = (identity: LedgerIdentity): LedgerClient => new LedgerClient(connection.portFor(identity))
  for (const who of [physician, await hire('gateway'), await hire('auditor')]) {
    await t.rejects(as(who).getNetwork(), { code: 'NOT_AUTHORIZED' })
    await t.rejects(as(who).listRecords('a'.repeat(32)), { code: 'NOT_AUTHORIZED' })
    await t.rejects(as(who).listAccessByPatient('a'.repeat(32)), { code: 'NOT_AUTHORIZED' })
  }
  t.match(await as(identityOf('auditor-wide')).listAccessByPatient('a'.repeat(32)), { items: [] })
  const admin = as(identityOf('admin'))
  t.match(await admin.registerProxy({
    encryptionKey: keyHex(SecretKey.random()),
    signingKey: keyHex(SecretKey.random()),
    gatewayUrl: core.gateway.url
  }), { value: { mspId: 'CoreMSP' } })
})

t.test('the registrar of staff gives no office, and reaches no identity of another unit', async (t) => {
  const registrar = userOf('ca-registrar')
  const register = async (affiliation: string, attrs: { name: string, value: string, ecert: boolean }[] = []): Promise<unknown> =>
    await authority.register({ enrollmentID: `x-${String(++hired)}`, affiliation, role: 'client', maxEnrollments: 1, attrs }, registrar)
  await t.rejects(register('office'), /[Aa]uthorization failure/)
  await t.rejects(register('staff', [{ name: 'scope', value: 'consortium', ecert: true }]), /[Aa]uthorization failure/)
  await t.rejects(register('staff', [{ name: 'hf.Registrar.Roles', value: 'client', ecert: true }]), /[Aa]uthorization failure/)
  const identities = authority.newIdentityService()
  for (const target of ['gateway.core', 'registrar.core', 'auditor-wide.core', 'admin.core']) {
    const update: FabricCAServices.IIdentityRequest & { caname: string } = {
      enrollmentID: target,
      affiliation: '',
      enrollmentSecret: 'taken-over',
      caname: tls.caName
    }
    await t.rejects(identities.update(target, update, registrar), /[Aa]uthorization failure/, `update ${target}`)
    await t.rejects(authority.revoke({ enrollmentID: target }, registrar), /[Aa]uthorization failure/, `revoke ${target}`)
  }
})

t.test('wrong passwords lock nobody out of the CA', async (t) => {
  const secrets = JSON.parse(await readFile(own.secrets, 'utf8')) as Record<string, Record<string, string>>
  const enrollmentSecret = secrets[tls.caName]?.['gateway.core'] ?? ''
  for (let attempt = 0; attempt < 12; attempt++) {
    await t.rejects(
      authority.enroll({ enrollmentID: 'gateway.core', enrollmentSecret: `guess ${String(attempt)}` }),
      /Authentication failure/
    )
  }
  t.match((await authority.enroll({ enrollmentID: 'gateway.core', enrollmentSecret })).certificate, 'BEGIN CERTIFICATE')
})

t.test('the gateway\'s TLS pair, and any other of the TLS CA, administers no node; the admin\'s does', async (t) => {
  const context = await network.context()
  const [organization] = context.topology.organizations
  if (organization === undefined) throw new Error('no organisation')
  const { orderer, peerNodes: [peer] } = organization
  const base = { caFile: own.tlsCa }
  const channel = `https://127.0.0.1:${String(orderer.adminPort)}/participation/v1/channels/${file.channel}`
  const logs = [orderer.operationsPort, peer?.operationsPort ?? 0].map((port) => `https://127.0.0.1:${String(port)}/logspec`)
  const setLevel = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: Buffer.from('{"spec":"info"}') }
  for (const name of ['gateway', 'orderer', 'peer0', 'chaincode']) {
    const pair = own.tls(name)
    await t.rejects(
      requestHttps({ ...base, pair, url: channel, method: 'DELETE' }),
      { code: /ALERT/ },
      `${name} at the orderer's admin listener`
    )
    for (const url of logs) await t.rejects(requestHttps({ ...base, ...setLevel, pair, url }), { code: /ALERT/ }, `${name} at ${url}`)
  }
  const pair = own.tls('admin')
  t.match(await requestHttps({ ...base, pair, url: channel }), { status: 200, text: /"status":"active"/ })
  for (const url of logs) t.match(await requestHttps({ ...base, ...setLevel, pair, url }), { status: 204 })
  for (const url of logs) t.match(await requestHttps({ ...base, url }), { status: 401 }, 'without a certificate')
  // The admin's pair opens what it is for, and passes for no gateway.
  t.ok(managedProcesses(context).every(({ certificate }) => certificate === undefined || certificate !== pair.cert))
})

t.test('a peer takes blocks from its own hospital\'s orderer alone, until the operator says otherwise', async (t) => {
  const [here, there] = [
    connectionOf('core', identityOf('gateway')),
    connectionOf('regional1', identityOf('gateway', organizationOf('regional1')))
  ]
  const regional = new LedgerClient(there.portFor(identityOf('admin', organizationOf('regional1'))))
  const write = async (): Promise<bigint> =>
    (await regional.registerProxy({
      encryptionKey: keyHex(SecretKey.random()),
      signingKey: keyHex(SecretKey.random()),
      gatewayUrl: organizationOf('regional1').gateway.url
    })).blockNumber
  const reached = async (block: bigint): Promise<void> => {
    await waitFor(`block ${String(block)} at core`, 60_000, async () =>
      await here.height() > block ? true : undefined)
  }
  await reached(await write())
  await network.killProcess('orderer.core')
  const missed = await write()
  t.ok(await there.height() > missed)
  t.ok(await here.height() <= missed, 'the peer waits for its own orderer')
  await network.startProcess('orderer.core')
  await reached(missed)
  t.equal((await network.run('up', ['--without-gateways'], { EPIONE_ORDERERS: 'sideways' })).code, 1)
  t.equal((await network.run('up', ['--without-gateways'], { EPIONE_ORDERERS: 'all' })).code, 0)
  await network.killProcess('orderer.core')
  await reached(await write())
  await network.up()
})

t.test('a network that one admin founded first, with other settings, is refused by every gateway and named by up', async (t) => {
  const description = JSON.parse(await readFile(network.consortiumFile, 'utf8')) as Record<string, unknown>
  delete description['testing']
  await writeFile(network.consortiumFile, JSON.stringify({ ...description, policy: { shareMinimum: 3 } }))
  const { code, stderr } = await network.run('up')
  t.equal(code, 1)
  t.match(
    stderr,
    /settings\.recoveryDelaySeconds is 0 on the ledger and 604800 in the file; settings\.shareMinimum is 1 on the ledger and 3 in the file; testing is true on the ledger/
  )
})
