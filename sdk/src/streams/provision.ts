import { cosignStatement, PublicKey, randomBytes, SecretKey, signStatement, statementId, toHex } from '@epione/crypto'
import type { SignedStatement } from '@epione/crypto'
import { Hash, Hex, KeyHex, SignedStatement as SignedStatementSchema } from '@epione/protocol'
import type { Device } from '@epione/protocol'
import { KINDS_PER_DEVICE, kindsHashOf, MeasurementKind } from '@epione/protocol/streams'
import { openStatement } from '@epione/protocol/verify'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { currentTime, identityKeyOf, networkIdHex } from '../context/context.ts'
import type { ClientContext, PatientContext } from '../context/context.ts'
import { judgedWith } from '../context/judge.ts'
import { draftStatement } from '../context/statements.ts'
import { submitAnywhere } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'
import { ClientError } from '../errors.ts'
import { parseJsonFile } from '../files/json-file.ts'
import { readDirectory, requireCategory } from '../keys/directory.ts'
import { ownCompartment } from '../keys/own-keys.ts'
import { readOwnDirectory } from '../keys/patient.ts'

const strict = { additionalProperties: false }
const DAY_MS = 86_400_000

/** What a device tells its patient of itself, small enough for a QR code: its key, what it measures, how often. */
export const DeviceOffer = Type.Object({
  type: Type.Literal('epione/device-offer'),
  networkId: Hash,
  name: Type.String({ minLength: 1, maxLength: 100 }),
  key: KeyHex,
  kinds: Type.Array(MeasurementKind, { minItems: 1, maxItems: KINDS_PER_DEVICE }),
  salt: Hex(32),
  shortestWindowMs: Type.Integer({ minimum: 1000, maximum: DAY_MS })
}, strict)
export type DeviceOffer = Static<typeof DeviceOffer>

/** What the patient gives back, small enough for a QR code: the statement with their signature. */
export const DevicePass = Type.Object({
  type: Type.Literal('epione/device-pass'), networkId: Hash, statement: Type.Unsafe<SignedStatement>(SignedStatementSchema)
}, strict)
export type DevicePass = Static<typeof DevicePass>

export interface DeviceWanted {
  readonly name: string
  readonly kinds: DeviceOffer['kinds']
  readonly shortestWindowMs: number
}

/** A new device makes its key and its offer; the key stays with it. */
export function offerDevice (
  context: Pick<ClientContext, 'networkId'>, { name, kinds, shortestWindowMs }: DeviceWanted, key = SecretKey.random()
): { key: SecretKey, offer: DeviceOffer, file: string } {
  const offer: DeviceOffer = {
    type: 'epione/device-offer',
    networkId: toHex(context.networkId),
    name,
    key: key.publicKey().toHex(),
    kinds: [...kinds],
    salt: toHex(randomBytes(32)),
    shortestWindowMs
  }
  return { key, offer, file: `${JSON.stringify(offer)}\n` }
}

/** @throws {ClientError} USAGE, NETWORK_MISMATCH */
export function parseDeviceOffer (context: Pick<ClientContext, 'networkId'>, text: string): DeviceOffer {
  return ofThisNetwork(context, parseJsonFile(DeviceOffer, text, 'The file is no offer of a device: that is what "epione device init" writes.'))
}

/** The text of a device's offer, and what its patient lets it do. */
export interface DeviceToAdd {
  readonly offer: string
  readonly category: string
  /** From now on. */
  readonly days: number
  /** When it began to measure, ms, where it brings what it measured before; now by default. */
  readonly notBefore?: number | undefined
}

/** What is agreed on, as a person compares it. */
export interface DeviceShown {
  readonly deviceId: string
  readonly name: string
  readonly category: string
  readonly notBefore: number
  readonly notAfter: number
  readonly kinds: DeviceOffer['kinds']
  readonly fingerprint: string
}

/**
 * Introduces a device that made an offer, for one category and a number of days: the statement with the patient's signature, which the
 * device itself signs and brings to the ledger. `approve` is asked first. @throws {ClientError} USAGE, DECLINED
 */
