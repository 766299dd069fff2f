import { describe, expect, it } from 'vitest'
import { type Keepable, keepBest, type Lie } from '../../core/copies/keep-best'

const picture = (over: Partial<Keepable> = {}): Keepable => ({
  width: 400,
  height: 300,
  bytes: 60_000,
  lossless: false,
  modified: 1000,
  ...over,
})
const lie = (a: number, b: number, over: Partial<Lie> = {}): Lie => ({
  ...{ a, b, edits: [], overlap: 1, inside: 1 },
  ...over,
})

describe('the picture worth keeping', () => {
  it('has most pixels', () => {
    const group = [picture({ width: 200, height: 150 }), picture(), picture({ width: 100, height: 75, lossless: true })]
    expect(keepBest(group, [])).toEqual({ best: 1, reasons: ['most_pixels'] })
  })

  it('is not the crop, also when that was enlarged', () => {
    const group = [picture({ width: 1600, height: 1200 }), picture()]
    const crop = lie(0, 1, { edits: ['resized', 'cropped'], overlap: 0.5, inside: 1 })
    expect(keepBest(group, [crop])).toEqual({ best: 1, reasons: ['whole'] })
    expect(keepBest(group.toReversed(), [{ ...crop, a: 0, b: 1, overlap: 1, inside: 0.5 }])).toEqual({
      best: 0,
      reasons: ['whole'],
    })
  })

  it('is not the one that differs from all others by something laid over it', () => {
    const group = [picture({ bytes: 90_000 }), picture(), picture({ bytes: 50_000 })]
    const edits = ['overlaid']
    expect(keepBest(group, [lie(0, 1, { edits }), lie(0, 2, { edits }), lie(1, 2)])).toEqual({
      best: 1,
      reasons: ['untouched', 'least_compressed'],
    })
  })

  it('is not the smaller one, though the larger one was also compared with an edited one', () => {
    const group = [picture(), picture(), picture({ width: 200, height: 150 })]
    expect(keepBest(group, [lie(0, 1, { edits: ['mirrored'] }), lie(0, 2, { edits: ['resized'] })])).toEqual({
      best: 0,
      reasons: ['untouched', 'most_pixels'],
    })
  })

  it('is told by other reasons when something lies over one of two: nothing says over which', () => {
    const edits = ['overlaid']
    expect(keepBest([picture(), picture({ modified: 500 })], [lie(0, 1, { edits })])).toEqual({
      best: 1,
      reasons: ['oldest'],
    })
  })

  it('is the lossless one of equal size, then the least compressed, then the oldest', () => {
    const jpeg = picture()
    const png = picture({ lossless: true, bytes: 10_000 })
    expect(keepBest([jpeg, png], [])).toEqual({ best: 1, reasons: ['lossless'] })
    const finer = picture({ bytes: 80_000, modified: 9000 })
    expect(keepBest([jpeg, finer], [])).toEqual({ best: 1, reasons: ['least_compressed'] })
    expect(keepBest([jpeg, picture({ modified: 999 })], [])).toEqual({ best: 1, reasons: ['oldest'] })
  })

  it('takes sizes that hardly differ for the same', () => {
    const group = [picture({ width: 401 }), picture({ lossless: true })]
    expect(keepBest(group, [])).toEqual({ best: 1, reasons: ['lossless'] })
  })

  it('is the first where nothing tells them apart, and no reason is made up', () => {
    expect(keepBest([picture(), picture()], [lie(0, 1)])).toEqual({ best: 0, reasons: [] })
  })
})
