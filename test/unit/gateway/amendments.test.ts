import t from 'tap'
import { canonicalize, utf8 } from '@epione/crypto'
import type { SignedStatement } from '@epione/crypto'
import { networkStateOf, termsOf, TRANSACTIONS } from '@epione/protocol'
import type { NetworkDocument, NetworkState, NetworkVersion } from '@epione/protocol'
import type { LedgerConnection } from '@epione/ledger/fabric'
import { adminSecret, nextDocument, signApproval, signFounding, signProposal } from '../../helpers/founding.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import type { Consortium, TestGateway } from '../../helpers/gateway.ts'

const [core, regional1] = ['CoreMSP', 'Regional1MSP'].map(adminSecret) as [Uint8Array, Uint8Array]
const LEVITATING = { features: ['levitation'] } as const

/** What a ledger shows in place of its own network document: without our chaincode, it may be anything. */
function show (consortium: Consortium, state: NetworkState, versions: readonly NetworkVersion[]): () => LedgerConnection {
  const { blocks, network } = consortium
  const connection = blocks.connect(network.networkId)
  const answer = (value: object): Promise<Uint8Array> => Promise.resolve(utf8(canonicalize(value)))
  return () => ({
    ...connection,
    portFor: (identity) => {
      const port = connection.portFor(identity)
      return {
        ...port,
        evaluate: (transaction, args) => {
          if (transaction === TRANSACTIONS.networkGet) return answer(state)
          const version = transaction === TRANSACTIONS.networkGetDocument ? versions[Number(args[0]) - 1] : undefined
          return version === undefined ? port.evaluate(transaction, args) : answer(version)
        }
      }
    }
  })
}

function amend (document: NetworkDocument, secrets: readonly Uint8Array[]): NetworkVersion {
  return JSON.parse(
    JSON.stringify({ proposal: signProposal(document, secrets[0]), approvals: secrets.map((s) => signApproval(document, s)) })
  ) as NetworkVersion
}

const post = async ({ app }: TestGateway, url: string, statement: SignedStatement): Promise<{ statusCode: number, json: () => unknown }> =>
  await app.inject({ method: 'POST', url, payload: { statement } })

await t.test('admins bring a version through their gateway, and each gateway runs on it from its time on', async (t) => {
  let offset = 0
  const consortium = await createConsortium(t, { clock: () => Date.now() + offset })
  const { document } = consortium.network
  const [gateway, other] = [await buildGateway(t, { consortium }), await buildGateway(t, { consortium, mspId: 'Regional1MSP' })]
  const second = nextDocument(document, { settings: { ...document.settings, permitSeconds: 10 } })
  const shown = async ({ app }: TestGateway): Promise<NetworkDocument> => (await app.inject('/v1/network')).json<{ document: NetworkDocument }>().document

  const proposal = signProposal(second)
  t.match(await post(gateway, '/v1/network/proposals', proposal), { statusCode: 201 })
  t.match(await post(gateway, '/v1/network/proposals', proposal), { statusCode: 201 }, 'sent again it answers the same')
  t.match((await gateway.app.inject('/v1/network/proposals')).json(), { items: [{ proposal: { statement: proposal }, approvals: [] }] })
  t.match(await post(gateway, '/v1/network/approvals', signApproval(second, core)), { statusCode: 201 })
  t.match(await post(other, '/v1/network/approvals', signApproval(second, regional1)), { statusCode: 201 })
  for (const one of [gateway, other]) t.strictSame(await one.app.ledger.versions.at(second.inForceFrom - 1), document)
  for (const one of [gateway, other]) t.strictSame(await one.app.ledger.versions.at(second.inForceFrom), second)
  t.strictSame(await shown(gateway), document)
  offset = second.inForceFrom - Date.now()
  for (const one of [gateway, other, await buildGateway(t, { consortium, mspId: 'Regional2MSP' })]) t.strictSame(await shown(one), second)
  const versions = await Promise.all([1, 2].map(async (v) =>
    (await gateway.app.inject(`/v1/network/versions/${String(v)}`)).json<object>()))
  t.match(versions, [{ signed: signFounding(document) }, { signed: { proposal } }])
  t.match((await gateway.app.inject('/v1/network/versions/3')).json(), { code: 'NOT_FOUND' })
})

