import { z } from 'zod'
import { accessVariables } from './access'
import { inpaintVariables } from './inpaint'
import { listenVariables } from './listen'
import { modelVariables } from './models'
import { monitoringVariables } from './monitoring'
import { plateVariables } from './plates'
import { storageVariables } from './storage'
import { queueVariables, runVariables } from './tasks'
import { uploadVariables } from './uploads'
import { webhookVariables } from './webhooks'

/** Every environment variable the server reads, in the order of CONFIG.md. */
export const Environment = z.object({
  ...listenVariables,
  ...storageVariables,
  ...queueVariables,
  ...uploadVariables,
  ...plateVariables,
  ...runVariables,
  ...modelVariables,
  ...webhookVariables,
  ...accessVariables,
  ...inpaintVariables,
  ...monitoringVariables,
})

export type Variables = z.output<typeof Environment>

/** CONFIG.md, whole. */
export function configTable(): string {
  const rows = Object.entries(Environment.shape).map(([name, schema]) => {
    const { description, right } = schema.meta() ?? {}
    const fallback = schema.safeParse(undefined).data
    return `| \`${name}\` | ${fallback === undefined ? '' : `\`${fallback}\``} | ${right} | ${description} |`
  })
  return [
    '# Configuration',
    '',
    'The server reads these environment variables. A wrong value stops the start with a sentence that says what would be right.',
    '',
    '| variable | default | value | meaning |',
    '| --- | --- | --- | --- |',
    ...rows.map((row) => row.replace(' `` ', '  ')),
    '',
  ].join('\n')
}
