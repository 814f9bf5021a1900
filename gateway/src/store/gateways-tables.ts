/** Requests that all gateways of the hospital counted under a key, until `ends_at` (ms by the database's clock). */
export interface RequestCountsTable { key: string, count: number, ends_at: number }

/** When (ms by the database's clock) one of the hospital's gateways last began a piece of periodic work. */
export interface ChoresTable { name: string, begun_at: number }
