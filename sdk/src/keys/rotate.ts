import type { KeyDirectory } from '@epione/protocol'
import type { VerifiedDirectory } from '@epione/protocol/verify'
import { identityKeyOf } from '../context/context.ts'
import type { PatientContext } from '../context/context.ts'
import { categoryOfLabel, readDirectory, requireCategory } from './directory.ts'
import { findKeyNumber, findOwnKeys } from './own-keys.ts'
import { activatePending } from './activation.ts'
import { readOwnDirectory } from './patient.ts'
import { makeStatement, requireMaySay } from '../context/statements.ts'
import { ensureSearchKeys } from '../search/search-keys.ts'
import { submitAnywhere } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'

export interface RotationWanted {
  /** Categories whose epoch is raised; none when absent and something else is rotated, else all. */
  categories?: readonly string[]
  kfragSigning?: boolean
  /** The new identity key counts only after the network's wait, in which it can be stopped. */
  identity?: boolean
}

export interface Rotated extends Written {
  patientId: string
  version: number
  statementId: string
  /** Categories with their new epochs. */
  raised: Array<{ category: string, epoch: number }>
  identityNumber: number
  kfragSigningNumber: number
  /** Set when the version waits for this time (ms): `activateKeys` puts it in force then. */
  activeFrom?: number
}

/**
 * Publishes the next version of the own directory with new keys of the phrase. Older consents go on for what was written
 * before; new records are sealed to the new epochs, and `rewrapRecords` brings older ones over.
 */
export async function rotateKeys (context: PatientContext, wanted: RotationWanted = {}): Promise<Done<Rotated>> {
  requireMaySay(context, 'KeyDirectory')
  const { patientId, keys } = context
  const directory = await readOwnDirectory(context)
  const numbers = nextNumbers(context, directory, wanted)
  const { compartments, raised } = raiseEpochs(context, directory, wanted)
  const [current, next] = [identityKeyOf(context), keys.identity(numbers.identity)]
  const { newest, versions } = directory
  const { id, body, statement } = makeStatement(context, 'KeyDirectory', {
    patientId,
    version: newest.version + 1,
    ...(versions.at(-1) === undefined ? {} : { previous: versions.at(-1)?.id ?? '' }),
    identityKey: next.publicKey().toHex(),
    kfragSigningKey: keys.kfragSigning(numbers.kfragSigning).publicKey().toHex(),
    compartments,
    ...(newest.custodian === undefined ? {} : { custodian: newest.custodian })
  }, [current, ...(wanted.identity === true ? [next] : [])])
  const own = {
    patientId,
    version: body.version,
    statementId: id,
    raised,
    identityNumber: numbers.identity,
    kfragSigningNumber: numbers.kfragSigning
  }
  const done = await submitAnywhere<Rotated>(context, {
    statementId: id,
    send: async (gateway) => ({ ...await gateway.lifetime.publishDirectory(patientId, statement, id), ...own }),
    recover: (written) => ({ ...own, ...written })
  })
  await ensureSearchKeys(context, raised.map(({ category }) => category))
  if (wanted.identity !== true) return done
  const { pending } = await readDirectory(context, patientId)
  return pending?.id === id ? { ...done, activeFrom: pending.activeFrom } : done
}

function nextNumbers (
  context: PatientContext,
  directory: VerifiedDirectory,
  { identity, kfragSigning }: RotationWanted
): { identity: number, kfragSigning: number } {
  const numbers = findOwnKeys(directory, context.keys)
  // A key whose change was stopped is not tried again.
  const waiting = directory.pending === undefined
    ? undefined
    : findKeyNumber((n) => context.keys.identity(n), directory.pending.body.identityKey)
  return {
    identity: identity === true ? Math.max(numbers.identity, waiting ?? 0) + 1 : numbers.identity,
    kfragSigning: kfragSigning === true ? numbers.kfragSigning + 1 : numbers.kfragSigning
  }
}

function raiseEpochs (
  { keys }: PatientContext,
  { newest }: VerifiedDirectory,
  { categories, identity, kfragSigning }: RotationWanted
): { compartments: KeyDirectory['compartments'], raised: Rotated['raised'] } {
  const isAll = categories === undefined && identity !== true && kfragSigning !== true
  const chosen = new Set((categories ?? []).map(requireCategory))
  const raised: Rotated['raised'] = []
  const compartments = newest.compartments.map((compartment) => {
    const category = categoryOfLabel(keys, compartment.label)
    if (category === undefined || !(isAll || chosen.has(category))) return compartment
    const epoch = compartment.epoch + 1
    raised.push({ category, epoch })
    return { ...compartment, epoch, key: keys.compartment(category, epoch).publicKey().toHex() }
  })
  return { compartments, raised }
}

export interface Activated { patientId: string, version: number, identityNumber: number, txId?: string, blockNumber?: number }

/**
 * Puts a waiting change of the identity key in force, or takes it up where another device or a hospital did. Needs no signature: the
 * version was signed when it was proposed. @throws {ClientError} REFUSED (CHANGE_PENDING, CHANGE_STOPPED, CHANGE_UNKNOWN)
 */
export async function activateKeys (context: PatientContext): Promise<Activated> {
  const { patientId, keys } = context
  const before = await readDirectory(context, patientId)
  const taken = findOwnKeys(before, keys)
  if (taken.identity !== (context.identityNumber ?? 1)) return { patientId, version: before.newest.version, identityNumber: taken.identity }
  const { directory: after, written } = await activatePending(context, before)
  return { patientId, version: after.newest.version, identityNumber: findOwnKeys(after, keys).identity, ...written }
}
