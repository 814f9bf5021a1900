import t from 'tap'
import { PublicKey, SecretKey, generateKfrags, kfragAssociatedData, sealTo, statementId, toHex } from '@epione/crypto'
import { TRANSACTIONS } from '@epione/protocol'
import type { ConsentState } from '@epione/protocol'
import { LyingPeers, READER_MSP, Sharing, until } from '../../../helpers/sharing.ts'
import { createConsent, sign, signRevocation } from '../../../helpers/ledger-fixtures.ts'
import type { GrantRequest, SealedFor } from '../../../helpers/sharing.ts'

const peers = new LyingPeers()
const sharing = await Sharing.create(t, { running: [READER_MSP], special: (_mspId, consortium) => ({ ports: peers.ports(consortium) }) })
const { world, patient, reader } = sharing
const { proxy } = sharing.of(READER_MSP).app
const encryptionKey = proxy.context.keys.encryption.publicKey()

async function accept (consentId: string, kfrags: readonly SealedFor[]): Promise<string> {
  try {
    const { statementId: id, txId } = await proxy.acceptCustody(consentId, kfrags)
    return id.length === 64 && txId.length === 64 ? 'accepted' : 'odd'
  } catch (error) {
    return (error as { code: string }).code
  }
}

const own = ({ kfrags }: GrantRequest): SealedFor[] => kfrags.filter((k) => k.mspId === READER_MSP)

async function committed (members = {}): Promise<GrantRequest> {
  const grant = await sharing.createGrant(members)
  await sharing.commit(grant)
  return grant
}

function seal (
  consentId: string,
  kfragId: string,
  bytes: Uint8Array,
  { mspId = READER_MSP, key = encryptionKey }: { mspId?: string, key?: PublicKey } = {}
): SealedFor[] {
  return [{ mspId, kfragId, sealed: toHex(sealTo(key, bytes, kfragAssociatedData({ consentId, mspId, kfragId }))) }]
}

t.test('a proxy takes its kfrags, confirms on the ledger, and answers the same again', async (t) => {
  const grant = await committed()
  const first = await proxy.acceptCustody(grant.consentId, own(grant))
  t.same(await proxy.acceptCustody(grant.consentId, own(grant)), first)
  const { custody } = await world.gateway('CoreMSP').ledger.getConsent(grant.consentId)
  t.same(custody.map((c) => [c.id, c.submittedBy]), [[first.statementId, READER_MSP]])
  t.same(await proxy.context.vault.listKfragIds(grant.consentId), own(grant).map((k) => k.kfragId))
})

t.test('custody that the ledger shows and the store has not is told to the operator', async (t) => {
  const lines = (consentId: string): string[] =>
    sharing.of(READER_MSP).log.filter((line) => line.includes('does not have') && line.includes(consentId))
  const kept = await committed()
  t.equal(await accept(kept.consentId, own(kept)), 'accepted')
  const lost = await sharing.createGrant()
  // Confirmed with this proxy's key by a process whose database was set back since.
  await sharing.commit(lost, READER_MSP)
  await until(() => lines(lost.consentId).length === 1)
  t.same(lines(kept.consentId), [])
  t.match(lines(lost.consentId), [/"level":50/])
})

t.test('once its kfrags are held, the same are taken again and wrong ones are refused', async (t) => {
  const grant = await committed()
  t.equal(await accept(grant.consentId, own(grant)), 'accepted')
  const [{ kfragId }] = own(grant) as [SealedFor]
  const garbage = toHex(
    sealTo(encryptionKey, new Uint8Array(310), kfragAssociatedData({ consentId: grant.consentId, mspId: READER_MSP, kfragId }))
  )
  t.equal(await accept(grant.consentId, [{ mspId: READER_MSP, kfragId, sealed: garbage }]), 'KFRAG_INVALID')
  t.equal(await accept(grant.consentId, [{ mspId: READER_MSP, kfragId: 'ab'.repeat(32), sealed: garbage }]), 'CUSTODY_NOT_LISTED')
  const held = await proxy.context.vault.find(grant.consentId, patient.compartments[0].label, 1)
  t.equal(
    await accept(grant.consentId, seal(grant.consentId, kfragId, held?.bytes ?? new Uint8Array())),
    'accepted',
    'the same, sealed anew'
  )
  t.same(await proxy.context.vault.listKfragIds(grant.consentId), [kfragId])
})

t.test('kfrags other than the listed ones are refused', async (t) => {
  const [grant, other] = [await committed(), await committed()]
  t.equal(await accept(grant.consentId, own(other)), 'CUSTODY_NOT_LISTED', 'of another consent')
  t.equal(await accept(grant.consentId, grant.kfrags.filter((k) => k.mspId === 'CoreMSP')), 'CUSTODY_NOT_LISTED', 'of another proxy')
  t.equal(await accept(grant.consentId, [...own(grant), ...own(grant)]), 'CUSTODY_NOT_LISTED', 'one twice')
  t.equal(await accept(grant.consentId, grant.kfrags), 'CUSTODY_NOT_LISTED', 'everybody\'s')
  t.same(await proxy.context.vault.listKfragIds(grant.consentId), [])
})

