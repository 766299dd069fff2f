import type { OpenCv } from '../../core/opencv'

/** Made by server/build/opencv.mjs. Every call makes an instance with a memory of its own. */
export default function createOpenCv(): Promise<OpenCv>
