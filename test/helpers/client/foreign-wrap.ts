import { createWrap, randomBytes, signStatement, statementId, toHex, wrapHash } from '@epione/crypto'
import { recordPlace } from '@epione/protocol'
import type { RecordManifest } from '@epione/protocol'
import { addRecord } from '@epione/sdk'
import type { PatientContext, PractitionerContext } from '@epione/sdk'
import { bytes } from './bytes.ts'

/** Registers a good content with a wrap that holds another content key. */
export async function addWithForeignWrap (
  context: PractitionerContext,
  patient: PatientContext,
  card: string
): Promise<{ recordId: string }> {
  const key = patient.keys.compartment('summary').publicKey()
  const own = context.gateways.own
  const register = own.registerRecord.bind(own)
  let wrap: Uint8Array = new Uint8Array()
  let hash = ''
  own.registerRecord = (statement, sent, _id, authorize) => {
    const manifest = JSON.parse(statement.body) as RecordManifest
    const place = recordPlace(context.networkId, manifest)
    wrap = createWrap(key, randomBytes(32), place)
    hash = toHex(wrapHash(wrap, place))
    const body = { ...manifest, wrapHash: hash }
    const resigned = signStatement({ type: 'RecordManifest', networkId: context.networkId, body, keys: [context.keys.requestSigning()] })
    const id = statementId(resigned.body)
    return register(resigned, { ...sent, wrap: toHex(wrap) }, id, authorize)
  }
  try {
    await addRecord(context, { source: bytes('good content'), category: 'summary', mediaClass: 'document', card })
  } catch (error) {
    // Its own client notices that another manifest was registered; the ledger has it all the same.
    if ((error as { code?: string }).code !== 'ECHO_MISMATCH') throw error
  } finally {
    Reflect.deleteProperty(own, 'registerRecord')
  }
  const listed = await own.listRecords(patient.patientId, undefined, context.token.authorize)
  const found = listed.items.find((r) => r.manifest.statement.body.includes(hash))
  if (found === undefined) throw new Error('not registered')
  return { recordId: found.recordId }
}
