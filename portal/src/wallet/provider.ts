/** What a wallet offers a page (EIP-1193). */
export interface Provider { request: (call: { method: string, params?: readonly unknown[] }) => Promise<unknown> }

/** A wallet that announced itself (EIP-6963). Its name is a stranger's text. */
export interface FoundWallet { id: string, name: string, provider: Provider }

/** How long (ms) wallets have to announce themselves, and how many are listed. */
const ANNOUNCED_WITHIN_MS = 300
const MAX_WALLETS = 16
const MAX_NAME = 64

type Announcing = Pick<EventTarget, 'addEventListener' | 'removeEventListener' | 'dispatchEvent'> & { ethereum?: unknown }

/** Wallets of this browser: those that announce themselves, else the one that older ones leave in `window.ethereum`. */
export async function findWallets (page: Announcing = globalThis, waitMs = ANNOUNCED_WITHIN_MS): Promise<FoundWallet[]> {
  const found = new Map<string, FoundWallet>()
  const hear = (event: Event): void => {
    const wallet = readAnnouncement('detail' in event ? event.detail : undefined)
    if (wallet !== undefined && found.size < MAX_WALLETS && !found.has(wallet.id)) found.set(wallet.id, wallet)
  }
  page.addEventListener('eip6963:announceProvider', hear)
  page.dispatchEvent(new Event('eip6963:requestProvider'))
  await new Promise((resolve) => { setTimeout(resolve, waitMs) })
  page.removeEventListener('eip6963:announceProvider', hear)
  if (found.size === 0 && isProvider(page.ethereum)) return [{ id: 'window.ethereum', name: 'Wallet', provider: page.ethereum }]
  return [...found.values()]
}

function readAnnouncement (detail: unknown): FoundWallet | undefined {
  const { info, provider } = Object(detail) as { info?: unknown, provider?: unknown }
  const { uuid, name } = Object(info) as { uuid?: unknown, name?: unknown }
  if (typeof uuid !== 'string' || !/^[0-9a-fA-F-]{36}$/.test(uuid) || typeof name !== 'string' || !isProvider(provider)) return undefined
  return { id: uuid, name: name.slice(0, MAX_NAME), provider }
}

function isProvider (value: unknown): value is Provider {
  return typeof value === 'object' && value !== null && 'request' in value && typeof value.request === 'function'
}
