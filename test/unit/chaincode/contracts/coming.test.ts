import t from 'tap'
import { FEATURES, TRANSACTIONS } from '@epione/protocol'
import type { StatementType, TransactionName } from '@epione/protocol'
import { COMING_EXAMPLES, signExample } from '../../../helpers/features.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

const T = TRANSACTIONS
/** Transactions that take a statement. */
const TAKES: Partial<Record<StatementType, TransactionName>> = {
  KeyDirectory: T.directoryPublish,
  KeyBinding: T.directoryBind,
  Succession: T.directorySucceed,
  Representation: T.directoryRepresent,
  RepresentationEnd: T.directoryEndRepresentation,
  Guardians: T.recoveryPublishGuardians,
  RecoveryRequest: T.recoveryRequest,
  RecoveryStop: T.recoveryStop,
  Freeze: T.recoveryFreeze,
  Unfreeze: T.recoveryUnfreeze,
  RecordManifest: T.recordsRegister,
  Rewrap: T.recordsRewrap,
  Erasure: T.recordsErase,
  Withdrawal: T.recordsWithdraw,
  Consent: T.consentsGrant,
  Revocation: T.consentsRevoke,
  Prohibition: T.consentsForbid,
  CustodyConfirmation: T.consentsConfirmCustody,
  Destruction: T.consentsConfirmDestruction,
  AccessRequest: T.accessRequest,
  ReleaseReceipt: T.accessRecordRelease
}
/** These a person submits, the others a gateway, or a registrar. */
const BY_PERSON: readonly TransactionName[] = [T.directoryBind, T.accessRequest]
const BY_REGISTRAR: readonly TransactionName[] = [T.directoryRepresent]

const world = await createMemoryWorld()
const mspId = 'Regional1MSP'
const person = world.memory.portFor({ mspId, staffId: 'staff-1', role: 'physician' })
const registrar = world.memory.portFor({ mspId, staffId: 'registrar', role: 'registrar' })
const gateway = world.memory.portFor({ mspId, staffId: 'gateway', role: 'gateway' })
const portFor = (
  transaction: TransactionName
): typeof person => BY_PERSON.includes(transaction) ? person : BY_REGISTRAR.includes(transaction) ? registrar : gateway
const isWhole = (type: StatementType): boolean => FEATURES.some(({ statement, member }) => statement === type && member === '')

t.test('a statement to come is refused whichever transaction it is sent to', async (t) => {
  for (const example of COMING_EXAMPLES.filter(({ type }) => isWhole(type))) {
    for (const transaction of Object.values(TAKES)) {
      const statement = signExample(example, world.networkId)
      await t.rejects(
        portFor(transaction).submit(transaction, [JSON.stringify(statement)]),
        { code: 'FEATURE_INACTIVE' },
        `${example.what} to ${transaction}`
      )
    }
  }
})
