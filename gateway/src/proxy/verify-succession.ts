import { HANDOVERS_MAX } from '@epione/chaincode/model'
import type { LedgerView } from './ledger-view.ts'
import { unproven } from './statement-reader.ts'
import type { StatementReader } from './statement-reader.ts'
import { verifyDirectory } from './verify-directory.ts'

interface Context { ledger: Pick<LedgerView, 'getDirectory'>, reader: StatementReader }

/**
 * Proves that `patientId` was handed over to `heir`, directly or through others in between: each `Succession` is signed by
 * the identity keys of both sides. @throws {GatewayError} STATEMENT_UNPROVEN
 */
export async function verifySuccession ({ ledger, reader }: Context, patientId: string, heir: string): Promise<void> {
  let owner = patientId
  for (let handovers = 0; owner !== heir; handovers++) {
    if (handovers === HANDOVERS_MAX) throw unproven(`patient ${patientId} was handed over more than ${HANDOVERS_MAX} times`)
    owner = await verifyHandover({ ledger, reader }, owner)
  }
}

/** Whom a patient id was handed over to. */
async function verifyHandover ({ ledger, reader }: Context, patientId: string): Promise<string> {
  const directory = await ledger.getDirectory(patientId)
  if (directory.succession === undefined) throw unproven(`patient ${patientId} was not handed over`)
  const succession = reader.readStored('Succession', directory.succession)
  const { successor } = succession.body
  if (succession.body.patientId !== patientId) throw unproven(`the succession shown for patient ${patientId} is another's`)
  const sides = [verifyDirectory(directory, patientId, reader), verifyDirectory(await ledger.getDirectory(successor), successor, reader)]
  const { time } = directory.succession
  if (!sides.every((side) => side.hasSigned(succession, time))) throw unproven(`the succession of patient ${patientId} is not signed by both patients`)
  return successor
}
