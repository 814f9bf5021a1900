import { SIGN_IN } from '@epione/protocol/api'

/** Codes whose cause is the bearer token itself (RFC 6750 §3.1). */
const INVALID_TOKEN = ['TOKEN_INVALID', 'TOKEN_EXPIRED', 'TOKEN_AUDIENCE']

interface Refused { status: number, code: string, detail: string, extensions: Record<string, unknown> }

/**
 * `WWW-Authenticate` of a refusal: how to sign in, and what was wrong with the token (RFC 6750, RFC 9728); undefined where no credentials
 * would help.
 */
export function challengeOf ({ status, code, detail, extensions }: Refused, publicUrl: string): string | undefined {
  const metadata = `resource_metadata="${publicUrl}${SIGN_IN.describe.path}"`
  if (code === 'SCOPE_MISSING') {
    const { scopes } = extensions as { scopes?: readonly string[] }
    return `Bearer error="insufficient_scope", scope="${scopes?.[0] ?? ''}", ${metadata}`
  }
  if (status !== 401) return undefined
  const fault = INVALID_TOKEN.includes(code) ? `error="invalid_token", error_description="${quotable(detail)}", ` : ''
  return `Bearer ${fault}${metadata}, Session`
}

/** RFC 6750 leaves few characters to a description. */
function quotable (text: string): string {
  return text.replaceAll(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, '\'')
}
