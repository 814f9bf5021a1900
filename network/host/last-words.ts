import { NetworkError } from '../errors.ts'

interface Damage { words: RegExp, process: RegExp, advice: string }

const REBUILT = 'Move its folder in `data/` (see `make status ARGS=--json` for the state folder) and progress.json away, then `make up`'

/** What programs of others say as they end because what they stored is damaged, and what helps. */
const DAMAGES: Damage[] = [
  {
    process: /^ca\./,
    words: /malformed|not a database|file is encrypted|disk I\/O error/i,
    advice: 'Its database is damaged: move fabric-ca-server.db (of `ca/`, or of `ca/tls-ca/`) away and `make up`. It begins a new one with the same keys and all declared identities; who was enrolled later enrols again, and revocations must be said again.'
  },
  {
    process: /^peer\d+\./,
    words: /corrupt|leveldb|crc|unexpected EOF|hash mismatch|blockfile|block file/i,
    advice: `Its ledger is damaged: ${REBUILT}. It joins the channel again and fetches every block from the others.`
  },
  {
    process: /^orderer\./,
    words: /corrupt|crc|unexpected EOF|wal|leveldb|snap/i,
    advice: `Its log is damaged: ${REBUILT}. It joins the channel again and fetches every block, while a majority of the other orderers runs.`
  },
  {
    process: /^(?:gateway|anchor)\./,
    words: /malformed|not a database|SQLITE_CORRUPT|SQLITE_NOTADB/i,
    advice: 'Its database is damaged: restore `data/` of that service from a backup. Most of it comes from the ledger again, but kfrags, wraps and the journal do not.'
  }
]

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
