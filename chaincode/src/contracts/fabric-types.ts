import type { Context } from 'fabric-contract-api'

/** Fabric's types by way of its contract API, the package that contracts depend on. */
export type ChaincodeStub = Context['stub']
export type ClientIdentity = Context['clientIdentity']
export type StatePage = Awaited<ReturnType<ChaincodeStub['getStateByPartialCompositeKeyWithPagination']>>
