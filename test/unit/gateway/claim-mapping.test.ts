import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type {} from '../../../gateway/src/staff/identities-plugin.ts'
import { mapClaims, readClaimMapping } from '../../../gateway/src/staff/claim-mapping.ts'
import type { ClaimMapping } from '../../../gateway/src/staff/claim-mapping.ts'
import { findPractitioner } from '../../../gateway/src/staff/practitioners.ts'
import { buildGateway, createConsortium, createMemoryAuthority } from '../../helpers/gateway.ts'
import type { TestGateway } from '../../helpers/gateway.ts'

const READ = 'user/DocumentReference.rs'
const MAPPING: ClaimMapping = {
  format: 1,
  roles: [
    { claim: '/realm_access/roles', value: 'arzt', role: 'physician' },
    { claim: '/realm_access/roles', value: 'pflege', role: 'nurse' },
    { claim: '/job', value: 'kapitän', role: 'captain' }
  ],
  department: { claim: '/department', values: { Kardiologie: 'cardiology', Chirurgie: 'surgery' } },
  changes: 'certify'
}

interface Self { status: number, code?: string, detail?: string, staffId?: string, role?: string, department?: string }

async function getSelf (gateway: TestGateway, subject: string, claims: Record<string, unknown>): Promise<Self> {
  const authorization = `Bearer ${await gateway.token(subject, READ, { claims })}`
  const answer = await gateway.app.inject({ url: '/v1/practitioners/me', headers: { authorization } })
  return { ...answer.json<Omit<Self, 'status'>>(), status: answer.statusCode }
}
const roles = (...names: string[]): { realm_access: { roles: string[] } } => ({ realm_access: { roles: names } })

t.test('claims become attributes as the admin says', (t) => {
  t.same(mapClaims(MAPPING, { sub: 'a', ...roles('koch', 'pflege', 'arzt'), department: 'Kardiologie' }), {
    subject: 'a', role: 'physician', department: 'cardiology'
  }, 'the first line of the mapping that holds, whatever the order of the claims')
  t.same(mapClaims(MAPPING, { sub: 'a', job: 'kapitän', department: 'constructor' }), { subject: 'a', role: 'captain' })
  t.same(mapClaims(MAPPING, { sub: 'a', realm_access: 'arzt' }), { subject: 'a' })
  t.same(mapClaims(MAPPING, { sub: 'a', realm_access: { roles: [{ arzt: true }, 1, null] } }), { subject: 'a' })
  t.same(mapClaims({ ...MAPPING, subject: '/https:~1~1hospital.example~1id' }, { sub: 'a', 'https://hospital.example/id': 'b' }), { subject: 'b' })
  for (const subject of [undefined, '', ['a', 'b'], { a: 1 }, 7]) t.same(mapClaims({ ...MAPPING, subject: '/id' }, { sub: 'a', id: subject }), undefined)
  t.end()
})

t.test('a mapping is checked when the gateway starts', async (t) => {
  const path = join(t.testdir(), 'mapping.json')
  const read = async (content: unknown): Promise<ClaimMapping> => {
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
    return await readClaimMapping(path)
  }
  t.same(await read(MAPPING), MAPPING)
  await t.rejects(readClaimMapping(join(t.testdirName, 'none.json')), /OIDC_MAPPING_FILE .*none.json cannot be read/)
  await t.rejects(read('{'), /is not JSON/)
  await t.rejects(read({ ...MAPPING, changes: 'ignore' }), /does not fit at \/changes/)
  await t.rejects(read({ ...MAPPING, more: 1 }), /does not fit/)
  await t.rejects(read({ ...MAPPING, roles: [{ claim: 'roles', value: 'a', role: 'physician' }] }), /does not fit at \/roles\/0\/claim/)
  await t.rejects(read({ ...MAPPING, roles: [{ claim: '/roles', value: 'a', role: 'auditor' }] }), /gives the office auditor/)
})

t.test('staff are certified at their first sign-in, and anew when their claims change', async (t) => {
  const gateway = await buildGateway(t, { ports: { claimMapping: MAPPING } })
  const first = await Promise.all([1, 2, 3].map(async () => await getSelf(gateway, 'dr-k', { ...roles('arzt'), department: 'Kardiologie' })))
  t.match(first[0], { status: 200, role: 'physician', department: 'cardiology' })
  t.equal(new Set(first.map(({ staffId }) => staffId)).size, 1, 'three requests at once, one person')

  const moved = await getSelf(gateway, 'dr-k', { ...roles('arzt'), department: 'Chirurgie' })
  t.match(moved, { status: 200, department: 'surgery', staffId: first[0]?.staffId }, 'the same person')
  const { attributes } = await certified(gateway, 'dr-k')
  t.match(attributes, { role: 'physician', department: 'surgery' })
  t.match(await getSelf(gateway, 'dr-k', roles('arzt')), { status: 200, department: undefined }, 'of no department any more')

  t.match(await getSelf(gateway, 'dr-k', roles()), { status: 403, code: 'ATTRIBUTES_CHANGED', detail: /no role any more; their certificate says physician/ })
  t.match(await getSelf(gateway, 'cook', roles('koch')), { status: 403, code: 'NOT_ENROLLED', detail: /no role that the hospital maps/ })
  t.match(await getSelf(gateway, 'captain', { job: 'kapitän' }), { status: 403, code: 'NOT_ENROLLED', detail: /captain, which is no role of the policy/ })
  t.match(await getSelf(gateway, 'auditor-wide', roles('arzt')), { status: 200, role: 'auditor' }, 'offices are the description\'s')
})

