import { dirname } from 'node:path'

/**
 * How to renew a certificate, as commands that work today: `make up` enrols whatever pair is missing. Two pairs are written
 * down elsewhere, where a new one would not be known: an orderer's in the channel's configuration, the peers' pair for the
 * chaincode in the installed package.
 */
export function renewalAdvice (file: string): string {
  if (isWrittenDown(file)) {
    return 'No command renews this one: the channel or the installed chaincode names it. Before that day move to a network of new identities (`make clean`, `make up`: the old ledger is lost), ' +
      'or have the admins of a majority change the channel by Fabric\'s own tools.'
  }
  return `Renew it before that day: ${enrolAnew(file)}; every process that shows it is started with the new one.`
}

/** What to do about a certificate file that is torn: the key beside it may be whole, but `make up` makes no certificate for it. */
export function damagedPairAdvice (file: string): string {
  return isWrittenDown(file)
    ? 'Restore it from a backup: the channel or the installed chaincode names it.'
    : `Restore it from a backup, or ${enrolAnew(file)}.`
}

function isWrittenDown (file: string): boolean {
  return /\/tls\/(?:orderer|chaincode-client)\/cert\.pem$/.test(file)
}

function enrolAnew (file: string): string {
  const folder = dirname(file)
  return `\`make down && mv ${quote(folder)} ${quote(`${folder}.former`)} && make up\` enrols it anew`
}

function quote (path: string): string {
  return `'${path.replaceAll('\'', () => '\'\\\'\'')}'`
}
