import type { JSX } from 'react'
import { CheckboxButton, CheckboxField } from 'react-aria-components/Checkbox'
import { FieldError } from 'react-aria-components/FieldError'
import { Input, Label, Text, TextArea, TextField } from 'react-aria-components/TextField'

interface FieldWanted {
  label: string
  name: string
  value: string
  onChange: (value: string) => void
  hint?: string
  error?: string | undefined
  type?: 'text' | 'password'
  autoComplete?: string
  rows?: number
  /** Of what people read in another script than the page's. */
  latin?: boolean
}

/** A labelled field with its hint and its fault, told to screen readers as such. */
export function Field (wanted: FieldWanted): JSX.Element {
  const { label, hint, error, rows, latin = false, type = 'text', autoComplete = 'off', ...rest } = wanted
  const written = { autoComplete, spellCheck: false, ...(latin ? { dir: 'ltr', lang: 'en' } : {}) }
  return (
    <TextField {...rest} type={type} isInvalid={error !== undefined} className='field'>
      <Label>{label}</Label>
      {rows === undefined ? <Input {...written} /> : <TextArea {...written} rows={rows} />}
      {hint === undefined ? null : <Text slot='description'>{hint}</Text>}
      <FieldError>{error}</FieldError>
    </TextField>
  )
}

/** A box to tick, with what it means. */
export function Check ({ label, hint, value, onChange }: {
  label: string, hint?: string, value: boolean, onChange: (value: boolean) => void
}): JSX.Element {
  return (
    <CheckboxField className='ticked' isSelected={value} onChange={onChange}>
      <CheckboxButton className='check'><span className='box' aria-hidden='true' />{label}</CheckboxButton>
      {hint === undefined ? null : <Text slot='description'>{hint}</Text>}
    </CheckboxField>
  )
}

export interface Option { id: string, name: string }

/** One of several: the platform's own list, which every machine shows as its people know it. */
export function Choice ({ label, value, options, onChange }: {
  label: string, value: string, options: readonly Option[], onChange: (value: string) => void
}): JSX.Element {
  return (
    <label className='field chosen'>
      <span>{label}</span>
      <select value={value} onChange={({ target }) => { onChange(target.value) }}>
        {options.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
      </select>
    </label>
  )
}

/** Any number of several, under one name. */
export function Choices ({ label, values, options, onChange }: {
  label: string, values: readonly string[], options: readonly Option[], onChange: (values: string[]) => void
}): JSX.Element {
  return (
    <fieldset className='several'>
      <legend>{label}</legend>
      {options.map(({ id, name }) => (
        <Check
          key={id} label={name} value={values.includes(id)}
          onChange={(ticked) => { onChange(ticked ? [...values, id] : values.filter((other) => other !== id)) }}
        />
      ))}
    </fieldset>
  )
}
