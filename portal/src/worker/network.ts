import { fromHex } from '@epione/crypto'
import { ClientError, FetchTransport, Gateways, PortalConfig, readNetworkDocument } from '@epione/sdk'
import type { ClientContext } from '@epione/sdk'
import { Value } from 'typebox/value'
import { kept } from './kept.ts'

/** What serves the pages says which network this is; the worker asks it itself. */
export class Network {
  readonly config: PortalConfig
  readonly context: ClientContext
  /** The own gateway shows the very network that the description names. @throws {ClientError} NETWORK_MISMATCH, UNAVAILABLE */
  readonly prove = kept(() => readNetworkDocument(this.context))

  private constructor (config: PortalConfig) {
    this.config = config
    const { networkId, document, gateways } = config.network
    // A gateway that serves the pages stands at their own origin.
    const { origin } = self.location
    this.context = {
      networkId: fromHex(networkId),
      document,
      gateways: new Gateways(gateways, { connect: (info) => new FetchTransport(info, config.edition === 'served' && info.id === gateways[0]?.id ? origin : `${origin}/gateways/${info.id}`) })
    }
  }

  /** @throws {ClientError} UNAVAILABLE, CONFIG_INVALID */
  static async read (): Promise<Network> {
    const answer = await fetch('/portal.json', { cache: 'no-store' }).catch((cause: unknown) => {
      throw new ClientError('UNAVAILABLE', 'The service of this portal does not answer: is "epione portal" running?', {}, { cause })
    })
    if (answer.status === 401) throw new ClientError('TOKEN_REQUIRED', 'The session with "epione portal" is over: open the address that it prints.')
    const config: unknown = answer.ok ? await answer.json().catch(() => undefined) : undefined
    if (Value.Check(PortalConfig, config)) return new Network(config)
    throw new ClientError('CONFIG_INVALID', `What serves this page gives no description of the network (status ${answer.status}).`)
  }
}
