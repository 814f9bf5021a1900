#!/usr/bin/env node
import process from 'node:process'
import { main } from '../dist/cli.js'
import { guardOutput } from '../dist/commands/guard-output.js'

guardOutput(process)
process.exitCode = await main(process.argv.slice(2), process)