t.test('a token of before brings back nothing that a newer one changed', async (t) => {
  const gateway = await buildGateway(t, { ports: { claimMapping: MAPPING } })
  const seconds = Math.floor(Date.now() / 1000)
  const asOf = async (name: string, iat: number): Promise<Self> => await getSelf(gateway, 'dr-k', { ...roles(name), iat })
  t.match(await asOf('arzt', seconds - 60), { status: 200, role: 'physician' })
  t.match(await asOf('pflege', seconds - 30), { status: 200, role: 'nurse' })
  t.match(await asOf('arzt', seconds - 60), { status: 403, code: 'ATTRIBUTES_CHANGED', detail: /use the newest/ })
  t.match(await asOf('pflege', seconds - 45), { status: 200, role: 'nurse' }, 'an older one that says the same')
  t.match(await asOf('arzt', seconds), { status: 200, role: 'physician' })
})

t.test('nor does one after the gateway was started anew', async (t) => {
  const consortium = await createConsortium(t)
  const ports = { claimMapping: MAPPING, authority: createMemoryAuthority('CoreMSP', Date.now) }
  const seconds = Math.floor(Date.now() / 1000)
  const asOf = async (gateway: TestGateway, name: string, iat: number): Promise<Self> => await getSelf(gateway, 'dr-k', { ...roles(name), iat })
  const before = await buildGateway(t, { consortium, ports })
  t.match(await asOf(before, 'arzt', seconds - 60), { status: 200, role: 'physician' })
  t.match(await asOf(before, 'pflege', seconds - 40), { status: 200, role: 'nurse' })
  t.match(await asOf(before, 'pflege', seconds - 20), { status: 200 }, 'changes nothing, and is the newest')
  await before.close()
  const after = await buildGateway(t, { consortium, ports })
  for (const iat of [seconds - 60, seconds - 30]) {
    t.match(await asOf(after, 'arzt', iat), { status: 403, code: 'ATTRIBUTES_CHANGED', detail: /use the newest/ }, 'older than the newest')
  }
  t.match(await asOf(after, 'pflege', seconds - 60), { status: 200, role: 'nurse' })
  t.match(await asOf(after, 'arzt', seconds), { status: 200, role: 'physician' })
})

t.test('of two tokens at once, the newer one\'s role is certified in the end', async (t) => {
  const memory = createMemoryAuthority('CoreMSP', Date.now)
  const begun = Promise.withResolvers<undefined>()
  const wait = Promise.withResolvers<undefined>()
  const held = {
    ...memory,
    certify: async (staff: Parameters<typeof memory.certify>[0]) => {
      if (staff.role === 'nurse') {
        begun.resolve(undefined)
        await wait.promise
      }
      return await memory.certify(staff)
    }
  }
  const gateway = await buildGateway(t, { ports: { claimMapping: MAPPING, authority: held } })
  const seconds = Math.floor(Date.now() / 1000)
  t.match(await getSelf(gateway, 'dr-k', { ...roles('arzt'), iat: seconds - 60 }), { role: 'physician' })
  const older = getSelf(gateway, 'dr-k', { ...roles('pflege'), iat: seconds - 40 })
  await begun.promise
  const newer = getSelf(gateway, 'dr-k', { ...roles('arzt'), department: 'Chirurgie', iat: seconds - 20 })
  while ((await findPractitioner(gateway.app.enrolment.db, 'dr-k'))?.newestToken !== seconds - 20) await new Promise((resolve) => { setImmediate(resolve) })
  wait.resolve(undefined)
  t.match(await older, { status: 403, code: 'ATTRIBUTES_CHANGED', detail: /use the newest/ })
  t.match(await newer, { status: 200, role: 'physician', department: 'surgery' })
  t.match((await certified(gateway, 'dr-k')).attributes, { role: 'physician', department: 'surgery' })
})

t.test('whom an admin enrolled stays as the admin has it', async (t) => {
  const gateway = await buildGateway(t, { ports: { claimMapping: MAPPING } })
  await gateway.enrol('dr-a', 'physician', { department: 'cardiology' })
  t.match(await getSelf(gateway, 'dr-a', roles('pflege')), { status: 200, role: 'physician', department: 'cardiology' })
})

t.test('where the admin wants to look first, changed claims are refused', async (t) => {
  const gateway = await buildGateway(t, { ports: { claimMapping: { ...MAPPING, changes: 'refuse' } } })
  t.match(await getSelf(gateway, 'n', roles('pflege')), { status: 200, role: 'nurse' })
  t.match(await getSelf(gateway, 'n', roles('arzt')), {
    status: 403, code: 'ATTRIBUTES_CHANGED', detail: /says physician of this person, whose certificate says nurse: an admin/
  })
  t.match(await getSelf(gateway, 'n', roles('pflege')), { status: 200, role: 'nurse' })
})

t.test('without a mapping nobody is enrolled by a token, and a CA that is away is told as such', async (t) => {
  const plain = await buildGateway(t)
  t.match(await getSelf(plain, 'dr-k', roles('arzt')), { status: 403, code: 'NOT_ENROLLED' })
  const authority = createMemoryAuthority('CoreMSP', Date.now)
  const away = await buildGateway(t, {
    ports: { claimMapping: MAPPING, authority: { ...authority, certify: () => Promise.reject(new Error('away')) } }
  })
  t.match(await getSelf(away, 'dr-k', roles('arzt')), { status: 200 })
  t.match(await getSelf(away, 'dr-k', roles('pflege')), { status: 500 })
  t.match(await getSelf(away, 'dr-k', roles('arzt')), { status: 200, role: 'physician' }, 'nothing was half done')
})

/** What the certificate of a person says, as the in-memory ledger reads it. */
async function certified (gateway: TestGateway, subject: string): Promise<{ attributes: { role: string, department?: string } }> {
  const { certificate } = await gateway.app.wallet.get(subject)
  return { attributes: JSON.parse(certificate) as { role: string, department?: string } }
}
