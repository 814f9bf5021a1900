import type { Anvil } from './anvil.ts'
import type { Provider } from '../../portal/src/wallet/index.ts'

/** What it asks its chain by. */
type ChainNode = Pick<Anvil, 'chainId' | 'request' | 'account'>

/** A wallet that speaks EIP-1193 before a real node, and whose person can be told what to say. */
export class WalletDouble implements Provider {
  readonly asked: string[] = []
  isLocked = false
  says: 'yes' | 'no' = 'yes'
  /** What happens as it is asked, before it answers. */
  before: ((method: string) => void) | undefined
  /** The chain that it is at. */
  node: ChainNode
  /** Chains that it knows. */
  readonly #nodes: readonly ChainNode[]

  constructor (node: ChainNode, others: readonly ChainNode[] = []) {
    this.node = node
    this.#nodes = [node, ...others]
  }

  async request ({ method, params = [] }: { method: string, params?: readonly unknown[] }): Promise<unknown> {
    this.asked.push(method)
    this.before?.(method)
    switch (method) {
      case 'eth_requestAccounts':
        this.#confirm()
        return this.isLocked ? [] : [this.node.account(3).address]
      case 'wallet_switchEthereumChain': {
        this.#confirm()
        const { chainId } = params[0] as { chainId: string }
        const other = this.#nodes.find((one) => one.chainId === Number(chainId))
        if (other === undefined) throw refusal(4902, 'unknown chain')
        this.node = other
        return null
      }
      case 'eth_sendTransaction':
        if (this.isLocked) throw refusal(4100, 'locked')
        this.#confirm()
        // As real ones do: what a page says of the chain binds.
        if (Number((params[0] as { chainId?: string }).chainId) !== this.node.chainId) throw refusal(4901, 'another chain')
        return await this.node.request(method, params)
      default:
        return await this.node.request(method, params)
    }
  }

  #confirm (): void {
    if (this.says === 'no') throw refusal(4001, 'User rejected the request.')
  }
}

export function refusal (code: number, message: string): Error {
  return Object.assign(new Error(message), { code })
}
