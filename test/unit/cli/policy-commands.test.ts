import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { hashOfDocument, LEDGER_KEYS, POLICY_1, policyHash } from '@epione/protocol'
import type { PolicyDocument, ProxyState } from '@epione/protocol'
import { epione, Typist, writeNetworkFile } from '../../helpers/client/cli.ts'
import type { Answer } from '../../helpers/client/cli.ts'
import { Hospitals } from '../../helpers/client/hospitals.ts'
import { adminKeyPem, adminSecret, nextDocument, signProposal } from '../../helpers/founding.ts'

let offset = 0
const hospitals = await Hospitals.open(t, { clock: () => Date.now() + offset })
const dir = t.testdir({})
const network = writeNetworkFile(join(dir, 'network'), hospitals)
const POLICY_2: PolicyDocument = {
  ...POLICY_1,
  version: 2,
  rules: [
    { id: 'professionals-treat', effect: 'permit', roles: ['health-professional'], actions: ['read'], purposes: ['TREAT'] },
    { id: 'physicians-operate', effect: 'permit', roles: ['physician'], actions: ['read'], purposes: ['HOPERAT'] }
  ]
}

/** A file of this name in the test's folder. */
function write (name: string, content: unknown): string {
  writeFileSync(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content))
  return join(dir, name)
}

/** The key file of a hospital's admin, as Fabric's tools write it. */
function keyFile (mspId: string, secret = adminSecret(mspId)): string {
  return write(`${mspId}.pem`, adminKeyPem(secret))
}

const policy2 = write('policy-2.json', POLICY_2)
const at = (gateway: string): string[] => ['--network', network, '--gateway', gateway]
const admin = new Typist(join(dir, 'admin'))
const asked = { organization: 'CoreMSP', role: 'physician', purpose: 'HOPERAT' }

t.test('a diff says who gains and who loses what, a test says which cases come out otherwise; files need no network', async (t) => {
  const first = write('policy-1.json', POLICY_1)
  t.match(await epione(['policy', 'diff', first, policy2, '--json']), {
    exitCode: 0,
    json: {
      before: policyHash(POLICY_1),
      after: policyHash(POLICY_2),
      gains: [{ roles: ['physician'], purposes: ['HOPERAT'] }],
      loses: [
        { actions: ['follow'] }, { actions: ['read'] }, { actions: ['search'] }, { actions: ['read'] }, { actions: ['search'] },
        { actions: ['read', 'search'] }
      ]
    }
  })
  const good = write('good.json', [
    { name: 'a physician may', ...asked, expect: 'permit' },
    { name: 'a nurse may not', ...asked, role: 'nurse', expect: 'deny' },
    { name: 'nobody without a role', organization: 'CoreMSP', purpose: 'TREAT', level: 'R', mediaClass: 'image', expect: 'deny' }
  ])
  t.match(await epione(['policy', 'test', policy2, good, '--json']), { exitCode: 0, json: { cases: 3 } })
  t.match(await epione(['policy', 'test', first, good, '--json']), {
    exitCode: 3,
    json: { error: { code: 'POLICY_DIFFERS', message: /1 of 3 cases.*a physician may \(deny\)/, failed: [{ expected: 'permit', found: 'deny' }] } }
  })
})

t.test('what is no policy, no case or no key is told of', async (t) => {
  const unsound = write('unsound.json', { ...POLICY_2, roles: POLICY_2.roles.map((r) => ({ ...r, parents: [r.id] })) })
  const other = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const times = ['--from', new Date(Date.now() + 3_600_000).toISOString()]
  const propose = (key: string): string[] => ['propose', policy2, ...times, '--key', key, ...at('core')]
  const refused: [RegExp, string[]][] = [
    [/not what it should be/, ['diff', write('no.json', {}), policy2]],
    [/not what it should be/, ['diff', write('torn.json', '{'), policy2]],
    [/inherit from itself/, ['diff', unsound, policy2]],
    [/not what it should be/, ['test', policy2, write('cases.json', [{ name: 'x', ...asked, expect: 'maybe' }])]],
    [/64 hex digits/, ['approve', 'x', '--key', policy2]],
    [/no private key/, propose(policy2)],
    [/another kind than P-256/, propose(write('other.pem', other))],
    [/lists no admin key/, propose(keyFile('StrangerMSP'))],
    [/Say what to propose/, ['propose', ...times, '--key', policy2]],
    [/Say also --key <file>, --from <time>/, ['propose', policy2]]
  ]
  for (const [message, args] of refused) t.match(await admin.run('policy', ...args), { exitCode: 2, json: { error: { message } } }, args.join(' '))
  t.match(await admin.run('policy', 'diff', 'in-force', '00'.repeat(32), ...at('core')), { exitCode: 7, json: { error: { code: 'NOT_FOUND' } } })
  t.match(await admin.run('policy', 'approve', '00'.repeat(32), '--key', keyFile('CoreMSP'), ...at('core')), { exitCode: 7 })
})

