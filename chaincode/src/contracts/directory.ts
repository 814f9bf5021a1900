import { Info, Returns, Transaction } from 'fabric-contract-api'
import {
  certifiedOf, FORMER_KEY_KEPT_MS, FORMER_KEYS_MAX, Hash, InPersonRepresentationEnd, LEDGER_EVENTS, LEDGER_KEYS, LedgerError, PatientId,
  Person, ProxyRegistration, StaffSuspension, VERSIONS_MAX
} from '@epione/protocol'
import { checkArgument, parseArgument } from './arguments.ts'
import { requireOffice, requireOrganization, requirePerson } from './authorization.ts'
import { LedgerContext } from './context.ts'
import { changeDelegates, isDelegateKey } from './delegates.ts'
import { completeDirectory, loadBinding, loadDirectory, loadVersions, putVersion, readStatements } from './directory-heads.ts'
import { checkBoundKeys, checkDirectoryKeys, checkFirstDirectory, checkIdentityKey, checkNextDirectory, parseKey } from './directory-rules.ts'
import { proposeChange, takePending } from './identity-changes.ts'
import { LedgerContract } from './ledger-contract.ts'
import { readAll } from './pages.ts'
import { addRepresentation, loadRepresentation, putEnd, readActs } from './representations.ts'
import { toResult } from './result.ts'
import { putStanding, requireActive } from './standing.ts'
import { acceptStatement, findReceipt, requireSigners, storeReceipt } from './statement-acceptance.ts'
import { parseValue } from './state-store.ts'
import { loadSuspensions, refuseOwnEnd, requireInForce, suspend } from './suspensions.ts'
import type { BindingHistory, ProxyState, Stop } from '@epione/protocol'
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
    const accepted = await acceptStatement(ctx, 'KeyDirectory', statement)
    const { body, stored } = accepted
    const head = await ctx.state.get<DirectoryHead>(LEDGER_KEYS.directoryHead(body.patientId))
    checkDirectoryKeys(body)
    if (body.version === 1) {
      requireOffice(ctx, 'registrar')
      if (head !== undefined) {
        throw new LedgerError('PATIENT_EXISTS', `Patient ${body.patientId} has a directory; follow version ${String(head.version)}.`)
      }
      checkFirstDirectory(body, ctx.creator.mspId)
    } else {
      checkNextDirectory(body, head ?? await loadDirectory(ctx, body.patientId), Buffer.byteLength(stored.statement.body))
      await requireActive(ctx, body.patientId)
    }
    const identityKey = head?.identityKey ?? body.identityKey
    if (identityKey !== body.identityKey) checkIdentityKey(body, await loadVersions(ctx, body.patientId, body.version - 1))
    // The new key signs too, so that nobody claims a key that is not theirs.
    requireSigners(
      accepted,
      [identityKey, body.identityKey],
      identityKey === body.identityKey ? 'the patient\'s identity key' : 'the present and the new identity key'
    )
    await storeReceipt(ctx, accepted)
    if (identityKey !== body.identityKey) {
      await proposeChange(ctx, accepted)
      return ctx.emit(LEDGER_EVENTS.identityChangeProposed, stored)
    }
    await putVersion(ctx, stored)
    return ctx.emit(LEDGER_EVENTS.directoryPublished, stored)
  }

  /** Puts a version with a new identity key in force, once it has waited unstopped. Anybody's hospital may say so. */
  @Transaction()
  @Returns('string')
  async Activate (ctx: LedgerContext, patientId: string): Promise<string> {
    await loadDirectory(ctx, checkArgument(PatientId, patientId, 'a patient id'))
    await requireActive(ctx, patientId)
    const activated = await takePending(ctx, patientId)
    await putVersion(ctx, activated)
    return ctx.emit(LEDGER_EVENTS.directoryPublished, activated)
  }

  /** Hands a patient id over to another one, for good: its consents and prohibitions end, its records wait for the successor's rewraps. */
  @Transaction()
  @Returns('string')
  async Succeed (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'Succession', statement)
    const { body: { patientId, successor }, stored } = accepted
    if (patientId === successor) throw new LedgerError('STATEMENT_INVALID', 'Name another patient id as successor.')
    const [former, next] = [await loadDirectory(ctx, patientId), await loadDirectory(ctx, successor)]
    requireSigners(accepted, [former.identityKey, next.identityKey], 'the identity keys of both patient ids')
    await requireActive(ctx, patientId)
    await requireActive(ctx, successor)
    await putStanding(ctx, patientId, { succeededBy: successor })
    await ctx.state.put(LEDGER_KEYS.succession(patientId), stored)
    await ctx.state.mark(LEDGER_KEYS.predecessor(successor, patientId))
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.patientSucceeded, stored)
  }

  /**
   * A registrar confirms that somebody acts for the patient, as both signed. Of a provisional patient it is the custodian's own, whose key
   * speaks for the patient.
   */
  @Transaction()
  @Returns('string')
  async Represent (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'Representation', statement)
    const { body: { patientId, representativeKey }, stored } = accepted
    const directory = await loadDirectory(ctx, patientId)
    if (directory.custodian !== undefined) requireOrganization(ctx, directory.custodian)
    requireSigners(accepted, [directory.identityKey, representativeKey], 'the patient\'s identity key and the representative\'s key')
    await requireActive(ctx, patientId)
    if (await isDelegateKey(ctx, patientId, representativeKey)) {
      throw new LedgerError('REPRESENTATION_CONFLICT', 'Make a new key for a new representation: this one is or was a limited key.')
    }
    await addRepresentation(ctx, accepted, directory)
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.representationConfirmed, stored)
  }

  /** The patient ends a representation, also one that has not arrived yet, or the representative does. The first end stays. */
  @Transaction()
  @Returns('string')
  async EndRepresentation (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'RepresentationEnd', statement)
    const { body: { patientId, representationId }, signers, stored } = accepted
    const { identityKey } = await loadDirectory(ctx, patientId)
    if (signers.join() !== identityKey) {
      const { key } = await loadRepresentation(ctx, patientId, representationId)
      requireSigners(accepted, [key], 'the patient\'s identity key, or the representative\'s own')
      await readActs(ctx, patientId, representationId)
    }
    await storeReceipt(ctx, accepted)
    return await endRepresentation(ctx, patientId, representationId, { statement: stored })
  }

  /** The registrar of the hospital that confirmed it ends it: for an infant, or whoever appears in person. */
  @Transaction()
  @Returns('string')
  async EndRepresentationInPerson (ctx: LedgerContext, end: string): Promise<string> {
    const { patientId, representationId } = parseArgument(InPersonRepresentationEnd, end, 'the end of the representation')
    await loadDirectory(ctx, patientId)
    requireOrganization(ctx, (await loadRepresentation(ctx, patientId, representationId)).submittedBy)
    await readActs(ctx, patientId, representationId)
    const { mspId, staffId } = ctx.creator
    return await endRepresentation(ctx, patientId, representationId, { inPerson: { mspId, staffId, txId: ctx.txId, time: ctx.time } })
  }

  /** The patient names a limited key, ends one, or both; such a key ends itself. */
  @Transaction()
  @Returns('string')
  async Delegate (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'Delegate', statement)
    const { counts, isNew } = await changeDelegates(ctx, accepted, await loadDirectory(ctx, accepted.body.patientId))
    await storeReceipt(ctx, accepted)
    return isNew ? ctx.emit(LEDGER_EVENTS.delegateChanged, counts) : toResult(counts)
  }

  @Transaction(false)
  @Returns('string')
  async GetPatient (ctx: LedgerContext, patientId: string): Promise<string> {
    return toResult(await completeDirectory(ctx, checkArgument(PatientId, patientId, 'a patient id')))
  }

  /** Binds a person's workstation keys, by that person; a new request key is vouched for by the one before. */
  @Transaction()
  @Returns('string')
  async Bind (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'KeyBinding', statement)
    const { body: { mspId, staffId, version, receivingKey, requestKey, envelopeKey }, id, stored } = accepted
    requirePerson(ctx, { mspId, staffId })
    const ended = (await loadSuspensions(ctx, { mspId, staffId })).map(({ target }) => target)
    const head = await ctx.state.get<BindingHead>(LEDGER_KEYS.bindingHead(mspId, staffId))
    // A key that ended vouches for no other: its person comes back under a new enrolment.
    const former = head === undefined ? [] : [head.requestKey]
    requireInForce(ctx, ended, [requestKey, receivingKey, ...former, ...(envelopeKey === undefined ? [] : [envelopeKey])])
    const formerVersion = head?.version ?? 0
    if (version !== formerVersion + 1) {
      throw new LedgerError('BINDING_CONFLICT', `Bind version ${String(formerVersion + 1)} of the keys of ${mspId}/${staffId}.`)
    }
    if (version > VERSIONS_MAX) throw new LedgerError('BINDING_CONFLICT', `A person binds keys at most ${String(VERSIONS_MAX)} times.`)
    checkBoundKeys(accepted.body)
    requireSigners(
      accepted,
      [requestKey, receivingKey, ...former],
      'both keys and the request key bound before'
    )
    const next: BindingHead = {
      version,
      statementId: id,
      receivingKey,
      requestKey,
      ...(envelopeKey !== undefined && { envelopeKey }),
      ...certifiedOf(ctx.creator),
      ...(ended.length > 0 && { ended })
    }
    await ctx.state.put(LEDGER_KEYS.binding(mspId, staffId, version), stored)
    await ctx.state.put(LEDGER_KEYS.bindingHead(mspId, staffId), next)
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.keyBound, stored)
  }

  /** A person ends themself, a certificate or a key, by the request key that is bound. Anybody's hospital may bring it. */
  @Transaction()
  @Returns('string')
  async Suspend (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'Suspension', statement)
    const { body: { mspId, staffId, target, cause }, stored } = accepted
    const head = await loadBinding(ctx, { mspId, staffId })
    requireSigners(accepted, [head.requestKey], 'the request key that is bound')
    const own = { mspId, staffId, target, cause, txId: ctx.txId, time: ctx.time, by: { statement: stored } }
    await storeReceipt(ctx, accepted)
    return await suspend(ctx, own, head)
  }

  /** A registrar ends a member of the own staff, a certificate or a key of theirs, whether or not they have bound keys. */
  @Transaction()
  @Returns('string')
  async SuspendStaff (ctx: LedgerContext, suspension: string): Promise<string> {
    const { staffId, target, cause } = parseArgument(StaffSuspension, suspension, 'the suspension')
    const { mspId, staffId: registrar } = ctx.creator
    refuseOwnEnd(ctx, { staffId, target })
    const head = await ctx.state.get<BindingHead>(LEDGER_KEYS.bindingHead(mspId, staffId))
    return await suspend(ctx, { mspId, staffId, target, cause, txId: ctx.txId, time: ctx.time, by: { registrar } }, head)
  }

  @Transaction(false)
  @Returns('string')
  async GetBinding (ctx: LedgerContext, mspId: string, staffId: string): Promise<string> {
    const person = checkArgument(Person, { mspId, staffId }, 'a person')
    const versions = await readStatements(ctx, LEDGER_KEYS.bindings(person.mspId, person.staffId))
    if (versions.length === 0) throw new LedgerError('BINDING_MISSING', `${mspId}/${staffId} has bound no keys.`)
    const suspensions = await loadSuspensions(ctx, person)
    return toResult({ mspId, staffId, versions, ...(suspensions.length > 0 && { suspensions }) } satisfies BindingHistory)
  }

  @Transaction()
  @Returns('string')
  async RegisterProxy (ctx: LedgerContext, registration: string): Promise<string> {
    const { encryptionKey, signingKey, gatewayUrl } = parseArgument(ProxyRegistration, registration, 'the registration')
    const { mspId } = ctx.creator
    const former = await ctx.state.get<ProxyState>(LEDGER_KEYS.proxy(mspId))
    parseKey(encryptionKey)
    parseKey(signingKey)
    const formerSigningKeys = formerKeys(former, signingKey, ctx.time)
    const conviction = former?.conviction
    const registered = { mspId, encryptionKey, signingKey, formerSigningKeys, gatewayUrl, txId: ctx.txId, time: ctx.time }
    const proxy: ProxyState = { ...registered, ...(conviction !== undefined && { conviction }) }
    await ctx.state.put(LEDGER_KEYS.proxy(mspId), proxy)
    return ctx.emit(LEDGER_EVENTS.proxyRegistered, proxy)
  }

  @Transaction(false)
  @Returns('string')
  async GetProxies (ctx: LedgerContext): Promise<string> {
    const entries = await readAll(ctx.stub, LEDGER_KEYS.proxies())
    return toResult(entries.map((e) => parseValue(e) as ProxyState))
  }

  /** Where a statement was accepted, or `null`: how a submitter settles doubt without submitting again. */
  @Transaction(false)
  @Returns('string')
  async FindStatement (ctx: LedgerContext, statementId: string): Promise<string> {
    const receipt = await findReceipt(ctx, checkArgument(Hash, statementId, 'a statement id'))
    return receipt === undefined ? 'null' : toResult(receipt)
  }
}

