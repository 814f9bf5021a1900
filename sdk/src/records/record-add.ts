import { recordPlace, sizeClassOf } from '@epione/protocol'
import type { MediaClass, RecordManifest, RecordState } from '@epione/protocol'
import { createWrap, PublicKey, toHex, wrapHash } from '@epione/crypto'
import type { SecretKey } from '@epione/crypto'
import { describeAuthor, verifyRecord } from '@epione/protocol/verify'
import type { Compartment, VerifiedDirectory, VerifiedRecord } from '@epione/protocol/verify'
import { cardKeyOf, compartmentOfCard, openCard, requireCardKey } from '../keys/card.ts'
import type { CardKey } from '../keys/card.ts'
import { identityKeyOf } from '../context/context.ts'
import type { PatientContext, PractitionerContext } from '../context/context.ts'
import { readDirectory, requireCategory } from '../keys/directory.ts'
import { ClientError, isClientError } from '../errors.ts'
import { ContentKeywords } from '../search/content-keywords.ts'
import type { IndexTerms } from '../search/found-keywords.ts'
import { makeEntry, summarizeEntry } from '../search/make-entry.ts'
import type { EntrySummary, MadeEntry } from '../search/make-entry.ts'
import { parseKeywords } from '../search/query.ts'
import { readNewestKeys, readyOwnKeys } from '../search/search-keys.ts'
import type { SearchKey } from '../search/search-keys.ts'
import { withEntryIfOn } from '../search/switched-on.ts'
import { withFreshEntry } from './fresh-entry.ts'
import { judged } from '../context/judge.ts'
import { ownCompartment } from '../keys/own-keys.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import { namingWinner, overtaken } from './record-conflict.ts'
import { requireLive } from './record-state.ts'
import { requireOwnBinding } from '../keys/practitioner.ts'
import { gatewayOf, ledgerGrounds } from './record-read.ts'
import { authorizeAs } from '../context/session.ts'
import { makeStatement } from '../context/statements.ts'
import { submitThroughOwn } from '../context/submit.ts'
import { together } from '../gateways/together.ts'
import type { RecordAdded } from './record-added.ts'
import { sealAndStore } from './seal-and-store.ts'
import type { SealedContent } from './seal-and-store.ts'
import type { Registration, UploadSpool } from './upload-spool.ts'
import type { Done } from '../context/submit.ts'

export interface NewRecord {
  source: AsyncIterable<Uint8Array>
  category: string
  mediaClass: MediaClass
  /** Text of the patient's write card; a practitioner needs it, a patient does not. */
  card?: string
  /** Adds a version to this record of the same author instead of a new record; with `version`: only if that is still the newest. */
  amends?: { recordId: string, version?: number }
  /** Id of a new record (16 bytes, hex) where its author must know it before, or find it again; drawn when absent. */
  recordId?: string
  /** Other records of the patient that this one replaces, adds to or was made from, as its author says. */
  relatesTo?: RecordManifest['relatesTo']
  /** `false`: no index entry is made, so that no search finds it. */
  indexed?: boolean
  /** Keywords that somebody names, beside those of the content (docs/protocol.md, "Keywords"): words, or `field:value`. */
  keywords?: readonly string[]
  /** Keeps the sealed content until it is registered, so that the upload goes on where it broke off, also in another process. */
  spool?: UploadSpool
  /** Called with the plaintext bytes sealed so far. */
  onProgress?: (bytes: number) => void
}

interface Target {
  patientId: string
  compartment: Compartment
  former: VerifiedRecord | undefined
  directory: VerifiedDirectory
  /** Search keys as they were read a moment ago; an entry that is refused as outdated is made with keys read anew. */
  searchKeys?: readonly SearchKey[] | undefined
  /** The search key of the compartment that the write card names. */
  cardKey?: CardKey | undefined
}
interface Author { signingKey: SecretKey, author: RecordManifest['author'] }

/**
 * Seals a record while it is read, streams the ciphertext to the own gateway in constant memory, compares the gateway's CID
 * and hash with its own, and registers the signed manifest. The compartment key is checked up to the patient id first.
 */
