import { HANDOVERS_MAX } from '../index.ts'
import { handOverSigner, verifyDirectory } from './directory.ts'
import { Refusal } from './refusal.ts'
import { areSigners } from './signers.ts'
import type { BindingHistory, DeviceState, PatientDirectory } from '../index.ts'
import type { VerifiedDirectory } from './directory.ts'
import type { Subject } from './refusal.ts'
import type { StatementReader } from './statements.ts'

/**
 * Where the statements come from on which others rest: a proxy's own peer, two organisations, or a file of evidence. Nothing in it is
 * trusted.
 */
export interface StatementSource {
  getDirectory: (patientId: string) => Promise<PatientDirectory>
  getBinding: (mspId: string, staffId: string) => Promise<BindingHistory>
  getDevice: (patientId: string, deviceId: string) => Promise<DeviceState>
}

/** What a judgement reads statements from, and with. */
export interface Grounds<S = StatementSource> { source: S, reader: StatementReader }

/**
 * Proves that `patientId` was handed over to `heir`, directly or through others in between, each hand-over signed by the identity
 * keys of both sides and nobody else; the same patient needs none. Returns the directory of `patientId`.
 * @throws {Refusal}
 */
export async function verifyHandOvers (
  patientId: string, heir: VerifiedDirectory, { source, reader }: Grounds<Pick<StatementSource, 'getDirectory'>>, subject: Subject = {
    kind: 'directory',
    name: patientId
  }
): Promise<VerifiedDirectory> {
  const read = async (id: string): Promise<VerifiedDirectory> =>
    id === heir.patientId ? heir : verifyDirectory(await source.getDirectory(id), id, reader)
  const first = await read(patientId)
  let owner = first
  for (let handOvers = 0; owner.patientId !== heir.patientId; handOvers++) {
    const { handOver } = owner
    if (handOver === undefined) throw new Refusal('FOREIGN', subject, 'it is of another patient')
    if (handOvers === HANDOVERS_MAX) {
      throw new Refusal('HANDOVERS_TOO_MANY', subject, `it was handed over more than ${String(HANDOVERS_MAX)} times`)
    }
    const next = await read(handOver.successor)
    const [giver, taker] = [handOverSigner(owner, handOver), handOverSigner(next, handOver)]
    if (giver === undefined || taker === undefined || !areSigners(handOver.signers, [giver, taker])) {
      throw new Refusal('SIGNER_WRONG', subject, 'a hand-over of it is not signed by both sides alone')
    }
    owner = next
  }
  return first
}