/**
 * Keys that signed before, newest first, each once and without the present one. Who changes the key again and again makes none of them
 * forgotten at once: it may have signed what somebody accuses. @throws {LedgerError} ARGUMENT_INVALID
 */
function formerKeys (former: ProxyState | undefined, signingKey: string, until: number): ProxyState['formerSigningKeys'] {
  if (former === undefined) return []
  const keys = [...(former.signingKey === signingKey ? [] : [{ key: former.signingKey, until }]), ...former.formerSigningKeys]
    .filter(({ key }, index, all) => key !== signingKey && all.findIndex((other) => other.key === key) === index)
  if (keys.slice(FORMER_KEYS_MAX).some((dropped) => dropped.until > until - FORMER_KEY_KEPT_MS)) {
    throw new LedgerError('ARGUMENT_INVALID', `Change a proxy's signing key ${String(FORMER_KEYS_MAX)} times in 30 days at most, and keep this one.`)
  }
  return keys.slice(0, FORMER_KEYS_MAX)
}

async function endRepresentation (ctx: LedgerContext, patientId: string, representationId: string, end: Stop): Promise<string> {
  const { entry, isFirst } = await putEnd(ctx, patientId, representationId, end)
  return isFirst ? ctx.emit(LEDGER_EVENTS.representationEnded, entry) : toResult(entry)
}
