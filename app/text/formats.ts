import type { Locale } from '../../core/text'

export interface Formats {
  /** At most `digits` after the point. */
  number(value: number, digits?: number): string
  /** Always `digits` after the point: for columns and labels. */
  fixed(value: number, digits: number): string
  bytes(value: number): string
  /** `83 ms`, `1.2 s`, `3 min 20 s` */
  duration(ms: number): string
  percent(ratio: number): string
}

export const FRACTION_DIGITS = 4 // as many as scores have

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
const SECOND_MS = 1000
const MINUTE_MS = 60_000

export function createFormats(locale: Locale): Formats {
  const unit = (name: string, value: number, digits = 0, unitDisplay: 'short' | 'long' = 'short') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay, maximumFractionDigits: digits }).format(
      value,
    )

  return {
    number: (value, digits = 3) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value),
    fixed: (value, digits) =>
      new Intl.NumberFormat(locale, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(value),
    bytes: (value) => {
      const power = value < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(value) / 3))
      return unit(BYTE_UNITS[power], value / 1000 ** power, power > 1 ? 1 : 0, power ? 'short' : 'long')
    },
    duration: (ms) => {
      if (ms < SECOND_MS) return unit('millisecond', ms, ms < 10 ? 1 : 0)
      if (ms < MINUTE_MS) return unit('second', ms / SECOND_MS, 1)
      const seconds = Math.round(ms / SECOND_MS)
      return `${unit('minute', Math.floor(seconds / 60))} ${unit('second', seconds % 60)}`
    },
    percent: (ratio) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(ratio),
  }
}
