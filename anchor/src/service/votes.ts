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
  signers: VoteSigners
  blocks: BlockStore
  witnesses: readonly Address[]
  number: number
  firstBlock: number
}

/** Judges what came for a batch. Whoever brought it, only the signature of a present witness counts. */
export async function judgeVotes (
  votes: readonly Vote[],
  { signers, blocks, witnesses, number, firstBlock }: JudgeOptions
): Promise<Judged> {
  const candidates = new Map<number, Candidate>()
  const disagreements: Vote[] = []
  const rootsOf = new Map<string, Set<string>>()
  for (const vote of votes) {
    const signer = vote.number === number && vote.firstBlock === firstBlock ? await signers.of(vote) : undefined
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

/** Most votes whose signers are remembered: some for each witness, with room for what is none. */
const REMEMBERED_MAX = 1_000

/** Who signed a vote. Each pass asks for the same votes again, and recovering a signer costs half of what a pass does. */
export class VoteSigners {
  readonly #domain: AnchorDomain
  readonly #known = new Map<string, Address | undefined>()

  constructor (domain: AnchorDomain) {
    this.#domain = domain
  }

  /** Lowercase; undefined for a vote that is malformed. */
  async of ({ number, firstBlock, lastBlock, root, signature }: Vote): Promise<Address | undefined> {
    const signed = [number, firstBlock, lastBlock, root, signature].join(' ')
    if (this.#known.has(signed)) return this.#known.get(signed)
    const signer = await this.#recover({ number, firstBlock, lastBlock, root }, signature)
    if (this.#known.size >= REMEMBERED_MAX) this.#known.clear()
    this.#known.set(signed, signer)
    return signer
  }

  async #recover (
    { number, firstBlock, lastBlock, root }: Omit<Vote, 'witness' | 'signature'>,
    signature: string
  ): Promise<Address | undefined> {
    if (lastBlock < firstBlock || !/^[0-9a-f]{64}$/.test(root)) return undefined
    const batch = { number: BigInt(number), firstBlock: BigInt(firstBlock), lastBlock: BigInt(lastBlock), root }
    try {
      return (await recoverBatchSigner(this.#domain, batch, signature)).toLowerCase() as Address
    } catch (error) {
      if (error instanceof VerificationError && error.code === 'SIGNATURE_INVALID') return undefined
      throw error
    }
  }
}
