import { X509Certificate } from 'node:crypto'
import { deriveKeyRing, generatePhrase, SecretKey } from '@epione/crypto'
import type { KeyRing } from '@epione/crypto'
import { CertificateKey } from '@epione/crypto/certificate-key'
import { PRACTITIONERS } from '@epione/protocol/api'

import { makeCertificateRequest, TransactionSigner } from '@epione/sdk/signing'
import t from 'tap'

import type { AnswerSigning } from '../../../sdk/src/gateways/sign-transactions.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import type { TestGateway } from '../../helpers/gateway.ts'
import { createCertificate } from '../../helpers/certificates.ts'
import { keyHex, sign } from '../../helpers/ledger-fixtures.ts'
import { MEMORY_CHANNEL } from '../../helpers/memory-devices.ts'

const READ = 'user/DocumentReference.rs'
interface Answer { status: number, body: Record<string, unknown> }
interface Device { staffId: string, keys: KeyRing, subject: string, authorization: string }

/** A person whose key is to be at their device, and the device with its certificate unless told otherwise. */
async function hire (gateway: TestGateway, subject: string, { certified = true } = {}): Promise<Device> {
  const staffId = await gateway.enrol(subject, 'physician', { keys: 'device' })
  const authorization = `Bearer ${await gateway.token(subject, READ)}`
  const device = { staffId, keys: deriveKeyRing(generatePhrase(12)), subject, authorization }
  if (certified) await certify(gateway, device)
  return device
}

function requestOf ({ keys, staffId }: Device, number = 1): string {
  return makeCertificateRequest(CertificateKey.fromSeed(keys.certificateSeed(number)), staffId)
}

async function certify (gateway: TestGateway, device: Device, request = requestOf(device)): Promise<Answer> {
  return await send(gateway, '/v1/practitioners/me/certificate', { request }, device.authorization)
}

async function send (
  gateway: TestGateway, url: string, payload: object, authorization: string, headers: Record<string, string> = {}
): Promise<Answer> {
  const answer = await gateway.app.inject({ method: 'POST', url, payload, headers: { authorization, ...headers } })
  return { status: answer.statusCode, body: answer.json() }
}

/** The binding of fresh keys, a call that the device makes, and how it signs for this call. */
function bindingOf (gateway: TestGateway, { staffId, keys }: Device): { payload: object, answer: AnswerSigning } {
  const [requestKey, receivingKey] = [SecretKey.random(), SecretKey.random()]
  const members = { mspId: gateway.mspId, staffId, version: 1, requestKey: keyHex(requestKey), receivingKey: keyHex(receivingKey) }
  const payload = { statement: sign(gateway.consortium.world, 'KeyBinding', members, requestKey, receivingKey) }
  const signer = new TransactionSigner({ ...MEMORY_CHANNEL, mspId: gateway.mspId, keys, now: gateway.consortium.clock })
  return { payload, answer: signer.begin(PRACTITIONERS.bindKeys, payload) }
}

const bind = async (
  gateway: TestGateway, device: Device, payload: object, signature?: string, headers: Record<string, string> = {}
): Promise<Answer> =>
  await send(gateway, '/v1/practitioners/me/keys', payload, device.authorization, { ...headers, ...(signature !== undefined && { 'epione-signature': signature }) })

t.test('a person whose key is at the device acts by the device\'s signatures alone, and the hospital has no key of theirs', async (t) => {
  const gateway = await buildGateway(t)
  const device = await hire(gateway, 'dr-a', { certified: false })
  const { payload, answer } = bindingOf(gateway, device)
  t.match(await bind(gateway, device, payload), { status: 403, body: { code: 'CERTIFICATE_NEEDED' } }, 'before the device has a certificate')
  t.match(await certify(gateway, device), { status: 201, body: { staffId: device.staffId, role: 'physician', certificate: /BEGIN CERT/ } })
  await t.rejects(gateway.app.wallet.get('dr-a'), { code: 'NOT_ENROLLED' }, 'nothing of theirs is in the wallet')

  const key = { 'idempotency-key': 'one' }
  const first = await bind(gateway, device, payload, undefined, key)
  t.match(first, { status: 428, body: { code: 'SIGNATURE_REQUIRED', signing: { stage: 'proposal' } } })
  const proposal = answer(first.body)
  const second = await bind(gateway, device, payload, proposal, key)
  t.match(second, { status: 428, body: { signing: { stage: 'transaction' } } })
  t.match(await bind(gateway, device, payload, proposal, key), { status: 428, body: { signing: second.body['signing'] } }, 'the answer was lost: the same is asked again')
  const transaction = answer(second.body)
  const done = await bind(gateway, device, payload, transaction, key)
  t.match(done, { status: 201, body: { staffId: device.staffId, version: 1 } })
  t.strictSame(await bind(gateway, device, payload, transaction, key), done, 'by its idempotency key')
  t.strictSame(await bind(gateway, device, payload, transaction), done, 'by the undertaking')
  t.match((await bind(gateway, device, payload)).body, { code: 'SIGNATURE_REQUIRED' }, 'anew: the ledger will say that it was there')
})

