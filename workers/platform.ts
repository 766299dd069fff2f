import type { Platform } from '../operators/execute'
import { loadAsset } from './adapters/asset-web'
import { codecCanvas } from './adapters/codec-canvas'
import { loadOpenCv } from './adapters/opencv-web'
import { helperThreads } from './helper-threads'
import { DEVICE_PIXELS } from './limits'
import { deviceModels } from './models/device-models'

const helpers = helperThreads()

/** A browser worker, as operators see it. */
export const devicePlatform: Platform = {
  place: 'device',
  codec: codecCanvas,
  models: deviceModels,
  loadOpenCv,
  loadAsset,
  limits: DEVICE_PIXELS,
  parallel: (cores) => helpers.parallel(cores),
  now: () => performance.now(),
  log: (error) => console.error(error),
}
