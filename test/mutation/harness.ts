import assert from 'node:assert/strict'

/** As much of tap as the tests of the policy use. A test runs at once, and the first assertion that fails throws out of its file. */
const t = {
  test: (_name: string, body: (t: unknown) => void): void => { body(t) },
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

export default t
