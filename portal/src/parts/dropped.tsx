import { useState } from 'react'
import type { JSX } from 'react'
import { Button } from 'react-aria-components/Button'
import { DropZone } from 'react-aria-components/DropZone'
import type { DropZoneProps } from 'react-aria-components/DropZone'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { Text } from 'react-aria-components/Text'
import { useSay } from '../i18n/language.tsx'

/** A place for one file, which is dropped there or chosen; anything else that is dropped is said to be none. */
export function Dropped (
  { label, choose, onFile }: { label: string, choose: string, onFile: (file: File | undefined) => void }
): JSX.Element {
  const say = useSay()
  const [isWrong, setWrong] = useState(false)
  const take = async ({ items: [item, ...others] }: Parameters<NonNullable<DropZoneProps['onDrop']>>[0]): Promise<void> => {
    // What the browser cannot read any more is no file either.
    const file = item?.kind === 'file' && others.length === 0 ? await item.getFile().catch(() => undefined) : undefined
    setWrong(file === undefined)
    if (file !== undefined) onFile(file)
  }
  return (
    <>
      <DropZone className='drop' onDrop={(event) => { void take(event) }}>
        <Text slot='label'>{label}</Text>
        <FileTrigger onSelect={(files) => { setWrong(false); onFile(files?.[0]) }}><Button>{choose}</Button></FileTrigger>
      </DropZone>
      {isWrong ? <p role='alert' className='notice bad'>{say('add.notOne')}</p> : null}
    </>
  )
}
