const WIDTH = 256
const HEIGHT = 48
const GAP = 2
const PAD = 4

interface ChartProps {
  values: readonly number[]
  /** Says all that the chart shows. */
  label: string
}

/** One bar each from zero; the first stands out. */
export function Bars({ values, label }: ChartProps) {
  const most = Math.max(...values)
  const width = WIDTH / values.length
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} className="w-full">
      {values.map((value, i) => {
        const height = Math.max(1, (value / most) * HEIGHT)
        return (
          <rect
            key={i}
            x={i * width}
            y={HEIGHT - height}
            width={width - GAP}
            height={height}
            rx={1.5}
            className={i === 0 ? 'fill-accent' : 'fill-line-strong'}
          />
        )
      })}
    </svg>
  )
}

/** A line through the values, evenly spaced, from zero up. */
export function Curve({ values, label }: ChartProps) {
  const most = Math.max(...values)
  const points = values.map((value, i) => [
    PAD + (i * (WIDTH - 2 * PAD)) / Math.max(1, values.length - 1),
    HEIGHT - PAD - (value / most) * (HEIGHT - 2 * PAD),
  ])
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} className="w-full">
      <path d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} className="stroke-line-strong" />
      <polyline
        points={points.map((point) => point.join(',')).join(' ')}
        className="fill-transparent stroke-accent"
        strokeWidth={1.5}
        strokeLinejoin="round"
      />
      {points.map(([x, y], i) => (
        <circle key={i} cx={x} cy={y} r={2} className="fill-accent" />
      ))}
    </svg>
  )
}
