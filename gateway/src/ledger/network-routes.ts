import { hashOfDocument } from '@epione/protocol'
import { NETWORK } from '@epione/protocol/api'
import type { FastifyPluginCallback } from 'fastify'
import { GatewayError } from '../errors.ts'
import { originOf } from '../http/origin.ts'
import { serve } from '../http/serve.ts'

export const networkRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(NETWORK.get, () => {
    const { document, founding } = app.ledger.founded()
    const { organizationId: id, mspId } = app.config
    const own = document.members.find((m) => m.mspId === mspId)
    return { document, documentHash: hashOfDocument(document), founding, organization: { id, mspId, name: own?.name ?? id } }
  }))

  app.route(serve(NETWORK.listOrganizations, async (request) => {
    const proxies = new Map(
      (await app.openReads.read('proxies', originOf(request), () => app.ledger.gateway.getProxies())).map((p) => [p.mspId, p])
    )
    return {
      items: app.ledger.members().map(({ mspId, id, name, kind }) => {
        const proxy = proxies.get(mspId)
        if (proxy === undefined) return { mspId, id, name, kind }
        const { gatewayUrl, encryptionKey, signingKey, formerSigningKeys } = proxy
        return { mspId, id, name, kind, gatewayUrl, encryptionKey, signingKey, formerSigningKeys }
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