t.test('a request that nobody can certify ends no key that the hospital keeps', async (t) => {
  const gateway = await buildGateway(t)
  const staffId = await gateway.enrol('dr-b', 'physician')
  const device = { staffId, keys: deriveKeyRing(generatePhrase(12)), subject: 'dr-b', authorization: `Bearer ${await gateway.token('dr-b', READ)}` }
  const pem = (der: Buffer): string => `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`
  const good = Buffer.from(requestOf(device).replaceAll(/-----[A-Z ]+-----|\n/g, ''), 'base64')
  const changed = Buffer.from(good)
  changed[good.length - 1] = (good.at(-1) ?? 0) ^ 1
  for (const [request, what] of [
    [pem(Buffer.from([0])), 'one byte'],
    [pem(good.subarray(0, 90)), 'cut off'],
    [pem(Buffer.concat([good, good])).replace('MIH', 'MIL'), 'spoilt'],
    [pem(changed), 'signed otherwise'],
    [requestOf({ ...device, staffId: 'somebody-else' }), 'another name']
  ] as const) t.match(await certify(gateway, device, request), { status: 400, body: { code: 'REQUEST_INVALID' } }, what)
  t.ok(await gateway.app.wallet.get('dr-b'), 'it acts as before')
})

t.test('a signature counts for its person, its bytes, its key and its time alone', async (t) => {
  let skewMs = 0
  const consortium = await createConsortium(t, { clock: () => Date.now() + skewMs })
  const gateway = await buildGateway(t, { consortium })
  const [device, other] = [await hire(gateway, 'dr-a'), await hire(gateway, 'dr-b')]
  const [own, others] = [bindingOf(gateway, device), bindingOf(gateway, other)]
  const asked = await bind(gateway, device, own.payload)
  const signature = own.answer(asked.body)
  t.match(await bind(gateway, other, others.payload, signature), { status: 409, body: { code: 'SIGNING_EXPIRED' } }, 'another person\'s')
  t.match(await bind(gateway, device, own.payload, 'no signature'), { status: 400, body: { code: 'REQUEST_INVALID' } })
  const cut = signature.lastIndexOf('.') + 1
  const foreign = others.answer((await bind(gateway, other, others.payload)).body)
  const swapped = signature.slice(0, cut) + foreign.slice(foreign.lastIndexOf('.') + 1)
  t.match(await bind(gateway, device, own.payload, swapped), { status: 400, body: { code: 'SIGNATURE_INVALID' } }, 'of another key, on other bytes')
  const high = `${signature.slice(0, cut)}${Buffer.from(`3026020101022100${'f'.repeat(62)}01`, 'hex').toString('base64url')}`
  t.match(await bind(gateway, device, own.payload, high), { status: 400, body: { code: 'SIGNATURE_INVALID' } })
  t.match(await bind(gateway, device, own.payload, signature), { status: 428, body: { signing: { stage: 'transaction' } } }, 'the right one still counts')

  const another = bindingOf(gateway, device)
  t.match(await bind(gateway, device, another.payload, signature), { status: 428, body: { signing: { stage: 'proposal' } } }, 'for another call it signs nothing')

  const late = bindingOf(gateway, device)
  const waiting = late.answer((await bind(gateway, device, late.payload)).body)
  skewMs = 61_000
  t.match(await bind(gateway, device, late.payload, waiting), { status: 409, body: { code: 'SIGNING_EXPIRED' } })
  t.match(await bind(gateway, device, late.payload), { status: 428, body: { code: 'SIGNATURE_REQUIRED' } }, 'a new proposal')
  t.equal((await gateway.app.store.db.selectFrom('signings').selectAll().where('staff_id', '=', device.staffId).execute()).length, 1, 'what expired is gone')
})

