/** Contract and transaction names as they cross the peer: `Contract:Transaction`. Only `chaincode/client` writes them into a call. */
export const TRANSACTIONS = {
  policyFound: 'Policy:Found',
  policyGet: 'Policy:Get',
  directoryPublish: 'Directory:Publish',
  directoryGetPatient: 'Directory:GetPatient',
  directoryBind: 'Directory:Bind',
  directoryGetBinding: 'Directory:GetBinding',
  directoryRegisterProxy: 'Directory:RegisterProxy',
  directoryGetProxies: 'Directory:GetProxies',
  directoryFindStatement: 'Directory:FindStatement',
  recordsRegister: 'Records:Register',
  recordsGet: 'Records:Get',
  recordsListByPatient: 'Records:ListByPatient',
  consentsGrant: 'Consents:Grant',
  consentsRevoke: 'Consents:Revoke',
  consentsConfirmCustody: 'Consents:ConfirmCustody',
  consentsConfirmDestruction: 'Consents:ConfirmDestruction',
  consentsGet: 'Consents:Get',
  consentsListByPatient: 'Consents:ListByPatient',
  consentsListByGrantee: 'Consents:ListByGrantee',
  accessRequest: 'Access:Request',
  accessGet: 'Access:Get',
  accessListByPatient: 'Access:ListByPatient',
  accessListByActor: 'Access:ListByActor',
  accessListByTime: 'Access:ListByTime',
  accessRecordRelease: 'Access:RecordRelease',
  accessAccuse: 'Access:Accuse',
  accessListAccusations: 'Access:ListAccusations'
} as const

/** Names of the chaincode events; each transaction emits at most one, and its payload is the JSON of the stored object. */
export const LEDGER_EVENTS = {
  networkFounded: 'NetworkFounded',
  directoryPublished: 'DirectoryPublished',
  keyBound: 'KeyBound',
  proxyRegistered: 'ProxyRegistered',
  recordRegistered: 'RecordRegistered',
  consentGranted: 'ConsentGranted',
  consentRevoked: 'ConsentRevoked',
  custodyConfirmed: 'CustodyConfirmed',
  kfragsDestroyed: 'KfragsDestroyed',
  accessDecided: 'AccessDecided',
  cfragsReleased: 'CfragsReleased',
  proxyAccused: 'ProxyAccused'
} as const

export type TransactionName = (typeof TRANSACTIONS)[keyof typeof TRANSACTIONS]
export type LedgerEventName = (typeof LEDGER_EVENTS)[keyof typeof LEDGER_EVENTS]
