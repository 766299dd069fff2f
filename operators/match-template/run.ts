import { heatmap } from '../../core/draw-heatmap'
import { fieldError } from '../../core/errors'
import type { Check, Run } from '../../core/operator'
import { drawMatches } from './draw-matches'
import { keep } from './keep'
import { colorPlanes, grayPlanes, isFlat } from './planes'
import { refine } from './refine'
import { withScores } from './score-map'
import type { matchTemplate } from './spec'

/** @throws ToolError invalid-input when the template is larger than the image, or is one flat colour */
export const check: Check<typeof matchTemplate> = ({ image, template }, { use_grayscale }) => {
  if (template.width > image.width || template.height > image.height) {
    const ctx = { width: template.width, height: template.height, most_width: image.width, most_height: image.height }
    const sizes = `${ctx.width}×${ctx.height}) is larger than the image (${image.width}×${image.height}`
    const message = `The template (${sizes}); choose a template that fits inside`
    throw fieldError('invalid-input', 'template', message, 'template_too_large', ctx)
  }
  if (isFlat(colorPlanes(template))) {
    const message = 'The template is one flat colour, so there is nothing to recognise; choose one with some detail'
    throw fieldError('invalid-input', 'template', message, 'template_flat')
  }
  if (use_grayscale && isFlat(grayPlanes(template))) {
    const message =
      'The template is one flat gray once colour is ignored; set use_grayscale to false to compare colours'
    throw fieldError('invalid-input', 'template', message, 'template_flat_gray')
  }
}

/** Finds where `template` occurs in `image`, best first. */
export const run: Run<typeof matchTemplate> = async ({ image, template }, params, { checkpoint }) => {
  const request = { image, template, method: params.method, gray: params.use_grayscale }
  return withScores(request, checkpoint, (scores) => {
    const kept = keep(scores, template, params.method)
    const data = refine(kept, params)
    const matches = drawMatches(image, data.matches)
    return { data, artefacts: { matches, heatmap: heatmap(scores.values, scores) }, backend: 'WASM SIMD', kept }
  })
}
