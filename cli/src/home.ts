import { randomUUID } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Hash, MspId, PatientId, StaffId } from '@epione/protocol'
import { MeasurementKind } from '@epione/protocol/streams'
import { readVariable } from './environment.ts'
import { ClientError, isClientError, NetworkKnown } from '@epione/sdk'
import { listFolder, makeFolder, readTextIfThere, replaceFile, writeNewFile } from './files.ts'
import { parseJson } from './parse-json.ts'

const common = { version: Type.Literal(1), ...NetworkKnown }

export const HomeConfig = Type.Union([
  Type.Object({
    ...common,
    role: Type.Literal('patient'),
    patientId: PatientId,
    /** Number of the identity key in force; 1 until it is changed. */
    identityNumber: Type.Optional(Type.Integer({ minimum: 1 }))
  }),
  /** Somebody who only guards others' phrases. */
  Type.Object({ ...common, role: Type.Literal('guardian') }),
  Type.Object({
    ...common,
    role: Type.Literal('practitioner'),
    mspId: MspId,
    staffId: StaffId,
    /** Number of the keys in use; raised by a rotation. */
    keyNumber: Type.Integer({ minimum: 1 })
  })
])
export type HomeConfig = Static<typeof HomeConfig>

/** @throws {ClientError} USAGE where neither HOME nor an account of the system names a folder */
function accountFolder (): string {
  const otherwise = 'This needs the folder of a person, and neither HOME nor an account names one: say --home DIR or set EPIONE_HOME.'
  try {
    const folder = homedir()
    if (folder !== '') return folder
  } catch (error) {
    throw new ClientError('USAGE', otherwise, {}, { cause: error })
  }
  throw new ClientError('USAGE', otherwise)
}

/** One person's folder: config.json (nothing secret), keystore.json (encrypted), and while a phrase is recovered what that needs. */
export class Home {
  readonly #named: string | undefined
  readonly #environment: NodeJS.ProcessEnv

  constructor (folder: string | undefined, environment: NodeJS.ProcessEnv = {}) {
    this.#named = folder
    this.#environment = environment
  }

