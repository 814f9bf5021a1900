import { parseArgs } from 'node:util'
import { guardOutput, isUsage } from '@epione/host'
import { ConfigError, readConfig } from './config.ts'
import { printNetworkDocument, signNetwork, verifyFoundingFile } from './admin/network-document.ts'
import { loadOrCreateProxyKeys } from './proxy/proxy-keys.ts'

const USAGE = `usage: epione-gateway COMMAND (node gateway/dist/admin.js), with the environment of the gateway
  proxy-keys    make the proxy's keys if absent; print the public ones as JSON
  staff (--subject NAME | --staff ID)
                print whom the gateway enrolled under this name of the identity provider, or this id, while it runs or not
  verify-projection
                compare the read model with the ledger, while the gateway runs or not; print the first difference, and end with 1 if there is one
  rebuild-projection
                make the read model anew from block 0, all of it or nothing; on SQLite the gateway must be stopped
  openapi       print the OpenAPI document (needs no environment)
  network-document --description FILE
                print the network document of a description, and its hash (needs no environment)
  sign-network --description FILE --hash HASH --key FILE
                print the signature of an admin's key over the network document of a description, if it has that hash (needs no environment)
  verify-founding --description FILE --document FILE
                print the hash of the network document of a description, if a file has it with the signatures of all members (needs no environment)
`

/** One command of the operator; prints its result and nothing else on standard output. */
async function main (args: string[]): Promise<string> {
  const { positionals: [command], values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      description: { type: 'string' },
      document: { type: 'string' },
      hash: { type: 'string' },
      key: { type: 'string' },
      subject: { type: 'string' },
      staff: { type: 'string' }
    }
  })
  switch (command) {
    case 'proxy-keys': return await printProxyKeys()
    case 'staff': return JSON.stringify(await printStaff(values))
    case 'verify-projection': return await printComparison()
    case 'rebuild-projection': return JSON.stringify(await (await import('./admin/verify-projection.ts')).rebuildProjection(process.env))
    case 'openapi': return await printOpenapi()
    case 'network-document': return JSON.stringify(await printNetworkDocument(requireFile(values.description)))
    case 'sign-network': return JSON.stringify(await signNetwork(requireFile(values.description), requireFile(values.hash), requireFile(values.key)))
    case 'verify-founding': return JSON.stringify(await verifyFoundingFile(requireFile(values.description), requireFile(values.document)))
    default: throw new ConfigError([USAGE])
  }
}

/** The document needs the whole app, which the other commands, run at each `up`, should not wait for. */
async function printOpenapi (): Promise<string> {
  const { createOpenapiDocument } = await import('./admin/openapi.ts')
  return JSON.stringify(await createOpenapiDocument(), null, 2)
}

async function printComparison (): Promise<string> {
  const { verifyProjection } = await import('./admin/verify-projection.ts')
  const comparison = await verifyProjection(process.env)
  if (comparison.difference !== null) process.exitCode = 1
  return JSON.stringify(comparison)
}

async function printStaff ({ subject, staff }: { subject?: string | undefined, staff?: string | undefined }): Promise<object> {
  if ((subject === undefined) === (staff === undefined)) throw new ConfigError([USAGE])
  return await (await import('./admin/staff.ts')).findStaff(process.env, { subject, staffId: staff })
}

async function printProxyKeys (): Promise<string> {
  const { encryption, signing } = await loadOrCreateProxyKeys(readConfig(process.env).dataDir)
  return JSON.stringify({ encryptionKey: encryption.publicKey().toHex(), signingKey: signing.publicKey().toHex() })
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
