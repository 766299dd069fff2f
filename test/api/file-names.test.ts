import { describe, expect, test } from 'vitest'
import { isStoredName, storedNames } from '../../server/api/file-names'
import { seeded } from '../support'

const bytes = (text: string) => new TextEncoder().encode(text).length

describe('the name under which an upload is stored', () => {
  test.each([
    ['screenshot.png', 'screenshot.png'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['C:evil.png', 'evil.png'],
    ['C:\\Users\\me\\cat.png', 'cat.png'],
    ['..', 'file'],
    ['', 'file'],
    ['a/', 'file'],
    ['.htaccess', 'htaccess'],
    ['photo.png. . ', 'photo.png'],
    ['a\u0000b\r\n.png', 'ab.png'],
    ['<img src=x onerror=alert(1)>.png', '_img_src_x_onerror_alert(1)_.png'],
    ['a?b#c%2e&d;e.png', 'a_b_c_2e_d_e.png'],
    ['con.png', '_con.png'],
    ['NUL', '_NUL'],
    ['Lpt1.tar.gz', '_Lpt1.tar.gz'],
    ['contour.png', 'contour.png'],
    ['скан 1.tiff', 'скан_1.tiff'],
    ['图标.png', '图标.png'],
    ['क्षेत्र.png', 'क्षेत्र.png'],
    ['gnp\u202egpj.exe', 'gnpgpj.exe'],
    ['e\u0301te\u0301.jpg', 'été.jpg'],
  ])('%j is %s', (sent, kept) => {
    expect(storedNames([sent])).toEqual([kept])
  })

  test('keeps its extension when it is cut', () => {
    const [name] = storedNames([`${'界'.repeat(200)}.jpeg`])
    expect(name).toMatch(/^界+\.jpeg$/)
    expect(bytes(name)).toBeLessThanOrEqual(120)
  })

  test('is another for each upload, also where case does not count', () => {
    const long = `${'x'.repeat(300)}.png`
    const names = storedNames(['a.png', 'A.png', 'a.png', 'a_2.png', long, long])
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(6)
    expect(names.every((name) => bytes(name) <= 120)).toBe(true)
  })

  test('is one that a path may be made of, whatever was sent', () => {
    const random = seeded(11)
    const pool = [...'aZ0._-()<>/\\:"\'%?#& \u0000\u200d\u202e\u0301éя界😀\ud800']
    for (let round = 0; round < 3000; round++) {
      const length = Math.floor(random() ** 3 * 200)
      const sent = Array.from({ length }, () => pool[Math.floor(random() * pool.length)]).join('')
      const [name] = storedNames([sent])
      expect({ sent, ok: isStoredName(name) && /^[^./\\][^/\\]*$/.test(name) && bytes(name) <= 120 }).toEqual({
        sent,
        ok: true,
      })
    }
  })

  test.each(['x', '界'])('holds the name of an upload of many %s in that of its result', (letter) => {
    const [name] = storedNames([`${letter.repeat(300)}.jpeg`])
    expect(isStoredName(`covered_${name.slice(0, -'.jpeg'.length)}_50.webp`)).toBe(true)
  })

  test.each(['..', '../a', 'a/b', '.env', 'a\\b', '', 'a b', 'con'])('is never %j', (name) => {
    expect(isStoredName(name)).toBe(false)
  })
})
