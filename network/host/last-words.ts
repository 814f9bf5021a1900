import { NetworkError } from '../errors.ts'

interface Damage { words: RegExp, process: RegExp, advice: string }

/** `ID` is the organisation; the state folder is the first line of `make status`. */
const folderOf = (folder: string): string => `\`organizations/ID/data/${folder}\` in the state folder (\`make status\` names it)`
/** Go's runtime tells why a program ended before the calls that led there, which may be long. */
const PANIC = /^panic: /
/** How every other line of Fabric's logs begins. */
const LOGGED = /^\d{4}-\d\d-\d\dT/

/** What programs of others say as they end because what they stored is damaged, and what helps. */
const DAMAGES: Damage[] = [
  {
    process: /^ca\./,
    words: /malformed|not a database|file is encrypted|disk I\/O error/i,
    advice: 'Its database is damaged: move fabric-ca-server.db (of `ca/`, or of `ca/tls-ca/`) away and `make up`. It begins a new one with the same keys and all declared identities; who was enrolled later enrols again, and revocations must be said again.'
  },
  {
    process: /^peer\d+\./,
    words: /corrupt|leveldb|crc|unexpected EOF|hash mismatch|blockfile|block file|Failed to load chain|ledger \[.*\] already exists/i,
    advice: `Its ledger is damaged: \`make down\`, move ${folderOf('NAME/ledgersData')} away, then \`make up\`. ` +
      'It joins the channel again and fetches every block from its orderer.'
  },
  {
    process: /^orderer\./,
    words: /corrupt|crc|unexpected EOF|\bwal\b|leveldb|snapshot|blockfile|block file/i,
    // The leader counts on what this orderer once had; only one elected after the loss sends all of it again.
    advice: `Its log is damaged: \`make down\`, move ${folderOf('orderer')} away, then \`make up\`. ` +
      'It joins the channel again and fetches every block, while a majority of the orderers runs without it; ' +
      'if it ends again, have the orderer that leads started anew.'
  },
  {
    process: /^(?:gateway|anchor)\./,
    words: /malformed|not a database|SQLITE_CORRUPT|SQLITE_NOTADB/i,
    advice: 'Its database is damaged: restore `data/` of that service from a backup. Most of it comes from the ledger again, but kfrags, wraps and the journal do not.'
  }
]

/**
 * The lines of a log that tell why its process ended: the last ones, or from the panic on when what follows is only the calls that led
 * there.
 */
export function lastWords (log: string, count: number): string {
  const lines = log.trimEnd().split('\n')
  const panic = lines.findLastIndex((line) => PANIC.test(line))
  const isLast = panic >= 0 && !lines.slice(panic).some((line) => LOGGED.test(line))
  return (isLast ? lines.slice(panic, panic + count) : lines.slice(-count)).join('\n')
}

/** What to do when a process ended with these last words; undefined when they tell of no damage that is known. */
export function damageAdvice (process: string, words: string): string | undefined {
  return DAMAGES.find((damage) => damage.process.test(process) && damage.words.test(words))?.advice
}

/** A failed process with its own last words and what to do. */
export function failedWithWords (what: string, { process, log, words }: { process: string, log: string, words: string }): NetworkError {
  const shown = words.split('\n').map((line) => `  ${line}`).join('\n')
  return new NetworkError('process-failed', `${what}; the end of ${log}:\n${shown}`, {
    advice: damageAdvice(process, words) ?? 'Run `make doctor`.'
  })
}
