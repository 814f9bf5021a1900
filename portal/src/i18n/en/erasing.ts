/** Erasing one record. */
export const words = {
  'erase.do': 'Erase this record',
  'erase.confirm': 'Erase this record?',
  'erase.versions': 'Versions',
  'erase.means': 'It cannot be undone: every hospital destroys it, and your phrase opens it no more.',
  'erase.copies': 'Whoever opened it and saved it keeps what they saved. Backups of hospitals lose it with time; each says until when.',
  'erase.log': 'That it was there, who wrote and who read it stays in the log.',
  'erase.by': 'Who destroyed it',
  'erase.gone': '{hospital}: destroyed; gone from backups by {date}',
  'erase.pending': 'Not yet confirmed by {hospitals}',
  'erase.overdue': '{hospitals} should have confirmed a week ago: ask them.'
}
