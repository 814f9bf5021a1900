import type { en } from '../en/index.ts'
import { common } from './common.ts'
import { log } from './log.ts'
import { problems } from './problems.ts'
import { records } from './records.ts'
import { start } from './start.ts'

export const words: Record<keyof typeof en, string> = {
  ...common, ...start, ...log, ...records, ...problems
}
