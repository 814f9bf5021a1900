import { AccessContract } from './contracts/access.ts'
import { AnchorsContract } from './contracts/anchors.ts'
import { ConsentsContract } from './contracts/consents.ts'
import { DepartmentsContract } from './contracts/departments.ts'
import { DevicesContract } from './contracts/devices.ts'
import { DirectoryContract } from './contracts/directory.ts'
import { EmergenciesContract } from './contracts/emergencies.ts'
import { NetworkContract } from './contracts/network.ts'
import { RecordsContract } from './contracts/records.ts'
import { RecoveryContract } from './contracts/recovery.ts'
import { SearchContract } from './contracts/search.ts'
import { completeMetadata } from './metadata.ts'
import { quietShim } from './quiet-shim.ts'
import type { LedgerContract } from './contracts/ledger-contract.ts'

quietShim()
completeMetadata()

/** The contracts that `fabric-chaincode-node server` serves: one class per aggregate. */
export const contracts: (new () => LedgerContract)[] = [
  NetworkContract, DirectoryContract, DepartmentsContract, RecoveryContract, RecordsContract, ConsentsContract, AccessContract,
  DevicesContract, SearchContract, EmergenciesContract, AnchorsContract
]
export { LedgerContext } from './contracts/context.ts'
export { LedgerContract } from './contracts/ledger-contract.ts'
export { LedgerError } from '@epione/protocol'
