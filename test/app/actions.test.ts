import { expect, test } from 'vitest'
import { ACTIONS, actionFor, keyCaps } from '../../app/shell/actions'

const press = (key: string, held: { ctrlKey?: boolean; metaKey?: boolean; altKey?: boolean } = {}) =>
  actionFor({ key, ctrlKey: false, metaKey: false, altKey: false, ...held })

test('runs on Ctrl+Enter and on ⌘ Enter', () => {
  expect(press('Enter', { ctrlKey: true })).toBe('run')
  expect(press('Enter', { metaKey: true })).toBe('run')
  expect(press('Enter')).toBeUndefined()
})

test('means the same with Caps Lock, and nothing with Alt', () => {
  expect(press('P')).toBe('private')
  expect(press('p', { altKey: true })).toBeUndefined()
  expect(press('z')).toBeUndefined()
})

test('no two actions share a key', () => {
  const keys = Object.values(ACTIONS).flatMap((action) => [...action.keys])
  expect(new Set(keys).size).toBe(keys.length)
})

test('shows keys as they are printed on the keyboard at hand', () => {
  expect(keyCaps('Mod+Enter', true)).toEqual(['⌘', '↵'])
  expect(keyCaps('Mod+Enter', false)).toEqual(['Ctrl', 'Enter'])
  expect(keyCaps('ArrowLeft', false)).toEqual(['←'])
})
