import { createReadStream } from 'node:fs'
import { readSignedCall } from '@epione/ledger/audit'
import type { VerifyOptions } from '@epione/ledger/proof'
import { ClientError, messageOf, parseHandedOn } from '@epione/sdk'
import { verifyExport } from '@epione/sdk/exports'
import type { ExportVerdict } from '@epione/sdk/exports'
import { readText } from '../files.ts'
import type { CommandRun } from './run.ts'

interface ExportedFile { file: string, manifest: string, proofs: VerifyOptions }

/** Verifies an exported file by its manifest and the network document of --network or of this home: no gateway is asked. */
export async function verifyExported (run: CommandRun, { file, manifest, proofs }: ExportedFile): Promise<ExportVerdict> {
  const { document } = await run.loadNetwork()
  return await verifyExport({
    file: () => readFile(file),
    manifest: parseHandedOn(await readText(manifest), manifest),
    document,
    openCall: (envelope) => readSignedCall(Buffer.from(envelope, 'base64')),
    proofs
  })
}

async function * readFile (path: string): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield * createReadStream(path) as AsyncIterable<Uint8Array>
  } catch (error) {
    throw new ClientError('FILE_UNREADABLE', `${path} cannot be read: ${messageOf(error)}`, { path }, { cause: error })
  }
}
