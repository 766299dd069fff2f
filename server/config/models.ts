import { join } from 'node:path'
import { z } from 'zod'
import { findModel } from '../../models/manifest'
import type { ModelsConfig as ModelPlaces } from '../models/places'
import type { storageVariables } from './storage'
import { list, type Values } from './variable'

export const modelVariables = {
  PROCESSING_DEVICE: z.enum(['cpu', 'webgpu', 'cuda']).default('cpu').meta({
    description:
      'What computes models; where it is not there or computes wrong numbers, the CPU does, and results say so. `cuda` needs the CUDA libraries of ONNX Runtime, which are not part of the install',
    right: 'cpu, webgpu or cuda',
  }),
  MODELS_CACHE: z.string().optional().meta({
    description:
      'Folder for fetched models, which several processes and installations may share; made when missing. Not set, that is `models` in `DATA_DIR`',
    right: 'a path',
  }),
  MODELS_DIR: z.string().optional().meta({
    description:
      'Folder with models of your own, `<model id>/<file>` as `npm run models list` names them: used in place of fetched ones, only read, and checked like them',
    right: 'a path',
  }),
  MODELS_FETCH: z.enum(['defaults', 'asked']).default('defaults').meta({
    description:
      'Which models are fetched: those of the install by themselves (`defaults`), or only what somebody asks for (`asked`)',
    right: 'defaults or asked',
  }),
  ACCEPT_LICENSES: list(z.string().refine((id) => id === 'all' || findModel(id) !== undefined)).meta({
    description:
      'Ids of models under a non-commercial licence that you have read and accept, or `all`; without it they are neither fetched nor run',
    right: 'a list of model ids separated by commas, or all',
  }),
}

type Variables = Values<typeof modelVariables>

export interface ModelConfig {
  readonly models: ModelPlaces
  /** What computes models. */
  readonly device: Variables['PROCESSING_DEVICE']
}

export const modelConfig = (variables: Variables & Pick<Values<typeof storageVariables>, 'DATA_DIR'>): ModelConfig => ({
  models: {
    cache: variables.MODELS_CACHE ?? join(variables.DATA_DIR, 'models'),
    folder: variables.MODELS_DIR,
    acceptLicences: variables.ACCEPT_LICENSES.includes('all') ? 'all' : variables.ACCEPT_LICENSES,
    fetchDefaults: variables.MODELS_FETCH === 'defaults',
  },
  device: variables.PROCESSING_DEVICE,
})
