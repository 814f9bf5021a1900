import type { Test } from 'tap'

/** What `import t from 'tap'` gives a file that shares its process with others: a test of its own instead of the process's. */
export default (globalThis as { [name: symbol]: unknown })[Symbol.for('epione/test of a file')] as Test
