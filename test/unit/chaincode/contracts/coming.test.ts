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
/** Never on the ledger. */
const ELSEWHERE: readonly StatementType[] = ['Session', 'WriteCard']

const world = await createMemoryWorld()
const mspId = 'Regional1MSP'
const person = world.memory.portFor({ mspId, staffId: 'staff-1', role: 'physician' })
const registrar = world.memory.portFor({ mspId, staffId: 'registrar', role: 'registrar' })
const gateway = world.memory.portFor({ mspId, staffId: 'gateway', role: 'gateway' })
const portFor = (
  transaction: TransactionName
): typeof person => BY_PERSON.includes(transaction) ? person : BY_REGISTRAR.includes(transaction) ? registrar : gateway
const isWhole = (type: StatementType): boolean => FEATURES.some(({ statement, member }) => statement === type && member === '')

t.test('the ledger takes nothing that no code takes yet, and writes nothing', async (t) => {
  for (const example of COMING_EXAMPLES.filter(({ type }) => !isWhole(type) && !ELSEWHERE.includes(type))) {
    const transaction = TAKES[example.type]
    if (transaction === undefined) throw new Error(`no transaction takes a ${example.type}`)
    const issuedAt = world.now()
    const statement = signExample(example, world.networkId, { issuedAt, submitBefore: issuedAt + 60_000 })
    const height = world.memory.height
    await t.rejects(
      portFor(transaction).submit(transaction, [JSON.stringify(statement)]),
      { code: 'FEATURE_INACTIVE', message: new RegExp(`feature ${example.use.feature}`) },
      example.what
    )
    t.equal(world.memory.height, height)
  }
})

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
