import { ToolError } from '../../core/errors'
import type { OpenCv } from '../../core/opencv'

let loading: Promise<OpenCv> | undefined

/** One instance in each worker. A failure is not kept: the network may be there next time. */
export async function loadOpenCv(): Promise<OpenCv> {
  try {
    loading ??= import('./opencv.built.js').then(({ default: createOpenCv }) => createOpenCv())
    return await loading
  } catch (cause) {
    loading = undefined
    throw new ToolError('unavailable', 'OpenCV could not be loaded; connect once to the network, or choose SIFT', {
      cause,
    })
  }
}
