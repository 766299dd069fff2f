import type { UploadLimits } from './engine'

/** Most bytes of one file. The name only chooses between two limits: what the file is, its decoder finds out. */
export const mostBytes = (name: string, { fileBytes, cloudBytes }: UploadLimits): number =>
  /\.ply$/i.test(name) ? cloudBytes : fileBytes