  /** Given, else `EPIONE_HOME`, else ~/.epione. Looked up when it is used: many commands need no home. @throws {ClientError} USAGE */
  get folder (): string {
    return resolve(this.#named ?? readVariable(this.#environment, 'EPIONE_HOME') ?? join(accountFolder(), '.epione'))
  }

  get configFile (): string { return join(this.folder, 'config.json') }
  get keystoreFile (): string { return join(this.folder, 'keystore.json') }
  /** A recovery under way: its request and approvals, and (encrypted) the key they are sealed to. */
  get recoveryFile (): string { return join(this.folder, 'recovery.json') }
  /** What openings that failed left as evidence, a file each. */
  get evidenceFolder (): string { return join(this.folder, 'evidence') }
  /** What searches found in indexes, sealed under this home's keys; it may be deleted at any time. */
  get searchCacheFolder (): string { return join(this.folder, 'search') }
  /** Large contents on their way, sealed, a folder each; it may be deleted: they are then sealed and sent anew. */
  get outgoingFolder (): string { return join(this.folder, 'outgoing') }
  /** What programs show that use the FHIR service of this home. */
  get fhirTokenFile (): string { return join(this.folder, 'fhir.token') }
  /** Which transactions of its FHIR service were begun, a file each: nothing of what is in them. */
  get fhirTransactionsFolder (): string { return join(this.folder, 'fhir-transactions') }
  /** The name under which a browser knows the portal of this home: what it keeps belongs to that name. */
  get portalFile (): string { return join(this.folder, 'portal.json') }
  /** Files of exports of its FHIR service, sealed under keys that are nowhere: they may be deleted at any time. */
  get fhirExportsFolder (): string { return join(this.folder, 'fhir-exports') }
  /** What became of each thing of the hospital's existing systems, a journal for each system. */
  get syncFolder (): string { return join(this.folder, 'sync') }
  /** What patients handed over to act for them, a file each: sealed to this home's keys. */
  get representationsFolder (): string { return join(this.folder, 'representations') }
  /** There while a revocation is under way: search keys may have to be raised for what it ended. */
  get revocationFile (): string { return join(this.folder, 'revocation.json') }
  /** What the patient calls who acts for them: it is nowhere else. */
  get representativesFile (): string { return join(this.folder, 'representatives.json') }
  /** What the patient calls their devices, and what these measure: it is nowhere else in the open. */
  get devicesFile (): string { return join(this.folder, 'devices.json') }
  /** Who is signed in at the hospital's identity provider, sealed. */
  get signInFile (): string { return join(this.folder, 'sign-in.json') }
  get recoveryKeyFile (): string { return join(this.folder, 'recovery-key.json') }

  /**
   * `undefined` when this home was not set up. A damaged one is none to whoever restores it, as its error advises. @throws {ClientError}
   * CONFIG_INVALID
   */
  async findConfig ({ restoring = false } = {}): Promise<HomeConfig | undefined> {
    const text = await readOwn(this.configFile)
    if (text === undefined) return undefined
    const config = parseConfig(text)
    if (config !== undefined || restoring) return config
    throw new ClientError(
      'CONFIG_INVALID',
      `${this.configFile} is damaged; restore this home with "init --restore FILE" or "patient restore --phrase-file FILE", and --network FILE.`,
      { home: this.folder }
    )
  }

  /** @throws {ClientError} NOT_INITIALIZED, CONFIG_INVALID */
  async readConfig (): Promise<HomeConfig> {
    const config = await this.findConfig()
    if (config === undefined) {
      throw new ClientError(
        'NOT_INITIALIZED',
        `${this.folder} is not set up: run "epione patient init" or "epione practitioner init" first.`,
        { home: this.folder }
      )
    }
    return config
  }

  async writeConfig (config: HomeConfig): Promise<void> {
    await makeFolder(this.folder)
    await replaceFile(this.configFile, `${JSON.stringify(config, undefined, 2)}\n`)
  }

  async findKeystore (): Promise<string | undefined> {
    return readOwn(this.keystoreFile)
  }

  /** @throws {ClientError} KEYSTORE_MISSING */
  async readKeystore (): Promise<string> {
    const text = await this.findKeystore()
    if (text === undefined) {
      throw new ClientError(
        'KEYSTORE_MISSING',
        `There is no keystore in ${this.folder}: restore it with "init --restore FILE".`,
        { home: this.folder }
      )
    }
    return text
  }

  /**
   * Never writes over a keystore; one known as `damaged` is set aside under another name first. @throws {ClientError} FILE_EXISTS,
   * DISK_FULL
   */
  async writeKeystore (text: string, { damaged = false } = {}): Promise<void> {
    if (damaged) await rename(this.keystoreFile, join(this.folder, `keystore-damaged-${randomUUID()}.json`))
    await writeNewFile(this.keystoreFile, text)
  }

  /** A later file of the same patient, with newer keys, takes the place of the one before. */
  async keepRepresentation (patientId: string, text: string): Promise<void> {
    await makeFolder(this.representationsFolder)
    await replaceFile(join(this.representationsFolder, `${patientId}.json`), text)
  }

  /** @throws {ClientError} NOT_FOUND */
  async readRepresentation (patientId: string): Promise<string> {
    const text = await readOwn(join(this.representationsFolder, `${patientId}.json`))
    if (text !== undefined) return text
    throw new ClientError('NOT_FOUND', `You do not act for patient ${patientId}: run "epione representative accept FILE" first.`, { patientId })
  }

  async listRepresentations (): Promise<string[]> {
    return (await listFolder(this.representationsFolder)).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5)).sort()
  }

  /** Before a revocation is sent: whatever comes of this program, the next one finds that it was begun. */
  async beginRevocation (consentId: string): Promise<void> {
    await replaceFile(this.revocationFile, `${JSON.stringify({ consentId })}\n`)
  }

  async isRevocationBegun (): Promise<boolean> {
    return await readOwn(this.revocationFile) !== undefined
  }

  async endRevocation (): Promise<void> {
    await rm(this.revocationFile, { force: true })
  }

  /** `undefined` when nobody is signed in. */
  async findSignIn (): Promise<string | undefined> {
    return readOwn(this.signInFile)
  }

  async keepSignIn (text: string): Promise<void> {
    await makeFolder(this.folder)
    await replaceFile(this.signInFile, text)
  }

  async forgetSignIn (): Promise<void> {
    await rm(this.signInFile, { force: true })
  }

  /** The name of this home's portal, made by `draw` at first. @throws {ClientError} CONFIG_INVALID */
  async portalLabel (draw: () => string): Promise<string> {
    const text = await readOwn(this.portalFile)
    if (text === undefined) {
      const label = draw()
      await makeFolder(this.folder)
      await writeNewFile(this.portalFile, `${JSON.stringify({ label })}\n`)
      return label
    }
    const known = parseJson(PortalName, text)
    if (known === undefined) {
      throw new ClientError('CONFIG_INVALID', `${this.portalFile} is damaged: delete it. The portal then has a new name, and your browser needs your phrase again.`, { home: this.folder })
    }
    return known.label
  }

  async readDevices (): Promise<KnownDevices> {
    const text = await readOwn(this.devicesFile)
    return text === undefined ? {} : parseJson(KnownDevices, text) ?? {}
  }

  async keepDevice (deviceId: string, device: KnownDevices[string]): Promise<void> {
    await replaceFile(this.devicesFile, `${JSON.stringify({ ...await this.readDevices(), [deviceId]: device }, undefined, 2)}\n`)
  }

  async readRepresentativeNames (): Promise<Record<string, string>> {
    const text = await readOwn(this.representativesFile)
    return text === undefined ? {} : parseJson(Names, text) ?? {}
  }

  async keepRepresentativeName (representationId: string, name: string): Promise<void> {
    const names = { ...await this.readRepresentativeNames(), [representationId]: name }
    await replaceFile(this.representativesFile, `${JSON.stringify(names, undefined, 2)}\n`)
  }
}

const PortalName = Type.Object({ label: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }) })
const KnownDevices = Type.Record(Hash, Type.Object({ name: Type.String({ maxLength: 100 }), kinds: Type.Array(MeasurementKind) }))
export type KnownDevices = Static<typeof KnownDevices>

/** Who acts for the patient of a home, and for whom a home acts. */
const Names = Type.Record(Hash, Type.String({ maxLength: 100 }))

/** A file that this program wrote; what is no text is damaged, as an empty one is. */
async function readOwn (path: string): Promise<string | undefined> {
  return readTextIfThere(path).catch((error: unknown) => {
    if (isClientError(error, 'TEXT_NOT_UTF8')) return ''
    throw error
  })
}

function parseConfig (text: string): HomeConfig | undefined {
  return parseJson(HomeConfig, text)
}
