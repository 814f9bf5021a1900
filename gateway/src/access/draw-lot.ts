import { randomInt } from 'node:crypto'

/** The names in an order that nobody can foretell, each as likely as any other. */
export function drawLot (names: readonly string[]): string[] {
  const drawn = [...names]
  for (let index = drawn.length - 1; index > 0; index--) {
    const other = randomInt(index + 1)
    const [left = '', right = ''] = [drawn[index], drawn[other]]
    drawn[index] = right
    drawn[other] = left
  }
  return drawn
}