t.test('a kfrag sealed for another proxy or another consent does not open', async (t) => {
  const [grant, other] = [await committed(), await committed()]
  const [{ kfragId, sealed }] = own(grant) as [SealedFor]
  const foreign = sealTo(
    SecretKey.random().publicKey(),
    new Uint8Array(310),
    kfragAssociatedData({ consentId: grant.consentId, mspId: READER_MSP, kfragId })
  )
  t.equal(await accept(grant.consentId, [{ mspId: READER_MSP, kfragId, sealed: toHex(foreign) }]), 'KFRAG_INVALID', 'another key')
  const [{ sealed: elsewhere }] = own(other) as [SealedFor]
  t.equal(await accept(grant.consentId, [{ mspId: READER_MSP, kfragId, sealed: elsewhere }]), 'KFRAG_INVALID', 'another consent')
  const flipped = `${sealed.slice(0, -1)}${sealed.endsWith('0') ? '1' : '0'}`
  t.equal(await accept(grant.consentId, [{ mspId: READER_MSP, kfragId, sealed: flipped }]), 'KFRAG_INVALID', 'a flipped bit')
})

t.test('a kfrag whose U1 the consent does not list is refused', async (t) => {
  const { members, kfrags } = createConsent(world, patient, reader)
  const [kfrag] = kfrags.get(READER_MSP) ?? []
  const { commitment = '' } = members.compartments[0]?.shares.find((s) => s.mspId === 'CoreMSP') ?? {}
  const compartments = members.compartments.map((c) =>
    ({ ...c, shares: c.shares.map((s) => s.mspId === READER_MSP ? { ...s, commitment } : s) }))
  const statement = sign(world, 'Consent', { ...members, compartments }, patient.identity)
  await world.gateway('CoreMSP').ledger.grantConsent(statement)
  const consentId = statementId(statement.body)
  t.equal(
    await accept(consentId, seal(consentId, toHex(kfrag?.id ?? new Uint8Array()), kfrag?.toBytes() ?? new Uint8Array())),
    'KFRAG_INVALID'
  )
})

t.test('a kfrag that is signed by another key or for another reader is refused', async (t) => {
  const wrong = [
    { name: 'another signer', signingKey: SecretKey.random(), receivingKey: reader.receiving.publicKey() },
    { name: 'another reader', signingKey: patient.kfragSigning, receivingKey: SecretKey.random().publicKey() }
  ]
  for (const { name, ...keys } of wrong) {
    const made = generateKfrags({ delegatingKey: patient.compartments[0].secret, threshold: 2, shares: 3, ...keys })
    const { members } = createConsent(world, patient, reader)
    const shares = made.map((kfrag, i) =>
      ({ mspId: world.members[i] ?? '', kfragId: toHex(kfrag.id), commitment: toHex(kfrag.commitment) }))
    const statement = sign(
      world,
      'Consent',
      { ...members, compartments: members.compartments.map((c) => ({ ...c, shares })) },
      patient.identity
    )
    await world.gateway('CoreMSP').ledger.grantConsent(statement)
    const [consentId, kfrag] = [statementId(statement.body), made[world.members.indexOf(READER_MSP)]]
    t.equal(
      await accept(consentId, seal(consentId, toHex(kfrag?.id ?? new Uint8Array()), kfrag?.toBytes() ?? new Uint8Array())),
      'KFRAG_INVALID',
      name
    )
  }
})

t.test('a consent that a gateway signed in the patient\'s place gets no custody', async (t) => {
  const grant = await committed()
  const forger = SecretKey.random()
  peers.state = (transaction, value) => {
    if (transaction !== TRANSACTIONS.consentsGet) return undefined
    const state = value as ConsentState
    return {
      ...state,
      consent: { ...state.consent, statement: sign(world, 'Consent', JSON.parse(state.consent.statement.body) as object, forger) }
    }
  }
  t.teardown(() => { peers.state = () => undefined })
  t.equal(await accept(grant.consentId, own(grant)), 'STATEMENT_UNPROVEN')
})

t.test('an unknown consent, and an ended one, get no custody', async (t) => {
  const [grant, other] = [await sharing.createGrant(), await committed()]
  t.equal(await accept(grant.consentId, own(grant)), 'CONSENT_UNKNOWN')
  await world.gateway('CoreMSP').ledger.revokeConsent(signRevocation(world, patient, other.consentId))
  t.equal(await accept(other.consentId, own(other)), 'CONSENT_ENDED')
  const brief = await committed({ notAfter: Date.now() + 300 })
  while (Date.now() < (JSON.parse(brief.statement.body) as { notAfter: number }).notAfter) {
    await new Promise((resolve) =>
      setTimeout(resolve, 20))
  }
  t.equal(await accept(brief.consentId, own(brief)), 'CONSENT_ENDED', 'expired')
})
