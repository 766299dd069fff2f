import { z } from 'zod'
import { flag, type Values } from './variable'

export const monitoringVariables = {
  ENABLE_METRICS: flag(true, 'Whether counts are kept and answered: `/metrics` for Prometheus, and `/api/v1/stats`'),
  METRICS_TOKEN: z.string().min(1).optional().meta({
    description:
      'What Prometheus sends as `Authorization: Bearer` to read `/metrics` of a server that others reach too; a key does as well',
    right: 'a long random text',
  }),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info').meta({
    description: 'How much is logged, as JSON lines on the error output',
    right: 'silent, error, warn, info or debug',
  }),
}

type Variables = Values<typeof monitoringVariables>

export interface MonitoringConfig {
  /** Counts of what the server does, and who may read them. */
  readonly metrics: { readonly enabled: boolean; readonly token: string | undefined }
  readonly logLevel: Variables['LOG_LEVEL']
}

export const monitoringConfig = (variables: Variables): MonitoringConfig => ({
  metrics: { enabled: variables.ENABLE_METRICS, token: variables.METRICS_TOKEN },
  logLevel: variables.LOG_LEVEL,
})
