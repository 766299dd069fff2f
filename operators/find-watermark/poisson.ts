import type { Size } from '../../core/raster'
import { emptySpectrum, powerOfTwo, transform } from './fft'
import type { Gradients } from './gradients'
import type { Plane } from './planes'

/**
 * The plane whose steps are closest to these, in the least squares sense, and 0 on the mean along its border.
 *
 * @see Frankot and Chellappa, "A method for enforcing integrability in shape from shading algorithms", PAMI 1988
 */
export function integrate({ x: stepsX, y: stepsY }: Gradients, { width, height }: Size): Plane {
  const acrossX = spectrumOf(stepsX, { width, height })
  const acrossY = spectrumOf(stepsY, { width, height })
  const { width: columns, height: rows } = acrossX
  for (let v = 0; v < rows; v++) {
    for (let u = 0; u < columns; u++) {
      const i = v * columns + u
      const [xr, xi] = step(u, columns)
      const [yr, yi] = step(v, rows)
      const power = xr * xr + xi * xi + yr * yr + yi * yi
      const re = xr * acrossX.re[i] + xi * acrossX.im[i] + yr * acrossY.re[i] + yi * acrossY.im[i]
      const im = xr * acrossX.im[i] - xi * acrossX.re[i] + yr * acrossY.im[i] - yi * acrossY.re[i]
      acrossX.re[i] = power > 0 ? re / power : 0
      acrossX.im[i] = power > 0 ? im / power : 0
    }
  }
  transform(acrossX, true)
  const plane = new Float32Array(width * height)
  for (let i = 0; i < plane.length; i++) plane[i] = acrossX.re[Math.floor(i / width) * columns + (i % width)]
  const level = borderMean(plane, { width, height })
  return plane.map((value) => value - level)
}

/** What the spectrum of a signal is multiplied with when each value is taken from the next. */
const step = (frequency: number, length: number): readonly [number, number] => {
  const angle = (2 * Math.PI * frequency) / length
  return [Math.cos(angle) - 1, Math.sin(angle)]
}

function spectrumOf(plane: Plane, { width, height }: Size) {
  const spectrum = emptySpectrum(powerOfTwo(width), powerOfTwo(height))
  for (let i = 0; i < plane.length; i++) spectrum.re[Math.floor(i / width) * spectrum.width + (i % width)] = plane[i]
  transform(spectrum)
  return spectrum
}

function borderMean(plane: Plane, { width, height }: Size): number {
  let [sum, count] = [0, 0]
  for (let i = 0; i < plane.length; i++) {
    const x = i % width
    const y = (i - x) / width
    if (x > 0 && y > 0 && x < width - 1 && y < height - 1) continue
    sum += plane[i]
    count++
  }
  return sum / count
}
