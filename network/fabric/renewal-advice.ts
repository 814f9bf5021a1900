/** How to renew a certificate before its day, or after. */
export const RENEWAL_ADVICE = 'Run `make certs-renew`, which keeps the keys and restarts what shows the certificate, one process at a time (`make certs-renew ARGS=--dry-run` prints the plan).'

/** What to do about a certificate that is torn, or does not belong to the key beside it. */
export const DAMAGED_PAIR_ADVICE = 'Restore certificate and key from a backup. Where the key is the right one, `make certs-renew ARGS="--org ORGANISATION --name NAME"` has the CA certify it again.'
