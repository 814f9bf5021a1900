import { randomUUID, X509Certificate } from 'node:crypto'
import { cp, copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { join } from 'node:path'
import { connect } from 'node:tls'
import FabricCAServices from 'fabric-ca-client'
import { User } from 'fabric-common'
import t from 'tap'
import { certificateFault } from '../../../network/fabric/certificates.ts'
import type { NetworkStatus } from '../../../network/verbs/status.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

const YEAR_MS = 366 * 86_400_000

const network = await TestNetwork.shared({ gateways: false })

async function certificate (path: string): Promise<X509Certificate> {
  return new X509Certificate(await readFile(join(network.stateDir, 'organizations', 'core', path)))
}

t.test('identities have their type and affiliation as OUs and their role as an attribute, under the organisation\'s own CA', async (t) => {
  const root = await certificate('ca.pem')
  for (const [name, units, role] of [
    ['admin', ['admin'], undefined], ['gateway', ['client', 'office'], 'gateway'], ['registrar', ['client', 'office'], 'registrar'],
    [
      'auditor-wide', ['client', 'office'], 'auditor'
    ], ['ca-registrar', ['client', 'staff'], undefined], ['peer0', ['peer'], undefined], ['orderer', ['orderer'], undefined]
  ] as const) {
    const identity = await certificate(`identities/${name}/cert.pem`)
    t.ok(identity.verify(root.publicKey), name)
    const [organization, named, common] = identity.subject.split('\n')
    t.same([organization, common], ['O=core', `CN=${name}.core`], name)
    // Units of one name are a set: DER sorts them by their bytes, shorter ones first.
    t.same(named?.split(' + ').sort(), units.map((unit) => `OU=${unit}`).sort(), name)
    if (role !== undefined) t.match(identity.raw.toString('latin1'), `"role":"${role}"`, name)
  }
})

t.test('the CA registrar enrols staff with certified attributes for 30 days, and can register nobody but clients', async (t) => {
  const organization = (await network.network()).organizations[0]
  if (organization === undefined) return t.fail('no organisation')
  const { ca, mspId, identitiesDir } = organization
  const authority = new FabricCAServices(ca.url, { trustedRoots: [await readFile(ca.tlsCaFile, 'utf8')], verify: true }, ca.caName)
  const [
    certificatePem,
    privateKey
  ] = await Promise.all(['cert.pem', 'key.pem'].map(async (file) => await readFile(join(identitiesDir, 'ca-registrar', file), 'utf8')))
  const registrar = User.createUser('ca-registrar.core', '', mspId, certificatePem ?? '', privateKey)
  const enrollmentID = randomUUID()
  const attrs = [{ name: 'role', value: 'physician', ecert: true }, { name: 'department', value: 'd1', ecert: true }]
  const enrollmentSecret = await authority.register(
    { enrollmentID, affiliation: 'staff', role: 'client', maxEnrollments: 1, attrs },
    registrar
  )
  const staff = new X509Certificate((await authority.enroll({ enrollmentID, enrollmentSecret })).certificate)
  t.match(staff.subject, `CN=${enrollmentID}`)
  t.match(staff.subject, 'OU=staff')
  t.match(staff.raw.toString('latin1'), '"role":"physician"')
  const days = (staff.validToDate.getTime() - Date.now()) / 86_400_000
  t.ok(days > 29 && days < 31, `${days} days`)
  await t.rejects(
    authority.register({ enrollmentID: randomUUID(), affiliation: 'staff', role: 'admin' }, registrar),
    /[Aa]uthorization failure/
  )
})

t.test('TLS certificates come from the TLS CA and name localhost, never this machine', async (t) => {
  const root = await certificate('tls-ca.pem')
  for (const path of ['tls/ca', 'tls/orderer', 'tls/peer0', 'tls/chaincode', 'gateway/tls']) {
    const pair = await certificate(`${path}/cert.pem`)
    t.ok(pair.verify(root.publicKey), path)
    t.equal(pair.subjectAltName, 'DNS:localhost, IP Address:127.0.0.1')
  }
  const control = await certificate('control-ca.pem')
  for (const path of ['tls/admin', 'tls/chaincode-client']) t.ok((await certificate(`${path}/cert.pem`)).verify(control.publicKey), path)
  t.equal((await certificate('gateway/tls/cert.pem')).subject.split('\n').at(-1), 'CN=gateway.core')
})

t.test('the chaincode refuses a caller without a certificate of its organisation', async (t) => {
  const status = JSON.parse((await network.run('status', ['--json'])).stdout) as NetworkStatus
  const port = status.processes.find(({ name }) => name === 'chaincode.core')?.ports[0] ?? 0
  const dir = (id: string): string => join(network.stateDir, 'organizations', id)
  const ca = await readFile(join(dir('core'), 'tls-ca.pem'))
  // An accepted HTTP/2 connection begins with the server's settings; a refused one is closed without a word.
  const answered = async (client: { cert?: Buffer, key?: Buffer }): Promise<boolean> => {
    const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', ca, ...client, ALPNProtocols: ['h2'] })
    const answer = once(socket, 'data').then(() => true, () => false)
    const closed = once(socket, 'close').then(() => false, () => false)
    const result = await Promise.race([answer, closed])
    socket.destroy()
    return result
  }
  const pairOf = async (id: string): Promise<{ cert: Buffer, key: Buffer }> => ({
    cert: await readFile(join(dir(id), 'tls/chaincode-client/cert.pem')),
    key: await readFile(join(dir(id), 'tls/chaincode-client/key.pem'))
  })
  t.equal(await answered(await pairOf('core')), true)
  t.equal(await answered({}), false)
  t.equal(await answered(await pairOf('regional1')), false)
  const gateway = {
    cert: await readFile(join(dir('core'), 'gateway/tls/cert.pem')),
    key: await readFile(join(dir('core'), 'gateway/tls/key.pem'))
  }
  t.equal(await answered(gateway), false, 'the gateway\'s pair passes for no peer')
})

t.test('a certificate that is expired, not yet valid, or not of its key or CA is named as such', async (t) => {
  const dir = join(network.stateDir, 'organizations', 'core')
  const file = join(dir, 'identities/gateway/cert.pem')
  const now = Date.now()
  t.equal(await certificateFault(file, join(dir, 'ca.pem'), now), undefined)
  t.match(await certificateFault(file, join(dir, 'ca.pem'), now + YEAR_MS), /^expired on /)
  t.match(await certificateFault(file, join(dir, 'ca.pem'), now - YEAR_MS), /^is valid only from /)
  t.match(await certificateFault(file, join(dir, 'tls-ca.pem'), now), /^was not issued by /)
  const other = t.testdir({})
  await copyFile(file, join(other, 'cert.pem'))
  await copyFile(join(dir, 'identities/registrar/key.pem'), join(other, 'key.pem'))
  t.match(await certificateFault(join(other, 'cert.pem'), join(dir, 'ca.pem'), now), /^does not belong to the key/)
})

t.test('doctor names the one missing tool, a mismatched certificate and a clock behind the network', async (t) => {
  const dir = t.testdir({ bin: {} })
  await symlink('/bin/tar', join(dir, 'bin', 'tar')).catch(async () => await symlink('/usr/bin/tar', join(dir, 'bin', 'tar')))
  const tools = await network.run('doctor', [], { PATH: join(dir, 'bin'), EPIONE_CACHE: join(dir, 'cache') })
  t.equal(tools.code, 1)
  t.same(tools.stdout.split('\n').filter((line) => line.startsWith('fault:')), [
    'fault: Fabric\'s binaries are not there, and go, which would build them, is missing'
  ])
  const state = join(dir, 'state')
  await mkdir(join(state, 'organizations', 'core'), { recursive: true })
  await cp(join(
    network.stateDir,
    'organizations',
    'core'
  ), join(state, 'organizations', 'core'), { recursive: true, filter: (source) => !source.includes('/data') })
  await copyFile(join(state, 'organizations/core/tls/peer0/key.pem'), join(state, 'organizations/core/tls/orderer/key.pem'))
  const stamp = JSON.parse(await readFile(network.paths.stamp, 'utf8')) as Record<string, unknown>
  await writeFile(join(state, 'stamp.json'), JSON.stringify({ ...stamp, createdAt: Date.now() + 3_600_000 }))
  const { stdout } = await network.run('doctor', [], { EPIONE_STATE: state })
  t.match(stdout, /fault: the clock says .*, and the network was made 3[56]\d\d s after that/)
  t.match(stdout, /core\/tls\/orderer\/cert\.pem does not belong to the key\.pem beside it/)
})

t.test('logs are shown by process, and an unknown process is named', async (t) => {
  const shown = await network.run('logs', ['orderer.core', '--lines', '5'])
  t.equal(shown.code, 0)
  t.match(shown.stdout, /^==> .*orderer\.core\.log <==\n/)
  t.match((await network.run('logs', ['nobody'])).stderr, /no log of nobody\nadvice: There are .*peer0\.core/)
})
