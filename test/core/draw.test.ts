import { describe, expect, test } from 'vitest'
import { blend, fillRect, type Ink, strokeRect } from '../../core/draw'
import { heatmap } from '../../core/draw-heatmap'
import { Pen } from '../../core/draw-text'
import type { Raster } from '../../core/raster'

const ink: Ink = { rgb: [255, 0, 0], alpha: 1 }

describe('rectangles', () => {
  test('are filled where they are on the raster', () => {
    const raster = blank(4, 3)
    fillRect(raster, { x: 2, y: -1, w: 9, h: 3 }, ink)
    expect(shape(raster)).toEqual(['..##', '..##', '....'])
  })

  test('are framed outside of what they enclose', () => {
    const raster = blank(6, 5)
    strokeRect(raster, { x: 2, y: 2, w: 2, h: 1 }, 1, ink)
    expect(shape(raster)).toEqual(['......', '.####.', '.#..#.', '.####.', '......'])
  })

  test('are framed inside where the raster ends', () => {
    const raster = blank(4, 4)
    strokeRect(raster, { x: 0, y: 0, w: 4, h: 4 }, 1, ink)
    expect(shape(raster)).toEqual(['####', '#..#', '#..#', '####'])
  })

  test('blend by their alpha, once at each pixel', () => {
    const raster = blank(5, 5)
    strokeRect(raster, { x: 1, y: 1, w: 3, h: 3 }, 1, { rgb: [0, 0, 0], alpha: 0.5 })
    expect(new Set(raster.data.filter((_, i) => i % 4 === 0))).toEqual(new Set([255, 128]))
  })

  test('show on a transparent pixel in their own colour', () => {
    const raster: Raster = { width: 1, height: 1, data: new Uint8ClampedArray(4) }
    blend(raster, 0, 0, { rgb: [10, 20, 30], alpha: 0.5 })
    expect([...raster.data]).toEqual([10, 20, 30, 128])
  })
})

describe('text', () => {
  test.each('0123456789.'.split(''))('"%s" stays within its height and width', (char) => {
    const pen = new Pen(20)
    const raster = blank(pen.width(char) + 8, 28)
    pen.write(raster, char, 4, 4, ink)
    const rows = shape(raster)
    expect(rows.join('')).toContain('#')
    expect([...rows.slice(0, 4), ...rows.slice(-4)].join('')).not.toContain('#')
    expect(rows.map((row) => row.slice(0, 4) + row.slice(-4)).join('')).not.toContain('#')
  })

  test('has figures that all differ', () => {
    const drawn = '0123456789'.split('').map((char) => {
      const pen = new Pen(9)
      const raster = blank(pen.width(char), 9)
      pen.write(raster, char, 0, 0, ink)
      return shape(raster).join('\n')
    })
    expect(new Set(drawn).size).toBe(10)
  })

  test('is cut off at the edge of the raster', () => {
    const raster = blank(10, 10)
    expect(() => new Pen(20).write(raster, '0.88', -5, 5, ink)).not.toThrow()
    expect(shape(raster).join('')).toContain('#')
  })
})

describe('heat map', () => {
  test('goes from black to pale yellow, and no further', () => {
    const { data } = heatmap(Float32Array.of(-1, 0, 1, 7), { width: 4, height: 1 })
    expect([...data.subarray(0, 4)]).toEqual([0, 0, 4, 255])
    expect([...data.subarray(4, 8)]).toEqual([0, 0, 4, 255])
    expect([...data.subarray(8, 12)]).toEqual([252, 255, 164, 255])
    expect([...data.subarray(12, 16)]).toEqual([252, 255, 164, 255])
  })

  test('grows brighter with every step', () => {
    const { data } = heatmap(
      Float32Array.from({ length: 256 }, (_, i) => i / 255),
      { width: 256, height: 1 },
    )
    const luma = Array.from(
      { length: 256 },
      (_, i) => 0.3 * data[i * 4] + 0.59 * data[i * 4 + 1] + 0.11 * data[i * 4 + 2],
    )
    for (let i = 8; i < 256; i++) expect(luma[i]).toBeGreaterThan(luma[i - 8])
  })
})

/** White. */
function blank(width: number, height: number): Raster {
  return { width, height, data: new Uint8ClampedArray(width * height * 4).fill(255) }
}

/** '#' for each pixel that is at least half covered with red. */
function shape({ width, height, data }: Raster): string[] {
  const mark = (i: number) => (data[i * 4 + 1] < 128 ? '#' : '.')
  return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => mark(y * width + x)).join(''))
}
