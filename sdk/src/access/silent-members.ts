import type { Silent } from '@epione/protocol/api'
import type { GatewayApi } from '../gateways/gateway-api.ts'

/** Members whose part of the log may be missing, as the gateways that were asked say with their pages. */
export class SilentMembers {
  readonly #heard = new Set<string>()
  readonly #silent = new Map<string, { by: string, since?: number }>()

  /** Takes what a page says of it; the page as it is. */
  note<P extends { silent?: Silent }> ({ info: { mspId: by } }: GatewayApi, page: P): P {
    this.#heard.add(by)
    for (const { mspId, since } of page.silent ?? []) this.#silent.set(mspId, { by, ...(since !== undefined && { since }) })
    return page
  }

  get warnings (): string[] {
    return [...this.#silent].filter(([mspId]) => !this.#heard.has(mspId)).map(([mspId, { by, since }]) => {
      const when = since === undefined ? 'not been heard of' : `not been heard of since ${new Date(since).toISOString()}`
      return `${mspId} has ${when} by ${by}: what it had yet to note, as who read the log through it, is missing.`
    })
  }
}
