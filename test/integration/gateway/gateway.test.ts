import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import t from 'tap'
import { STAFF_UNIT } from '@epione/protocol'
import { readEnvelope } from '@epione/ledger/blocks'
import { deriveKeyRing, fromHex, generatePhrase, leafHash, sha256, txLeaf, verifyInclusion } from '@epione/crypto'
import { CertificateKey } from '@epione/crypto/certificate-key'
import { PRACTITIONERS } from '@epione/protocol/api'
import { makeCertificateRequest, TransactionSigner } from '@epione/sdk/signing'
import { connectFabricAuthority } from '../../../gateway/src/staff/fabric-authority.ts'
import { readSettingsFile } from '../../../network/description/settings-file.ts'
import { runTool } from '../../../network/host/tool.ts'
import { GatewayClient, createPatientKeys, createRecordId, sealZeros } from '../../helpers/gateway-client.ts'
import type { GatewayAnswer } from '../../helpers/gateway-client.ts'
import { SCOPES } from '../../helpers/sign-in.ts'
import { until } from '../../helpers/sharing.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

const DAY_MS = 86_400_000

const network = await TestNetwork.shared()
t.teardown(() => network.destroy())
const file = await network.network()
const core = new GatewayClient(file, network.stateDir, 'core')
const regional = new GatewayClient(file, network.stateDir, 'regional1')
t.teardown(() => Promise.all([core.close(), regional.close()]))
const run = createRecordId().slice(0, 8)

t.test('a hospital says whose it is and what the network was founded on', async (t) => {
  t.match(await core.send('GET', '/health/ready'), {
    status: 200,
    body: { status: 'ready', checks: { ledger: 'ok', store: 'ok', projection: 'ok', reconciled: 'ok' } }
  })
  t.match((await core.send('GET', '/v1/network')).body, {
    document: { networkId: file.networkId },
    organization: { id: 'core', mspId: 'CoreMSP' }
  })
  const [own, other] = await Promise.all([core, regional].map((gateway) => gateway.send('GET', '/v1/organizations')))
  t.same(own?.body, other?.body, 'two hospitals say the same of all')
  t.match(own?.body, { items: [{ mspId: 'CoreMSP', encryptionKey: /^0[23]/, signingKey: /^0[23]/, gatewayUrl: core.url }, {}, {}] })
})

t.test('staff are enrolled with the CA and keep their keys in a wallet that shows none', async (t) => {
  const authorization = await core.token('head-of-staff', SCOPES.admin)
  const subject = `dr-enrolled-${run}`
  const enrolled = await core.send('POST', '/v1/practitioners', { subject, role: 'physician', department: 'cardiology' }, { authorization })
  t.match(enrolled, { status: 201, body: { mspId: 'CoreMSP', staffId: /^s-[0-9a-f]{20}$/, role: 'physician', department: 'cardiology' } })
  const lifeMs = Number(enrolled.body['certificateNotAfter']) - Date.now()
  t.ok(lifeMs > 29 * DAY_MS && lifeMs < 31 * DAY_MS, 'certificates of staff last 30 days')
  t.match(await core.send('POST', '/v1/practitioners', { subject, role: 'physician' }, { authorization }), {
    status: 409,
    body: { code: 'PRACTITIONER_EXISTS' }
  })
  t.match(await core.send('POST', '/v1/practitioners', { subject: 'x', role: 'gateway' }, { authorization }), {
    status: 403,
    body: { code: 'NOT_PERMITTED' }
  })
  const data = network.paths.organization('core').gateway.data
  const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) =>
    join(entry.parentPath, entry.name))
  t.ok(files.some((name) => name.endsWith('store.sqlite')))
  // Certificates do stand there, in journalled transactions: they are public.
  for (const name of files) t.notOk(readFileSync(name).includes('PRIVATE KEY'), `no private key in ${name.slice(data.length)}`)
})

