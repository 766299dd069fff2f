import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { type Call, curl, javascript, python } from '../../app/export/snippets'

const call: Call = {
  origin: 'http://127.0.0.1:8080',
  path: 'match/template',
  inputs: [
    { name: 'image', kind: 'raster', title: 'Image' },
    { name: 'template', kind: 'raster', title: 'Template' },
  ],
  fileNames: { image: "my cat's $HOME photo.png" },
  params: { threshold: 0.9, use_grayscale: false },
}

test('curl sends every slot and every setting, and a shell passes odd file names on as they are', () => {
  const line = curl(call).split('\n\n')[0].replace(/^curl/, 'printf "%s\\n"')
  const words = execFileSync('sh', ['-c', line], { encoding: 'utf8' }).trim().split('\n')
  expect(words).toEqual([
    ...['-F', "image=@my cat's $HOME photo.png", '-F', 'template=@template.png'],
    ...['-F', 'threshold=0.9', '-F', 'use_grayscale=false'],
    'http://127.0.0.1:8080/api/v1/match/template',
  ])
})

test('JavaScript is a program that runs as it is pasted', () => {
  const check = () =>
    execFileSync(process.execPath, ['--check', '--input-type=module', '-'], { input: javascript(call) })
  expect(check).not.toThrow()
  expect(javascript(call)).toContain('form.set("threshold", "0.9")')
})

test('Python names every file and every setting', () => {
  expect(python(call)).toContain(`"image": open("my cat's $HOME photo.png", "rb"),`)
  expect(python(call)).toContain('"use_grayscale": "false",')
})