t.test('the same call at once is one transaction, and nobody has more than a number of them wait', async (t) => {
  const gateway = await buildGateway(t)
  const device = await hire(gateway, 'dr-a')
  const { payload, answer } = bindingOf(gateway, device)
  const proposal = answer((await bind(gateway, device, payload)).body)
  const [one, two] = await Promise.all([bind(gateway, device, payload, proposal), bind(gateway, device, payload, proposal)])
  t.match([one.status, two.status], [428, 428])
  t.strictSame(one.body['signing'], two.body['signing'], 'both are asked for one transaction')
  const transaction = answer(one.body)
  const done = await Promise.all([bind(gateway, device, payload, transaction), bind(gateway, device, payload, transaction)])
  t.ok(done.some(({ status }) => status === 201))
  for (const { status, body } of done.filter(({ status }) => status !== 201)) t.match({ status, body }, { status: 409, body: { code: 'IDEMPOTENCY_IN_PROGRESS' } })
  const { versions } = (await gateway.app.inject(`/v1/practitioners/CoreMSP/${device.staffId}/keys`)).json<{ versions: unknown[] }>()
  t.equal(versions.length, 1)
  const statuses: number[] = []
  for (let n = 0; n < 65; n++) statuses.push((await bind(gateway, device, bindingOf(gateway, device).payload)).status)
  t.strictSame(statuses, [...Array.from({ length: 64 }, () => 428), 429], 'as many wait at once; what is committed does not')
})

t.test('a certificate that ended or took another\'s place signs nothing more, and a lost one is replaced', async (t) => {
  const gateway = await buildGateway(t)
  const device = await hire(gateway, 'dr-a')
  const { payload, answer } = bindingOf(gateway, device)
  const proposal = answer((await bind(gateway, device, payload)).body)
  const held = await gateway.app.inject({ url: '/v1/practitioners/me/certificate', headers: { authorization: device.authorization } })
  t.match(held.json(), { keys: 'device', certificate: /BEGIN CERT/ })
  await certify(gateway, device, requestOf(device, 2))
  t.match(await bind(gateway, device, payload, proposal), { status: 409, body: { code: 'SIGNING_EXPIRED' } }, 'prepared for the certificate before')
  const again = await bind(gateway, device, payload)
  const transaction = answer((await bind(gateway, device, payload, answer(again.body))).body)

  const { certificate } = await gateway.app.store.db.selectFrom('practitioners').select('certificate').where('staff_id', '=', device.staffId).executeTakeFirstOrThrow()
  const serial = new X509Certificate(certificate ?? '').serialNumber.toLowerCase()
  const suspend = await send(gateway, `/v1/practitioners/CoreMSP/${device.staffId}/suspensions/by-hospital`, {
    target: { kind: 'certificate', serial }, cause: 'compromised'
  }, `Bearer ${await gateway.token('head', 'system/Practitioner.c')}`)
  t.equal(suspend.status, 201)
  t.match(await bind(gateway, device, payload, transaction), { status: 403, body: { code: 'CERTIFICATE_NEEDED' } }, 'ended meanwhile')
  t.match(await certify(gateway, device, requestOf(device, 3)), { status: 201 })
  t.match(await bind(gateway, device, payload), { status: 428 })
})

t.test('only a request for the own name is certified, and whoever had a key here has none any more', async (t) => {
  const gateway = await buildGateway(t)
  const device = await hire(gateway, 'dr-a', { certified: false })
  t.match(await certify(gateway, device, 'no request'), { status: 400, body: { code: 'REQUEST_INVALID' } })
  t.match(await send(gateway, '/v1/practitioners/me/certificate', { request: requestOf(device) }, `Bearer ${await gateway.token('nobody', READ)}`), {
    status: 403, body: { code: 'NOT_ENROLLED' }
  })
  const staffId = await gateway.enrol('dr-b')
  const moved = { ...device, subject: 'dr-b', staffId, authorization: `Bearer ${await gateway.token('dr-b', READ)}` }
  // The double's wallet has no certificates of X.509.
  const certificate = createCertificate({ commonName: staffId, units: ['client', 'staff'], attributes: { role: 'physician' } })
  await gateway.app.wallet.put('dr-b', { ...await gateway.app.wallet.get('dr-b'), certificate })
  t.match(await certify(gateway, moved), { status: 201 })
  await t.rejects(gateway.app.wallet.get('dr-b'), { code: 'NOT_ENROLLED' })
  const { payload, answer } = bindingOf(gateway, moved)
  const signed = await bind(gateway, moved, payload, answer((await bind(gateway, moved, payload)).body))
  t.match(await bind(gateway, moved, payload, answer(signed.body)), { status: 201 })
  const history = (await gateway.app.inject(`/v1/practitioners/CoreMSP/${staffId}/keys`)).json<{ suspensions: unknown[] }>()
  t.match(history.suspensions, [{ target: { kind: 'certificate' }, cause: 'replaced' }], 'the certificate whose key was here ended on the ledger')
})