t.test('the real CA renews a certificate with the attributes of then, and each secret serves once', async (t) => {
  const organization = file.organizations.find((o) => o.id === 'core')
  if (organization === undefined) throw new Error('no core hospital')
  const { ca: { url, caName, tlsCaFile }, identitiesDir, mspId } = organization
  const registrar = {
    mspId,
    certificate: readFileSync(join(identitiesDir, 'ca-registrar', 'cert.pem'), 'utf8'),
    privateKey: readFileSync(join(identitiesDir, 'ca-registrar', 'key.pem'), 'utf8')
  }
  const authority = connectFabricAuthority({ url, caName, tlsCaPem: readFileSync(tlsCaFile, 'utf8'), registrar, affiliation: STAFF_UNIT })
  const staffId = `s-renewed-${run}`
  const first = new X509Certificate((await authority.enrol({ staffId, role: 'nurse', department: 'surgery' })).certificate)
  for (const number of [1, 2]) {
    const { certificate, privateKey } = await authority.renew(staffId)
    const renewed = new X509Certificate(certificate)
    t.equal(renewed.subject, first.subject, `renewal ${String(number)}`)
    t.not(renewed.serialNumber, first.serialNumber)
    t.ok(renewed.checkPrivateKey(createPrivateKey(privateKey)))
    t.match(Buffer.from(renewed.raw).toString('latin1'), /"department":"surgery"/)
  }
  await t.rejects(authority.renew('s-nobody-at-all'), { code: 'CA_UNAVAILABLE' })
})

t.test('real CA and peers take what a person\'s own device requests and signs, and a key at the hospital ends when one does', async (t) => {
  const headOfStaff = await core.token('head-of-staff', SCOPES.admin)
  const phrases = [generatePhrase(12), generatePhrase(12)]
  /** Certifies the first key of a phrase, and binds keys by its signatures. */
  const act = async (subject: string, staffId: string, phrase = ''): Promise<{ certified: GatewayAnswer, steps: GatewayAnswer[] }> => {
    const keys = deriveKeyRing(phrase)
    const authorization = await core.token(subject, SCOPES.clinician)
    const request = makeCertificateRequest(CertificateKey.fromSeed(keys.certificateSeed()), staffId)
    const certified = await core.send('POST', '/v1/practitioners/me/certificate', { request }, { authorization })
    const person = { subject, staffId, authorization, requestKey: keys.requestSigning(), receivingKey: keys.receiving() }
    const payload = { statement: core.signBinding(person) }
    const sign = new TransactionSigner({ keys, mspId: 'CoreMSP', channel: file.channel, chaincode: file.chaincode }).begin(PRACTITIONERS.bindKeys, payload)
    const steps = [await core.send('POST', '/v1/practitioners/me/keys', payload, { authorization })]
    for (let last = steps[0]; last?.status === 428 && steps.length < 4; last = steps.at(-1)) {
      steps.push(await core.send('POST', '/v1/practitioners/me/keys', payload, { authorization, 'epione-signature': sign(last.body) }))
    }
    return { certified, steps }
  }
  const subject = `dr-device-${run}`
  const enrolled = await core.send('POST', '/v1/practitioners', { subject, role: 'physician', keys: 'device' }, { authorization: headOfStaff })
  t.match(enrolled, { status: 201, body: { keys: 'device', certificateNotAfter: 0 } })
  const { certified, steps } = await act(subject, String(enrolled.body['staffId']), phrases[0])
  t.match(certified, { status: 201, body: { role: 'physician', certificate: /BEGIN CERTIFICATE/ } })
  t.match(new X509Certificate(String(certified.body['certificate'])).subject, `CN=${String(enrolled.body['staffId'])}`)
  t.match(steps, [{ body: { signing: { stage: 'proposal' } } }, { body: { signing: { stage: 'transaction' } } }, { status: 201, body: { version: 1, blockNumber: Number } }])

  const other = `dr-moved-${run}`
  const wallet = await core.send('POST', '/v1/practitioners', { subject: other, role: 'nurse' }, { authorization: headOfStaff })
  const moved = await act(other, String(wallet.body['staffId']), phrases[1])
  t.match(moved.steps.at(-1), { status: 201 }, 'under the certificate of the device')
  t.match(await core.send('GET', `/v1/practitioners/CoreMSP/${String(wallet.body['staffId'])}/keys`), {
    body: { suspensions: [{ target: { kind: 'certificate' }, cause: 'replaced' }] }
  }, 'the one whose key was here is over')
})

