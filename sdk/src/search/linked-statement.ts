import { CryptoError } from '@epione/crypto'
import type { ChainLink } from '@epione/crypto'

type Members = Readonly<Record<string, unknown>>

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
  if (body['recordId'] !== link.recordId || body['version'] !== link.version) throw contradicts('it is of another record version')
  if (link.kind === 'in') return readEntry(body, link.entryHash, place)
  if (body['type'] !== 'Rewrap') throw contradicts('only a rewrap takes a version out')
  return undefined
}

function readEntry (body: Members, entryHash: string, { writer, patientId, label }: LinkPlace): IndexNamed {
  if (authorOf(body) !== writer) throw contradicts('another author signed it')
  if (body['patientId'] !== patientId || body['label'] !== label) throw contradicts('it is of another compartment')
  const { epoch, index } = body
  if (!isMembers(index) || index['hash'] !== entryHash) throw contradicts('it names another entry')
  const { key: indexKey, issue, truncated } = index
  if (typeof indexKey !== 'string' || typeof issue !== 'number' || typeof epoch !== 'number') throw contradicts('it names no key')
  return { indexKey, epoch, issue, truncated: truncated === true }
}

function authorOf ({ type, author }: Members): string | undefined {
  if (type === 'Rewrap') return 'patient'
  if (!isMembers(author)) return undefined
  const { kind, mspId, staffId } = author
  return kind === 'patient' ? 'patient' : `${String(mspId)}/${String(staffId)}`
}

/**
 * The members of the statement, of which each that is used is looked at: the ledger held the text that the link names against the whole
 * schema, and thousands are read at once.
 */
function parse (text: string): Members {
  try {
    const body: unknown = JSON.parse(text)
    if (isMembers(body) && (body['type'] === 'RecordManifest' || body['type'] === 'Rewrap')) return body
  } catch {
    // As little a statement as any other text that is none.
  }
  throw contradicts('it is neither manifest nor rewrap')
}

const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null

const contradicts = (how: string): CryptoError => new CryptoError('CHAIN_BROKEN', `a link contradicts its statement: ${how}`)
