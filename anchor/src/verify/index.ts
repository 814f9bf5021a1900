export type { AnchoredBlock, EnvelopeContents, TransactionProof } from '../blocks/index.ts'
export { batchRoot, blockLeafHash, checkBlock, dataHashOf, headerHashOf, isCanonicalEnvelope, parseLedgerBlock, proveTransaction, readEnvelope, txLeafHashes, txRootOf } from '../blocks/index.ts'
export type { AnchorErrorCode } from '../errors.ts'
export { AnchorError } from '../errors.ts'