await t.test('a gateway refuses at its door what is no admin\'s or malformed, and passes on what the ledger says', async (t) => {
  const gateway = await buildGateway(t)
  const { document } = gateway.consortium.network
  const second = nextDocument(document)
  const answers: [string, SignedStatement, number, string][] = [
    ['proposals', signProposal(second, adminSecret('StrangerMSP')), 400, 'SIGNATURE_INVALID'],
    ['approvals', signApproval(second, adminSecret('StrangerMSP')), 400, 'SIGNATURE_INVALID'],
    ['approvals', signProposal(second), 400, 'STATEMENT_INVALID'],
    ['proposals', signProposal({ ...second, networkId: '00'.repeat(32) }), 400, 'SIGNATURE_INVALID'],
    ['approvals', signApproval(second, core), 404, 'PROPOSAL_UNKNOWN'],
    ['proposals', signProposal(nextDocument(document, { members: document.members.slice(1) })), 400, 'MEMBERS_FIXED'],
    ['proposals', signProposal(nextDocument(document, LEVITATING as never)), 400, 'PROPOSAL_INVALID']
  ]
  for (const [to, statement, statusCode, code] of answers) {
    const answer = await post(gateway, `/v1/network/${to}`, statement)
    t.equal(answer.statusCode, statusCode, code)
    t.match(answer.json(), { code })
  }
})

await t.test('a version that the members before did not agree on ends a gateway, whatever the ledger shows', async (t) => {
  const cases: [RegExp, readonly Uint8Array[], Partial<NetworkDocument>][] = [
    [/1 of 3 members approved it/, [core], {}],
    [/is no admin of one member/, [adminSecret('AMSP'), adminSecret('BMSP')], {}],
    [/members are others/, [core, regional1], { members: [] }]
  ]
  for (const [message, secrets, { members }] of cases) {
    const consortium = await createConsortium(t)
    const { document } = consortium.network
    const change = members === undefined ? {} : { members: document.members.slice(0, 2) }
    const second = nextDocument(document, { inForceFrom: document.inForceFrom + 1, ...change })
    const state = { ...networkStateOf(document), ...termsOf(second) }
    const connectLedger = show(consortium, state, [signFounding(document), amend(second, secrets)])
    await t.rejects(buildGateway(t, { consortium, ports: { connectLedger } }), { code: 'LEDGER_MISMATCH', message })
  }
})

await t.test('a version that asks for what this software does not do stops it when it is in force, and is told of before', async (t) => {
  const ask = async (change: object, inForceFrom?: number): Promise<Parameters<typeof buildGateway>[1]> => {
    const consortium = await createConsortium(t)
    const { document } = consortium.network
    const second = nextDocument(document, { ...change, ...(inForceFrom !== undefined && { inForceFrom }) })
    const state = inForceFrom === undefined
      ? { ...networkStateOf(document), next: termsOf(second) }
      : { ...networkStateOf(document), ...termsOf(second) }
    return { consortium, ports: { connectLedger: show(consortium, state, [signFounding(document), amend(second, [core, regional1])]) } }
  }
  for (const change of [LEVITATING, { formats: [{ format: 1 }, { format: 2 }] }]) {
    await t.rejects(ask(change, 2).then(async (options) => await buildGateway(t, options)), {
      code: 'LEDGER_MISMATCH', message: /version 2 .*(levitation|no other).* Install the release/
    })
  }
  const gateway = await buildGateway(t, await ask(LEVITATING))
  t.match(gateway.log.join(''), /install another before it is in force/)
  t.equal((await gateway.app.inject('/v1/network')).statusCode, 200)
})
