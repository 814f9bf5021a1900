import { CryptoError } from '@epione/crypto'
import type { ChainLink } from '@epione/crypto'
import { checkStatementBody } from '@epione/protocol'
import type { RecordManifest, Rewrap } from '@epione/protocol'
import { describeAuthor } from '@epione/protocol/verify'

/** What a manifest or rewrap says of the entry that came with it. */
export interface IndexNamed { readonly indexKey: string, readonly epoch: number, readonly issue: number, readonly truncated: boolean }

/** Where a link stands: whose chain, of which compartment. */
export interface LinkPlace { readonly writer: string, readonly patientId: string, readonly label: string }

/**
 * What the statement of a link says of its entry; nothing for an `out`. Throws `CHAIN_BROKEN` when the link is not what such a statement
 * appends there: the statement is as the link names it, so that its text is known to be the ledger's.
 */
export function readLinked (text: string, link: ChainLink, place: LinkPlace): IndexNamed | undefined {
  const body = parse(text)
  if (body.recordId !== link.recordId || body.version !== link.version) throw contradicts('it is of another record version')
  if (link.kind === 'in') return readEntry(body, link.entryHash, place)
  if (body.type !== 'Rewrap') throw contradicts('only a rewrap takes a version out')
  return undefined
}

function readEntry (body: RecordManifest | Rewrap, entryHash: string, { writer, patientId, label }: LinkPlace): IndexNamed {
  const author = body.type === 'Rewrap' ? 'patient' : describeAuthor(body.author)
  if (author !== writer) throw contradicts('another author signed it')
  if (body.patientId !== patientId || body.label !== label) throw contradicts('it is of another compartment')
  if (body.index?.hash !== entryHash) throw contradicts('it names another entry')
  const { key: indexKey, issue, truncated } = body.index
  return { indexKey, epoch: body.epoch, issue, truncated }
}

function parse (text: string): RecordManifest | Rewrap {
  const body: unknown = JSON.parse(text)
  const type = typeof body === 'object' && body !== null && 'type' in body ? body.type : undefined
  if (type !== 'RecordManifest' && type !== 'Rewrap') throw contradicts('it is neither manifest nor rewrap')
  return checkStatementBody(type, body)
}

const contradicts = (how: string): CryptoError => new CryptoError('CHAIN_BROKEN', `a link contradicts its statement: ${how}`)