export async function addRecord (context: PatientContext | PractitionerContext, record: NewRecord): Promise<Done<RecordAdded>> {
  const category = requireCategory(record.category)
  const target = await findTarget(context, record)
  const named = (record.keywords ?? []).flatMap(parseKeywords)
  const keywords = record.indexed === false ? undefined : new ContentKeywords()
  const version = (target.former?.body.version ?? 0) + 1
  const { signingKey } = authorOf(context)
  const { registration, ...sealed } = await sealAndStore(context, { ...record, version, signingKey, keywords })
  const before = registration === undefined ? undefined : await sendAgain(context, registration)
  if (before !== undefined) {
    await record.spool?.drop()
    return before
  }
  const terms = await keywords?.terms(named)
  const add = async (off: boolean): Promise<Done<RecordAdded>> => await namingWinner(context, target, async () => await withFreshEntry(() =>
    register(context, { ...record, category, terms, off }, target, sealed)))
  const added = await withEntryIfOn(context, () => add(false), () => add(true))
  await record.spool?.drop()
  return added
}

interface Said extends Pick<NewRecord, 'category' | 'mediaClass' | 'relatesTo' | 'spool'> {
  terms: IndexTerms | undefined
  /** Whether the network takes no entries. */
  off: boolean
}

/** Wraps the content key, seals the index entry, signs the manifest and registers all of it. */
async function register (
  context: PatientContext | PractitionerContext,
  { category, mediaClass, relatesTo, terms, off, spool }: Said,
  target: Target,
  { contentKey, spooled, ...stored }: SealedContent
): Promise<Done<RecordAdded>> {
  const { signingKey, author } = authorOf(context)
  const { recordId, version } = stored
  const place = recordPlace(context.networkId, { recordId, version, author })
  const wrap = createWrap(PublicKey.fromHex(target.compartment.key), contentKey, place)
  const { made, summary } = off ? NOT_ON : await indexFor(context, target, { recordId, version }, terms)
  const { id, statement } = makeStatement(context, 'RecordManifest', {
    recordId,
    version,
    ...(target.former === undefined ? {} : { previous: target.former.id }),
    patientId: target.patientId,
    author,
    label: target.compartment.label,
    epoch: target.compartment.epoch,
    contentHash: stored.contentHash,
    sizeClass: sizeClassOf(stored.sealedBytes),
    cid: stored.cid,
    wrapHash: toHex(wrapHash(wrap, place)),
    mediaClass,
    ...(relatesTo === undefined ? {} : { relatesTo }),
    ...(made === undefined ? {} : { index: made.index })
  }, [signingKey])
  const own = { ...stored, manifestId: id, patientId: target.patientId, category, index: summary }
  const sealed = { wrap: toHex(wrap), ...(made === undefined ? {} : { entry: made.entry }) }
  const registration: Registration = { statement, own, sealed }
  // The same statement again after whatever happens: it counts once.
  if (spooled !== undefined) await spool?.keep({ ...spooled, registration })
  return await submitRegistration(context, registration)
}

async function submitRegistration (
  context: PatientContext | PractitionerContext, { statement, own, sealed }: Registration
): Promise<Done<RecordAdded>> {
  return submitThroughOwn<RecordAdded>(context, {
    statementId: own.manifestId,
    send: async (gateway) => {
      const { txId, blockNumber, copies, ...echo } = await gateway.registerRecord(statement, sealed, own.manifestId, authorizeAs(context))
      if (echo.recordId !== own.recordId || echo.version !== own.version || echo.manifestId !== own.manifestId) {
        throw new ClientError('ECHO_MISMATCH', 'The gateway answers with another record than was registered.', {
          party: { kind: 'gateway', mspId: gateway.info.mspId }
        })
      }
      return { ...own, copies, txId, blockNumber }
    },
    recover: (written) => ({ ...own, copies: [], ...written })
  })
}

