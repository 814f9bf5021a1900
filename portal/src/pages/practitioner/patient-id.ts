import type { MessageId } from '../../i18n/languages.ts'

/** Why what was typed can be no patient's id. */
export function patientIdFault (text: string): MessageId | undefined {
  return /^[a-z2-7]{32}$/.test(text.trim()) ? undefined : 'patients.wrongId'
}
