import { common } from './common.ts'
import { log } from './log.ts'
import { problems } from './problems.ts'
import { records } from './records.ts'
import { start } from './start.ts'

/** All messages, in ICU MessageFormat. Other languages have the same names: the compiler and a test say so. */
export const en = { ...common, ...start, ...log, ...records, ...problems }