t.test('directory, keys, content and record of a patient are seen through either hospital', async (t) => {
  const patient = createPatientKeys()
  const statement = core.signDirectory(patient)
  const registered = await core.registerPatient(patient, statement)
  t.match(registered, { status: 201, body: { patientId: patient.patientId, version: 1, txId: /^[0-9a-f]{64}$/ } })
  t.match(
    await core.registerPatient(patient, statement),
    { status: 201, body: { txId: registered.body['txId'], blockNumber: registered.body['blockNumber'] } },
    'sent again it answers as the first time'
  )
  t.match(
    await regional.registerPatient(patient, statement),
    { status: 201, body: { txId: registered.body['txId'] } },
    'and so it does through another hospital'
  )
  t.match(await regional.send('GET', `/v1/statements/${String(registered.body['statementId'])}`), {
    status: 200,
    body: { submittedBy: 'CoreMSP', txId: registered.body['txId'] }
  })
  t.match(await regional.send('GET', `/v1/patients/${patient.patientId}/directory`), { status: 200, body: { versions: [{ statement }] } })

  const author = await core.hire(`dr-author-${run}`)
  // Its peer may be a block behind that of the author's hospital.
  const keys = `/v1/practitioners/CoreMSP/${author.staffId}/keys`
  await until(async () => (await regional.send('GET', keys)).status === 200)
  t.match(await regional.send('GET', keys), {
    status: 200,
    body: { versions: [{ submittedBy: 'CoreMSP' }] }
  })
  const recordId = createRecordId()
  const stored = await core.upload(Readable.from(sealZeros(recordId, 3_000_000, author.requestKey)), author.authorization)
  t.match(stored, { status: 201, body: { cid: /^b/ } })
  const record = core.signRecord(author, patient, recordId, stored.body)
  t.match(await core.send('POST', '/v1/records', record, { authorization: author.authorization }), {
    status: 201,
    body: { recordId, copies: ['CoreMSP', 'Regional1MSP'] }
  })

  for (const gateway of [core, regional]) {
    t.match(await gateway.send('GET', `/v1/patients/${patient.patientId}/records`, undefined, {
      authorization: gateway.session(patient)
    }), { status: 200, body: { items: [{ recordId, version: 1 }] } })
    const { status, body } = await gateway.download(`/v1/records/${recordId}/versions/1/content`, gateway.session(patient))
    t.equal(status, 200)
    let bytes = 0
    for await (const piece of body) bytes += (piece as Buffer).length
    t.equal(bytes, stored.body['sizeBytes'])
  }
  t.match(
    await regional.send('GET', `/v1/patients/${patient.patientId}/records`, undefined, { authorization: author.authorization }),
    { status: 401, body: { code: 'TOKEN_AUDIENCE' } },
    'a token of another hospital'
  )
})

