import type { UploadLimits } from '../api/engine'
import { BYTES_PER_MB, type Values, whole } from './variable'

export const uploadVariables = {
  MAX_FILE_MB: whole(20, 1, 10_000, 'Largest uploaded file', ' of megabytes'),
  MAX_CLOUD_MB: whole(
    150,
    1,
    10_000,
    'Largest uploaded PLY file: 5 million points with normals have 120',
    ' of megabytes',
  ),
  MAX_UPLOAD_MB: whole(1000, 1, 10_000, 'Largest request with all its files', ' of megabytes'),
  MAX_HELD_MB: whole(
    512,
    1,
    1_000_000,
    'Most memory for the files of all requests that are answered at once, such as faces; what comes over that is refused with 503',
    ' of megabytes',
  ),
  MAX_FILES: whole(10, 1, 1000, 'Most files in one request'),
  MAX_FILES_PER_REQUEST: whole(50, 1, 1000, 'Most pictures in one request to `/api/v1/process-task/`'),
}

export interface UploadConfig {
  readonly upload: UploadLimits
  /** Of all requests that are kept in memory and answered at once. */
  readonly heldBytes: number
  /** Pictures in one request that takes many. */
  readonly batchFiles: number
}

export const uploadConfig = (variables: Values<typeof uploadVariables>): UploadConfig => ({
  upload: {
    fileBytes: variables.MAX_FILE_MB * BYTES_PER_MB,
    cloudBytes: variables.MAX_CLOUD_MB * BYTES_PER_MB,
    totalBytes: variables.MAX_UPLOAD_MB * BYTES_PER_MB,
    files: variables.MAX_FILES,
  },
  heldBytes: variables.MAX_HELD_MB * BYTES_PER_MB,
  batchFiles: variables.MAX_FILES_PER_REQUEST,
})
