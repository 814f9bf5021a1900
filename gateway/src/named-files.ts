import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { ConfigError } from './config.ts'

/** Text of a file that a setting names. @throws {ConfigError} naming setting and file, and what to do */
export async function readNamedFile (setting: string, path: string, advice: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new ConfigError([`${setting} ${path} cannot be read (${reasonOf(error)}): ${advice}`])
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

function reasonOf (error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
