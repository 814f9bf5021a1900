import { createHmac } from 'node:crypto'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { errors } from 'oidc-provider'
import type { Adapter, AdapterConstructor, AdapterPayload } from 'oidc-provider'
import { openBox, PreparedStatements, PRIVATE_FOLDER_MODE, PRIVATE_MODE, sealBox } from '@epione/host'

const SCHEMA = `
  pragma journal_mode=wal; pragma synchronous=full; pragma busy_timeout=5000; pragma secure_delete=on;
  create table if not exists issued (
    name blob primary key, uid blob, user_code blob, grant_id blob, expires_at integer not null, sealed blob not null
  ) without rowid;
  create index if not exists issued_uid on issued (uid) where uid is not null;
  create index if not exists issued_user_code on issued (user_code) where user_code is not null;
  create index if not exists issued_grant_id on issued (grant_id) where grant_id is not null;
  create index if not exists issued_expires_at on issued (expires_at);
`
/** What the provider gives no end still gets one, in seconds. */
const NO_END_SECONDS = 24 * 3600

interface Row { name: Uint8Array, sealed: Uint8Array }

/**
 * What the provider has issued: sessions, codes, refresh tokens, grants. It outlives a restart. On the disk stand keyed hashes of the
 * names, which are the tokens themselves, and what belongs to them sealed under the same 32 bytes.
 */
export class IssuedStore {
  readonly #database: DatabaseSync
  readonly #statements: PreparedStatements
  readonly #key: Uint8Array

  constructor (dataDir: string, key: Uint8Array) {
    mkdirSync(dataDir, { recursive: true, mode: PRIVATE_FOLDER_MODE })
    const path = join(dataDir, 'issued.sqlite')
    closeSync(openSync(path, 'a', PRIVATE_MODE))
    this.#database = new DatabaseSync(path)
    this.#database.exec(SCHEMA)
    this.#statements = new PreparedStatements(this.#database)
    this.#key = key
  }

  close (): void {
    this.#database.close()
  }

  /** Forgets what has ended. */
  sweep (now = Date.now()): void {
    this.#statements.of('delete from issued where expires_at <= ?').run(now)
  }

  /** The provider makes one adapter for each kind of what it issues. */
  get adapter (): AdapterConstructor {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the provider constructs adapters itself, with nothing but a kind
    const store = this
    return class implements Adapter {
      readonly #kind: string

      constructor (kind: string) {
        this.#kind = kind
      }

      async upsert (id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
        await Promise.resolve()
        store.#put(this.#kind, id, payload, expiresIn)
      }

      async find (id: string): Promise<AdapterPayload | undefined> {
        return await Promise.resolve(store.#find('name', store.#hash(this.#kind, id)))
      }

      async findByUid (uid: string): Promise<AdapterPayload | undefined> {
        return await Promise.resolve(store.#find('uid', store.#hash('uid', uid)))
      }

      async findByUserCode (userCode: string): Promise<AdapterPayload | undefined> {
        return await Promise.resolve(store.#find('user_code', store.#hash('user code', userCode)))
      }

      async consume (id: string): Promise<void> {
        await Promise.resolve()
        store.#consume(this.#kind, id)
      }

      async destroy (id: string): Promise<void> {
        await Promise.resolve()
        store.#statements.of('delete from issued where name = ?').run(store.#hash(this.#kind, id))
      }

      async revokeByGrantId (grantId: string): Promise<void> {
        await Promise.resolve()
        store.#statements.of('delete from issued where grant_id = ?').run(store.#hash('grant', grantId))
      }
    }
  }

  #put (kind: string, id: string, payload: AdapterPayload, expiresIn: number): void {
    const name = this.#hash(kind, id)
    const optional = (part: string, value: string | undefined): Uint8Array | null => value === undefined ? null : this.#hash(part, value)
    const expiresAt = Date.now() + 1000 * (Number.isFinite(expiresIn) ? expiresIn : NO_END_SECONDS)
    this.#statements.of('insert or replace into issued (name, uid, user_code, grant_id, expires_at, sealed) values (?, ?, ?, ?, ?, ?)').run(
      name, optional('uid', payload.uid), optional('user code', payload.userCode), kind === 'Grant' ? null : optional('grant', payload.grantId),
      expiresAt, this.#seal(name, payload)
    )
    this.sweep()
  }

  #find (column: 'name' | 'uid' | 'user_code', value: Uint8Array): AdapterPayload | undefined {
    const row = this.#rowOf(column, value)
    return row === undefined ? undefined : this.#open(row)
  }

  #rowOf (column: 'name' | 'uid' | 'user_code', value: Uint8Array): Row | undefined {
    return this.#statements.of(`select name, sealed from issued where ${column} = ? and expires_at > ?`).get(value, Date.now()) as Row | undefined
  }

  #open (row: Row): AdapterPayload {
    return JSON.parse(openBox(this.#key, row.sealed, Buffer.from(row.name).toString('hex')).toString('utf8')) as AdapterPayload
  }

  /**
   * Of two who show the same at once, the provider looks at both before either is written down: the second is taken for a thief here, or
   * the first was one, and all that came of the sign-in ends (RFC 9700, 4.14.2).
   * @throws {errors.InvalidGrant}
   */
  #consume (kind: string, id: string): void {
    const name = this.#hash(kind, id)
    const row = this.#rowOf('name', name)
    const payload = row === undefined ? undefined : this.#open(row)
    if (row !== undefined && payload?.consumed === undefined) {
      const sealed = this.#seal(name, { ...payload, consumed: Math.floor(Date.now() / 1000) })
      const { changes } = this.#statements.of('update issued set sealed = ? where name = ? and sealed = ?').run(sealed, name, row.sealed)
      if (changes === 1) return
    }
    if (payload?.grantId !== undefined) this.#endGrant(payload.grantId)
    throw new errors.InvalidGrant('it was used already')
  }

  /** All that was issued under a grant, and the grant itself: what is on its way still is of no use then. */
  #endGrant (grantId: string): void {
    this.#statements.of('delete from issued where grant_id = ? or name = ?').run(this.#hash('grant', grantId), this.#hash('Grant', grantId))
  }

  #seal (name: Uint8Array, payload: AdapterPayload): Uint8Array {
    return sealBox(this.#key, Buffer.from(JSON.stringify(payload)), Buffer.from(name).toString('hex'))
  }

  #hash (kind: string, id: string): Uint8Array {
    return createHmac('sha256', this.#key).update(`epione/issued\0${kind}\0${id}`).digest()
  }
}
