import type { MessageId } from '../../i18n/languages.ts'
import { isPatientId } from '../../parts/patient-id.ts'

/** Why what was typed can be no patient's id. */
export function patientIdFault (text: string): MessageId | undefined {
  return isPatientId(text) ? undefined : 'patients.wrongId'
}
