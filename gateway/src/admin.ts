import { parseArgs } from 'node:util'
import { guardOutput, isUsage } from '@epione/host'
import { createDevIssuer, createDevToken } from './admin/dev-issuer.ts'
import { ConfigError, readConfig } from './config.ts'
import { printNetworkDocument, signNetwork } from './admin/network-document.ts'
import { loadOrCreateProxyKeys } from './proxy/proxy-keys.ts'

const USAGE = `usage: node gateway/dist/admin.js COMMAND, with the environment of the gateway
  proxy-keys    make the proxy's keys if absent; print the public ones as JSON
  dev-issuer    make a token issuer for the local network if absent
  dev-token --subject SUBJECT --scope "SCOPE ..." [--expires-in SECONDS]
                print a bearer token of that issuer
  openapi       print the OpenAPI document (needs no environment)
  network-document --description FILE
                print the network document of a description, and its hash (needs no environment)
  sign-network --document FILE --key FILE
                print the signature of an admin's key over a network document that is to be founded (needs no environment)
`

const DEFAULT_TOKEN_LIFE_SECONDS = '3600'

/** One command of the operator; prints its result and nothing else on standard output. */
async function main (args: string[]): Promise<string> {
  const { positionals: [command], values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      subject: { type: 'string' },
      scope: { type: 'string' },
      'expires-in': { type: 'string' },
      description: { type: 'string' },
      document: { type: 'string' },
      key: { type: 'string' }
    }
  })
  switch (command) {
    case 'proxy-keys': return await printProxyKeys()
    case 'dev-issuer': return JSON.stringify({ created: await createDevIssuer(readConfig(process.env).oidc.jwksUrl) })
    case 'dev-token': return await printToken(values.subject, values.scope, values['expires-in'])
    case 'openapi': return await printOpenapi()
    case 'network-document': return JSON.stringify(await printNetworkDocument(requireFile(values.description)))
    case 'sign-network': return JSON.stringify(await signNetwork(requireFile(values.document), requireFile(values.key)))
    default: throw new ConfigError([USAGE])
  }
}

/** The document needs the whole app, which the other commands, run at each `up`, should not wait for. */
async function printOpenapi (): Promise<string> {
  const { createOpenapiDocument } = await import('./admin/openapi.ts')
  return JSON.stringify(await createOpenapiDocument(), null, 2)
}

async function printProxyKeys (): Promise<string> {
  const { encryption, signing } = await loadOrCreateProxyKeys(readConfig(process.env).dataDir)
  return JSON.stringify({ encryptionKey: encryption.publicKey().toHex(), signingKey: signing.publicKey().toHex() })
}

async function printToken (
  subject: string | undefined,
  scope: string | undefined,
  expiresIn = DEFAULT_TOKEN_LIFE_SECONDS
): Promise<string> {
  if (subject === undefined || subject === '' || scope === undefined || scope === '' || !/^[1-9][0-9]{0,8}$/.test(expiresIn)) {
    throw new ConfigError([USAGE])
  }
  return await createDevToken({ ...readConfig(process.env).oidc, subject, scope, expiresInSeconds: Number(expiresIn) })
}

function requireFile (path: string | undefined): string {
  if (path === undefined || path === '') throw new ConfigError([USAGE])
  return path
}

guardOutput(process, ({ message }) => {
  process.stderr.write(`OUTPUT_FAILED: the answer cannot be written: ${message}; what was asked for is done\n`)
})
main(process.argv.slice(2)).then((output) => { process.stdout.write(`${output}\n`) }, (error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'unknown failure'}\n`)
  process.exitCode = error instanceof ConfigError || isUsage(error) ? 2 : 1
})
