import { recoverBatchSigner, VerificationError } from '@epione/ledger/contract'
import type { AnchorDomain } from '@epione/ledger/contract'
import type { Address } from 'viem'
import type { BlockStore } from '../store/block-store.ts'
import type { Vote } from '../store/batch-store.ts'

/** Votes for one range of blocks whose root the own peer confirms, one of each witness. */
export interface Candidate { lastBlock: number, root: string, signatures: Map<Address, string> }

/** Good votes by range, the shortest first, and what cannot be signed. */
export interface Judged {
  candidates: Candidate[]
  /** Signed by a witness, but the own peer's blocks have another root: somebody's ledger is wrong. */
  disagreements: Vote[]
  /** Witnesses who signed two roots for one range. */
  equivocators: Address[]
}

export interface JudgeOptions {
  domain: AnchorDomain
  blocks: BlockStore
  witnesses: readonly Address[]
  number: number
  firstBlock: number
}

/** Judges what came for a batch. Whoever brought it, only the signature of a present witness counts. */
export async function judgeVotes (
  votes: readonly Vote[],
  { domain, blocks, witnesses, number, firstBlock }: JudgeOptions
): Promise<Judged> {
  const candidates = new Map<number, Candidate>()
  const disagreements: Vote[] = []
  const rootsOf = new Map<string, Set<string>>()
  for (const vote of votes) {
    const signer = vote.number === number && vote.firstBlock === firstBlock ? await signerOf(vote, domain) : undefined
    if (signer === undefined || !witnesses.includes(signer)) continue
    const said = `${signer} ${vote.lastBlock}`
    rootsOf.set(said, (rootsOf.get(said) ?? new Set()).add(vote.root))
    const root = blocks.root(firstBlock, vote.lastBlock)
    // Blocks that the own peer does not have yet are judged when it has them.
    if (root === undefined) continue
    if (root !== vote.root) {
      disagreements.push(vote)
      continue
    }
    const candidate = candidates.get(vote.lastBlock) ?? { lastBlock: vote.lastBlock, root, signatures: new Map() }
    candidate.signatures.set(signer, vote.signature)
    candidates.set(vote.lastBlock, candidate)
  }
  const equivocators = [...rootsOf].filter(([, roots]) => roots.size > 1).map(([said]) => said.split(' ')[0] as Address)
  return {
    candidates: [...candidates.values()].sort((a, b) => a.lastBlock - b.lastBlock),
    disagreements,
    equivocators: [...new Set(equivocators)]
  }
}

async function signerOf ({ number, firstBlock, lastBlock, root, signature }: Vote, domain: AnchorDomain): Promise<Address | undefined> {
  if (lastBlock < firstBlock || !/^[0-9a-f]{64}$/.test(root)) return undefined
  try {
    return (await recoverBatchSigner(
      domain,
      { number: BigInt(number), firstBlock: BigInt(firstBlock), lastBlock: BigInt(lastBlock), root },
      signature
    )).toLowerCase() as Address
  } catch (error) {
    if (error instanceof VerificationError && error.code === 'SIGNATURE_INVALID') return undefined
    throw error
  }
}
