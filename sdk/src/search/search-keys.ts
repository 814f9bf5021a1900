import { fromHex, openFormerSearchKey, PublicKey, sealFormerSearchKey, toHex, wrapHash, wrapSearchKey } from '@epione/crypto'
import type { IndexPlace, SecretKey } from '@epione/crypto'
import { COMPARTMENTS_PER_SEARCH, searchKeyPlace, TIMESTAMP_TOLERANCE_MS } from '@epione/protocol'
import type { SearchKeys } from '@epione/protocol'
import { requireIssues, requireSearchKey, StatementReader, verifySearchKeys } from '@epione/protocol/verify'
import type { Compartment, VerifiedDirectory } from '@epione/protocol/verify'
import type { ClientContext, PatientContext } from '../context/context.ts'
import { identityKeyOf } from '../context/context.ts'
import { judged } from '../context/judge.ts'
import { authorizePatient } from '../context/session.ts'
import { makeStatement, requireMaySay } from '../context/statements.ts'
import { submitAnywhere } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'
import { isClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { pagesOf } from '../gateways/pages.ts'
import { categoryOfLabel } from '../keys/directory.ts'
import { readOwnDirectory } from '../keys/patient.ts'

export type SearchKey = SearchKeys['keys'][number]
type Place = Pick<Compartment, 'label' | 'epoch'>

/** The network has not switched search on. */
const OFF = 'FEATURE_INACTIVE'
/** The same, or another device of this patient came first, with keys of the same phrase. */
const NOT_NOW = ['SEARCH_KEYS_CONFLICT', OFF]

/**
 * All issues of the search key of one compartment and epoch, the oldest first, each signed by the patient; none where none is published.
 * @throws {ClientError} SEARCH_KEYS_INVALID
 */
export async function readIssues (
  context: ClientContext, directory: VerifiedDirectory, { label, epoch }: Place, gateway: GatewayApi = context.gateways.own
): Promise<SearchKey[]> {
  const statements: Parameters<typeof verifySearchKeys>[0][] = []
  for await (const page of pagesOf((cursor) => gateway.search.listKeys(directory.patientId, { label, epoch, cursor }))) {
    statements.push(...page.statements)
  }
  const reader = new StatementReader(context.networkId)
  return judged({ kind: 'gateway', mspId: gateway.info.mspId }, () =>
    requireIssues(statements.map((stored) => verifySearchKeys(stored, directory, reader)), { label, epoch }))
}

/** The newest search key of a patient's compartments and epochs, each signed by the patient. @throws {ClientError} SEARCH_KEYS_INVALID */
export async function readNewestKeys (
  context: ClientContext, directory: VerifiedDirectory, gateway: GatewayApi = context.gateways.own
): Promise<SearchKey[]> {
  return (await readNewestIssues(context, directory, gateway)).map(({ key }) => key)
}

/** The same, each with when the ledger took it (ms). @throws {ClientError} SEARCH_KEYS_INVALID */
export async function readNewestIssues (
  context: ClientContext, directory: VerifiedDirectory, gateway: GatewayApi = context.gateways.own
): Promise<Array<{ key: SearchKey, time: number }>> {
  const pages: Array<Awaited<ReturnType<GatewayApi['search']['listKeys']>>> = []
  for await (const page of pagesOf((cursor) => gateway.search.listKeys(directory.patientId, { cursor }))) pages.push(page)
  const reader = new StatementReader(context.networkId)
  return judged({ kind: 'gateway', mspId: gateway.info.mspId }, () => {
    const proven = pages.flatMap(({ statements }) => statements).map((stored) => verifySearchKeys(stored, directory, reader))
    return pages.flatMap(({ items }) => items).flatMap((item) => {
      const keys = proven.find(({ id }) => id === item.statementId)
      if (keys === undefined) return []
      // Whoever shows it cannot say that the ledger took it before it was signed.
      const time = Math.max(keys.time, keys.body.issuedAt - TIMESTAMP_TOLERANCE_MS)
      return [{ key: requireSearchKey(keys, item), time }]
    })
  })
}

/**
 * The same as two organisations show it: of each compartment the newest issue that either has, since none can be invented, and the earlier
 * time that they say of it, by which more is overdue. Of one where no second can be reached.
 */
export async function readIssuesOfTwo (
  context: ClientContext, directory: VerifiedDirectory
): Promise<Array<{ key: SearchKey, time: number }>> {
  const { answers } = await context.gateways.askTwoReachable((gateway) => readNewestIssues(context, directory, gateway))
  const all = answers.flatMap(({ value }) => value).sort((a, b) => b.key.issue - a.key.issue || a.time - b.time)
  return all.filter(({ key }, index) => all.findIndex((other) => isOfSame(other.key, key)) === index)
}

/** Secrets of all issues, by number, for whoever has that of the newest: each seals the one before. */
export function openIssues (newest: SecretKey, issues: readonly SearchKey[], patientId: string): Map<number, SecretKey> {
  const secrets = new Map<number, SecretKey>()
  let secret = newest
  for (const { label, epoch, issue, former } of issues.toReversed()) {
    secrets.set(issue, secret)
    const before = issues.find((other) => other.issue === issue - 1)
    if (former === undefined || before === undefined) break
    secret = openFormerSearchKey(
      fromHex(former), secret, PublicKey.fromHex(before.key), { patientId, label: fromHex(label), epoch, issue }
    )
  }
  return secrets
}

export interface SearchKeysPublished extends Written {
  statementId: string
  keys: Array<{ category: string, epoch: number, issue: number }>
}

/** Publishes the first issue for those of the own newest compartments, or of some categories, that have none. */
export async function ensureSearchKeys (
  context: PatientContext, categories?: readonly string[]
): Promise<Done<SearchKeysPublished> | undefined> {
  return (await readyOwnKeys(context, categories)).done
}

/** The own directory, and the newest search key of each compartment, those that are published now included. */
export interface ReadyKeys { readonly directory: VerifiedDirectory, readonly keys: readonly SearchKey[] }

/** `ensureSearchKeys` for whoever goes on with the keys: each is read once. */
export async function readyOwnKeys (
  context: PatientContext, categories?: readonly string[]
): Promise<ReadyKeys & { done: Done<SearchKeysPublished> | undefined }> {
  const readKnown = async (directory: VerifiedDirectory): Promise<SearchKey[]> =>
    (await context.gateways.askFirstReachable((gateway) => readNewestKeys(context, directory, gateway))).value
  return await publishIssues(context, categories, { isDue: (newest) => newest === undefined, readKnown })
}

/** Publishes the next issue for categories that have one: what is indexed from now on opens with no key that was given before. */
export async function raiseSearchKeys (
  context: PatientContext, categories: readonly string[]
): Promise<Done<SearchKeysPublished> | undefined> {
  const readKnown = async (directory: VerifiedDirectory): Promise<SearchKey[]> =>
    (await readIssuesOfTwo(context, directory)).map(({ key }) => key)
  return (await publishIssues(context, categories, { isDue: (newest) => newest !== undefined, readKnown })).done
}

interface Publishing {
  isDue: (newest: SearchKey | undefined) => boolean
  readKnown: (directory: VerifiedDirectory) => Promise<SearchKey[]>
}

async function publishIssues (
  context: PatientContext, categories: readonly string[] | undefined, { isDue, readKnown }: Publishing
): Promise<ReadyKeys & { done: Done<SearchKeysPublished> | undefined }> {
  requireMaySay(context, 'SearchKeys')
  const directory = await readOwnDirectory(context)
  const known = await readKnown(directory)
  const due = directory.newest.compartments.flatMap((compartment): DueKey[] => {
    const category = categoryOfLabel(context.keys, compartment.label)
    const newest = known.find((key) => isOfSame(key, compartment))
    const isWanted = category !== undefined && (categories?.includes(category) ?? true) && isDue(newest)
    return isWanted ? [{ category, compartment, issue: (newest?.issue ?? 0) + 1 }] : []
  }).slice(0, COMPARTMENTS_PER_SEARCH)
  if (due.length === 0) return { directory, keys: known, done: undefined }
  const made = due.map((one) => makeKey(context, one))
  try {
    const done = await submitKeys(context, directory, due, made)
    const keys = made.map(({ key }) => key)
    return { directory, keys: [...known.filter((key) => !keys.some((other) => isOfSame(key, other))), ...keys], done }
  } catch (error) {
    // A key that another device published first is as good; an issue that it raised first may be of before what this one is raised for.
    const harmless = due.every(({ issue }) => issue === 1) ? NOT_NOW : [OFF]
    if (isClientError(error, 'REFUSED') && harmless.some((code) => code === error.details['gatewayCode'])) {
      return { directory, keys: await readKnown(directory), done: undefined }
    }
    throw error
  }
}

const isOfSame = (left: Place, right: Place): boolean => left.label === right.label && left.epoch === right.epoch

interface DueKey { category: string, compartment: Compartment, issue: number }

async function submitKeys (
  context: PatientContext, directory: VerifiedDirectory, due: readonly DueKey[], made: ReadonlyArray<ReturnType<typeof makeKey>>
): Promise<Done<SearchKeysPublished>> {
  const { id, statement } = makeStatement(context, 'SearchKeys', {
    patientId: context.patientId, directoryVersion: directory.newest.version, keys: made.map(({ key }) => key)
  }, [identityKeyOf(context)])
  const own = {
    statementId: id, keys: due.map(({ category, compartment: { epoch }, issue }) => ({ category, epoch, issue }))
  }
  return await submitAnywhere<SearchKeysPublished>(context, {
    statementId: id,
    send: async (gateway) => {
      const { txId, blockNumber } = await gateway.search.publishKeys(statement, made.map(({ wrap }) => wrap), id, authorizePatient(context))
      return { ...own, txId, blockNumber }
    },
    recover: (written) => ({ ...own, ...written })
  })
}

function makeKey (
  { keys, patientId, networkId }: PatientContext, { category, compartment: { label, epoch, key: delegatingKey }, issue }: DueKey
): { key: SearchKey, wrap: string } {
  const secret = keys.search(category, epoch, issue)
  const wrapPlace = searchKeyPlace(networkId, patientId, { label, epoch, issue })
  const wrap = wrapSearchKey(PublicKey.fromHex(delegatingKey), secret, wrapPlace)
  const place: IndexPlace = { patientId, label: fromHex(label), epoch, issue }
  const former = issue === 1 ? undefined : sealFormerSearchKey(keys.search(category, epoch, issue - 1), secret.publicKey(), place)
  return {
    key: {
      label,
      epoch,
      issue,
      key: secret.publicKey().toHex(),
      wrapHash: toHex(wrapHash(wrap, wrapPlace)),
      ...(former === undefined ? {} : { former: toHex(former) })
    },
    wrap: toHex(wrap)
  }
}
