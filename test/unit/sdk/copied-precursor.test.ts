import { join } from 'node:path'
import t from 'tap'
import { Batch, SecretKey, fromHex, generateKfrags, provePrecursor, randomBytes, signStatement, statementId, toHex } from '@epione/crypto'
import type { ProvenPrecursor, SignedStatement, VerifiedKfrag } from '@epione/crypto'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { makeEvidence, openRecord, requestAccess, verifyEvidence } from '@epione/sdk'
import type { EvidenceFile, EvidenceMaterial, PatientContext } from '@epione/sdk'
import { post } from '../../helpers/sharing.ts'
import { createLyingReencryptor } from '../../helpers/lying-reencryptor.ts'
import { forgiveProxies } from '../../helpers/memory-world.ts'
import { about } from '../../helpers/client/front.ts'
import { Hospitals, grantTo, writeRecord } from '../../helpers/client/hospitals.ts'
import { FileDestination } from '@epione/cli'

/*
 * A made-up patient copies the precursor of a victim's grant into one of their own, to have the reader's dispute disclose the
 * point that reader and victim share: with it, one gateway that passed the victim's cfrags on would open the victim's wrap.
 */
const lying = new Set<string>()
const hospitals = await Hospitals.open(t, {
  reencryptor: (mspId) => createLyingReencryptor(() => lying.has(mspId))
})
const { core, regional1 } = hospitals
const [victim, attacker] = [await hospitals.patient(), await hospitals.patient()]
const author = await hospitals.physician(core)
const reader = await hospitals.physician(regional1)
const recordId = await writeRecord(author, victim, 'what only the reader may see')
const baitId = await writeRecord(author, attacker, 'bait')
const { consentId } = await grantTo(reader, victim)
const { consentId: ownConsentId } = await grantTo(reader, attacker)

t.afterEach(() => {
  lying.clear()
  for (const { front } of hospitals.all) front.lies = []
  forgiveProxies(hospitals.consortium.world)
})

/** What the gateway that collected the victim's cfrags has seen of the grant. */
const { eventId } = await requestAccess(reader, { patientId: victim.patientId, records: [{ recordId }], purpose: 'TREAT', consentId })
const seen = await reader.gateways.own.fetchCfrags(eventId, reader.token.authorize)
const copied = Batch.fromBytes(fromHex(seen.answers[0]?.answer.body.cfrags ?? '')).precursor
const shifted = secp256k1.Point.fromBytes(copied).add(secp256k1.Point.BASE.multiply(77n)).toBytes(true)
const victimProof = await precursorOf(consentId)

async function consentOf (id: string): Promise<Record<string, unknown> & {
  compartments: { label: string, precursor: ProvenPrecursor, shares: { mspId: string }[] }[]
}> {
  const { consent } = await reader.gateways.own.getConsent(id, reader.token.authorize)
  return JSON.parse(consent.statement.body) as Awaited<ReturnType<typeof consentOf>>
}

async function precursorOf (id: string): Promise<ProvenPrecursor> {
  return (await consentOf(id)).compartments[0]?.precursor ?? { point: '', proof: '' }
}

interface Forgery { statement: SignedStatement, id: string, kfrags: readonly VerifiedKfrag[] }

/** The attacker's own consent to the reader, signed by the attacker, with another precursor. */
async function forge (context: PatientContext, precursor: ProvenPrecursor): Promise<Forgery> {
  const genuine = await consentOf(ownConsentId)
  const kfrags = generateKfrags({
    delegatingKey: SecretKey.random(),
    receivingKey: reader.keys.receiving(1).publicKey(),
    signingKey: context.keys.kfragSigning(),
    threshold: 2,
    shares: 3
  })
  const compartments = genuine.compartments.map((c) =>
    ({
      ...c,
      precursor,
      shares: c.shares.map(({ mspId }, i) =>
        ({ mspId, kfragId: toHex(kfrags[i]?.id ?? randomBytes(32)), commitment: toHex(kfrags[i]?.commitment ?? copied) }))
    }))
  const issuedAt = Date.now()
  const body = { ...genuine, nonce: toHex(randomBytes(16)), issuedAt, submitBefore: issuedAt + 60_000, compartments }
  const statement = signStatement({ type: 'Consent', networkId: context.networkId, body, keys: [context.keys.identity()] })
  return { statement, id: statementId(statement.body), kfrags }
}

/** Every proof that the attacker can put beside the point: the victim's, and one for an x of their own. */
async function attempts (point: Uint8Array): Promise<ProvenPrecursor[]> {
  const own = generateKfrags({
    delegatingKey: SecretKey.random(),
    receivingKey: reader.keys.receiving(1).publicKey(),
    signingKey: SecretKey.random(),
    threshold: 1,
    shares: 1
  })
  const { label = '' } = (await consentOf(ownConsentId)).compartments[0] ?? {}
  const proofs = own.map((kfrag) =>
    provePrecursor(kfrag, { networkId: attacker.networkId, patientId: attacker.patientId, label, epoch: 1 }).proof)
  return [victimProof.proof, (await precursorOf(ownConsentId)).proof, ...proofs].map((proof) => ({ point: toHex(point), proof }))
}

