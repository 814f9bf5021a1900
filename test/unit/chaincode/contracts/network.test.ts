import t from 'tap'
import { adminKeyOf } from '@epione/crypto'
import { networkStateOf, RECOVERY_DELAY_SECONDS } from '@epione/protocol'
import type { NetworkDocument, SignedNetwork } from '@epione/protocol'
import { adminSecret, documentOf, signFounding } from '../../../helpers/founding.ts'
import { randomHash } from '../../../helpers/ledger-fixtures.ts'
import { MemoryLedger } from '../../../helpers/memory-ledger.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

const admin = { mspId: 'CoreMSP', staffId: 'admin', admin: true }
const MEMBERS = ['CoreMSP', 'Regional1MSP', 'Regional2MSP']
const document = documentOf(randomHash(), MEMBERS)
const [core, regional1, regional2] = MEMBERS.map((mspId) => adminSecret(mspId)) as [Uint8Array, Uint8Array, Uint8Array]
const empty = (): ReturnType<MemoryLedger['clientFor']> => new MemoryLedger().clientFor(admin)

await t.test('an admin of a listed member founds the network once, with the signature of every founder', async (t) => {
  const ledger = new MemoryLedger({ endorsers: 2 })
  const client = ledger.clientFor(admin)
  await t.rejects(client.getNetwork(), { code: 'NETWORK_NOT_FOUNDED' })
  await t.rejects(client.getNetworkDocument(1), { code: 'NETWORK_NOT_FOUNDED' })
  const signed = signFounding(document)
  t.strictSame((await client.found(signed)).value, signed)
  t.strictSame(await client.getNetwork(), networkStateOf(document))
  t.strictSame(await client.getNetworkDocument(1), signed)
  await t.rejects(client.getNetworkDocument(2), { code: 'ARGUMENT_INVALID', message: /no version 2/ })
  await t.rejects(client.found(signed), { code: 'NETWORK_ALREADY_FOUNDED' })
  await t.rejects(client.found(signFounding({ ...document, name: 'second' })), { code: 'NETWORK_ALREADY_FOUNDED' })
})

await t.test('what is not signed by every founder, for this document and this block 0, founds nothing', async (t) => {
  const sound = signFounding(document)
  const { signatures } = sound.founding
  const refused: [string, SignedNetwork, RegExp][] = [
    ['one founder alone', signFounding(document, [core]), /no admin key of Regional1MSP, Regional2MSP signed it/],
    ['one founder missing', signFounding(document, [core, regional2]), /no admin key of Regional1MSP signed it/],
    [
      'a key that is no founder\'s in place of one',
      signFounding(document, [core, regional1, adminSecret('StrangerMSP')]), /no admin key of Regional2MSP signed it/
    ],
    [
      'a stranger beside the founders',
      signFounding(document, [core, regional1, regional2, adminSecret('StrangerMSP')]), /it lists no admin key/
    ],
    [
      'one founder twice',
      { ...sound, founding: { ...sound.founding, signatures: [...signatures, ...signatures.slice(0, 1)] } },
      /signed twice/
    ],
    [
      'a signature under the key of another',
      {
        ...sound,
        founding: {
          ...sound.founding,
          signatures: signatures.map((s, i) => ({ ...s, signature: signatures[(i + 1) % 3]?.signature ?? '' }))
        }
      },
      /does not fit/
    ],
    [
      'a key that is no point of the curve',
      { ...sound, founding: { ...sound.founding, signatures: signatures.map((s) => ({ ...s, key: `02${'f'.repeat(64)}` })) } },
      /signed twice|not a compressed point/
    ],
    ['signatures for another block 0', signFounding(document, undefined, randomHash()), /does not fit/]
  ]
  for (const [what, signed, message] of refused) await t.rejects(empty().found(signed), { code: 'SIGNATURE_INVALID', message }, what)
  for (const change of [
    { name: 'other' }, { inForceFrom: 2 }, { networkId: randomHash() },
    { settings: { ...document.settings, permitSeconds: 59 } }
  ]) {
    await t.rejects(
      empty().found({ ...sound, document: { ...document, ...change } }),
      { code: /STATEMENT_INVALID|SIGNATURE_INVALID/ },
      `changed after signing: ${Object.keys(change).join('')}`
    )
  }
})

await t.test('nobody else founds it', async (t) => {
  const ledger = new MemoryLedger()
  await t.rejects(ledger.clientFor({ ...admin, admin: false, role: 'gateway' }).found(signFounding(document)), { code: 'NOT_AUTHORIZED' })
  await t.rejects(ledger.clientFor({ ...admin, mspId: 'StrangerMSP' }).found(signFounding(document)), { code: 'NOT_AUTHORIZED' })
})

