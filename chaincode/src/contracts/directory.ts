import { Info, Returns, Transaction } from 'fabric-contract-api'
import { LedgerError } from '../errors.ts'
import { FORMER_KEYS_MAX, Hash, LEDGER_EVENTS, LEDGER_KEYS, PatientId, Person, ProxyRegistration, VERSIONS_MAX } from '../model/index.ts'
import { checkArgument, parseArgument } from './arguments.ts'
import { requireAdmin, requireMember, requirePerson, requireRole } from './authorization.ts'
import { LedgerContext } from './context.ts'
import { loadDirectory } from './directory-heads.ts'
import { checkDirectoryKeys, checkFirstDirectory, checkNextDirectory, parseKey } from './directory-rules.ts'
import { LedgerContract } from './ledger-contract.ts'
import { readAll } from './pages.ts'
import { toResult } from './result.ts'
import { acceptStatement, requireSigners, storeReceipt } from './statement-acceptance.ts'
import { parseValue } from './state-store.ts'
import type { BindingHistory, LedgerKey, PatientDirectory, ProxyState, StatementReceipt, StoredStatement } from '../model/index.ts'
import type { BindingHead, DirectoryHead } from './stored.ts'

@Info({ title: 'Directory', description: 'Public keys of patients, practitioners and proxies' })
export class DirectoryContract extends LedgerContract {
  constructor () {
    super('Directory')
  }

  /** A patient's first directory comes through a registration desk, every later one through any hospital. */
  @Transaction()
  @Returns('string')
  async Publish (ctx: LedgerContext, statement: string): Promise<string> {
    await requireRole(ctx, 'gateway', 'registrar')
    const accepted = await acceptStatement(ctx, 'KeyDirectory', statement)
    const { body, id, stored } = accepted
    const head = await ctx.state.get<DirectoryHead>(LEDGER_KEYS.directoryHead(body.patientId))
    checkDirectoryKeys(body)
    if (body.version === 1) {
      await requireRole(ctx, 'registrar')
      if (head !== undefined) throw new LedgerError('PATIENT_EXISTS', `Patient ${body.patientId} has a directory; follow version ${String(head.version)}.`)
      checkFirstDirectory(body, ctx.creator.mspId)
    } else {
      checkNextDirectory(body, head ?? await loadDirectory(ctx, body.patientId))
    }
    // A later version keeps the identity key of the one before, so this is the key in force either way.
    requireSigners(accepted, [body.identityKey], 'the patient\'s identity key')
    const { patientId, version, identityKey, kfragSigningKey, compartments, custodian } = body
    const next: DirectoryHead = { version, statementId: id, identityKey, kfragSigningKey, compartments, ...(custodian !== undefined && { custodian }) }
    await ctx.state.put(LEDGER_KEYS.directory(patientId, version), stored)
    await ctx.state.put(LEDGER_KEYS.directoryHead(patientId), next)
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.directoryPublished, stored)
  }

  @Transaction(false)
  @Returns('string')
  async GetPatient (ctx: LedgerContext, patientId: string): Promise<string> {
    await requireMember(ctx)
    const versions = await readStatements(ctx, LEDGER_KEYS.directories(checkArgument(PatientId, patientId, 'a patient id')))
    if (versions.length === 0) throw new LedgerError('PATIENT_UNKNOWN', `No directory of patient ${patientId} is on the ledger.`)
    return toResult({ patientId, versions } satisfies PatientDirectory)
  }

  /** Binds a person's workstation keys, by that person; a new request key is vouched for by the one before. */
  @Transaction()
  @Returns('string')
  async Bind (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'KeyBinding', statement)
    const { body: { mspId, staffId, version, receivingKey, requestKey }, id, stored } = accepted
    await requirePerson(ctx, { mspId, staffId })
    const head = await ctx.state.get<BindingHead>(LEDGER_KEYS.bindingHead(mspId, staffId))
    const formerVersion = head?.version ?? 0
    if (version !== formerVersion + 1) throw new LedgerError('BINDING_CONFLICT', `Bind version ${String(formerVersion + 1)} of the keys of ${mspId}/${staffId}.`)
    if (version > VERSIONS_MAX) throw new LedgerError('BINDING_CONFLICT', `A person binds keys at most ${String(VERSIONS_MAX)} times.`)
    if (requestKey === receivingKey) throw new LedgerError('STATEMENT_INVALID', 'Bind two keys: one that signs requests, one that receives answers.')
    requireSigners(accepted, [requestKey, receivingKey, ...(head === undefined ? [] : [head.requestKey])], 'both keys and the request key bound before')
    const next: BindingHead = { version, statementId: id, receivingKey, requestKey }
    await ctx.state.put(LEDGER_KEYS.binding(mspId, staffId, version), stored)
    await ctx.state.put(LEDGER_KEYS.bindingHead(mspId, staffId), next)
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.keyBound, stored)
  }

  @Transaction(false)
  @Returns('string')
  async GetBinding (ctx: LedgerContext, mspId: string, staffId: string): Promise<string> {
    await requireMember(ctx)
    const person = checkArgument(Person, { mspId, staffId }, 'a person')
    const versions = await readStatements(ctx, LEDGER_KEYS.bindings(person.mspId, person.staffId))
    if (versions.length === 0) throw new LedgerError('BINDING_MISSING', `${mspId}/${staffId} has bound no keys.`)
    return toResult({ mspId, staffId, versions } satisfies BindingHistory)
  }

  @Transaction()
  @Returns('string')
  async RegisterProxy (ctx: LedgerContext, registration: string): Promise<string> {
    await requireAdmin(ctx)
    const { encryptionKey, signingKey, gatewayUrl } = parseArgument(ProxyRegistration, registration, 'the registration')
    const { mspId } = ctx.creator
    const former = await ctx.state.get<ProxyState>(LEDGER_KEYS.proxy(mspId))
    parseKey(encryptionKey)
    parseKey(signingKey)
    const keys = former === undefined ? [] : [former.signingKey, ...former.formerSigningKeys]
    const formerSigningKeys = [...new Set(keys)].filter((k) => k !== signingKey).slice(0, FORMER_KEYS_MAX)
    const proxy: ProxyState = { mspId, encryptionKey, signingKey, formerSigningKeys, gatewayUrl, txId: ctx.txId, time: ctx.time }
    await ctx.state.put(LEDGER_KEYS.proxy(mspId), proxy)
    return ctx.emit(LEDGER_EVENTS.proxyRegistered, proxy)
  }

  @Transaction(false)
  @Returns('string')
  async GetProxies (ctx: LedgerContext): Promise<string> {
    await requireMember(ctx)
    const entries = await readAll(ctx.stub, LEDGER_KEYS.proxies())
    return toResult(entries.map((e) => parseValue(e.value) as ProxyState))
  }

  /** Where a statement was accepted, or `null`: how a submitter settles doubt without submitting again. */
  @Transaction(false)
  @Returns('string')
  async FindStatement (ctx: LedgerContext, statementId: string): Promise<string> {
    await requireMember(ctx)
    const receipt = await ctx.state.get<StatementReceipt>(LEDGER_KEYS.statement(checkArgument(Hash, statementId, 'a statement id')))
    return receipt === undefined ? 'null' : toResult(receipt)
  }
}

async function readStatements (ctx: LedgerContext, prefix: LedgerKey): Promise<StoredStatement[]> {
  const entries = await readAll(ctx.stub, prefix)
  return entries.map((e) => parseValue(e.value) as StoredStatement)
}
