import { SecretKey, statementId } from '@epione/crypto'
import {
  HOUR_MS, activateConsent, bindPractitioner, confirmCustody, createConsent, createPatient, directoryMembers,
  grantConsent, keyHex, publishPatient, randomHash, sign, signCustody, signDestruction, signRevocation
} from '../ledger-fixtures.ts'
import { consentFacts, consentStatus } from '@epione/protocol'
import type { SignedStatement } from '@epione/protocol'
import type { Test } from 'tap'
import type { TestConsent } from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'

export async function consentsSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional, second] = world.members
  const gateway = world.gateway(regional).ledger
  const grantee = await bindPractitioner(world, { mspId: regional })
  const patient = await publishPatient(world)
  const signed = (members: object, key = patient.identity): SignedStatement => sign(world, 'Consent', members, key)
  const statusOf = async ({ consentId, body }: TestConsent): Promise<string> =>
    consentStatus(consentFacts(body, await gateway.getConsent(consentId), world.members), world.now())

  await t.test('a consent is pending until its threshold of proxies confirmed custody', async (t) => {
    const consent = await grantConsent(world, patient, grantee)
    t.equal(await statusOf(consent), 'pending')
    await confirmCustody(world, consent, core)
    t.equal(await statusOf(consent), 'pending')
    await confirmCustody(world, consent, second)
    t.equal(await statusOf(consent), 'active')
    const { custody } = await gateway.getConsent(consent.consentId)
    t.strictSame(custody.map((c) => c.submittedBy), [core, second].sort())
  })

  await t.test('a consent comes through a gateway, signed by the patient alone', async (t) => {
    const { members } = createConsent(world, patient, grantee)
    await t.rejects(grantee.ledger.grantConsent(signed(members)), { code: 'NOT_AUTHORIZED' })
    await t.rejects(gateway.grantConsent(signed(members, SecretKey.random())), { code: 'SIGNATURE_INVALID' })
    const unknown = createPatient()
    await t.rejects(gateway.grantConsent(
      signed({ ...members, patientId: unknown.patientId }, unknown.identity)
    ), { code: 'PATIENT_UNKNOWN' })
  })

  await t.test('a consent whose shares, threshold, period or grantee break a rule is refused', async (t) => {
    const { members } = createConsent(world, patient, grantee)
    const [compartment] = members.compartments
    if (compartment === undefined) throw new Error('a consent covers a compartment')
    const { label: otherLabel } = patient.compartments[1]
    const shares = compartment.shares
    const withShares = (changed: object[]): object => ({ compartments: [{ ...compartment, shares: changed }] })
    const faults = {
      'threshold under a majority': { threshold: 1 },
      'threshold over the proxies': { threshold: 4 },
      'too few proxies': { ...withShares(shares.slice(0, 2)) },
      'a proxy twice': withShares(shares.map((s) => ({ ...s, mspId: core }))),
      'a stranger as proxy': withShares(shares.map((s, i) => i === 0 ? { ...s, mspId: 'StrangerMSP' } : s)),
      'a kfrag id twice': withShares(shares.map((s) => ({ ...s, kfragId: shares[0]?.kfragId }))),
      'other proxies per compartment': {
        compartments: [
          compartment,
          { ...compartment, label: otherLabel, shares: shares.slice(0, 2).map((s) => ({ ...s, kfragId: randomHash() })) }
        ]
      },
      'a compartment twice': {
        compartments: [compartment, { ...compartment, shares: shares.map((s) => ({ ...s, kfragId: randomHash() })) }]
      },
      'an end before the beginning': { notBefore: members.notAfter, notAfter: members.notBefore },
      'an end in the past': { notBefore: world.now() - 2 * HOUR_MS, notAfter: world.now() - HOUR_MS },
      'a grantee of no member': { grantee: { ...members.grantee, mspId: 'StrangerMSP' } }
    }
    for (const [fault, change] of Object.entries(faults)) {
      await t.rejects(
        gateway.grantConsent(signed({ ...members, ...change })),
        { code: 'CONSENT_INVALID' },
        fault
      )
    }
  })

  await t.test('a consent covers the newest epoch of listed compartments only', async (t) => {
    const { members } = createConsent(world, patient, grantee)
    const change = (part: object): object => ({ ...members, compartments: members.compartments.map((c) => ({ ...c, ...part })) })
    await t.rejects(gateway.grantConsent(signed(change({ label: randomHash() }))), { code: 'COMPARTMENT_UNKNOWN' })
    await t.rejects(gateway.grantConsent(signed(change({ epoch: 2 }))), { code: 'COMPARTMENT_OUTDATED' })
  })

  await t.test('a consent names the newest directory version, from which its kfrags were made', async (t) => {
    const rotating = await publishPatient(world)
    const { compartments: [first, other], ...directory } = directoryMembers(rotating)
    const key = SecretKey.random()
    await gateway.publishDirectory(
      sign(
        world,
        'KeyDirectory',
        { ...directory, compartments: [{ ...first, epoch: 2, key: keyHex(key) }, other], version: 2, previous: rotating.directoryId },
        rotating.identity
      )
    )
    rotating.compartments[0] = { ...rotating.compartments[0], epoch: 2, secret: key }
    for (const directoryVersion of [1, 3]) {
      const { members } = createConsent(world, rotating, grantee, { directoryVersion })
      await t.rejects(gateway.grantConsent(sign(world, 'Consent', members, rotating.identity)), { code: 'CONSENT_OUTDATED' })
    }
    await t.resolves(grantConsent(world, rotating, grantee, { directoryVersion: 2 }))
  })

  await t.test('a consent whose precursor is not proven by its own maker for exactly this grant is refused', async (t) => {
    const { members } = createConsent(world, patient, grantee)
    const victim = await publishPatient(world)
    const { members: { compartments: [theirs] } } = createConsent(world, victim, grantee)
    const [own] = members.compartments
    if (own === undefined || theirs === undefined) throw new Error('a consent covers a compartment')
    const [first, second] = patient.compartments
    const moved = { ...own, label: second.label, epoch: second.epoch, shares: own.shares.map((s) => ({ ...s, kfragId: randomHash() })) }
    const { members: again } = createConsent(world, patient, await bindPractitioner(world, { mspId: regional }))
    const faults = {
      'a precursor and proof of another patient': { compartments: [{ ...own, precursor: theirs.precursor }] },
      'another patient\'s precursor with the own proof': {
        compartments: [{ ...own, precursor: { ...own.precursor, point: theirs.precursor.point } }]
      },
      'a precursor of another reader': { compartments: again.compartments },
      'a precursor of another compartment': { compartments: [moved] },
      'one precursor for two compartments': { compartments: [own, { ...moved, precursor: own.precursor }] },
      'a receiving key that is no point': { grantee: { ...members.grantee, receivingKey: `02${'00'.repeat(31)}05` } }
    }
    t.equal(first.label, own.label)
    for (const [fault, change] of Object.entries(faults)) {
      await t.rejects(
        gateway.grantConsent(signed({ ...members, ...change })),
        { code: 'CONSENT_INVALID' },
        fault
      )
    }
    await t.rejects(
      gateway.grantConsent(
        signed({ ...members, compartments: [{ ...own, precursor: { ...own.precursor, proof: own.precursor.proof.slice(2) } }] })
      ),
      { code: 'STATEMENT_INVALID' },
      'a proof of another length'
    )
  })

  await t.test('custody is confirmed by the proxy itself, about exactly its kfrags', async (t) => {
    const consent = await grantConsent(world, patient, grantee)
    const own = world.gateway(core).ledger
    await t.rejects(gateway.confirmCustody(signCustody(world, consent, core)), { code: 'NOT_AUTHORIZED' })
    await t.rejects(own.confirmCustody(signCustody(world, consent, core, {}, world.proxySigner(regional))), { code: 'SIGNATURE_INVALID' })
    await t.rejects(own.confirmCustody(signCustody(world, consent, core, { kfragIds: [randomHash()] })), { code: 'CUSTODY_NOT_LISTED' })
    const others = signCustody(world, consent, regional)
    const { kfragIds } = JSON.parse(others.body) as { kfragIds: string[] }
    await t.rejects(own.confirmCustody(signCustody(world, consent, core, { kfragIds })), { code: 'CUSTODY_NOT_LISTED' })
    await t.rejects(own.confirmCustody(signCustody(world, { ...consent, consentId: randomHash() }, core)), { code: 'CONSENT_UNKNOWN' })
  })

  await t.test('a second confirmation changes nothing: the first one stays', async (t) => {
    const consent = await grantConsent(world, patient, grantee)
    const own = world.gateway(core).ledger
    const { value: first } = await own.confirmCustody(signCustody(world, consent, core))
    const { value: again } = await own.confirmCustody(signCustody(world, consent, core))
    t.strictSame(again, first)
    t.strictSame((await gateway.getConsent(consent.consentId)).custody, [first])
  })

  await t.test('a revocation ends a consent through any gateway, and repeating it changes nothing', async (t) => {
    const consent = await activateConsent(world, patient, grantee)
    const { value: first } = await gateway.revokeConsent(signRevocation(world, patient, consent.consentId))
    t.equal(await statusOf(consent), 'revoked')
    const { value: again } = await world.gateway(core).ledger.revokeConsent(signRevocation(world, patient, consent.consentId))
    t.strictSame(again, first)
    t.strictSame((await gateway.getConsent(consent.consentId)).revocation, first)
    await t.rejects(world.gateway(second).ledger.confirmCustody(signCustody(world, consent, second)), { code: 'CONSENT_ENDED' })
  })

  await t.test('a revocation in advance kills the consent that it names', async (t) => {
    const statement = signed(createConsent(world, patient, grantee).members)
    const id = statementId(statement.body)
    await gateway.revokeConsent(signRevocation(world, patient, id))
    await t.rejects(gateway.grantConsent(statement), { code: 'CONSENT_ENDED' })
    await t.rejects(gateway.getConsent(id), { code: 'CONSENT_UNKNOWN' })
  })

  await t.test('nobody else ends a patient\'s consent, neither before nor after it is granted', async (t) => {
    const stranger = await publishPatient(world)
    const statement = signed(createConsent(world, patient, grantee).members)
    const id = statementId(statement.body)
    await gateway.revokeConsent(signRevocation(world, stranger, id))
    await gateway.grantConsent(statement)
    t.equal((await gateway.getConsent(id)).revocation, undefined)
    await t.rejects(gateway.revokeConsent(
      sign(world, 'Revocation', { patientId: patient.patientId, consentId: id }, stranger.identity)
    ), { code: 'SIGNATURE_INVALID' })
  })

  await t.test('a proxy says that it destroyed its kfrags, once it had confirmed them', async (t) => {
    const consent = await activateConsent(world, patient, grantee)
    await gateway.revokeConsent(signRevocation(world, patient, consent.consentId))
    await t.rejects(world.gateway(second).ledger.confirmDestruction(signDestruction(world, consent, second)), { code: 'CUSTODY_MISSING' })
    await t.rejects(gateway.confirmDestruction(signDestruction(world, consent, core)), { code: 'NOT_AUTHORIZED' })
    await t.rejects(gateway.confirmDestruction(
      signDestruction(world, consent, regional, { kfragIds: [randomHash()] })
    ), { code: 'CUSTODY_NOT_LISTED' })
    const { value } = await gateway.confirmDestruction(signDestruction(world, consent, regional))
    t.strictSame((await gateway.getConsent(consent.consentId)).destructions, [value])
  })

  await t.test('a consent is suspended while too few proxies hold its kfrags, and a destroyed kfrag does not come back', async (t) => {
    const consent = await activateConsent(world, patient, grantee)
    await gateway.confirmDestruction(signDestruction(world, consent, regional, { cause: 'expired' }))
    t.equal(await statusOf(consent), 'suspended')
    await t.rejects(gateway.confirmCustody(signCustody(world, consent, regional)), { code: 'CONSENT_ENDED' })
    await confirmCustody(world, consent, second)
    t.equal(await statusOf(consent), 'active')
  })

  await t.test('consents are listed by patient and by grantee, page by page', async (t) => {
    const [one, other] = [await publishPatient(world), await publishPatient(world)]
    const reader = await bindPractitioner(world, { mspId: core })
    const granted: string[] = []
    for (const p of [one, one, other]) granted.push((await grantConsent(world, p, reader)).consentId)
    const ids = (page: { items: { consent: { id: string } }[] }): string[] => page.items.map((c) => c.consent.id)
    t.strictSame(ids(await gateway.listConsentsByPatient(one.patientId)), granted.slice(0, 2).sort())
    t.strictSame(ids(await gateway.listConsentsByGrantee(core, reader.staffId)).sort(), [...granted].sort())
    t.strictSame(ids(await gateway.listConsentsByGrantee(core, reader.staffId, { patientId: other.patientId })), granted.slice(2))
    const first = await gateway.listConsentsByPatient(one.patientId, { pageSize: 1 })
    const last = await gateway.listConsentsByPatient(one.patientId, { pageSize: 1, bookmark: first.bookmark })
    t.strictSame([...ids(first), ...ids(last)], granted.slice(0, 2).sort())
    t.equal(last.bookmark, '')
  })

  await t.test('an unknown consent is refused', async (t) => {
    await t.rejects(gateway.getConsent(randomHash()), { code: 'CONSENT_UNKNOWN' })
    await t.rejects(gateway.getConsent('no'), { code: 'ARGUMENT_INVALID' })
  })
}
