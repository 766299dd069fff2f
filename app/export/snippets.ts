import type { Slot } from '../../core/operator'
import { asText } from '../state/remembered-params'

export interface Call {
  readonly origin: string
  /** Below `/api/v1`. */
  readonly path: string
  readonly inputs: readonly Slot[]
  /** By slot; a slot without a file gets an example name. */
  readonly fileNames: Readonly<Record<string, string>>
  readonly params: Readonly<Record<string, unknown>>
}

/** The same run over REST, ready to paste into a shell. */
export function curl(call: Call): string {
  const parts = [
    ...files(call).map(([slot, name]) => `-F ${shellQuoted(`${slot}=@${name}`)}`),
    ...Object.entries(call.params).map(([name, value]) => `-F ${shellQuoted(`${name}=${asText(value)}`)}`),
    `${call.origin}/api/v1/${call.path}`,
  ]
  return [
    `curl ${parts.join(' \\\n  ')}`,
    '',
    "# The answer has the task's uid. Ask until status is done or error:",
    `curl ${call.origin}/api/v1/tasks/{uid}`,
  ].join('\n')
}

export function javascript(call: Call): string {
  return `import { openAsBlob } from 'node:fs'

const api = ${quoted(`${call.origin}/api/v1`)}
const form = new FormData()
${files(call)
  .map(([slot, name]) => `form.set(${quoted(slot)}, await openAsBlob(${quoted(name)}), ${quoted(name)})`)
  .join('\n')}
${Object.entries(call.params)
  .map(([name, value]) => `form.set(${quoted(name)}, ${quoted(asText(value))})`)
  .join('\n')}

let task = await (await fetch(\`\${api}/${call.path}\`, { method: 'POST', body: form })).json()
while (task.status === 'queued' || task.status === 'processing') {
  await new Promise((resolve) => setTimeout(resolve, 500))
  task = await (await fetch(\`\${api}/tasks/\${task.uid}\`)).json()
}
console.log(task.error ?? task.result_data)
`
}

export function python(call: Call): string {
  const params = Object.entries(call.params).map(([name, value]) => `    ${quoted(name)}: ${quoted(asText(value))},`)
  return `import time
import requests

api = ${quoted(`${call.origin}/api/v1`)}
files = {
${files(call)
  .map(([slot, name]) => `    ${quoted(slot)}: open(${quoted(name)}, "rb"),`)
  .join('\n')}
}
data = {
${params.join('\n')}
}

task = requests.post(f"{api}/${call.path}", files=files, data=data).json()
while task["status"] in ("queued", "processing"):
    time.sleep(0.5)
    task = requests.get(f"{api}/tasks/{task['uid']}").json()
print(task["error"] or task["result_data"])
`
}

const files = ({ inputs, fileNames }: Call): [slot: string, name: string][] =>
  inputs.map(({ name }) => [name, fileNames[name] ?? `${name}.png`])

const quoted = (text: string): string => JSON.stringify(text)

/** Plain words stay as they are; within single quotes a shell changes nothing. */
const shellQuoted = (text: string): string =>
  /^[\w@=./:+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