/** What a reader keeps of an opening that failed. */
async function disputeOf (t: { testdir: () => string }, id: string, patient: PatientContext, consent: string): Promise<EvidenceMaterial> {
  lying.add('Regional2MSP')
  const asked = await requestAccess(reader, {
    patientId: patient.patientId,
    records: [{ recordId: id }],
    purpose: 'TREAT',
    consentId: consent
  })
  const kept: EvidenceMaterial[] = []
  await openRecord(reader, {
    eventId: asked.eventId,
    to: new FileDestination(join(t.testdir(), 'opened')),
    onEvidence: async (material) => { await Promise.resolve(kept.push(material)) }
  })
  lying.clear()
  forgiveProxies(hospitals.consortium.world)
  const [material] = kept
  if (material === undefined) throw new Error('no evidence was kept')
  return material
}

for (const [what, point] of [['copied', copied], ['shifted', shifted]] as const) {
  t.test(`a ${what} precursor gets into no ledger, whichever proof stands beside it`, async (t) => {
    t.equal(toHex(copied), victimProof.point, 'anybody who sees a cfrag or the consent has it')
    for (const precursor of await attempts(point)) {
      const { statement, kfrags } = await forge(attacker, precursor)
      const sent = {
        statement,
        kfrags: kfrags.map((kfrag, i) => ({ mspId: hospitals.all[i]?.mspId, kfragId: toHex(kfrag.id), sealed: toHex(randomBytes(359)) }))
      }
      t.match(await post(core.gateway.app, '/v1/consents', sent), { status: 400, body: { code: 'CONSENT_INVALID' } })
    }
  })

  t.test(`a ${what} precursor is judged by no third party, and no reader discloses a point for it`, async (t) => {
    const material = await disputeOf(t, baitId, attacker, ownConsentId)
    const { file } = await makeEvidence(reader, material)
    t.equal(file.disclosure, undefined)
    for (const precursor of await attempts(point)) {
      const { statement, id } = await forge(attacker, precursor)
      const consent = { ...file.consent, id, statement: { body: statement.body, signatures: statement.signatures.map((s) => ({ ...s })) } }
      const forged: EvidenceFile = { ...file, consent, material: withoutLies(material) }
      await t.rejects(verifyEvidence(forged), { code: 'EVIDENCE_INVALID', message: /precursor is not proven/ })
      regional1.front.lies = [about('GET', /\/v1\/consents\//, (state: object) => ({ ...state, consent }))]
      await t.rejects(
        makeEvidence(reader, withoutLies(material)),
        { code: 'CONSENT_INVALID' },
        'nor when its own gateway shows another consent than the request names'
      )
      regional1.front.lies = []
    }
  })
}

t.test('a consent signed by its patient for the reader, shown by a gateway that lies about the request too, discloses nothing', async (t) => {
  const material = withoutLies(await disputeOf(t, baitId, attacker, ownConsentId))
  for (const precursor of await attempts(copied)) {
    const { statement, id } = await forge(attacker, precursor)
    // The reader's own request for the forged consent: what a ledger that lies would have accepted.
    const body = {
      type: 'AccessRequest',
      nonce: toHex(randomBytes(16)),
      issuedAt: Date.now(),
      submitBefore: Date.now() + 60_000,
      requester: { mspId: reader.person.mspId, staffId: reader.person.staffId },
      patientId: attacker.patientId,
      consentId: id,
      records: [{ recordId: baitId, version: 1 }],
      action: 'read',
      purpose: 'TREAT',
      receivingKey: reader.keys.receiving(1).publicKey().toHex()
    }
    const request = signStatement({ type: 'AccessRequest', networkId: reader.networkId, body, keys: [reader.keys.requestSigning(1)] })
    const foreign = signStatement({ type: 'AccessRequest', networkId: reader.networkId, body, keys: [SecretKey.random()] })
    const show = (shown: SignedStatement): void => {
      regional1.front.lies = [
        about('GET', /\/v1\/access-events\/[^/]+$/, (found: object) => ({ ...found, request: shown })),
        about('GET', /\/v1\/consents\//, (state: { consent: object }) => ({ ...state, consent: { ...state.consent, id, statement } })),
        ({ path, status }) =>
          path.includes('/v1/consents/') && status >= 400
            ? {
                status: 200,
                body: {
                  consent: { id, statement, txId: '00'.repeat(32), time: Date.now(), submittedBy: 'CoreMSP' },
                  custody: [],
                  destructions: [],
                  status: 'active',
                  ending: false
                }
              }
            : undefined
      ]
    }
    show(request)
    await t.rejects(makeEvidence(reader, material), { code: 'EVIDENCE_INVALID', message: /precursor is not proven/ })
    show(foreign)
    await t.rejects(makeEvidence(reader, material), { code: 'EVENT_INVALID' }, 'a request of somebody else')
  }
})

/** As if every proxy had answered rightly, so that only the shared point is missing to judge on. */
function withoutLies (material: EvidenceMaterial): EvidenceMaterial {
  return { ...material, answers: material.answers.filter((a) => a.mspId !== 'Regional2MSP') }
}
