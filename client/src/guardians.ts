import type { Guardians } from '@epione/chaincode/model'
import { PublicKey, fromHex, makeBackup, toHex } from '@epione/crypto'
import { identityKeyOf, networkIdHex } from './context.ts'
import type { PatientContext } from './context.ts'
import { ClientError, isClientError, messageOf } from './errors.ts'
import type { GatewayApi } from './gateway-api.ts'
import type { GuardianKey } from './guardian-key.ts'
import type { Escrow } from './lifetime-api.ts'
import { readOwnDirectory } from './patient.ts'
import { readSafety } from './safety.ts'
import { makeStatement } from './statements.ts'
import type { MadeStatement } from './statements.ts'
import { submitAnywhere } from './submit.ts'
import type { Done, Written } from './submit.ts'

export interface GuardiansSet extends Written {
  patientId: string
  issue: number
  threshold: number
  guardians: number
  statementId: string
  /** Organisations that keep the encrypted backup. */
  keptBy: string[]
}

/**
 * Names guardians, or names them anew: splits a fresh recovery key among them, so that shares of earlier issues are of no use any
 * more. The backup of the phrase, encrypted, goes to every hospital that can be reached.
 */
export async function setGuardians (context: PatientContext, phrase: string, { threshold, guardians }: { threshold: number, guardians: readonly GuardianKey[] }): Promise<Done<GuardiansSet>> {
  requireGuardians(context, threshold, guardians)
  const { patientId } = context
  await readOwnDirectory(context)
  const former = (await readSafety(context, patientId)).guardians
  const issue = (former?.body.issue ?? 0) + 1
  const { backup, backupHash, shares } = await makeBackup({ patientId, issue, threshold, guardians: guardians.map((g) => PublicKey.fromHex(g.receivingKey)), phrase })
  const made = makeStatement(context, 'Guardians', {
    patientId,
    issue,
    ...(former === undefined ? {} : { previous: former.id }),
    threshold,
    guardians: shares.map(({ shareHash, sealedHash }, index) => ({ ...keysOf(guardians[index]), shareHash: toHex(shareHash), sealedHash: toHex(sealedHash) })),
    backupHash: toHex(backupHash)
  }, [identityKeyOf(context)])
  const escrow: Escrow = { backup: toHex(backup), shares: shares.map(({ sealed }) => toHex(sealed)) }
  return publish(context, made, escrow)
}

async function publish (context: PatientContext, { id, body, statement }: MadeStatement<'Guardians'>, escrow: Escrow): Promise<Done<GuardiansSet>> {
  const put = (gateway: GatewayApi): ReturnType<GatewayApi['lifetime']['putGuardians']> => gateway.lifetime.putGuardians(context.patientId, statement, escrow, id)
  const keptBy: string[] = []
  const own = describe(body, id)
  const done = await submitAnywhere<Omit<GuardiansSet, 'keptBy'>>(context, {
    statementId: id,
    send: async (gateway) => {
      const { txId, blockNumber } = await put(gateway)
      keptBy.push(gateway.info.mspId)
      return { ...own, txId, ...(blockNumber === undefined ? {} : { blockNumber }) }
    },
    recover: (written) => ({ ...own, ...written })
  })
  const others = context.gateways.all.filter((gateway) => !keptBy.includes(gateway.info.mspId))
  const missing = await Promise.all(others.map(async (gateway) => {
    try {
      await put(gateway)
      keptBy.push(gateway.info.mspId)
      return []
    } catch (error) {
      if (!isClientError(error)) throw error
      return [`${gateway.info.mspId} does not keep the backup: ${messageOf(error)}`]
    }
  }))
  const warnings = [...done.warnings ?? [], ...missing.flat()]
  return { ...done, keptBy: keptBy.sort(), ...(warnings.length === 0 ? {} : { warnings }) }
}

function keysOf (guardian: GuardianKey | undefined): Pick<GuardianKey, 'signingKey' | 'receivingKey'> {
  if (guardian === undefined) throw new TypeError('there are as many shares as guardians')
  return { signingKey: guardian.signingKey, receivingKey: guardian.receivingKey }
}

function describe ({ patientId, issue, threshold, guardians }: Guardians, statementId: string): Omit<GuardiansSet, 'keptBy' | keyof Written> {
  return { patientId, issue, threshold, guardians: guardians.length, statementId }
}

function requireGuardians (context: PatientContext, threshold: number, guardians: readonly GuardianKey[]): void {
  const foreign = guardians.find((g) => g.patientId !== context.patientId || g.networkId !== networkIdHex(context))
  if (foreign !== undefined) throw new ClientError('USAGE', `A guardian's key file is for patient ${foreign.patientId}, not for you: each guardian runs "epione guardian key --patient ${context.patientId}".`)
  if (new Set(guardians.flatMap((g) => [g.signingKey, g.receivingKey])).size !== guardians.length * 2) throw new ClientError('USAGE', 'Name each guardian once.')
  if (threshold < 2 || threshold > guardians.length) throw new ClientError('USAGE', `Choose a threshold from 2 to ${guardians.length}: two guardians at least, so that none of them alone can recover your phrase.`)
  // Throws for a key that is no point before anything is made.
  guardians.forEach((g) => PublicKey.fromBytes(fromHex(g.signingKey)))
}
