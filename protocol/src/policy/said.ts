import type { Person } from '../shapes/statements.ts'

/** What is not said holds of everything. */
export function says<T> (values: readonly T[] | undefined, value: T): boolean {
  return values === undefined || values.includes(value)
}

export function saysPerson (people: readonly Person[] | undefined, person: Person): boolean {
  return people === undefined || people.some(({ mspId, staffId }) => mspId === person.mspId && staffId === person.staffId)
}
