import type { KeyRing } from '@epione/crypto'
import type { BearerToken, PatientContext } from '@epione/sdk'
import { ClientError, findOwnDirectory, findOwnKeys, patientIdOfKeys, registerPatient } from '@epione/sdk'
import type { HomeConfig } from '../home.ts'
import { takeUpKeys, requireNetwork, hasPhraseOutlet } from './setup.ts'
import type { PhraseOptions } from './setup.ts'
import type { CommandRun } from './run.ts'

/** Options of a new patient's first directory; a provisional one's phrase is kept by the own organisation. */
export interface InitOptions extends PhraseOptions { provisional?: boolean }

/** Makes or takes up keys and has the registration desk put their directory on the ledger. */
export async function initPatient (run: CommandRun, options: InitOptions): Promise<object> {
  const [known, keystore] = await Promise.all([run.home.findConfig({ restoring: options.restore !== undefined }), run.home.findKeystore()])
  const isNew = keystore === undefined && options.restore === undefined
  checkHome(run, known, isNew, options)
  const token = await readTokenIfNeeded(run, isNew)
  const network = await run.loadNetwork()
  const context = run.connect(network)
  await requireNetwork(run, context)
  // An earlier init may have ended anywhere after the keystore was written: its keys are taken up again.
  const { keys, isThere } = await takeUpKeys(run, options, (restored) => { requirePhraseOf(run, known, restored) })
  const patientId = patientIdOfKeys(keys)
  if (known === undefined) await run.home.writeConfig({ version: 1, role: 'patient', patientId, ...network })
  const shown = { home: run.home.folder, fingerprint: keys.identity().publicKey().fingerprint() }
  const found = isNew ? undefined : await findOwnDirectory(context, keys)
  if (found === undefined) {
    const custodian = options.provisional === true ? context.gateways.own.info.mspId : undefined
    return {
      ...await registerWith({ ...context, role: 'patient', patientId, keys }, token, custodian),
      ...shown,
      ...(custodian === undefined ? {} : { custodian }),
      resumed: isThere
    }
  }
  if (isThere && known !== undefined) {
    throw new ClientError('ALREADY_INITIALIZED', `${run.home.folder} is set up for patient ${patientId}.`, { patientId })
  }
  const { identity } = findOwnKeys(found, keys)
  if (known === undefined && identity > 1) {
    await run.home.writeConfig({ version: 1, role: 'patient', patientId, identityNumber: identity, ...network })
  }
  return { patientId, version: found.newest.version, restored: true, ...shown }
}

/** A new patient is registered by the desk; one who is known needs no token. */
async function readTokenIfNeeded (run: CommandRun, isNew: boolean): Promise<BearerToken | undefined> {
  return isNew || await run.hasToken() ? await run.token() : undefined
}

/** @throws {ClientError} PHRASE_FOREIGN for the keys of another patient than the one whose home this is */
function requirePhraseOf (run: CommandRun, known: HomeConfig | undefined, restored: KeyRing): void {
  if (known?.role !== 'patient' || known.patientId === patientIdOfKeys(restored)) return
  const { patientId } = known
  throw new ClientError(
    'PHRASE_FOREIGN',
    `This phrase is not of patient ${patientId}, whose home ${run.home.folder} is: nothing was changed.`,
    { patientId }
  )
}

/** Refuses a home that is another's, or where a new phrase would be lost. */
function checkHome (run: CommandRun, known: HomeConfig | undefined, isNew: boolean, options: PhraseOptions): void {
  if (known !== undefined && known.role !== 'patient') {
    throw new ClientError('ALREADY_INITIALIZED', `${run.home.folder} is a ${known.role}'s home already.`)
  }
  if (isNew && known !== undefined) {
    throw new ClientError('KEYSTORE_MISSING', `The keystore of patient ${known.patientId} is gone: restore it with --restore FILE.`)
  }
  // A patient's phrase is all there is: lost with the keystore, every record of theirs would be.
  if (isNew && !hasPhraseOutlet(run, options)) {
    throw new ClientError('USAGE', 'There is no terminal to show the new phrase on: say --phrase-file FILE.')
  }
}

function registerWith (
  context: PatientContext,
  token: BearerToken | undefined,
  custodian: string | undefined
): ReturnType<typeof registerPatient> {
  if (token === undefined) {
    throw new ClientError('TOKEN_REQUIRED', 'This phrase is not registered yet: run init again with the registration desk\'s --token-file.')
  }
  return registerPatient(
    { networkId: context.networkId, gateways: context.gateways, role: 'token', token },
    context.keys,
    custodian === undefined ? {} : { custodian }
  )
}
