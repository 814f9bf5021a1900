import assert from 'node:assert/strict'

export type TestBody = (t: unknown) => unknown

/** Tests of the files that were loaded last, in order: whoever loads them empties it before. */
export const registered: { name: string, body: TestBody }[] = []

/** As much of tap as the tests of the policy use: a test waits for the runner, and its first assertion that fails throws. */
const t = {
  test: (name: string, body: TestBody): void => { registered.push({ name, body }) },
  ok: (value: unknown): void => { assert.ok(value) },
  notOk: (value: unknown): void => { assert.ok(value === undefined || value === false) },
  equal: (found: unknown, wanted: unknown): void => { assert.equal(found, wanted) },
  not: (found: unknown, wanted: unknown): void => { assert.notEqual(found, wanted) },
  same: (found: unknown, wanted: unknown): void => { assert.deepEqual(found, wanted) },
  match: (found: object, wanted: object): void => { assert.partialDeepStrictEqual(found, wanted) },
  strictSame: (found: unknown, wanted: unknown): void => { assert.deepEqual(found, wanted) },
  throws: (body: () => unknown, wanted: { name: string }): void => {
    assert.throws(body, (error) => error instanceof Error && error.name === wanted.name)
  },
  pass: (): void => {},
  end: (): void => {}
}

/** What a test's body is handed: a test within it runs at once. */
export const within = { ...t, test: (_name: string, body: TestBody): unknown => body(within) }

export default t
