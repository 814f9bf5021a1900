import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { hashOfDocument, Hash, KeyHex, MspId, SignedNetwork } from '@epione/protocol'
import { Type } from 'typebox'
import { originOf } from '../http/origin.ts'
import { PROBLEMS } from '../http/problem.ts'

const Kind = Type.Union([Type.Literal('core'), Type.Literal('regional')])

export const networkRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.get('/v1/network', {
    config: {
      access: {
        by: 'anyone',
        who: 'anyone',
        stranger: { status: 200, when: 'always' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'getNetwork',
      tags: ['network'],
      summary: 'The network document with its founders\' signatures, and whose gateway this is',
      response: {
        200: Type.Object({
          ...SignedNetwork.properties,
          documentHash: Hash,
          organization: Type.Object({ id: Type.String(), mspId: MspId, name: Type.String() })
        }),
        ...PROBLEMS
      }
    }
  }, () => {
    const { document, founding } = app.ledger.founded()
    const { organizationId: id, mspId } = app.config
    const own = document.members.find((m) => m.mspId === mspId)
    return { document, documentHash: hashOfDocument(document), founding, organization: { id, mspId, name: own?.name ?? id } }
  })

  app.get('/v1/organizations', {
    config: {
      access: {
        by: 'anyone',
        who: 'anyone',
        stranger: { status: 200, when: 'always' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'listOrganizations',
      tags: ['network'],
      summary: 'Members of the consortium with the proxy keys and gateways on the ledger',
      response: {
        200: Type.Object({
          items: Type.Array(Type.Object({
            mspId: MspId,
            id: Type.String(),
            name: Type.String(),
            kind: Kind,
            gatewayUrl: Type.Optional(Type.String()),
            encryptionKey: Type.Optional(KeyHex),
            signingKey: Type.Optional(KeyHex),
            formerSigningKeys: Type.Optional(Type.Array(KeyHex))
          }))
        }),
        ...PROBLEMS
      }
    }
  }, async (request) => {
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
  })
  done()
}