export async function passDevice (
  context: PatientContext,
  wanted: DeviceToAdd,
  approve: (shown: DeviceShown) => Promise<boolean> = () => Promise.resolve(true)
): Promise<DeviceShown & { file: string }> {
  const offer = parseDeviceOffer(context, wanted.offer)
  const category = requireCategory(wanted.category)
  const { label } = ownCompartment(context, await readOwnDirectory(context), category)
  const now = currentTime(context)
  const notBefore = Math.min(wanted.notBefore ?? now, now)
  const { id, text } = draftStatement(context, 'Device', {
    patientId: context.patientId,
    key: offer.key,
    label,
    notBefore,
    notAfter: Math.round(now + wanted.days * DAY_MS),
    shortestWindowMs: offer.shortestWindowMs,
    kindsHash: kindsHashOf(offer.kinds, offer.salt)
  })
  const { notAfter } = JSON.parse(text) as Device
  const shown = {
    deviceId: id,
    name: offer.name,
    category,
    notBefore,
    notAfter,
    kinds: offer.kinds,
    fingerprint: PublicKey.fromHex(offer.key).fingerprint()
  }
  if (!await approve(shown)) throw new ClientError('DECLINED', 'Nothing was signed.', { ...shown })
  const statement = signStatement({
    type: 'Device', networkId: context.networkId, body: JSON.parse(text) as object, keys: [identityKeyOf(context)]
  })
  const pass: DevicePass = { type: 'epione/device-pass', networkId: networkIdHex(context), statement }
  return { ...shown, file: `${JSON.stringify(pass)}\n` }
}

export interface DeviceJoined extends Written { patientId: string, deviceId: string, label: string, notBefore: number, notAfter: number }

/**
 * A device takes up its patient's pass: it proves that the patient of the id signed it for this very key and these kinds, signs it too,
 * and brings it to the ledger. @throws {ClientError} USAGE, NETWORK_MISMATCH
 */
export async function joinAsDevice (
  context: ClientContext, key: SecretKey, offer: Pick<DeviceOffer, 'kinds' | 'salt'>, passText: string
): Promise<Done<DeviceJoined>> {
  const pass = ofThisNetwork(context, parseJsonFile(DevicePass, passText, 'The file is no pass of a device: that is what "epione device add" writes.'))
  const { body, signers } = judgedWith({ code: 'USAGE', what: 'The pass', party: { kind: 'patient' } }, () =>
    openStatement('Device', pass.statement, context.networkId))
  if (body.key !== key.publicKey().toHex() || body.kindsHash !== kindsHashOf(offer.kinds, offer.salt)) {
    throw new ClientError('USAGE', 'The pass is for another device, or for another offer of this one: let the patient add this offer.')
  }
  if (body.submitBefore < currentTime(context)) throw new ClientError('USAGE', 'The pass is older than a day: let the patient add the device anew.')
  const { identityKey } = await readDirectory(context, body.patientId)
  if (!signers.includes(identityKey)) throw new ClientError('USAGE', 'The pass is not signed by the patient that it names.')
  const statement = signers.includes(body.key) ? pass.statement : cosignStatement(pass.statement, context.networkId, key)
  const id = statementId(statement.body)
  const { patientId, label, notBefore, notAfter } = body
  const own = { patientId, deviceId: id, label, notBefore, notAfter }
  return submitAnywhere<DeviceJoined>(context, {
    statementId: id,
    send: async (gateway) => {
      const { deviceId, ...written } = await gateway.streams.addDevice(statement, id)
      if (deviceId !== id) {
        throw new ClientError('ECHO_MISMATCH', 'The gateway answers with another device.', { party: { kind: 'gateway', mspId: gateway.info.mspId } })
      }
      return { ...own, ...written }
    },
    recover: (written) => ({ ...own, ...written })
  })
}

function ofThisNetwork<F extends { networkId: string }> ({ networkId }: Pick<ClientContext, 'networkId'>, file: F): F {
  if (file.networkId === toHex(networkId)) return file
  throw new ClientError('NETWORK_MISMATCH', `The file is of network ${file.networkId}, this home of ${toHex(networkId)}.`)
}
