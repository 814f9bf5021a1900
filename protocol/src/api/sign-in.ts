import { Type } from 'typebox'
import { PUBLIC } from './common.ts'
import { defineOperation } from './operation.ts'

/** Where the staff of a hospital sign in. */
export const SIGN_IN = {
  describe: defineOperation({
    id: 'getProtectedResource',
    method: 'GET',
    path: '/.well-known/oauth-protected-resource',
    tags: ['sign-in'],
    summary: 'Which identity provider issues tokens for this gateway, and the scopes that it knows (RFC 9728)',
    answers: {
      200: Type.Object({
        resource: Type.String({ description: 'audience of the tokens' }),
        authorization_servers: Type.Array(Type.String(), { minItems: 1, maxItems: 1, description: 'the issuer' }),
        scopes_supported: Type.Array(Type.String()),
        bearer_methods_supported: Type.Array(Type.Literal('header'))
      })
    },
    access: PUBLIC
  })
} as const
