import { parseArgs } from 'node:util'
import { guardOutput, isUsage } from '@epione/host'
import { isAddress } from 'viem'
import { AnchorError } from './errors.ts'
import { loadNetwork } from './chain/networks.ts'
import { openAccounts } from './service/assemble.ts'
import { deployContract } from './service/deploy.ts'
import { describeError } from './service/logger.ts'
import { readNetworkFile, readSettings } from './service/settings.ts'
import type { Address } from 'viem'
import type { Settings } from './service/settings.ts'

const USAGE = `usage: node dist/admin.js keys
       node dist/admin.js deploy --witnesses 0x..,0x.. [--fund 0x..,0x..]
       node dist/admin.js status
Keys of this organisation's anchor service, made at the first call; the contract; what the running service says of itself.
`

const COMMANDS: Record<string, (settings: Settings, args: string[]) => Promise<object>> = {
  keys: async (settings) => {
    const { witness, submitter } = await openAccounts(settings)
    return { witness: witness.address.toLowerCase(), submitter: submitter.address.toLowerCase() }
  },
  deploy: async (settings, args) => {
    const { values } = parseArgs({ args, options: { witnesses: { type: 'string' }, fund: { type: 'string' } } })
    const { networkId } = await readNetworkFile(settings.networkFile)
    const network = await loadNetwork(settings.evm.networksFile, settings.evm.network, settings.evm.rpcUrl)
    const { submitter } = await openAccounts(settings)
    return await deployContract({
      network,
      networkId,
      witnesses: toAddresses(values.witnesses),
      fund: toAddresses(values.fund),
      contractFile: settings.contractFile,
      submitter
    })
  },
  // The service holds its store alone, so it is asked.
  status: async ({ listen }) => {
    const response = await fetch(`http://${listen.host}:${listen.port}/status`)
    if (!response.ok) throw new AnchorError('SETTINGS_INVALID', `The anchor service answers ${response.status}: see its log.`)
    return await response.json() as object
  }
}

function toAddresses (list: string | undefined): Address[] {
  const addresses = list === undefined || list === '' ? [] : list.split(',')
  return addresses.map((address) => {
    if (!isAddress(address, { strict: false })) {
      throw new AnchorError('SETTINGS_INVALID', `${address} is no address: give 0x and 40 hex digits, separated by commas.`)
    }
    return address
  })
}

async function main ([name = '', ...args]: string[]): Promise<number> {
  const command = COMMANDS[name]
  if (command === undefined) {
    process.stderr.write(USAGE)
    return name === '--help' ? 0 : 2
  }
  process.stdout.write(JSON.stringify(await command(readSettings(process.env), args), null, 2) + '\n')
  return 0
}

guardOutput(process, (cause) => {
  const message = `The answer cannot be written: ${cause.message}. What was asked for is done.`
  process.stderr.write(`${JSON.stringify(describeError(new AnchorError('OUTPUT_FAILED', message, { cause })))}\n`)
})
main(process.argv.slice(2)).then((code) => { process.exitCode = code }, (error: unknown) => {
  process.stderr.write(`${JSON.stringify(describeError(error))}\n`)
  process.exitCode = isUsage(error) ? 2 : 1
})
