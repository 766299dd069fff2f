import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { toCsv, toTsv } from '../../app/export/csv'
import { baseName } from '../../app/export/save'
import { uniqueNames, zipResults } from '../../app/export/zip'

test('CSV has a header, quotes what needs it and ends lines as the standard says', () => {
  const rows = [
    { file: 'a,b.png', score: 0.5 },
    { file: 'say "x".png', score: 1e-7 },
  ]
  expect(toCsv(['file', 'score'], rows)).toBe('file,score\r\n"a,b.png",0.5\r\n"say ""x"".png",1e-7')
})

test('a file name cannot become a formula in a spreadsheet, and negative numbers stay numbers', () => {
  expect(toCsv(['file', 'x'], [{ file: '=HYPERLINK("http://x")', x: -4 }])).toBe(
    'file,x\r\n"\'=HYPERLINK(""http://x"")",-4',
  )
})

test('copied tables have tabs between columns and one row per line', () => {
  expect(toTsv(['a', 'b'], [{ a: 'one\ttwo\n', b: 3 }])).toBe('a\tb\none two \t3')
})

test('a ZIP has a folder for each picture, also when two have the same name', async () => {
  const result = (name: string) => ({
    name,
    rows: [{ x: 1 }],
    json: '{"tool":"t"}',
    files: [{ name: 'matches.png', blob: new Blob([new Uint8Array([1, 2, 3])]) }],
  })
  const columns = [{ name: 'x', title: 'x', fraction: false }]
  const zip = await zipResults([result('cat.png'), result('dir/cat.jpg')], columns)
  const files = unzipSync(new Uint8Array(await zip.arrayBuffer()))
  expect(Object.keys(files).sort()).toEqual([
    'cat-2/matches.png',
    'cat-2/result.csv',
    'cat-2/result.json',
    'cat/matches.png',
    'cat/result.csv',
    'cat/result.json',
  ])
  expect(strFromU8(files['cat/result.csv'])).toBe('x\r\n1')
  expect([...files['cat-2/matches.png']]).toEqual([1, 2, 3])
})

test('names for saving keep dots inside and lose the extension only', () => {
  expect(['photo.v2.png', '.hidden', 'a/b/c.jpg', 'plain'].map(baseName)).toEqual(['photo.v2', '.hidden', 'c', 'plain'])
  expect(uniqueNames(['a', 'a', 'a-2'])).toEqual(['a', 'a-2', 'a-2-2'])
})
