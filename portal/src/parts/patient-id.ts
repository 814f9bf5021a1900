/** Whether what was typed can be a patient's number. */
export function isPatientId (text: string): boolean {
  return /^[a-z2-7]{32}$/.test(text.trim())
}
