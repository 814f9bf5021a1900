import t from 'tap'
import { toHex } from '@epione/crypto'
import type { NetworkDocument } from '@epione/protocol'
import { adminSecret, documentOf, nextDocument, signApproval, signProposal } from '../../../helpers/founding.ts'
import { bindPractitioner, createConsent, HOUR_MS, publishPatient, requestMembers, sign } from '../../../helpers/ledger-fixtures.ts'
import { nameDelegate, signDelegateEnd } from '../../../helpers/lifetime-fixtures.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

/* What a running network can do new is switched by its document, for every contract at one moment. */

let now = Date.now()
const world = await createMemoryWorld({ clock: () => now, endorsers: 2 })
const gateway = world.gateway('CoreMSP').ledger
const patient = await publishPatient(world)
const reader = await bindPractitioner(world)
const [compartment] = patient.compartments

/** The next version of the document names these features; it counts from an hour on. */
async function agree (before: NetworkDocument, features: string[]): Promise<NetworkDocument> {
  const next = nextDocument(before, { features, inForceFrom: now + HOUR_MS })
  const issued = { issuedAt: now, submitBefore: now + 60_000 }
  await gateway.proposeNetwork(signProposal(next, adminSecret('CoreMSP'), issued))
  for (const mspId of world.members.slice(0, 2)) await gateway.approveNetwork(signApproval(next, adminSecret(mspId), issued))
  return next
}

const search = async (): Promise<string> => {
  const members = Object.fromEntries(Object.entries(requestMembers(reader, patient, [])).filter(([name]) => name !== 'records'))
  const asked = { ...members, action: 'search', compartments: [{ label: compartment.label, epoch: compartment.epoch }] }
  return (await reader.ledger.requestAccess(sign(world, 'AccessRequest', asked, reader.requestSigning))).value.decision
}
const grant = async (...actions: string[]): Promise<unknown> => {
  const { members } = createConsent(world, patient, reader, { actions: actions as ['read'] })
  return await gateway.grantConsent(sign(world, 'Consent', members, patient.identity))
}
const INACTIVE = { code: 'FEATURE_INACTIVE', message: /does not name search/ }

t.test('a feature is off and on again from the very time of the version that says so', async (t) => {
  const first = documentOf(toHex(world.networkId), world.members)
  t.strictSame(first.features, ['search', 'streams', 'delegates'])
  t.equal(await search(), 'deny', 'decided')
  await grant('read', 'search')
  const limited = await nameDelegate(world, patient, { notAfter: now + 10 * HOUR_MS })

  const second = await agree(first, [])
  now = second.inForceFrom - 1
  t.equal(await search(), 'deny', 'to the last moment')
  now = second.inForceFrom
  await t.rejects(search(), INACTIVE)
  await t.rejects(grant('read', 'search'), INACTIVE)
  await grant('read')
  await t.rejects(nameDelegate(world, patient), { code: 'FEATURE_INACTIVE', message: /does not name delegates/ })
  await gateway.changeDelegates(signDelegateEnd(world, patient, limited.id, patient.identity))
  now += HOUR_MS
  await t.rejects(agree(second, ['levitation']), { code: 'PROPOSAL_INVALID', message: /levitation/ }, 'what no software has')

  const third = await agree(second, ['search'])
  await t.rejects(search(), INACTIVE, 'agreed, and not in force')
  now = third.inForceFrom
  t.equal(await search(), 'deny', 'decided again')
  await grant('read', 'search')
})
