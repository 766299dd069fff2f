/** Keys that would lead out of a storage, or that a file system reads as something else. */
export const ESCAPES = [
  '../secret',
  'uploads/../../secret',
  '/etc/passwd',
  'uploads//x',
  'uploads/./x',
  'uploads/..\\..\\secret',
  'C:/x',
  'uploads/x\0.png',
  'uploads/x\n',
  '.hidden/x',
  '',
  `uploads/${'x'.repeat(256)}`,
]
