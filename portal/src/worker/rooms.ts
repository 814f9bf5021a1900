import type * as keys from './rooms/keys.ts'
import type * as log from './rooms/log.ts'
import type * as network from './rooms/network.ts'

interface Rooms { keys: typeof keys, log: typeof log, network: typeof network }
export type RoomName = keyof Rooms

/** What the page may ask, loaded as it is asked. Each function takes the desk and one input of plain data. */
export const ROOMS: { [R in RoomName]: () => Promise<Rooms[R]> } = {
  keys: () => import('./rooms/keys.ts'),
  network: () => import('./rooms/network.ts'),
  log: () => import('./rooms/log.ts')
}

type Asked<F> = F extends (desk: never, input: infer I) => Promise<infer O>
  ? { input: unknown extends I ? undefined : I, output: O }
  : never

export type QuestionName<R extends RoomName> = keyof Rooms[R] & string
export type Input<R extends RoomName, Q extends QuestionName<R>> = Asked<Rooms[R][Q]>['input']
export type Output<R extends RoomName, Q extends QuestionName<R>> = Asked<Rooms[R][Q]>['output']