t.test('every request is in the log of every hospital, denied ones too', async (t) => {
  const patient = createPatientKeys()
  await core.registerPatient(patient)
  const author = await core.hire(`dr-writes-${run}`)
  const recordId = createRecordId()
  const stored = await core.upload(Readable.from(sealZeros(recordId, 1_000, author.requestKey)), author.authorization)
  await core.send('POST', '/v1/records', core.signRecord(author, patient, recordId, stored.body), { authorization: author.authorization })
  const reader = await regional.hire(`dr-reads-${run}`)
  const request = regional.sign('AccessRequest', {
    requester: { mspId: regional.mspId, staffId: reader.staffId },
    patientId: patient.patientId,
    records: [{ recordId, version: 1 }],
    action: 'read',
    purpose: 'TREAT',
    receivingKey: reader.receivingKey.publicKey().toHex()
  }, reader.requestKey)
  const denied = await regional.send('POST', '/v1/access-requests', { statement: request }, { authorization: reader.authorization })
  t.match(denied, { status: 403, body: { code: 'ACCESS_DENIED', reasons: [{ rule: 'consent.none-named' }] } })
  const auditor = { authorization: await core.token('auditor-wide', SCOPES.auditor) }
  const url = `/v1/access-events?patientId=${patient.patientId}`
  const atCore = await core.send('GET', url, undefined, { authorization: auditor.authorization })
  t.match(atCore, {
    status: 200,
    body: { items: [{ eventId: denied.body['eventId'], decision: 'deny', blockNumber: denied.body['blockNumber'] }] }
  })
  const atRegional = await regional.send('GET', url, undefined, { authorization: regional.session(patient) })
  t.same(atRegional.body, atCore.body, 'both read models came from the same blocks')
  t.match(await core.send('GET', `/v1/access-events/${String(denied.body['eventId'])}`, undefined, {
    authorization: auditor.authorization
  }), { status: 200, body: { event: { decision: 'deny' }, request, blockNumber: denied.body['blockNumber'] } })

  const anchor = `/v1/access-events/${String(denied.body['eventId'])}/anchor`
  const [byCore, byRegional] = await Promise.all([
    core.send('GET', anchor, undefined, { authorization: auditor.authorization }),
    regional.send('GET', anchor, undefined, { authorization: regional.session(patient) })
  ])
  t.match(byCore, {
    status: 200,
    body: { transaction: { blockNumber: denied.body['blockNumber'], code: 0 }, state: /^(pending|submitted|included|final)$/ }
  })
  const {
    envelope,
    transaction,
    block
  } = byCore.body as {
    envelope: string
    transaction: { index: number, code: number, txPath: string[] }
    block: { txRoot: string, txCount: number, commitHash: string, previousHash: string }
  }
  const { batchPath: _path, ...others } = byRegional.body['block'] as { batchPath: string[] }
  t.match(block, others, 'two hospitals have one block, its commit hash too')
  t.equal(byRegional.body['envelope'], envelope)
  t.not(block.commitHash, '00'.repeat(32))
  const bytes = new Uint8Array(Buffer.from(envelope, 'base64'))
  t.match(JSON.parse(new TextDecoder().decode(readEnvelope(bytes)?.event?.payload)), { eventId: denied.body['eventId'], decision: 'deny' })
  const leaf = leafHash(txLeaf(transaction.index, transaction.code, sha256(bytes)))
  t.doesNotThrow(() => {
    verifyInclusion({
      leafHash: leaf,
      index: transaction.index,
      treeSize: block.txCount,
      proof: transaction.txPath.map((hash) => fromHex(hash)),
      root: fromHex(block.txRoot)
    })
  })
})

t.test('the read model is what the ledger makes of it, by the operator\'s own command, and the metrics are whole', async (t) => {
  const settings = await readSettingsFile(network.paths.organization('core').gateway.settings)
  const { stdout, stderr } = await runTool({
    command: join(import.meta.dirname, '..', '..', '..', 'gateway', 'bin', 'epione-gateway.js'),
    args: ['verify-projection'],
    env: { PATH: process.env['PATH'] ?? '', ...settings },
    timeoutMs: 120_000
  })
  const comparison = JSON.parse(stdout) as { blockNumber: number, rows: { access_events: number }, difference: unknown }
  t.equal(comparison.difference, null)
  t.ok(comparison.rows.access_events >= 1)
  t.match(stderr, `block ${String(comparison.blockNumber)} of ${String(comparison.blockNumber)}`)
  const text = await (await fetch(`http://127.0.0.1:${settings['METRICS_PORT'] ?? ''}/metrics`)).text()
  t.match(text, /^epione_gateway_ready 1$/m)
  for (const name of ['tls', 'gateway', 'registrar']) t.match(text, new RegExp(`certificate_not_after_seconds\\{certificate="${name}"\\} 1\\d{9}`))
  t.match(text, /^epione_gateway_clock_offset_seconds\{peer="Regional1MSP"\} -?0(\.\d+)?$/m)
  t.notMatch(text, /[a-z2-7]{32}|[0-9a-f]{64}|dr-/, 'no patient, no id, nobody')
})
