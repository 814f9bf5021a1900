import { deriveKeyRing, fromHex } from '@epione/crypto'
import type { KeyRing } from '@epione/crypto'
import type { BearerToken, ClientContext, GuardianContext, PatientContext, PractitionerContext, TokenContext } from '@epione/sdk'
import { actFor, ClientError, Gateways } from '@epione/sdk'
import { askForKeys } from '../agent/ask-agent.ts'
import { placeOfAgent } from '../agent/place.ts'
import { Home } from '../home.ts'
import type { HomeConfig } from '../home.ts'
import { openKeystore } from '../keystore.ts'
import { traceOf, UndiciTransport } from '../http.ts'
import { putOwnFirst, readNetworkFile } from '../network-file.ts'
import { parsePatientId } from './arguments.ts'
import { finishRevocation } from './finish-revocation.ts'
import type { Io } from './io.ts'
import { ProgressLine } from './progress.ts'
import type { ProgressOptions } from './progress.ts'
import { hasTokenFile, readPassphrase, readTokenFile } from './secrets.ts'
import type { SecretSources } from './secrets.ts'
import type { KeptSignIn } from '../sign-in/kept-sign-in.ts'

/** A network by its file or by the home. */
export type NetworkChoice = Pick<HomeConfig, 'networkId' | 'networkName' | 'document' | 'gateways'>

/** Options that every command has. */
export interface GlobalOptions {
  home?: string
  network?: string
  gateway?: string
  json?: boolean
  progress?: boolean
  passphraseFile?: string
  tokenFile?: string
  /** A patient for whom this home's person acts. */
  onBehalfOf?: string
}

/** One run of one command: loads what it needs from its home and closes connections at its end. */
export class CommandRun {
  readonly options: GlobalOptions
  readonly io: Io
  readonly home: Home
  readonly #opened: Gateways[] = []
  /** The own patient, where a revocation was under way when this began. */
  #broken: PatientContext | undefined
  #signedIn: KeptSignIn | undefined
  #passphrase: Promise<string> | undefined

  constructor (options: GlobalOptions, io: Io) {
    this.options = options
    this.io = io
    this.home = new Home(options.home, io.env)
  }

  get secrets (): SecretSources {
    return { io: this.io, passphraseFile: this.options.passphraseFile, tokenFile: this.options.tokenFile }
  }

  /** True when somebody brought a token, or is signed in. */
  async hasToken (): Promise<boolean> {
    return hasTokenFile(this.secrets) || await this.home.findSignIn() !== undefined
  }

