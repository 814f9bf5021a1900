import type { VerifiedRecord } from '@epione/protocol/verify'
import type { PatientContext } from '../context/context.ts'
import { authorizePatient } from '../context/session.ts'
import { isClientError } from '../errors.ts'
import { readThrough } from '../files/read-through.ts'
import { ContentKeywords } from '../search/content-keywords.ts'
import type { IndexTerms } from '../search/found-keywords.ts'
import { openTo } from './open-content.ts'

/**
 * What finds a record version, read of its content again: an entry under other keys cannot be made of the former one, which holds no
 * keyword. Nothing where no hospital gives the content whole.
 */
export async function readTerms (
  context: PatientContext, manifest: VerifiedRecord, contentKey: Uint8Array
): Promise<IndexTerms | undefined> {
  const { recordId, version } = manifest.body
  try {
    return await context.gateways.serveInTurn(context.gateways.all, async (gateway) => {
      const keywords = new ContentKeywords()
      const ciphertext = await gateway.downloadContent(recordId, version, undefined, authorizePatient(context))
      const to = { write: async (pieces: AsyncIterable<Uint8Array>) => { await readThrough(keywords.through(pieces)) } }
      await openTo({ manifest, contentKey, ciphertext, servedBy: gateway.info.mspId, to })
      return await keywords.terms()
    })
  } catch (error) {
    if (isClientError(error)) return undefined
    throw error
  }
}