await t.test('a document that contradicts itself, or asks for what this software does not do, is refused although all signed it', async (t) => {
  const { members, settings } = document
  const changes: Partial<NetworkDocument>[] = [
    { members: [...members, ...members] },
    { members: members.map((m) => ({ ...m, id: 'core' })) },
    { members: members.map((m) => ({ ...m, adminKeys: [adminKeyOf(core)] })) },
    { members: members.map((m) => ({ ...m, adminKeys: [] })) },
    { settings: { ...settings, shareMinimum: 4 } },
    { settings: { ...settings, permitSeconds: 61 } },
    { settings: { ...settings, recoveryDelaySeconds: -1 } },
    { settings: { ...settings, identityDelaySeconds: 0.5 } },
    { settings: { ...settings, color: 'red' } as NetworkDocument['settings'] },
    { auditors: [{ mspId: 'StrangerMSP', issuer: 'https://id', subject: 'a', scope: 'consortium' }] },
    { policyHash: randomHash() },
    { formats: [{ format: 2 }] },
    { formats: [{ format: 1, acceptedUntil: 5 }] },
    { features: ['levitation'] },
    { version: 2 },
    { inForceFrom: Date.now() + 3_600_000 }
  ]
  for (const change of changes) {
    const changed = { ...document, ...change }
    // What is no canonical JSON cannot even be hashed: the signatures of the sound one go with it.
    const signed = change.settings?.identityDelaySeconds === 0.5
      ? { ...signFounding(document), document: changed }
      : signFounding(changed, [core, regional1, regional2])
    await t.rejects(empty().found(signed), { code: 'ARGUMENT_INVALID' }, JSON.stringify(change))
  }
  await t.rejects(empty().found(
    { ...signFounding(document), document: { ...document, testing: false } } as never
  ), { code: 'ARGUMENT_INVALID' })
})

await t.test('a member with two admin keys is heard by either', async (t) => {
  const spare = adminSecret('the second admin of CoreMSP')
  const changed = {
    ...document,
    members: document.members.map((m) => m.mspId === 'CoreMSP' ? { ...m, adminKeys: [...m.adminKeys, adminKeyOf(spare)] } : m)
  }
  await t.resolves(empty().found(signFounding(changed, [spare, regional1, regional2])))
  await t.resolves(empty().found(signFounding(changed, [spare, core, regional1, regional2])))
})

await t.test('a permit lives as long as the document says', async (t) => {
  const client = empty()
  await client.found(signFounding({ ...document, settings: { ...document.settings, permitSeconds: 10 } }))
  t.equal((await client.getNetwork()).settings.permitSeconds, 10)
})

await t.test('a document below the floors is refused, with the setting that is too low, unless it says that it is for testing', async (t) => {
  const low = { shareMinimum: 1, recoveryDelaySeconds: 5, identityDelaySeconds: 6 }
  for (const [name, value] of Object.entries(low)) {
    await t.rejects(empty().found(
      signFounding({ ...document, settings: { ...document.settings, [name]: value } })
    ), { code: 'ARGUMENT_INVALID', message: new RegExp(`Raise ${name} to `) })
  }
  const client = empty()
  await client.found(signFounding({ ...document, testing: true, settings: { ...document.settings, ...low } }))
  t.match(await client.getNetwork(), { testing: true, settings: low })
})

await t.test('longer waits than the floors are founded as they are', async (t) => {
  const settings = {
    ...document.settings,
    recoveryDelaySeconds: 2 * RECOVERY_DELAY_SECONDS,
    identityDelaySeconds: 3 * RECOVERY_DELAY_SECONDS
  }
  const client = empty()
  await client.found(signFounding({ ...document, settings }))
  t.match((await client.getNetwork()).settings, settings)
})

await t.test('before the founding, and for organisations outside of it, nothing is done', async (t) => {
  const gateway = new MemoryLedger().clientFor({ mspId: 'CoreMSP', staffId: 'gateway', role: 'gateway' })
  await t.rejects(gateway.getProxies(), { code: 'NETWORK_NOT_FOUNDED' })
  const { memory } = await createMemoryWorld()
  const stranger = memory.clientFor({ mspId: 'StrangerMSP', staffId: 'gateway', role: 'gateway' })
  await t.rejects(stranger.getProxies(), { code: 'NOT_AUTHORIZED' })
  await t.rejects(stranger.listAccessByPatient('a'.repeat(32)), { code: 'NOT_AUTHORIZED' })
})
