import { Component } from 'react'
import type { ReactNode } from 'react'
import { problemOf } from '../ask/use-asked.ts'
import { ProblemShown } from './problem.tsx'

/** Where something on a page fails, as a part that cannot be loaded any more, this says so in its place; everything else goes on. */
export class Unbroken extends Component<{ children: ReactNode }, { thrown?: unknown }> {
  override state: { thrown?: unknown } = {}

  static getDerivedStateFromError (thrown: unknown): { thrown: unknown } {
    return { thrown }
  }

  override render (): ReactNode {
    const { thrown } = this.state
    if (thrown === undefined) return this.props.children
    return <ProblemShown problem={problemOf(thrown)} again={() => { location.reload() }} />
  }
}
