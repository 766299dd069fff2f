import { type AccessConfig, accessConfig } from './config/access'
import { Environment, type Variables } from './config/environment'
import { type InpaintConfig, inpaintConfig } from './config/inpaint'
import { type ListenConfig, listenConfig } from './config/listen'
import { type ModelConfig, modelConfig } from './config/models'
import { type MonitoringConfig, monitoringConfig } from './config/monitoring'
import { type PlateConfig, plateConfig } from './config/plates'
import { missingKeys, type StorageConfig, storageConfig } from './config/storage'
import { type TaskConfig, taskConfig } from './config/tasks'
import { type UploadConfig, uploadConfig } from './config/uploads'
import { type WebhookConfig, webhookConfig } from './config/webhooks'

export type Config = ListenConfig &
  StorageConfig &
  UploadConfig &
  PlateConfig &
  TaskConfig &
  ModelConfig &
  WebhookConfig &
  AccessConfig &
  InpaintConfig &
  MonitoringConfig

/** Its message has one sentence for each wrong variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** @throws ConfigError that names every wrong variable at once and says what would be right */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const parsed = Environment.safeParse(given)
  const wrong = new Set(parsed.error?.issues.map(({ path }) => String(path[0])))
  const complaints = [...wrong].map((name) => complaint(name, given[name]))
  if (!wrong.has('ROLE') && !wrong.has('DATABASE_URL') && needsDatabase(given)) {
    complaints.push(
      `DATABASE_URL must be set when ROLE is ${given.ROLE}: the embedded database serves one process only.`,
    )
  }
  complaints.push(...missingKeys(given))
  if (!parsed.success || complaints.length > 0) throw new ConfigError(complaints.join('\n'))
  const config = toConfig(parsed.data)
  // Several workers on one machine must not be at odds over a port that nobody asked for.
  return config.role === 'worker' && given.PORT === undefined ? { ...config, ports: [] } : config
}

const needsDatabase = ({ ROLE, DATABASE_URL }: Readonly<Record<string, string | undefined>>): boolean =>
  (ROLE === 'api' || ROLE === 'worker') && DATABASE_URL === undefined

const SECRET = ['DATABASE_URL', 'STORAGE_URL', 'SECRET_KEY', 'RECEIPT_KEY', 'METRICS_TOKEN', 'API_KEY']

function complaint(name: string, value: string | undefined): string {
  const right = Environment.shape[name as keyof Variables].meta()?.right
  // An address may hold a password, and neither that nor a key must end up in a log.
  const found = SECRET.includes(name) ? '' : `, not ${JSON.stringify(value)}`
  return `${name} must be ${right}${found}.`
}

const toConfig = (variables: Variables): Config => ({
  ...listenConfig(variables),
  ...storageConfig(variables),
  ...uploadConfig(variables),
  ...plateConfig(variables),
  ...taskConfig(variables),
  ...modelConfig(variables),
  ...webhookConfig(variables),
  ...accessConfig(variables),
  ...inpaintConfig(variables),
  ...monitoringConfig(variables),
})
