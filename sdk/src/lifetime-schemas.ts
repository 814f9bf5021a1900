import { Type } from 'typebox'
import { Hash, Version } from '@epione/protocol'

/** Bytes of bounded length in hex: what hospitals keep of a backup. */
const HexBytes = Type.String({ pattern: '^([0-9a-f]{2}){1,1024}$' })

/** Where a statement of a patient's lifetime stands; no block when an earlier attempt had brought it there. */
export const StatementWritten = Type.Object({ txId: Hash, blockNumber: Type.Optional(Type.Integer({ minimum: 0 })) })

/** What a hospital took before the ledger hears of it. */
export const EscrowDeposited = Type.Object({ statementId: Hash })

/** What a hospital keeps for a recovery, as it lies there; null where nothing lies. */
export const KeptEscrow = Type.Object({
  statementId: Hash,
  issue: Version,
  backup: Type.Union([HexBytes, Type.Null()]),
  shares: Type.Array(Type.Union([HexBytes, Type.Null()]), { maxItems: 16 })
})
export const SealedShare = Type.Object({ issue: Version, sealed: HexBytes })
export const SealedBackup = Type.Object({ issue: Version, backup: HexBytes })
