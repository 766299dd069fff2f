/** A file to send: a Blob or File, or bytes with a name. */
export type Upload = Blob | { readonly name: string; readonly content: Blob | Uint8Array<ArrayBuffer> }

/** What a field of a form or a query can be; lists and objects are sent as JSON, null and undefined not at all. */
type Value = string | number | boolean | object | null | undefined
export type Fields = Readonly<Record<string, Value>>

/** @param files by field, those with several sent in their order */
export function formOf(files: Readonly<Record<string, Upload | readonly Upload[] | undefined>>, fields: Fields = {}) {
  const form = new FormData()
  for (const [field, one] of Object.entries(files)) {
    for (const upload of listOf(one)) appendFile(form, field, upload)
  }
  for (const [name, value] of texts(fields)) form.append(name, value)
  return form
}

const listOf = (uploads: Upload | readonly Upload[] | undefined): readonly Upload[] => {
  if (uploads === undefined) return []
  return isList(uploads) ? uploads : [uploads]
}

const isList = (uploads: Upload | readonly Upload[]): uploads is readonly Upload[] => Array.isArray(uploads)

function appendFile(form: FormData, field: string, upload: Upload): void {
  if (upload instanceof Blob) {
    form.append(field, upload, nameOf(upload) ?? field)
    return
  }
  const { name, content } = upload
  form.append(field, content instanceof Blob ? content : new Blob([content]), name)
}

const nameOf = (blob: Blob): string | undefined =>
  'name' in blob && typeof blob.name === 'string' ? blob.name : undefined

/** `?limit=50&status=PROCESSED`, or nothing. */
export function queryOf(fields: Fields): string {
  const query = new URLSearchParams(texts(fields)).toString()
  return query && `?${query}`
}

const texts = (fields: Fields): [name: string, text: string][] =>
  Object.entries(fields).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, textOf(value)]],
  )

const textOf = (value: string | number | boolean | object): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value)
