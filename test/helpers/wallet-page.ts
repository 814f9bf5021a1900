import type { BrowserContext } from 'playwright-core'
import type { WalletDouble } from './wallet-double.ts'

interface Call { method: string, params?: readonly unknown[] }
interface Said { value?: unknown, error?: { code?: unknown, message: string } }

/** Puts a wallet into the pages of a browser, as an extension does: it announces itself (EIP-6963) and leaves nothing else behind. */
export async function installWallet (
  context: BrowserContext, double: WalletDouble, { id, name }: { id: string, name: string }
): Promise<void> {
  const binding = `wallet${id.replaceAll('-', '')}`
  await context.exposeFunction(binding, async (call: Call): Promise<Said> => {
    try {
      return { value: await double.request(call) }
    } catch (error) {
      const { code, message } = error as { code?: unknown, message: string }
      return { error: { code, message } }
    }
  })
  await context.addInitScript(({ binding, id, name }) => {
    const reach = (globalThis as unknown as Record<string, (call: Call) => Promise<Said>>)[binding]
    const request = async (call: Call): Promise<unknown> => {
      const { value, error } = await reach?.(call) ?? {}
      if (error !== undefined) throw Object.assign(new Error(error.message), { code: error.code })
      return value
    }
    const provider = Object.freeze({ request })
    const announce = (): void => {
      const detail = Object.freeze({ info: { uuid: id, name, icon: 'data:,', rdns: 'test.epione' }, provider })
      dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }))
    }
    addEventListener('eip6963:requestProvider', announce)
    announce()
  }, { binding, id, name })
}
