import { ToolError } from '../../core/errors'
import type { OpenCv } from '../../core/opencv'

/** The package keeps the one instance itself. Its own types lack most of what is in it. */
export async function loadOpenCv(): Promise<OpenCv> {
  try {
    const { loadOpenCV } = await import('@opencvjs/web')
    return (await loadOpenCV()) as unknown as OpenCv
  } catch (cause) {
    throw new ToolError('unavailable', 'OpenCV could not be loaded, so only SIFT is there', { cause })
  }
}