/** What a former attempt signed is sent as it is; undefined when it is refused now, so that it is made anew. */
async function sendAgain (
  context: PatientContext | PractitionerContext, registration: Registration
): Promise<Done<RecordAdded> | undefined> {
  try {
    return await submitRegistration(context, registration)
  } catch (error) {
    if (!isClientError(error, 'REFUSED') && !isClientError(error, 'RECORD_CONFLICT')) throw error
    return undefined
  }
}

const NOT_ON: { made?: MadeEntry, summary: EntrySummary } = { summary: { notIndexed: 'search-off' } }

/** The entry for the newest issue; none where none is wanted, or the patient has published no search key for the compartment. */
async function indexFor (
  context: PatientContext | PractitionerContext,
  target: Target,
  of: { recordId: string, version: number },
  terms: IndexTerms | undefined
): Promise<{ made?: MadeEntry, summary: EntrySummary }> {
  if (terms === undefined) return { summary: { notIndexed: 'not-wanted' } }
  const { patientId, directory, compartment: { label, epoch }, cardKey } = target
  const known = target.searchKeys ?? await readNewestKeys(context, directory)
  // Another attempt is made because these were outdated, perhaps.
  target.searchKeys = undefined
  const newest = known.find((key) => key.label === label && key.epoch === epoch)
  requireCardKey(patientId, cardKey, newest)
  if (newest === undefined) return { summary: { notIndexed: 'no-search-key' } }
  return { made: makeEntry(context.keys, patientId, newest, of, terms), summary: summarizeEntry(newest.issue, terms) }
}

async function findTarget (context: PatientContext | PractitionerContext, { category, card, amends, indexed }: NewRecord): Promise<Target> {
  if (context.role === 'patient') {
    const own = readOwnKeys(context, { category, indexed })
    const [{ directory, keys: searchKeys }, shown] = await together(own, readFormer(context, amends))
    return {
      patientId: context.patientId,
      directory,
      searchKeys,
      compartment: ownCompartment(context, directory, category),
      former: await proveFormer(context, shown, directory, amends)
    }
  }
  if (card === undefined) throw new ClientError('USAGE', 'A practitioner needs the patient\'s write card: --card FILE.')
  const opened = openCard(context, card)
  const [, directory, shown] = await together(
    requireOwnBinding(context), readDirectory(context, opened.patientId), readFormer(context, amends)
  )
  const compartment = compartmentOfCard(opened, directory, category)
  const former = await proveFormer(context, shown, directory, amends)
  return { patientId: opened.patientId, directory, compartment, former, cardKey: cardKeyOf(opened, compartment) }
}

/** The own directory; with the search keys, and one for the category, where a record is to be found. */
async function readOwnKeys (
  context: PatientContext, { category, indexed }: { category: string, indexed: boolean | undefined }
): Promise<{ directory: VerifiedDirectory, keys?: readonly SearchKey[] }> {
  return indexed === false ? { directory: await readOwnDirectory(context) } : await readyOwnKeys(context, [requireCategory(category)])
}

async function readFormer (
  context: PatientContext | PractitionerContext,
  amends: NewRecord['amends']
): Promise<RecordState | undefined> {
  return amends === undefined ? undefined : context.gateways.own.getRecord(amends.recordId, undefined, authorizeAs(context))
}

async function proveFormer (
  context: PatientContext | PractitionerContext,
  shown: RecordState | undefined,
  directory: VerifiedDirectory,
  amends: NewRecord['amends']
): Promise<VerifiedRecord | undefined> {
  if (shown === undefined) return undefined
  const former = await judged(gatewayOf(context.gateways.own.info), () => verifyRecord(shown, directory, ledgerGrounds(context)))
  if (describeAuthor(former.body.author) !== describeAuthor(authorOf(context).author)) {
    throw new ClientError('REFUSED', `Only its author adds a version to record ${shown.recordId}.`)
  }
  requireLive(former)
  if (amends?.version !== undefined && amends.version !== former.body.version) throw overtaken(former)
  return former
}

function authorOf (context: PatientContext | PractitionerContext): Author {
  if (context.role === 'patient') return { signingKey: identityKeyOf(context), author: { kind: 'patient' } }
  return { signingKey: context.keys.requestSigning(context.keyNumber), author: { kind: 'practitioner', ...context.person } }
}
