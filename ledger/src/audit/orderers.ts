import common from '@hyperledger/fabric-protos/lib/common/common_pb.js'
import { blockHeaderBytes, concatBytes, equalConstantTime } from '@epione/crypto'
import { VerificationError } from '../errors.ts'
import { findSigners } from './signatures.ts'
import type { PeerBlock } from '../blocks/index.ts'
import type { ChannelConfig } from './channel-config.ts'
import type { SignedBytes } from './endorser-transaction.ts'

const BLOCK_VALIDATION = '/Channel/Orderer/BlockValidation'

/**
 * Checks that orderers of the channel, as configured at that height, signed the block's header, and that it names the
 * configuration in force. Throws `ORDERER_SIGNATURE_INVALID`, `LAST_CONFIG_WRONG`.
 */
export async function checkOrderers (block: PeerBlock, config: ChannelConfig, isConfig: boolean): Promise<void> {
  const place = { block: Number(block.number) }
  const { lastConfig, signatures } = readSignatures(block)
  const signers = await findSigners(signatures, config)
  if (!config.policy(BLOCK_VALIDATION)(signers)) {
    throw new VerificationError(
      'ORDERER_SIGNATURE_INVALID',
      `Block ${block.number} is signed by no orderer of the channel; it was not made by this consortium, or its header was changed.`,
      { place }
    )
  }
  const inForce = isConfig ? place.block : config.blockNumber
  if (lastConfig !== inForce || !isLastConfig(block.metadata[common.BlockMetadataIndex.LAST_CONFIG], inForce)) {
    throw new VerificationError(
      'LAST_CONFIG_WRONG',
      `Block ${block.number} names block ${lastConfig} as the last configuration, but block ${inForce} is.`,
      { place }
    )
  }
}

/** The older place of the same number, which no signature covers: it has one spelling. */
function isLastConfig (bytes: Uint8Array | undefined, block: number): boolean {
  const index = new common.LastConfig()
  index.setIndex(block)
  const entry = new common.Metadata()
  entry.setValue(index.serializeBinary())
  return bytes !== undefined && equalConstantTime(bytes, entry.serializeBinary())
}

function readSignatures ({ number, previousHash, dataHash, metadata }: PeerBlock): { lastConfig: number, signatures: SignedBytes[] } {
  const header = blockHeaderBytes(Number(number), previousHash, dataHash)
  try {
    const signed = common.Metadata.deserializeBinary(metadata[common.BlockMetadataIndex.SIGNATURES] ?? new Uint8Array())
    const value = signed.getValue_asU8()
    const signatures = signed.getSignaturesList().map((one) => {
      const signatureHeader = one.getSignatureHeader_asU8()
      const identity = common.SignatureHeader.deserializeBinary(signatureHeader).getCreator_asU8()
      return { identity, data: concatBytes(value, signatureHeader, header), signature: one.getSignature_asU8() }
    })
    return { lastConfig: common.OrdererBlockMetadata.deserializeBinary(value).getLastConfig()?.getIndex() ?? 0, signatures }
  } catch (error) {
    throw new VerificationError('ORDERER_SIGNATURE_INVALID', `The orderers' signatures of block ${number} cannot be read.`, {
      cause: error,
      place: { block: Number(number) }
    })
  }
}
