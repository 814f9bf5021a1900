/** One hospital's gateway as the client's configuration names it. */
export interface GatewayInfo {
  mspId: string
  id: string
  name: string
  /** Also what a patient's session is made out to. */
  url: string
  /** The root (PEM) that the gateway's certificate must lead to; without it the roots of browser or system. */
  tlsCaPem?: string
}

/**
 * Makes the `Authorization` header of one request to one gateway: sessions are signed afresh for each, and name the record whose bytes
 * that gateway may fetch from others.
 */
export type Authorize = (gateway: GatewayInfo, record?: { recordId: string, version: number }) => string
