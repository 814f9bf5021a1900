import type { Rpc } from '@epione/ledger/proof'
import { WalletError } from './errors.ts'
import type { WalletErrorCode } from './errors.ts'
import type { Provider } from './provider.ts'

/** What reading a chain takes; nothing that signs or sends goes this way. */
const READING = ['eth_chainId', 'eth_getCode', 'eth_getLogs', 'eth_getBlockByNumber', 'eth_blockNumber', 'eth_call', 'eth_getTransactionReceipt']
/** How long (ms) a wallet may take where nobody is asked anything. */
const ANSWER_MS = 20_000

/** Errors of EIP-1193 and EIP-1474 that say what the person can do. */
const MEANINGS: Readonly<Record<number, { code: WalletErrorCode, message: string }>> = {
  4001: { code: 'REJECTED', message: 'It was declined in the wallet.' },
  4100: { code: 'LOCKED', message: 'The wallet is locked, or lets this page use no account: unlock it.' },
  4900: { code: 'UNUSABLE', message: 'The wallet is connected to no chain.' },
  4901: { code: 'CHAIN_WRONG', message: 'The wallet is not connected to this chain.' },
  4902: { code: 'CHAIN_WRONG', message: 'The wallet does not know this chain: add it there first.' },
  [-32_002]: { code: 'BUSY', message: 'The wallet is asking something already: look there first.' }
}

/**
 * A wallet as a way to one chain that no hospital has a hand in. The chain is pinned: it is asked before and after each call, since a
 * person may change it in the wallet at any time.
 */
export class Wallet {
  readonly chainId: number
  readonly #provider: Provider

  constructor (provider: Provider, chainId: number) {
    this.#provider = provider
    this.chainId = chainId
  }

  /** Calls that read the pinned chain, as verifiers of proofs take them. They throw {@link WalletError}. */
  get rpc (): Rpc {
    return async (method, parameters) => {
      if (!READING.includes(method)) throw new WalletError('UNUSABLE', `${method} is not for reading a chain.`)
      await this.requireChain()
      const answer = await this.#ask(method, parameters, ANSWER_MS)
      // Changed meanwhile, the answer may be another chain's.
      await this.requireChain()
      return answer
    }
  }

  /** @throws {WalletError} CHAIN_WRONG */
  async requireChain (): Promise<void> {
    const said = await this.#ask('eth_chainId', [], ANSWER_MS)
    if (typeof said !== 'string' || !/^0x[0-9a-fA-F]{1,12}$/.test(said)) throw new WalletError('UNUSABLE', 'The wallet does not say which chain it is at.')
    if (Number(said) !== this.chainId) {
      throw new WalletError('CHAIN_WRONG', `The wallet is at chain ${String(Number(said))}, the network's anchors are on chain ${String(this.chainId)}.`)
    }
  }

  /** Has the wallet change to the pinned chain, which the person confirms there. @throws {WalletError} */
  async switchChain (): Promise<void> {
    await this.#ask('wallet_switchEthereumChain', [{ chainId: hex(this.chainId) }])
    await this.requireChain()
  }

  /** The account that pays, which the person lets this page use. @throws {WalletError} REJECTED, LOCKED, BUSY */
  async account (): Promise<string> {
    const accounts = await this.#ask('eth_requestAccounts', [])
    const first: unknown = Array.isArray(accounts) ? accounts[0] : undefined
    if (typeof first !== 'string' || !/^0x[0-9a-fA-F]{40}$/.test(first)) throw new WalletError('LOCKED', 'The wallet lets this page use no account: unlock it.')
    return first
  }

  /** Sends a call that the person confirms in the wallet; its transaction's hash. @throws {WalletError} */
  async send (call: { from: string, to: string, data: string }): Promise<string> {
    await this.requireChain()
    const hash = await this.#ask('eth_sendTransaction', [{ ...call, value: '0x0', chainId: hex(this.chainId) }])
    if (typeof hash !== 'string' || !/^0x[0-9a-f]{64}$/.test(hash)) throw new WalletError('UNUSABLE', 'The wallet names no transaction.')
    return hash
  }

  async #ask (method: string, params: readonly unknown[], withinMs?: number): Promise<unknown> {
    const late = Promise.withResolvers<never>()
    const timer = withinMs === undefined ? undefined : setTimeout(() => { late.reject(new WalletError('UNUSABLE', `The wallet does not answer ${method}.`)) }, withinMs)
    try {
      return await Promise.race([this.#provider.request({ method, params }), late.promise])
    } catch (error) {
      throw explain(method, error)
    } finally {
      clearTimeout(timer)
    }
  }
}

function explain (method: string, cause: unknown): WalletError {
  if (cause instanceof WalletError) return cause
  const { code } = Object(cause) as { code?: unknown }
  const known = typeof code === 'number' && Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined
  const { code: ours, message } = known ?? { code: 'UNUSABLE' as const, message: `The wallet could not do ${method}.` }
  return new WalletError(ours, message, { cause })
}

const hex = (value: number): string => `0x${value.toString(16)}`