  /**
   * A token of the hospital: one that somebody brought, else that of whoever is signed in at this home, which stays a good one while the
   * command runs. `keys` of this home spare the pass-phrase. @throws {ClientError} TOKEN_REQUIRED
   */
  async token (keys?: KeyRing): Promise<BearerToken> {
    const given = await readTokenFile(this.secrets)
    if (given !== undefined) return given
    const { KeptSignIn } = await import('../sign-in/kept-sign-in.ts')
    this.#signedIn ??= new KeptSignIn(this.home, {
      passphrase: async () => await this.passphrase(), keys: async () => keys ?? await this.ownKeys()
    })
    return await this.#signedIn.token()
  }

  /** The keys of this home, where it has any. */
  async ownKeys (): Promise<KeyRing | undefined> {
    const config = await this.home.findConfig()
    return config === undefined || config.role === 'guardian' ? undefined : await this.openKeys(config.role)
  }

  /** The patient of this home, or with --on-behalf-of the one whose representative the person of this home is. */
  async loadPatient (known?: HomeConfig): Promise<PatientContext> {
    if (this.options.onBehalfOf !== undefined) {
      return actFor(await this.loadGuardian(), await this.home.readRepresentation(parsePatientId(this.options.onBehalfOf)))
    }
    const config = known ?? await this.home.readConfig()
    if (config.role !== 'patient') throw new ClientError('USAGE', `${this.home.folder} is a ${config.role}'s home; this is for patients.`)
    const { patientId, identityNumber = 1 } = config
    const keys = await this.openKeys('patient')
    const context: PatientContext = { ...this.connect(config), role: 'patient', patientId, identityNumber, keys }
    if (await this.home.isRevocationBegun()) this.#broken = context
    return context
  }

  /** Whoever has keys can guard another's phrase. */
  async loadGuardian (): Promise<GuardianContext> {
    const config = await this.home.readConfig()
    return { ...this.connect(config), keys: await this.openKeys(config.role) }
  }

  async loadPractitioner (known?: HomeConfig): Promise<PractitionerContext> {
    const config = known ?? await this.home.readConfig()
    if (config.role !== 'practitioner') {
      throw new ClientError('USAGE', `${this.home.folder} is a ${config.role}'s home; this is for practitioners.`)
    }
    const { mspId, staffId, keyNumber } = config
    const keys = await this.openKeys('practitioner')
    const connected = this.connect(config)
    await signTransactions(connected, config, keys)
    return { ...connected, role: 'practitioner', person: { mspId, staffId }, keyNumber, token: await this.token(keys), keys }
  }

  async loadEither (): Promise<PatientContext | PractitionerContext> {
    const config = await this.home.readConfig()
    return config.role === 'patient' || this.options.onBehalfOf !== undefined ? this.loadPatient(config) : this.loadPractitioner(config)
  }

  /** Whoever reads the log: a home with keys acts as its patient, otherwise a token decides what its holder may see. */
  async loadReader (): Promise<PatientContext | TokenContext> {
    if (this.options.onBehalfOf !== undefined) return this.loadPatient()
    const config = await this.home.findConfig()
    return config?.role === 'patient' && this.options.network === undefined ? this.loadPatient() : this.loadToken()
  }

  /** For an admin, a registration desk or an auditor: a token, and a network named by --network or by the home. */
  async loadToken (): Promise<TokenContext> {
    const network = await this.loadNetwork()
    return { ...this.connect(network), role: 'token', token: await this.token() }
  }

  async loadNetwork (): Promise<NetworkChoice> {
    const { network, gateway } = this.options
    if (network !== undefined) {
      const { name, ...known } = await readNetworkFile(network, gateway)
      return { ...known, networkName: name }
    }
    const config = await this.home.findConfig()
    if (config === undefined) {
      throw new ClientError('USAGE', 'Say which network: --network FILE (network.json), and --gateway ID for the own hospital.')
    }
    return { ...config, gateways: putOwnFirst(config.gateways, gateway) }
  }

  connect (
    { networkId, document, gateways }: Pick<HomeConfig, 'networkId' | 'document' | 'gateways'>
  ): ClientContext & { gateways: Gateways } {
    const connected = new Gateways(putOwnFirst(gateways, this.options.gateway), {
      connect: (gateway) => new UndiciTransport(gateway, traceOf(this.io.env))
    })
    this.#opened.push(connected)
    return { networkId: fromHex(networkId), document, gateways: connected }
  }

  /** The keys of this home: for a role's commands those of its agent while it is unlocked, else all of the keystore's phrase. */
  async openKeys (role?: HomeConfig['role']): Promise<KeyRing> {
    const unlocked = role === undefined ? undefined : await this.#askAgent(role)
    return unlocked ?? deriveKeyRing(await this.openPhrase())
  }

  async #askAgent (role: HomeConfig['role']): Promise<KeyRing | undefined> {
    const keystore = await this.home.readKeystore()
    return askForKeys(await placeOfAgent(this.home.folder, this.io.env), role, keystore)
  }

  /** The phrase itself, for the backup that guardians are given shares of. */
  async openPhrase (): Promise<string> {
    return openKeystore(await this.home.readKeystore(), await this.passphrase())
  }

  /** The pass-phrase of this home, asked for once. */
  async passphrase (): Promise<string> {
    this.#passphrase ??= readPassphrase(this.secrets)
    return await this.#passphrase
  }

  /** Reports bytes, or what `format` makes of an amount, on stderr: on a terminal, or with --progress. */
  startProgress (what: string, totalBytes?: number, format?: ProgressOptions['format']): ProgressLine {
    const isTerminal = this.io.stderr.isTTY === true && this.options.json !== true
    return new ProgressLine(this.io, { what, totalBytes, format, enabled: isTerminal || this.options.progress === true, isTerminal })
  }

  say (text: string): void {
    this.io.stderr.write(`${text}\n`)
  }

  /** Sends a revocation, so that one that breaks off is made good by the patient's next command. */
  async revoke (send: () => Promise<{ warnings?: string[] }>, consentId: string): Promise<object> {
    if (this.options.onBehalfOf !== undefined) return await send()
    await this.home.beginRevocation(consentId)
    const done = await send()
    if (this.#broken === undefined && done.warnings === undefined) await this.home.endRevocation()
    return done
  }

  /** A command's result, with what a revocation that broke off before it still needed. */
  async complete (result: object): Promise<object> {
    return this.#broken === undefined ? result : await finishRevocation(this.home, this.#broken, result)
  }

  async close (): Promise<void> {
    this.#signedIn?.close()
    await Promise.all(this.#opened.map((gateways) => gateways.close()))
  }
}

/** Signs on this machine where the gateway has no key of this person. Loaded late: most commands submit nothing. */
async function signTransactions (
  { gateways: { own } }: { gateways: Gateways }, { mspId, channel, chaincode }: Extract<HomeConfig, { role: 'practitioner' }>, keys: KeyRing
): Promise<void> {
  // A home of before, or one that was set up without: the gateway's own answer then says what is missing.
  if (channel === undefined || chaincode === undefined) return
  const { TransactionSigner } = await import('@epione/sdk/signing')
  own.signWith(new TransactionSigner({ keys, mspId, channel, chaincode }))
}
