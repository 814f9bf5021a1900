import process from 'node:process'
import { guardOutput } from '@epione/host'
import { main } from './main.ts'

guardOutput(process, (failure) => { process.stderr.write(`OUTPUT_FAILED: ${failure.message}\n`) })
process.exitCode = await main(process.argv.slice(2), process)
