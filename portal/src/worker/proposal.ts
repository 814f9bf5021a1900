/** A line of what is going to be signed: what it is, by its message, and the value that will be in the statement. */
export interface SaidLine { label: string, value: string, kind: 'text' | 'code' | 'time' | 'category' | 'purpose' | 'action' }

/** What the person is shown and says yes to. `title` and `warnings` are names of messages. */
export interface Said { title: string, lines: SaidLine[], warnings: string[] }

/** Something that waits for a yes. The page gets `says` alone; what is carried out was fixed before it was shown. */
export interface Proposal<T> { says: Said, carry: () => Promise<T> }
