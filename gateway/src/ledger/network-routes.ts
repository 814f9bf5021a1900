import type { Submitted } from '@epione/ledger/client'
import { adminOf, hashOfDocument } from '@epione/protocol'
import type { NetworkVersion, SignedStatement } from '@epione/protocol'
import { NETWORK } from '@epione/protocol/api'
import { judgeAs, openAdminStatement } from '@epione/protocol/verify'
import type { FastifyInstance, FastifyPluginCallback } from 'fastify'
import { GatewayError } from '../errors.ts'
import { originOf } from '../http/origin.ts'
import { serve } from '../http/serve.ts'
import { submitForPlace } from './submit-once.ts'

export const networkRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(NETWORK.get, () => {
    const { document } = app.ledger.network()
    const { organizationId: id, mspId } = app.config
    const own = document.members.find((m) => m.mspId === mspId)
    return { document, documentHash: hashOfDocument(document), organization: { id, mspId, name: own?.name ?? id } }
  }))

  app.route(serve(NETWORK.getVersion, async (request) => {
    const { version } = request.params
    const { newest } = app.ledger.versions
    // Those before the one in the network file this gateway never judged; whoever asks for them does.
    const read = async (): Promise<NetworkVersion> => await app.ledger.gateway.getNetworkDocument(version)
    if (version > newest) throw new GatewayError('NOT_FOUND', `the newest version of the network document is ${String(newest)}`)
    const known = app.ledger.versions.signed(version)
    return { signed: known ?? await app.openReads.read(`version ${String(version)}`, originOf(request), read) }
  }))

  app.route(serve(NETWORK.listProposals, async (request) => ({
    items: await app.openReads.read('proposals', originOf(request), () => app.ledger.gateway.listNetworkProposals())
  })))

  app.route(serve(NETWORK.getPolicy, async (request) => {
    const { policyHash } = request.params
    return await app.openReads.read(`policy ${policyHash}`, originOf(request), () => app.ledger.policies.read(policyHash))
  }))

  app.route(serve(NETWORK.propose, async ({ body: { statement, policy } }) => {
    const { gateway } = app.ledger
    return await bring(app, 'NetworkProposal', statement, () => gateway.proposeNetwork(statement, policy))
  }))

  app.route(serve(NETWORK.approve, async ({ body: { statement } }) => {
    const { gateway } = app.ledger
    return await bring(app, 'NetworkApproval', statement, () => gateway.approveNetwork(statement))
  }))

  app.route(serve(NETWORK.listOrganizations, async (request) => {
    const proxies = new Map(
      (await app.openReads.read('proxies', originOf(request), () => app.ledger.gateway.getProxies())).map((p) => [p.mspId, p])
    )
    return {
      items: app.ledger.members().map(({ mspId, id, name, kind }) => {
        const proxy = proxies.get(mspId)
        if (proxy === undefined) return { mspId, id, name, kind }
        const { gatewayUrl, encryptionKey, signingKey, formerSigningKeys, conviction } = proxy
        const keys = { gatewayUrl, encryptionKey, signingKey, formerSigningKeys }
        return { mspId, id, name, kind, ...keys, ...(conviction !== undefined && { conviction }) }
      })
    }
  }))

  app.route(serve(NETWORK.findStatement, async (request) => {
    const { statementId } = request.params
    return await app.openReads.read(`statement ${statementId}`, originOf(request), async () => {
      const receipt = await app.ledger.gateway.findStatement(statementId)
      if (receipt === undefined) throw new GatewayError('STATEMENT_UNKNOWN', 'the ledger has no such statement')
      return receipt
    })
  }))
  done()
}

/** Brings to the ledger what an admin signed. At the door an admin's key must have signed it, so that nobody else costs the peers work. */
async function bring (
  app: FastifyInstance,
  type: 'NetworkProposal' | 'NetworkApproval',
  statement: SignedStatement,
  submit: () => Promise<Submitted<unknown>>
): Promise<{ statementId: string, txId: string, blockNumber: number }> {
  const { document } = app.ledger.network()
  const { id, signers } = judgeAs(
    (refusal) =>
      new GatewayError(refusal.code === 'SIGNATURE_INVALID' ? refusal.code : 'STATEMENT_INVALID', refusal.why, { cause: refusal }),
    () => openAdminStatement(type, statement, document.networkId)
  )
  if (adminOf(document, signers) === undefined) {
    throw new GatewayError('SIGNATURE_INVALID', 'the statement is not signed with one admin key that the network document lists')
  }
  const { txId, blockNumber } = await submitForPlace(app, id, submit)
  return { statementId: id, txId, blockNumber }
}
