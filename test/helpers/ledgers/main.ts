import { growLedger } from './grow.ts'

/** Usage: node test/helpers/ledgers/main.ts FOLDER ALONE TOGETHER RECORDS */
const [target, ...counts] = process.argv.slice(2)
const [alone, together, recordsPerRequest] = counts.map(Number)
if (target === undefined || alone === undefined || together === undefined || recordsPerRequest === undefined) throw new TypeError('usage: main.ts FOLDER ALONE TOGETHER RECORDS')
await growLedger(target, { alone, together, recordsPerRequest }, (text) => { console.log(text) })
