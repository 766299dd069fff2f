import { type Values, whole } from './variable'

export const inpaintVariables = {
  MAX_IMAGE_SIZE: whole(4096, 16, 30_000, 'Longest side of a picture sent to `/api/v1/remove-watermark`', ' of pixels'),
}

export interface InpaintConfig {
  /** Longest side of a picture of the inpainting family, pixels. */
  readonly imageSide: number
}

export const inpaintConfig = ({ MAX_IMAGE_SIZE }: Values<typeof inpaintVariables>): InpaintConfig => ({
  imageSide: MAX_IMAGE_SIZE,
})
