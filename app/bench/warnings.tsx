'use client'
import { BatteryLow, EyeOff } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { findBattery } from '../../workers/bench/conditions'
import type { BenchResult } from '../../workers/bench/report'
import { useWords } from '../text/words'

/** What makes the figures worse than the device is: before it is measured, and afterwards. */
export function Warnings({ results }: { results: readonly BenchResult[] }) {
  const { t } = useWords()
  const isOnBattery = useBattery()
  const wasHidden = results.some(({ in_background }) => in_background)
  return (
    <>
      {isOnBattery && <Warning icon={<BatteryLow size={16} aria-hidden />} text={t('benchOnBattery')} />}
      {wasHidden && <Warning icon={<EyeOff size={16} aria-hidden />} text={t('benchHidden')} />}
    </>
  )
}

function Warning({ icon, text }: { icon: ReactNode; text: string }) {
  return (
    <p
      role="status"
      className="flex items-center gap-3 rounded-xl border border-line bg-accent-soft px-4 py-3 text-accent-text text-sm [&>svg]:shrink-0"
    >
      {icon}
      {text}
    </p>
  )
}

/** Whether the device is known to run on battery now. */
function useBattery(): boolean {
  const [isOnBattery, set] = useState(false)
  useEffect(() => {
    const ended = new AbortController()
    void findBattery().then((battery) => {
      if (!battery || ended.signal.aborted) return
      const look = () => set(!battery.charging)
      look()
      battery.addEventListener('chargingchange', look, { signal: ended.signal })
    })
    return () => ended.abort()
  }, [])
  return isOnBattery
}
