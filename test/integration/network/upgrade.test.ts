import { randomBytes, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { LedgerClient } from '@epione/ledger/client'
import { connectFabric } from '@epione/ledger/fabric'
import type { LedgerIdentity } from '@epione/ledger/fabric'
import { LedgerError, STAFF_UNIT } from '@epione/protocol'
import type { SignedStatement } from '@epione/protocol'
import { connectFabricAuthority } from '../../../gateway/src/staff/fabric-authority.ts'
import { People } from '../../../identity/src/people.ts'
import type { CertificateRow } from '../../../network/fabric/certificate-report.ts'
import { readRelease } from '../../../network/fabric/release.ts'
import { waitFor } from '../../../network/host/wait.ts'
import type { NetworkFileOrganization } from '../../../network/render/network-file.ts'
import type { NetworkStatus } from '../../../network/verbs/status.ts'
import type { GatewayAnswer } from '../../helpers/gateway-client.ts'
import { openPeerWorld } from '../../helpers/peer-world.ts'
import { RealSharing } from '../../helpers/proxies.ts'
import type { RealGrant } from '../../helpers/proxies.ts'
import { checkLoad, RequestLoad } from '../../helpers/request-load.ts'
import { until } from '../../helpers/sharing.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
/** Formats of the release that follows: kinds that each request reads or writes, and one whose reading shows. */
const NEXT_FORMATS = '{ record: [(v) => v], custody: [(v) => v], event: [(v) => v], proxy: [(v) => ({ ...v, readAs: "format 2" })] }'

t.setTimeout(1_800_000)
// What changes while people work, in the order of one network's life.
const network = await TestNetwork.create()
t.teardown(() => network.destroy())
const file = await network.network()
/** What peers say to whoever is no member of the channel, or was revoked. */
const DENIED = /access denied: channel \[records\] creator org/
/** Generous: peers learn within seconds, on a busy machine within more. */
const REFUSED_MS = 60_000

/** A patient who shares with a reader, and the consent that lets them ask. */
async function share (t: Test): Promise<{ sharing: RealSharing, grant: RealGrant }> {
  const sharing = await RealSharing.create(file, network.stateDir)
  t.teardown(() => sharing.close())
  const grant = await sharing.createGrant()
  t.match(await sharing.grant(grant), { status: 201, body: { status: 'active' } })
  return { sharing, grant }
}

function organizationOf (id: string): NetworkFileOrganization {
  const found = file.organizations.find((organization) => organization.id === id)
  if (found === undefined) throw new Error(`the network has no ${id}`)
  return found
}

/** An identity's way to the peers of a hospital, whoever's it is. */
function ledgerAs (t: Test, identity: LedgerIdentity, at: string): LedgerClient {
  const { peers, tlsCaFile } = organizationOf(at)
  const tlsCaPem = readFileSync(tlsCaFile, 'utf8')
  const connection = connectFabric({
    peers: peers.map((peer) => ({ ...peer, tlsCaPem })), channel: file.channel, chaincode: file.chaincode, identity
  })
  t.teardown(() => connection.close())
  return new LedgerClient(connection.portFor(identity))
}

function identityOf (id: string, name: string): LedgerIdentity {
  const { mspId, identitiesDir } = organizationOf(id)
  const read = (part: string): string => readFileSync(join(identitiesDir, name, part), 'utf8')
  return { mspId, certificate: read('cert.pem'), privateKey: read('key.pem') }
}

/** Whether a peer takes whoever asks for a member of the channel at all, and hands the question on to the chaincode. */
async function isMember (ledger: LedgerClient): Promise<boolean> {
  try {
    await ledger.getProxies()
    return true
  } catch (error) {
    if (error instanceof LedgerError) return true
    const { details = [] } = (error instanceof Error ? error.cause : {}) as { details?: { message: string }[] }
    if (details.some(({ message }) => DENIED.test(message))) return false
    throw error
  }
}

const serialOf = (pem: string): string => new X509Certificate(pem).serialNumber

t.test('whoever leaves is refused within a minute: token, certificate at every peer, and the next certificate', async (t) => {
  const { sharing } = await share(t)
  const { author } = sharing
  const leaver = await author.hire(`dr-leaver-${randomBytes(4).toString('hex')}`)
  const { ca } = organizationOf('core')
  const authority = connectFabricAuthority({
    url: ca.url,
    caName: ca.caName,
    tlsCaPem: readFileSync(ca.tlsCaFile, 'utf8'),
    registrar: identityOf('core', 'ca-registrar'),
    affiliation: STAFF_UNIT
  })
  const { certificate, privateKey } = await authority.renew(leaver.staffId)
  const identity = { mspId: author.mspId, certificate, privateKey }
  const peers = file.organizations.map(({ id }) => ledgerAs(t, identity, id))
  const me = async (): Promise<GatewayAnswer> =>
    await author.send('GET', '/v1/practitioners/me', undefined, { authorization: leaver.authorization })
  const args = ['--org', 'core', '--subject', leaver.subject]

  const planned = await network.run('staff-revoke', [...args, '--dry-run'])
  t.match(planned, { code: 0, stdout: new RegExp(`identity provider: ${leaver.subject}.*ledger: CoreMSP/${leaver.staffId}.*CA: .*channel: `, 's') })
  t.equal((await me()).status, 200, 'a plan changes nothing')
  t.strictSame(await Promise.all(peers.map(isMember)), [true, true, true])
  const wrong = await network.run('staff-revoke', ['--org', 'core', '--subject', 'nobody'])
  t.match(wrong, { code: 1, stderr: /has enrolled nobody of that name\nadvice: / })
  t.match(await network.run('staff-revoke', ['--org', 'core', '--staff', 'gateway']), { code: 1, stderr: /no id of a member of the staff/ })

  const startedMs = Date.now()
  const seconds = (): string => ((Date.now() - startedMs) / 1000).toFixed(1)
  const revoking = network.run('staff-revoke', args)
  await waitFor('the token to be refused', 4 * REFUSED_MS, async () => (await me()).status === 200 ? undefined : true)
  t.comment(`token refused ${seconds()} s after the command began`)
  t.match(await me(), { status: 403, body: { code: 'SUSPENDED' } })
  const revoked = await revoking
  t.equal(revoked.code, 0, revoked.stderr)
  t.comment(`command done after ${seconds()} s`)
  for (const [index, peer] of peers.entries()) {
    await waitFor('the certificate to be refused', REFUSED_MS, async () => await isMember(peer) ? undefined : true)
    t.comment(`certificate refused by the peer of ${file.organizations[index]?.id ?? ''} ${seconds()} s after the command began`)
  }
  await t.rejects(authority.renew(leaver.staffId), { code: 'CA_UNAVAILABLE' })
  t.equal((await new People(network.paths.organization('core').provider.data).list()).find(({ subject }) => subject === leaver.subject)?.disabled, true)
  t.match(await author.send('GET', '/v1/practitioners/me', undefined, { authorization: sharing.writer.authorization }), { status: 200 })
  const again = await network.run('staff-revoke', args)
  t.equal(again.code, 0, `done again it does no harm: ${again.stderr}`)
})

t.test('a gateway\'s former key opens nothing once its certificates are revoked, and its hospital goes on with the next', async (t) => {
  const { sharing, grant } = await share(t)
  const other = await sharing.createGrant()
  t.match(await sharing.grant(other), { status: 201 })
  const former = identityOf('regional2', 'gateway')
  const thief = ledgerAs(t, former, 'regional2')
  const elsewhere = ledgerAs(t, former, 'core')
  const ending = (consentId: string): SignedStatement =>
    sharing.author.sign('Revocation', { patientId: sharing.patient.patientId, consentId }, sharing.patient.identity)

  const renewed = await network.run('certs-renew', ['--org', 'regional2', '--name', 'gateway', '--new-key'])
  t.equal(renewed.code, 0, renewed.stderr)
  t.not(serialOf(identityOf('regional2', 'gateway').certificate), serialOf(former.certificate))
  await thief.revokeConsent(ending(grant.consentId))
  t.pass('until then the former key submits')
  const revoked = await network.run('certs-revoke', ['--org', 'regional2', '--name', 'gateway'])
  t.match(revoked, { code: 0, stdout: new RegExp(`CA: certificate ${serialOf(former.certificate)}`) }, revoked.stderr)
  await t.rejects(thief.revokeConsent(ending(other.consentId)), 'it can submit no more')
  for (const ledger of [thief, elsewhere]) {
    await waitFor('the former certificate to be refused', REFUSED_MS, async () => await isMember(ledger) ? undefined : true)
  }
  t.equal(await isMember(ledgerAs(t, identityOf('regional2', 'gateway'), 'regional2')), true)
  t.match(await sharing.revoke(other.consentId), { status: 201 }, 'what the thief could not bring the patient brings')
  t.match(await network.run('certs-revoke', ['--org', 'regional2', '--name', 'admin', '--all']), { code: 1, stderr: /without an admin nobody signs/ })
  t.match(await network.run('certs-renew', ['--org', 'core', '--name', 'orderer', '--new-key']), { code: 1, stderr: /the key of tls\/orderer stays/ })
  t.match(await network.run('certs-renew', ['--org', 'nowhere']), { code: 1, stderr: /There are core, regional1, regional2/ })
})

t.test('every certificate of a hospital is renewed, with the same keys, while clients go on writing: none is lost, none doubled', async (t) => {
  const { sharing, grant } = await share(t)
  const report = async (...args: string[]): Promise<{ code: number, certificates: CertificateRow[] }> => {
    const { code, stdout } = await network.run('certs', [...args, '--json'])
    const printed = JSON.parse(stdout) as { code: number, certificates: CertificateRow[] }
    t.equal(printed.code, code)
    return printed
  }
  const fine = await report()
  t.equal(fine.code, 0)
  t.match(fine.certificates.find(({ organization, name }) => organization === 'core' && name === 'revocations'), { state: 'fine', detail: /revoked/ })
  t.match(fine.certificates.find(({ organization, name }) => organization === 'core' && name === 'tls/orderer'), { state: 'fine' })
  t.equal((await report('--days', '400')).code, 3, 'what is due has an exit code of its own')

  const own = network.paths.organization('core')
  const pairs = ['tls/orderer', 'tls/peer0', 'tls/chaincode-client', 'gateway/tls', 'identities/admin', 'identities/peer0']
  const read = async (): Promise<string[][]> => await Promise.all(['key.pem', 'cert.pem'].map(async (part) =>
    await Promise.all(pairs.map(async (pair) => await readFile(join(own.dir, pair, part), 'utf8')))))
  const [keys = [], certificates = []] = await read()

  // Stopped half-way it says how to go on.
  await network.killProcess('ca.core')
  const stopped = await network.run('certs-renew', ['--org', 'core', '--name', 'admin'])
  t.match(stopped, { code: 1, stderr: /step 1 \(core: .*\) stopped half-way: .*advice: .*`make certs-renew ARGS="--org core --name admin"` again/s })
  await network.startProcess('ca.core')

  const load = new RequestLoad(sharing, grant.consentId)
  await until(() => load.redeemed.length >= 3)
  const startedMs = Date.now()
  const renewed = await network.run('certs-renew', ['--org', 'core', '--all'])
  t.equal(renewed.code, 0, renewed.stderr)
  t.comment(`renewed in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`)
  const during = load.redeemed.length
  await until(() => load.redeemed.length >= during + 3)
  await load.stop()
  await checkLoad(t, load, network, sharing)

  const [keysNow, certificatesNow = []] = await read()
  t.strictSame(keysNow, keys, 'the keys are the same')
  t.strictSame(certificatesNow.filter((pem) => certificates.includes(pem)), [], 'no certificate is')
  t.ok((JSON.parse((await network.run('status', ['--json'])).stdout) as NetworkStatus).healthy)
  t.equal((await network.run('doctor')).code, 0)
  t.match(await network.run('up'), { code: 0, stderr: /already up/ }, 'nothing is left to restart')
})

/** The chaincode that is compiled here, of another build, which stores and reads further formats. */
async function makeNext (): Promise<string> {
  const folder = join(ROOT, 'build', `chaincode-${randomBytes(4).toString('hex')}`)
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  for (const part of ['dist', 'package.json']) await cp(join(ROOT, 'chaincode', part), join(folder, part), { recursive: true })
  const file = join(folder, 'dist', 'contracts', 'formats.js')
  const code = await readFile(file, 'utf8')
  const changed = code.replace('exports.UPCASTS = {};', `exports.UPCASTS = ${NEXT_FORMATS};`)
  if (changed === code) throw new Error('the compiled table of formats looks otherwise')
  await writeFile(file, changed)
  return folder
}

t.test('chaincode and gateways are exchanged one by one while requests go on: none is lost, none doubled, none decided otherwise', async (t) => {
  const { sharing, grant } = await share(t)
  const before = await readRelease(network.paths)
  t.equal(before?.sequence, 1)
  const next = await makeNext()

  const refused = await network.run('up', [], { EPIONE_CHAINCODE: next })
  t.not(refused.code, 0, 'another build is not taken without approval')
  t.match(refused.stderr, /members approved build [0-9a-f]{12}.*make chaincode-upgrade/s)

  const load = new RequestLoad(sharing, grant.consentId)
  await until(() => load.redeemed.length >= 5)
  const upgraded = await network.run('up', ['--upgrade'], { EPIONE_CHAINCODE: next, LOG_LEVEL: 'warn' })
  t.equal(upgraded.code, 0, upgraded.stderr)
  const during = load.redeemed.length
  await until(() => load.redeemed.length >= during + 5)
  await load.stop()
  const after = await readRelease(network.paths)
  t.equal(after?.sequence, 2)
  t.not(after?.build, before?.build)
  t.match(upgraded.stderr, /Regional Hospital 2: installed, approved, and running/)

  await checkLoad(t, load, network, sharing)
  const world = await openPeerWorld(network, { wait: false })
  t.teardown(() => world.close())
  const { ledger } = world.gateway('CoreMSP')
  t.match(await ledger.getProxies(), [{ readAs: 'format 2' }, { readAs: 'format 2' }, { readAs: 'format 2' }], 'what was stored before is read')

  const again = await network.run('up', ['--upgrade'], { EPIONE_CHAINCODE: next, LOG_LEVEL: 'warn' })
  t.equal(again.code, 0, again.stderr)
  t.match(again.stderr, /already up/, 'done again it does nothing')
  t.strictSame(await readRelease(network.paths), after)
})
