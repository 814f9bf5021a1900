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
