import { Shim } from 'fabric-shim'

/** Names under which the shim's modules log while they handle a transaction. */
const BUSY_LOGGERS = [
  'lib/handler.js', 'lib/stub.js', 'lib/iterators.js', 'lib/chaincode.js', 'contracts-spi/chaincodefromcontract.js',
  'contracts-spi/datamarshall.js'
]

/**
 * Drops the shim's debug messages unless they are wanted. Winston formats a message, with time stamp and colours,
 * before it looks at its level, and the shim makes some ten for each read or write: an eighth of a transaction's CPU.
 */
export function quietShim (): void {
  for (const name of BUSY_LOGGERS) {
    const logger = Shim.newLogger(name)
    if (logger.level !== 'debug') logger.debug = () => logger
  }
}
