import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { useAsked } from '../../ask/use-asked.ts'
import { useSay } from '../../i18n/language.tsx'
import { Choice } from '../../parts/fields.tsx'
import type { Option } from '../../parts/fields.tsx'
import { optionsOf, sayCode } from '../../parts/said.tsx'
import type { FilterName, Filters } from './filters.ts'

const PURPOSES = ['TREAT', 'ETREAT', 'HPAYMT', 'HOPERAT', 'HRESCH', 'PUBHLTH', 'BTG']

interface FormWanted {
  names: readonly FilterName[]
  /** As the address has them. */
  filters: Filters
  faults?: readonly FilterName[]
  needed?: readonly FilterName[]
  label: string
  /** Makes them the address. */
  apply: (filters: Filters) => void
}

/** Filters that count once they are in the address. A form belongs to one address: give it that as its key. */
export function FilterForm ({ names, filters, faults = [], needed = [], label, apply }: FormWanted): JSX.Element {
  const say = useSay()
  const [values, setValues] = useState(filters)
  const members = useAsked('network', 'readNames', undefined)
  const any: Option = { id: '', name: say('audit.filter.any') }
  const organizations = [any, ...Object.entries(members.value ?? {}).map(([id, name]) => ({ id, name }))]
  const options: Partial<Record<FilterName, readonly Option[]>> = {
    mspId: withOwn(organizations, values.mspId),
    writtenAt: withOwn(organizations, values.writtenAt),
    purpose: withOwn([any, ...optionsOf(say, 'purpose', PURPOSES)], values.purpose),
    decision: withOwn([any, ...optionsOf(say, 'log', ['permit', 'deny'])], values.decision),
    origin: withOwn([any, ...optionsOf(say, 'audit.origin', ['other', 'own'])], values.origin)
  }
  const set = (name: FilterName) => (value: string): void => {
    setValues(({ [name]: _former, ...others }) => value === '' ? others : { ...others, [name]: value })
  }
  return (
    <form
      className='filters' role='search' aria-label={say('audit.filters')} onSubmit={(event) => {
        event.preventDefault()
        apply(values)
      }}
    >
      {names.map((name) => {
        const title = `${sayCode(say, 'audit.filter', name)}${needed.includes(name) ? ` (${say('audit.filter.needed')})` : ''}`
        const [choices, value] = [options[name], values[name] ?? '']
        if (choices !== undefined) return <Choice key={name} label={title} value={value} options={choices} onChange={set(name)} />
        const isTime = ['from', 'to', 'at'].includes(name)
        const isFaulty = faults.includes(name)
        return (
          <label key={name} className='field'>
            <span>{title}</span>
            <input
              // A day that is none is shown as it was written, and not as an empty field.
              type={isTime && !isFaulty ? 'date' : 'text'} dir='ltr' name={name} value={value} spellCheck={false} autoComplete='off'
              aria-invalid={isFaulty || undefined} onChange={({ target }) => { set(name)(target.value) }}
            />
            {isFaulty ? <span className='react-aria-FieldError'>{say('audit.filter.noDay')}</span> : null}
          </label>
        )
      })}
      <div className='choices'>
        <Button type='submit' className='main'>{label}</Button>
        <Button onPress={() => { apply({}) }}>{say('audit.filter.none')}</Button>
      </div>
    </form>
  )
}

/** What the address names and the page does not know is a choice, too: the hospital says what is wrong with it. */
function withOwn (options: readonly Option[], value: string | undefined): readonly Option[] {
  return value === undefined || options.some(({ id }) => id === value) ? options : [...options, { id: value, name: value }]
}
