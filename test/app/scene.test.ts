import { describe, expect, test } from 'vitest'
import { pairBox, pairPath } from '../../app/canvas/pairs'
import { sceneOf } from '../../app/canvas/scene'
import { sheetLayout } from '../../app/canvas/sheet-layout'
import { emptySession, type Item } from '../../app/state/session'
import { toCard } from '../../app/tools/card'
import { findTool } from '../../operators/registry'

const file = (name: string) => new File([name], name)

const layers = {
  ...{ all: [], original: false, picture: null, laidOver: false },
  ...{
    holdOriginal: () => {},
    showPicture: () => {},
    layOver: () => {},
    wipe: 0.5,
    wipeTo: () => {},
    change: () => {},
  },
}

function item(name: string, made: string[] = []): Item {
  const outcome = {
    decision: { place: 'device', reason: 'device-quick', deviceSeconds: 0, serverSeconds: null },
    ran: { place: 'device', backend: 'WASM SIMD' },
    timings: { decode: 0, modelLoad: 0, compute: 0, encode: 0 },
    data: {},
    sizes: {},
    files: made.map((one) => ({ name: one, type: 'image/png', blob: file(one) })),
  } as const
  const run =
    made.length > 0 ? ({ status: 'done', outcome, params: {}, madeWith: '' } as const) : ({ status: 'ready' } as const)
  return { picture: { id: name, file: file(name) }, run }
}

const scene = async (tool: string, shown: Item, over: Partial<typeof layers> = {}, fixed = {}) =>
  sceneOf({
    card: await toCard(findTool(tool).spec),
    session: { ...emptySession({}), fixed },
    item: shown,
    layers: { ...layers, ...over },
  })

describe('what lies on the canvas', () => {
  test('is the input with its layers, or the result picture that was asked for', async () => {
    const done = item('photo.png', ['matches.png', 'heatmap.png'])
    expect(await scene('match-template', done)).toMatchObject({ base: { name: 'photo.png' }, layered: true })
    const heatmap = { picture: 'heatmap.png' as never }
    expect(await scene('match-template', done, heatmap)).toMatchObject({
      base: { name: 'heatmap.png' },
      layered: false,
    })
    expect(await scene('match-template', done, { ...heatmap, original: true })).toMatchObject({
      base: { name: 'photo.png' },
    })
  })

  test('is two pictures where lines lead from one to the other, or one laid on the other', async () => {
    const done = item('query.png', ['matches.png', 'aligned.png'])
    const fixed = { train_image: { id: 't', file: file('train.png') } }
    expect(await scene('match-feature', done, {}, fixed)).toMatchObject({
      base: { name: 'query.png' },
      other: { name: 'train.png' },
    })
    expect(await scene('match-feature', done, { laidOver: true }, fixed)).toMatchObject({
      base: { name: 'train.png' },
      other: null,
      over: expect.any(Blob),
    })
  })

  test('is the first picture of the last step for a tool that has no layers', async () => {
    const done = item('photo.png', [
      'step-1-matches.png',
      'step-1-heatmap.png',
      'step-2-matches.png',
      'step-2-aligned.png',
    ])
    expect((await scene('match-chain', done)).base).toMatchObject({ name: 'step-2-matches.png' })
  })

  test('is nothing for a point cloud until there is a result to see', async () => {
    expect((await scene('match-surface', item('part.ply'))).base).toBeNull()
    expect((await scene('match-surface', item('part.ply', ['pose.png']))).base).toMatchObject({ name: 'pose.png' })
  })
})

test('two pictures lie side by side at the same height, and lines end at the centres of pixels', () => {
  const layout = sheetLayout({ width: 100, height: 50 }, { width: 400, height: 100 })
  expect(layout.other).toMatchObject({ height: 50, width: 200, scale: 0.5 })
  expect(layout.other?.x).toBeGreaterThan(100)
  const pair = { query_x: 9.5, query_y: 4.5, train_x: 99.5, train_y: 19.5 }
  const x = layout.other?.x ?? 0
  expect(pairPath([pair], layout)).toBe(`M10,5L${x + 50},10`)
  expect(pairBox(pair, layout)).toEqual({ x: 10, y: 5, w: x + 40, h: 5 })
})
