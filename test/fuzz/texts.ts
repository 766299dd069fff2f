import { below, mutate, pick, type Random } from './mutate'

const STRANGE = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1.5',
    '1e309',
    '-1e-400',
    '0x10',
    '1_000',
    '9'.repeat(400),
    'NaN',
    'Infinity',
    'null',
    'true',
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', 'then', '[object Object]'],
  ...[
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udfff',
    '\u202e',
    '\ufeff',
    '😀',
    'é'.normalize('NFD'),
    '\r\nX-Injected: 1',
    '\u2028',
  ],
  ...[
    '../../etc/passwd',
    '..\\..\\x',
    '/etc/passwd',
    'C:\\x',
    'file:///etc/passwd',
    '%00',
    '%2e%2e%2f',
    '%zz',
    'con.png',
  ],
  ...[
    'http://127.0.0.1/',
    'http://[::1]/',
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://169.254.169.254/',
    'gopher://x',
  ],
  ...[
    "';drop table tasks;--",
    '$1',
    '{{7*7}}',
    '#{7*7}',
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '`id`',
  ],
  ...[
    '1'.repeat(5000),
    'a'.repeat(70_000),
    '.'.repeat(5000),
    ' '.repeat(5000),
    ':'.repeat(5000),
    '['.repeat(30_000),
    '{"a":'.repeat(9000),
  ],
  ...[
    '[]',
    '{}',
    '[[]]',
    '{"tool":"template"}',
    '[{"tool":"chain"}]',
    '{"__proto__":{"isAdmin":true}}',
    '[1e400]',
    '"\\u0000"',
  ],
]

/** A text that programs have stumbled over, or one of theirs with something changed. */
export function strangeText(random: Random, known: readonly string[] = []): string {
  if (known.length === 0 || random() < 0.6) return pick(random, STRANGE)
  const bytes = known.map((text) => new TextEncoder().encode(text))
  return new TextDecoder().decode(mutate(pick(random, bytes), random, bytes, STRANGE.slice(0, 30)))
}

/** Any JSON value, which may be deep, wide, or have names that objects have by themselves. */
export function strangeJson(random: Random, known: unknown, depth = 0): unknown {
  const kind = below(random, depth > 4 ? 5 : 9)
  if (kind === 0) return pick(random, [0, -0, -1, 1.5, 1e308, 2 ** 53, -(2 ** 31), 5e-324])
  if (kind === 1) return pick(random, [null, true, false])
  if (kind < 4) return strangeText(random)
  if (kind === 4) return known
  if (kind === 5) return Array.from({ length: below(random, 4) }, () => strangeJson(random, known, depth + 1))
  if (kind === 6) return Array(pick(random, [10, 1000])).fill(pick(random, STRANGE.slice(0, 20)))
  return changed(random, known, depth)
}

/** The known object with a property or two changed, missing or too many. */
function changed(random: Random, known: unknown, depth: number): unknown {
  if (Array.isArray(known)) return known.map((one) => (random() < 0.5 ? one : strangeJson(random, one, depth + 1)))
  if (typeof known !== 'object' || known === null) return strangeJson(random, known, depth + 1)
  const kept = Object.entries(known).filter(() => random() < 0.85)
  const values = kept.map(([name, one]) => [name, random() < 0.6 ? one : strangeJson(random, one, depth + 1)])
  const more = random() < 0.3 ? [[strangeText(random), strangeJson(random, known, depth + 1)]] : []
  return Object.fromEntries([...values, ...more])
}

/** JSON text of such a value; `__proto__` as a property, nesting beyond reason and spoilt syntax among them. */
export function strangeJsonText(random: Random, known: unknown): string {
  const kind = below(random, 12)
  if (kind === 0) return strangeText(random, [JSON.stringify(known)])
  if (kind === 1) return '['.repeat(200_000) + ']'.repeat(200_000)
  if (kind === 2) return nested(random, known)
  const text = JSON.stringify(strangeJson(random, known))
  return kind === 3 ? text.replace('{', '{"__proto__":{"isAdmin":true,"threshold":0.9},') : text
}

/** A known property holds a list in a list in a list. */
function nested(random: Random, known: unknown): string {
  const names = typeof known === 'object' && known !== null ? Object.keys(known) : []
  const name = names.length > 0 ? pick(random, names) : 'a'
  const deep = pick(random, [50, 5000, 100_000])
  return `{${JSON.stringify(name)}:${'['.repeat(deep)}1${']'.repeat(deep)}}`
}
