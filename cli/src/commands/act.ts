import type { Command } from 'commander'
import type { CommandRun } from './run.ts'

/** A command's work: gets its run, returns what to print. */
export type Act = (work: (run: CommandRun) => Promise<object>, command: Command) => Promise<void>
