import type { Command } from 'commander'
import type { Act } from './act.ts'

/** A command of the first level. Its options, its commands and the code behind them load when it is named. */
export interface Room {
  /** Name and operands, as a person writes them. */
  usage: string
  description: string
  load: () => Promise<(command: Command, act: Act) => void>
}

export const ROOMS: readonly Room[] = [
  {
    usage: 'unlock',
    description: 'keep this home\'s keys at hand for a time, so that commands need no pass-phrase',
    load: async () => (await import('./unlock.ts')).addUnlock
  },
  {
    usage: 'lock',
    description: 'forget the keys that unlock keeps at hand, before their time',
    load: async () => (await import('./unlock.ts')).addLock
  },
  {
    usage: 'login',
    description: 'sign in at the hospital\'s identity provider, in a browser or by a key of a program of the hospital',
    load: async () => (await import('./login.ts')).addLogin
  },
  {
    usage: 'logout',
    description: 'end the sign-in of this home, here and at the identity provider',
    load: async () => (await import('./login.ts')).addLogout
  },
  {
    usage: 'token',
    description: 'print a token of whoever is signed in, for other programs',
    load: async () => (await import('./login.ts')).addToken
  },
  {
    usage: 'patient',
    description: 'a patient\'s own keys',
    load: async () => (await import('./patient.ts')).addPatientCommands
  },
  {
    usage: 'delegate',
    description: 'limited keys of a patient, which see the log, revoke and freeze',
    load: async () => (await import('./delegate.ts')).addDelegateCommands
  },
  {
    usage: 'representative',
    description: 'who acts for a patient, a parent for an infant',
    load: async () => (await import('./representative.ts')).addRepresentativeCommands
  },
  {
    usage: 'practitioner',
    description: 'a practitioner at a workstation; enroll is the hospital admin\'s',
    load: async () => (await import('./practitioner.ts')).addPractitionerCommands
  },
  {
    usage: 'department',
    description: 'the members of a department and the key that they share',
    load: async () => (await import('./department.ts')).addDepartmentCommands
  },
  {
    usage: 'record',
    description: 'sealed records',
    load: async () => (await import('./record.ts')).addRecordCommands
  },
  {
    usage: 'device',
    description: 'devices that write to a patient\'s file, at the patient\'s side and at the device\'s',
    load: async () => (await import('./device.ts')).addDeviceCommands
  },
  {
    usage: 'stream',
    description: 'what devices measured',
    load: async () => (await import('./stream.ts')).addStreamCommands
  },
  {
    usage: 'search <query>',
    description: 'find record versions by keyword, for example "code:loinc|4548-4 AND date:2024..2026 NOT smoker"; nobody learns what for',
    load: async () => (await import('./search.ts')).addSearch
  },
  {
    usage: 'index',
    description: 'what searches find: entries of own records, and the keys they are made for',
    load: async () => (await import('./search.ts')).addIndexCommands
  },
  {
    usage: 'consent',
    description: 'a patient\'s consents',
    load: async () => (await import('./consent.ts')).addConsentCommands
  },
  {
    usage: 'prohibition',
    description: 'what a patient forbids, whatever consents say',
    load: async () => (await import('./prohibition.ts')).addProhibitionCommands
  },
  {
    usage: 'access',
    description: 'a practitioner\'s access to records',
    load: async () => (await import('./access.ts')).addAccessCommands
  },
  {
    usage: 'emergency',
    description: 'breaking the glass: keys, deposits, boxes and their review',
    load: async () => (await import('./emergency.ts')).addEmergencyCommands
  },
  {
    usage: 'open <event>',
    description: 'open permitted records: every proxy\'s answer, the manifest and the content are proven first',
    load: async () => (await import('./access.ts')).addOpen
  },
  {
    usage: 'sync',
    description: 'move records out of the hospital\'s existing systems, sealed; again it moves what changed',
    load: async () => (await import('./sync.ts')).addSyncCommands
  },
  {
    usage: 'deliver <event>',
    description: 'open what a permit names into the own FHIR server, each with its Provenance, once',
    load: async () => (await import('./deliver.ts')).addDeliver
  },
  {
    usage: 'audit',
    description: 'the access log',
    load: async () => (await import('./audit.ts')).addAuditCommands
  },
  {
    usage: 'policy',
    description: 'the consortium\'s policy: what it is, what another would change, and agreeing on it as admins of members',
    load: async () => (await import('./policy.ts')).addPolicyCommands
  },
  {
    usage: 'verify <file>',
    description: 'verify the proof of an event, or an exported file by its manifest: from the file alone, and a proof on the chain with --rpc',
    load: async () => (await import('./proof.ts')).addVerify
  },
  {
    usage: 'verify-evidence <file>',
    description: 'judge the evidence of an opening that failed, without network, and name the party whose step failed first',
    load: async () => (await import('./audit.ts')).addVerifyEvidence
  },
  {
    usage: 'guardian',
    description: 'guarding another person\'s phrase, from any home with keys',
    load: async () => (await import('./guardian.ts')).addGuardianCommands
  },
  {
    usage: 'recovery',
    description: 'getting a lost phrase back with the help of guardians',
    load: async () => (await import('./recovery.ts')).addRecoveryCommands
  },
  {
    usage: 'signal',
    description: 'files of measurements: convert, analyse, draw, check by rules',
    load: async () => (await import('./signal.ts')).addSignalCommands
  },
  {
    usage: 'fhir',
    description: 'serve FHIR R4 to programs of the hospital, on this machine: sealed and opened here, each reading logged',
    load: async () => (await import('./fhir.ts')).addFhir
  },
  {
    usage: 'portal',
    description: 'serve the installed pages to your browser on this machine, and pass on to the hospitals of the network',
    load: async () => (await import('./portal.ts')).addPortal
  }
]
