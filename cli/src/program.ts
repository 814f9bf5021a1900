import process from 'node:process'
import { main } from './cli.ts'
import { guardOutput } from './commands/guard-output.ts'

guardOutput(process)
process.exitCode = await main(process.argv.slice(2), process)
