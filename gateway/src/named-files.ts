import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { nameFile, whyUnreadable } from '@epione/host'
import { ConfigError } from './config.ts'

/** Text of a file that a setting names. @throws {ConfigError} naming setting and file, and what to do; no secret put in its place */
export async function readNamedFile (setting: string, path: string, advice: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new ConfigError([`${nameFile(setting, path)} cannot be read (${whyUnreadable(error)}): ${advice}`])
  }
}

/** Text of a PEM file that begins with a whole certificate. @throws {ConfigError} */
export async function readCertificateFile (setting: string, path: string, advice: string): Promise<string> {
  return await readPemFile(setting, path, { kind: 'certificate', advice, parse: (pem) => new X509Certificate(pem) })
}

/** Text of a PEM file that holds a whole private key. @throws {ConfigError} whose message tells nothing of the key */
export async function readPrivateKeyFile (setting: string, path: string, advice: string): Promise<string> {
  return await readPemFile(setting, path, { kind: 'private key', advice, parse: createPrivateKey })
}

/** JSON of an admin that has a shape. @throws {ConfigError} as `fault` words it */
export async function readDocumentFile<S extends TSchema> (
  path: string, shape: S, fault: (why: string) => ConfigError
): Promise<Static<S>> {
  const text = await readFile(path, 'utf8').catch(() => { throw fault('cannot be read') })
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw fault('is not JSON')
  }
  if (Value.Check(shape, parsed)) return parsed
  const { instancePath = '', message = '' } = Value.Errors(shape, parsed)[0] ?? {}
  throw fault(`does not fit at ${instancePath === '' ? 'its root' : instancePath} (${message})`)
}

async function readPemFile (
  setting: string,
  path: string,
  { kind, advice, parse }: { kind: string, advice: string, parse: (pem: string) => unknown }
): Promise<string> {
  const pem = await readNamedFile(setting, path, advice)
  try {
    parse(pem)
  } catch {
    // The parser's own words are of no use to an admin, and may quote what it read.
    throw new ConfigError([`${setting} ${path} holds no whole ${kind}: ${advice}`])
  }
  return pem
}
