/** Adding a file, opening a record, and what was opened. */
export const words = {
  'open.do': 'Open',
  'open.confirm': 'Open this record here?',
  'opened.title': 'What is in it',
  'opened.showing': 'Getting it ready to be seen…',
  'opened.none': 'Nothing here shows this kind of file: save it, and open it with a program that you trust.',
  'opened.save': 'Save to this machine',
  'opened.saved': 'Saved as your browser does. From now on the file is yours to keep safe.',
  'add.title': 'Add a record of your own',
  'add.lead': 'The file is sealed here, before it leaves this machine.',
  'add.drop': 'Drop a file here, or choose one',
  'add.notOne': 'Drop one file: neither a folder nor several files at once can be taken.',
  'add.choose': 'Choose a file',
  'add.file': 'File',
  'add.size': 'Size',
  'add.keywords': 'What finds it',
  'add.keywords.hint': 'Words, beside those that are in it; as many as you like.',
  'add.do': 'Seal and add',
  'add.confirm': 'Add this record?',
  'add.done': 'On the ledger, and kept at {hospitals}.',
  'add.see': 'See the record'
}
