import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { NetworkFile } from '../../network/render/network-file.ts'
import { SCOPES } from './sign-in.ts'
import { Party } from './epione.ts'

/** The people of the story; each has a folder, a pass-phrase and, where they are staff, a token of their own hospital. */
export interface Cast {
  patient: Party
  /** Physician of the first (core) hospital, who writes the record. */
  author: Party
  /** Physician of the second hospital, who wants to read it. */
  reader: Party
  auditor: Party
  readerId: string
  /** As the reader would tell the patient in person. */
  readerFingerprint: string
}

export interface Stage {
  stateDir: string
  folder: string
  home: string
  readerHospital: string
  /** Clinicians' keys are kept at hand from the first; whoever asks for it ends with `lock`. */
  unlocked?: boolean
}

/** Enrols staff with their hospitals' CAs, gives each a seed phrase of their own, and binds the clinicians' keys on the ledger. */
export async function assembleCast (stage: Stage): Promise<Cast> {
  const run = randomBytes(4).toString('hex')
  const [author, reader, auditor] = await Promise.all([
    hire(stage, stage.home, `author-${run}`, 'physician', SCOPES.clinician),
    hire(stage, stage.readerHospital, `reader-${run}`, 'physician', SCOPES.clinician),
    appoint(stage)
  ])
  const [bound] = await Promise.all([reader.must(['practitioner', 'bind']), author.must(['practitioner', 'bind'])])
  const patient = new Party('patient', join(stage.folder, 'patient'))
  await patient.signIn(stage.stateDir, stage.home, 'desk', SCOPES.desk)
  return {
    patient,
    author,
    reader,
    auditor,
    readerId: `${String(bound.json['mspId'])}/${String(bound.json['staffId'])}`,
    readerFingerprint: String(bound.json['fingerprint'])
  }
}

/** The first auditor whom the reader's hospital lists in the network's description. */
async function appoint ({ stateDir, readerHospital, folder }: Stage): Promise<Party> {
  const networkFile = join(stateDir, 'network.json')
  const { organizations } = JSON.parse(await readFile(networkFile, 'utf8')) as NetworkFile
  const subject = organizations.find(({ id }) => id === readerHospital)?.auditors[0]?.subject
  if (subject === undefined) throw new Error(`${readerHospital} lists no auditor`)
  const party = new Party(subject, join(folder, 'auditor'))
  await party.signIn(stateDir, readerHospital, subject, SCOPES.auditor)
  await party.must(['practitioner', 'init', '--network', networkFile, '--gateway', readerHospital, '--phrase-file', party.path('phrase')])
  return party
}

async function hire (stage: Stage, hospital: string, subject: string, role: string, scope: string): Promise<Party> {
  const network = ['--network', join(stage.stateDir, 'network.json'), '--gateway', hospital]
  const admin = new Party('admin', join(stage.folder, `admin-${hospital}`))
  await admin.signIn(stage.stateDir, hospital, 'staff-admin', SCOPES.admin)
  await admin.must(['practitioner', 'enroll', ...network, '--subject', subject, '--role', role, '--department', 'cardiology'])
  const party = new Party(subject, join(stage.folder, subject.replace(/-[0-9a-f]{8}$/, '')))
  await party.signIn(stage.stateDir, hospital, subject, scope)
  await party.must(['practitioner', 'init', ...network, '--phrase-file', party.path('phrase')])
  if (stage.unlocked === true) await party.unlock()
  return party
}
