import type { Silent } from '@epione/protocol/api'
import type { GatewayApi } from '../gateways/gateway-api.ts'

/** What a list of the log says that it lacks: parts of members that were not heard of, and what an auditor's scope cuts off. */
export class MissingParts {
  readonly #heard = new Set<string>()
  readonly #silent = new Map<string, { by: string, since?: number }>()
  #within: string | undefined

  /** Takes what a page says of it; the page as it is. */
  note<P extends { silent?: Silent, within?: string }> ({ info: { mspId: by } }: GatewayApi, page: P): P {
    this.#heard.add(by)
    for (const { mspId, since } of page.silent ?? []) this.#silent.set(mspId, { by, ...(since !== undefined && { since }) })
    this.#within ??= page.within
    return page
  }

  /** Organisations whose part may be missing: those of whom no gateway that answered was that gateway itself. */
  get silent (): string[] {
    return [...this.#silent.keys()].filter((mspId) => !this.#heard.has(mspId)).sort()
  }

  /** The organisation to whose people the scope of the auditor who asks cuts what is shown. */
  get within (): string | undefined {
    return this.#within
  }

  get warnings (): string[] {
    const cut = this.#within === undefined
      ? []
      : [`Only what people of ${this.#within} asked for is shown: that is the scope of this auditor.`]
    return [...cut, ...this.silent.map((mspId) => {
      const { by = '', since } = this.#silent.get(mspId) ?? {}
      const when = since === undefined ? 'not been heard of' : `not been heard of since ${new Date(since).toISOString()}`
      return `${mspId} has ${when} by ${by}: what it had yet to note, as who read the log through it, is missing.`
    })]
  }
}
