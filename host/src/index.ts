export { networkOf } from './addresses.ts'
export { BOX_OVERHEAD_BYTES, openBox, sealBox } from './box.ts'
export { readBoundedText } from './bounded-text.ts'
export { findSettingFaults } from './environment.ts'
export type { Fits, SettingsSchema } from './environment.ts'
export { isErrno, isStorageFailing, isStorageFull, isUsage, messageOf } from './failures.ts'
export {
  createFile, fileExists, listIfExists, nameFile, PRIVATE_FOLDER_MODE, PRIVATE_MODE, readIfExists, readTextIfExists, replaceFile, syncPath,
  whyUnreadable
} from './files.ts'
export type { Content, WriteOptions } from './files.ts'
export { sqliteResultOf, takeLock, waitForLock } from './lock.ts'
export type { Lock } from './lock.ts'
export { guardOutput } from './output.ts'
export { PreparedStatements } from './prepared.ts'
export { pause, repeat } from './repeat.ts'
