import { createRequire } from 'node:module'
import { Shim } from 'fabric-shim'

type Logger = ReturnType<typeof Shim.newLogger>

/** Names under which the shim's modules log while they handle a transaction. */
const BUSY_LOGGERS = [
  'lib/handler.js', 'lib/stub.js', 'lib/iterators.js', 'lib/chaincode.js', 'contracts-spi/chaincodefromcontract.js',
  'contracts-spi/datamarshall.js'
]
/** The same of fabric-contract-api, which has loggers of its own. */
const BUSY_API_LOGGER = './lib/jsontransactionserializer.js'

/**
 * Drops the shim's debug and info messages unless they are wanted. Winston formats a message, with time stamp and colours,
 * before it looks at its level, and the shim makes some ten for each read or write: an eighth of a transaction's CPU.
 */
export function quietShim (): void {
  const api = createRequire(__filename)('fabric-contract-api/lib/logger.js') as { getLogger: (name: string) => Logger }
  for (const logger of [...BUSY_LOGGERS.map((name) => Shim.newLogger(name)), api.getLogger(BUSY_API_LOGGER)]) {
    if (logger.level === 'debug') continue
    logger.debug = () => logger
    if (logger.level !== 'info') logger.info = () => logger
  }
}
