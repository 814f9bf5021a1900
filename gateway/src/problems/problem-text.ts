/**
 * What a code says, what its receiver does, and at which operations it is: `all`; whoever calls (`staff`, `session`, `gateway`); what the
 * operation takes (`body`, `statement`, `up`: bytes, `down`: bytes back, `paged`, `idempotent`,
 * `underCaller`: transactions under their certificate) or does (`writes`: to the ledger); or tags.
 */
export type ProblemText = readonly [means: string, todo: string, at: string]