t.test('admins see which proxies are convicted, and propose that they be asked again', async (t) => {
  const { memory } = hospitals.consortium.world
  const conviction = { eventId: `${'a'.repeat(32)}.1700000000000.${'0'.repeat(64)}`, eventTime: Date.now(), failure: 'CFRAG_MISMATCH', txId: '0'.repeat(64), time: 1 }
  memory.alter<ProxyState>(LEDGER_KEYS.proxy('Regional2MSP'), (proxy) => ({ ...proxy, conviction }))
  t.match(await admin.run('policy', 'show', ...at('core')), { exitCode: 0, json: { convicted: [{ mspId: 'Regional2MSP', ...conviction }] } })
  const from = new Date(Date.now() + 90_000).toISOString()
  const propose = async (...cleared: string[]): Promise<Answer> =>
    await admin.run('policy', 'propose', '--key', keyFile('CoreMSP'), '--from', from, '--clear', ...cleared, ...at('core'))
  t.match(await propose('CoreMSP'), { exitCode: 2, json: { error: { code: 'USAGE', message: /CoreMSP is convicted of nothing/ } } })
  t.match(await propose('Regional2MSP'), { exitCode: 0, json: { version: 2 } })
  const [pending] = await hospitals.consortium.world.gateway('CoreMSP').ledger.listNetworkProposals()
  t.match(JSON.parse(pending?.proposal.statement.body ?? '{}'), {
    document: { clearances: [{ mspId: 'Regional2MSP', until: conviction.eventTime }] }
  })
  // So that it lapses, and another can be proposed.
  offset = 40_000
})

t.test('admins propose and approve by their keys, see what changes, and everybody sees what is in force', async (t) => {
  const { document } = hospitals.consortium.network
  const from = new Date(Date.now() + 3_600_000).toISOString()
  t.match(await admin.run('policy', 'show', ...at('core')), { exitCode: 0, json: { networkVersion: 1, policy: POLICY_1, proposals: [] } })
  const change = write('change.json', { settings: { ...document.settings, permitSeconds: 30 } })
  const proposed = await admin.run('policy', 'propose', policy2, '--change', change, '--key', keyFile('CoreMSP'), '--from', from, ...at('core'))
  t.match(proposed, { exitCode: 0, json: { version: 2, confirmedElsewhere: true, gains: [{ roles: ['physician'] }] } })
  const { documentHash } = proposed.json as { documentHash: string }
  t.match(await admin.run('policy', 'show', ...at('regional1')), {
    json: { proposals: [{ documentHash, proposedBy: 'CoreMSP', approvedBy: [], missing: 2, inForceFrom: Date.parse(from), policyHash: policyHash(POLICY_2) }] }
  })
  t.match(await admin.run('policy', 'show', policyHash(POLICY_2), ...at('regional1')), { json: { policy: POLICY_2 } }, 'it can be read before')
  const approve = async (mspId: string, gateway: string): Promise<object> =>
    await admin.run('policy', 'approve', documentHash, '--key', keyFile(mspId), ...at(gateway))
  t.match(await approve('CoreMSP', 'core'), {
    exitCode: 0,
    json: { missing: 1, changed: [{ what: 'settings.permitSeconds', before: '60', after: '30' }], gains: [{ purposes: ['HOPERAT'] }] }
  })
  t.match(await approve('CoreMSP', 'core'), { exitCode: 3, json: { error: { gatewayCode: 'APPROVAL_CONFLICT' } } })
  t.match(await approve('Regional1MSP', 'regional1'), { exitCode: 0, json: { missing: 0 } })
  offset = Date.parse(from) - Date.now()
  for (const { app } of hospitals.all.map(({ gateway }) => gateway)) await app.ledger.versions.at(Date.parse(from))
  t.match(await admin.run('policy', 'show', ...at('regional2')), {
    exitCode: 0,
    json: { networkVersion: 2, documentHash, policyHash: policyHash(POLICY_2), policy: POLICY_2, proposals: [] }
  })
})

t.test('a client believes no document and no policy that do not follow from its own network file', async (t) => {
  const { front } = hospitals.core
  const { document } = hospitals.consortium.network
  const third = nextDocument({ ...document, version: 2 }, { settings: { ...document.settings, permitSeconds: 5 } })
  front.lies = [({ path, body }) =>
    path === '/v1/network' ? { ...body as object, document: third, documentHash: hashOfDocument(third) } : undefined]
  t.match(await admin.run('policy', 'show', ...at('core')), { exitCode: 7 }, 'there is no such version to be proven')
  const statement = signProposal(third, adminSecret('StrangerMSP'))
  const proposal = { id: '00'.repeat(32), statement, txId: '00'.repeat(32), time: 1, submittedBy: 'CoreMSP' }
  front.lies = [({ path }) =>
    path === '/v1/network/proposals' ? { items: [{ documentHash: hashOfDocument(third), proposal, approvals: [] }] } : undefined]
  t.match(await admin.run('policy', 'show', ...at('core')), {
    exitCode: 4, json: { error: { code: 'NETWORK_MISMATCH', party: { mspId: 'CoreMSP' } } }
  })
  front.lies = [({ path }) => path.startsWith('/v1/policies/') ? POLICY_1 : undefined]
  t.match(await admin.run('policy', 'show', ...at('core')), {
    exitCode: 4, json: { error: { code: 'NETWORK_MISMATCH', message: /another policy/ } }
  })
})
