import { createContext } from 'react'
import type { ComponentType } from 'react'
import type { Problem } from '../worker/problem.ts'

/** What a person can do about a problem where they are, without losing what they entered; `again` does once more what failed. */
export type Remedies = Partial<Record<Problem['code'], ComponentType<{ again?: () => void }>>>

/** Given by the frame, so that what shows problems need not know who mends them. */
export const Remedied = createContext<Remedies>({})
