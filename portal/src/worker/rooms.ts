import type * as adding from './rooms/adding.ts'
import type * as administration from './rooms/administration.ts'
import type * as auditingFiles from './rooms/auditing-files.ts'
import type * as auditing from './rooms/auditing.ts'
import type * as chain from './rooms/chain.ts'
import type * as consents from './rooms/consents.ts'
import type * as erasing from './rooms/erasing.ts'
import type * as guardians from './rooms/guardians.ts'
import type * as delegates from './rooms/delegates.ts'
import type * as emergencies from './rooms/emergencies.ts'
import type * as keys from './rooms/keys.ts'
import type * as limited from './rooms/limited.ts'
import type * as log from './rooms/log.ts'
import type * as network from './rooms/network.ts'
import type * as notices from './rooms/notices.ts'
import type * as practice from './rooms/practice.ts'
import type * as protection from './rooms/protection.ts'
import type * as reading from './rooms/reading.ts'
import type * as records from './rooms/records.ts'
import type * as representatives from './rooms/representatives.ts'
import type * as reviewing from './rooms/reviewing.ts'
import type * as search from './rooms/search.ts'
import type * as session from './rooms/session.ts'
import type * as streams from './rooms/streams.ts'
import type * as takeaway from './rooms/takeaway.ts'
import type * as timeline from './rooms/timeline.ts'
import type * as writing from './rooms/writing.ts'
import type { Hearing } from './hearing.ts'
import type { Proposal } from './proposal.ts'

interface Rooms {
  adding: typeof adding
  administration: typeof administration
  auditing: typeof auditing
  auditingFiles: typeof auditingFiles
  chain: typeof chain
  consents: typeof consents
  erasing: typeof erasing
  guardians: typeof guardians
  delegates: typeof delegates
  emergencies: typeof emergencies
  keys: typeof keys
  limited: typeof limited
  log: typeof log
  network: typeof network
  notices: typeof notices
  practice: typeof practice
  protection: typeof protection
  reading: typeof reading
  records: typeof records
  representatives: typeof representatives
  reviewing: typeof reviewing
  search: typeof search
  session: typeof session
  streams: typeof streams
  takeaway: typeof takeaway
  timeline: typeof timeline
  writing: typeof writing
}
export type RoomName = keyof Rooms

/** What the page may ask, loaded as it is asked. Each function takes the desk and one input of plain data. */
export const ROOMS: { [R in RoomName]: () => Promise<Rooms[R]> } = {
  adding: () => import('./rooms/adding.ts'),
  administration: () => import('./rooms/administration.ts'),
  auditing: () => import('./rooms/auditing.ts'),
  auditingFiles: () => import('./rooms/auditing-files.ts'),
  chain: () => import('./rooms/chain.ts'),
  consents: () => import('./rooms/consents.ts'),
  erasing: () => import('./rooms/erasing.ts'),
  guardians: () => import('./rooms/guardians.ts'),
  delegates: () => import('./rooms/delegates.ts'),
  emergencies: () => import('./rooms/emergencies.ts'),
  keys: () => import('./rooms/keys.ts'),
  limited: () => import('./rooms/limited.ts'),
  log: () => import('./rooms/log.ts'),
  network: () => import('./rooms/network.ts'),
  notices: () => import('./rooms/notices.ts'),
  practice: () => import('./rooms/practice.ts'),
  protection: () => import('./rooms/protection.ts'),
  reading: () => import('./rooms/reading.ts'),
  records: () => import('./rooms/records.ts'),
  representatives: () => import('./rooms/representatives.ts'),
  reviewing: () => import('./rooms/reviewing.ts'),
  search: () => import('./rooms/search.ts'),
  session: () => import('./rooms/session.ts'),
  streams: () => import('./rooms/streams.ts'),
  takeaway: () => import('./rooms/takeaway.ts'),
  timeline: () => import('./rooms/timeline.ts'),
  writing: () => import('./rooms/writing.ts')
}

type Asked<F> = F extends (desk: never, input: infer I, hearing: infer H) => Promise<infer O>
  ? { input: unknown extends I ? undefined : I, output: O, event: H extends Hearing<infer T> ? T : never }
  : never

export type QuestionName<R extends RoomName> = keyof Rooms[R] & string
export type Input<R extends RoomName, Q extends QuestionName<R>> = Asked<Rooms[R][Q]>['input']
export type Output<R extends RoomName, Q extends QuestionName<R>> = Asked<Rooms[R][Q]>['output']
/** What carrying out a proposal gives. */
export type Done<R extends RoomName, Q extends QuestionName<R>> = Output<R, Q> extends Proposal<infer T> ? T : never
/** What a room's function tells while it is listened to; `never` for one that only answers. */
export type Told<R extends RoomName, Q extends QuestionName<R>> = Asked<Rooms[R][Q]>['event']
