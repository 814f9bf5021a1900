import type { JSX, ReactNode } from 'react'
import { useSay } from '../i18n/language.tsx'
import type { MessageId } from '../i18n/languages.ts'

export interface Column { title: MessageId, cell: ReactNode }
export interface Row { key: string, columns: readonly Column[] }

/** A row each, with the columns of the first for all; on a narrow page each row is a card. */
export function Table ({ rows, label }: { rows: readonly Row[], label?: string }): JSX.Element | null {
  const say = useSay()
  const [first] = rows
  if (first === undefined) return null
  return (
    <table className='log' {...(label === undefined ? {} : { 'aria-label': label })}>
      <thead><tr>{first.columns.map(({ title }) => <th key={title} scope='col'>{say(title)}</th>)}</tr></thead>
      <tbody>
        {rows.map(({ key, columns }) => (
          <tr key={key}>
            {columns.map(({ title, cell }) => <td key={title} data-label={say(title)}><div>{cell}</div></td>)}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
