/**
 * How a value is shown: as it is, as a code, or by its message, in the person's language; a hospital and a person with the name in the
 * network's document.
 */
export type SaidKind = 'text' | 'code' | 'hospital' | 'person' | 'time' | 'bytes' | 'number' | 'message' | 'category' | 'purpose' | 'action' | 'power'

/** A line of what is going to be signed or opened: the name of its message, and the value that counts; several with commas between. */
export interface SaidLine { label: string, value: string, kind: SaidKind }

/** What the person is shown and says yes to. `title` and `warnings` are names of messages. */
export interface Said { title: string, lines: SaidLine[], warnings: string[] }

/** How far something is that was said yes to: parts of those that are known. */
export interface Progress { done: number, of: number }

/** Something that waits for a yes. The page gets `says` alone; what is carried out was fixed before it was shown. */
export interface Proposal<T> { says: Said, carry: (tell: (progress: Progress) => void) => Promise<T> }
