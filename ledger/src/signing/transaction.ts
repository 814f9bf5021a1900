import { concatBytes, equalConstantTime, sha256 } from '@epione/crypto'
import { checkSchema, TRANSACTION_RESULTS } from '@epione/protocol'
import { countMessages, listBytes, readBytes, readFirst, readMessage, readString, readUint32 } from '../blocks/index.ts'
import { encodeMessage } from './encode.ts'
import { SigningRefused } from './errors.ts'
import { readable, requireThat } from './proposal.ts'
import type { CheckedProposal } from './proposal.ts'

/** Read by every transaction that Fabric makes of a chaincode's definition; nothing but a change of definitions writes there. */
const LIFECYCLE = '_lifecycle'
const OK = 200

/**
 * Reads the bytes of a `common.Payload` that a device is to sign, and compares it with the proposal that it signed: the same headers and
 * call, endorsed as such (proposal hash), one action, an answer of success in the form that the transaction has, and nothing written but by
 * the chaincode. Whether the endorsements are good, peers judge. At last all is written anew around what endorsers signed. @throws
 * {SigningRefused}
 */
export function checkTransaction (bytes: Uint8Array, proposal: CheckedProposal): void {
  readable(() => {
    const { channelHeader, signatureHeader, payload: call } = proposal
    const header = encodeMessage([1, channelHeader], [2, signatureHeader])
    requireThat(equalConstantTime(readMessage(bytes, 1), header), 'HEADER', 'the transaction is not that of the signed proposal')
    const transaction = readBytes(bytes, 2)
    requireThat(countMessages(transaction, 1) === 1, 'ACTION', 'the transaction has not one action')
    const action = readFirst(transaction, 1) ?? new Uint8Array()
    const content = readBytes(action, 2)
    requireThat(equalConstantTime(readBytes(content, 1), call), 'ARGUMENTS', 'the transaction calls something else than the signed proposal')
    const endorsed = readMessage(content, 2)
    const [response, endorsements] = [readBytes(endorsed, 1), listBytes(endorsed, 2)]
    requireThat(endorsements.length > 0, 'ACTION', 'nobody endorsed the transaction')
    requireResponse(response, proposal)
    const again = encodeMessage(
      [1, response],
      ...endorsements.map((one) => [2, encodeMessage([1, readBytes(one, 1)], [2, readBytes(one, 2)])] as const)
    )
    const actionAgain = encodeMessage([1, signatureHeader], [2, encodeMessage([1, call], [2, again])])
    const same = encodeMessage([1, header], [2, encodeMessage([1, actionAgain])])
    requireThat(equalConstantTime(bytes, same), 'ENCODING', 'the transaction has parts that no endorser made')
  })
}

/** What endorsers signed: `ProposalResponsePayload`, and in it a `ChaincodeAction`. */
function requireResponse (payload: Uint8Array, proposal: CheckedProposal): void {
  const { channelHeader, signatureHeader, payload: call, transaction, chaincode } = proposal
  const hash = sha256(concatBytes(channelHeader, signatureHeader, call))
  requireThat(equalConstantTime(readBytes(payload, 1), hash), 'PROPOSAL_HASH', 'it was endorsed for another proposal')
  const action = readBytes(payload, 2)
  requireThat(readString(readMessage(action, 4), 2) === chaincode, 'CHAINCODE', 'another chaincode answered')
  const [response, event] = [readMessage(action, 3), readBytes(action, 2)]
  requireThat(readUint32(response, 1) === OK, 'RESPONSE', 'the chaincode did not answer with success')
  const result = readBytes(response, 3)
  requireResult(transaction, result.length === 0 ? readBytes(event, 4) : result)
  const spaces = listBytes(readBytes(action, 1), 2)
  for (const space of spaces) {
    const [namespace, set] = [readString(space, 1), readBytes(space, 2)]
    const isQuiet = countMessages(set, 3) === 0 && countMessages(set, 4) === 0
    requireThat(
      countMessages(space, 3) === 0 && (namespace === chaincode || (namespace === LIFECYCLE && isQuiet)),
      'WRITE_SET',
      `it writes to ${JSON.stringify(namespace)}, or to a collection`
    )
  }
}

function requireResult (transaction: string, result: Uint8Array): void {
  const schema = Object.entries(TRANSACTION_RESULTS).find(([name]) => name === transaction)?.[1]
  requireThat(schema !== undefined, 'RESPONSE', 'the transaction is none that is known')
  try {
    checkSchema(schema, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(result)), transaction)
  } catch (error) {
    throw new SigningRefused('RESPONSE', 'The gateway asks for a signature on a transaction whose answer has another form than it returns', { cause: error })
  }
}
