import type { RecordReader } from '@epione/protocol'
import type { RecordReaders } from '@epione/protocol/api'
import type { PatientContext, TokenContext } from '../context/context.ts'
import { authorizeAs } from '../context/session.ts'
import { ClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { readPages } from '../gateways/pages.ts'
import { askOwnOrTwo, withWarnings } from '../gateways/say-alike.ts'

export interface ReadersWanted {
  recordId: string
  /** The newest when absent. */
  version?: number
  /** The last block that counts; all when absent. */
  block?: number
}

export interface ReadersListed extends Omit<RecordReaders, 'next'> {
  /** Organisations that say so. */
  askedMspIds: string[]
  warnings?: string[]
}

/**
 * Who can read a record version, of everybody to whom its patient consented, now or with a block as the newest. To an auditor their own
 * hospital says so, to a patient two. @throws {ClientError} NOT_FOUND, ANSWER_MALFORMED
 */
export async function listReaders (context: PatientContext | TokenContext, wanted: ReadersWanted): Promise<ReadersListed> {
  const ask = async (gateway: GatewayApi): Promise<RecordReaders> => readAll(gateway, wanted, context)
  const said = await askOwnOrTwo(context, ask, ({ items: ours }, { items: theirs }) => {
    const differs = differences(ours, theirs)
    return differs.length === 0 ? '' : `otherwise of consents ${differs.join(', ')}`
  })
  if (said === undefined) throw new ClientError('NOT_FOUND', `No hospital shows you a record ${wanted.recordId}.`, { ...wanted })
  return withWarnings(said)
}

async function readAll (
  gateway: GatewayApi,
  { recordId, ...query }: ReadersWanted,
  context: PatientContext | TokenContext
): Promise<RecordReaders> {
  let first: RecordReaders | undefined
  const items = await readPages(async (cursor) => {
    const page = await gateway.listReaders(recordId, { ...query, cursor }, authorizeAs(context))
    first ??= page
    return page
  })
  if (first?.recordId !== recordId || (query.version ?? first.version) !== first.version) throw malformed(gateway)
  const { next: _, ...answer } = first
  return { ...answer, items }
}

function malformed ({ info: { mspId } }: GatewayApi): ClientError {
  return new ClientError('ANSWER_MALFORMED', `${mspId} answers for another record than the one that was asked for.`, {
    party: { kind: 'gateway', mspId }
  })
}

/** Consents of which two hospitals do not say the same. */
function differences (ours: readonly RecordReader[], theirs: readonly RecordReader[]): string[] {
  const say = ({ consentId, action, purpose, outcome }: RecordReader): string => [consentId, action, purpose, outcome].join(' ')
  const [one, two] = [new Set(ours.map(say)), new Set(theirs.map(say))]
  const different = [...ours.filter((reader) => !two.has(say(reader))), ...theirs.filter((reader) => !one.has(say(reader)))]
  return [...new Set(different.map(({ consentId }) => consentId))]
}
