import type { BenchResult } from './report'

type Conditions = Pick<BenchResult, 'in_background' | 'on_battery'>

/** The part of a battery that matters; only Chromium tells. */
interface Battery extends EventTarget {
  readonly charging: boolean
}

/** Undefined where the browser does not tell. */
export async function findBattery(): Promise<Battery | undefined> {
  if (!('getBattery' in navigator)) return undefined
  return (navigator.getBattery as () => Promise<Battery>)().catch(() => undefined)
}

/** Notes what slows a device down until it is stopped. */
export async function watchConditions(): Promise<{ seen(): Conditions; stop(): void }> {
  const battery = await findBattery()
  let in_background = document.hidden
  let on_battery = battery ? !battery.charging : null
  const onVisibility = () => {
    in_background ||= document.hidden
  }
  const onCharging = () => {
    on_battery ||= battery?.charging === false
  }
  document.addEventListener('visibilitychange', onVisibility)
  battery?.addEventListener('chargingchange', onCharging)
  return {
    seen: () => ({ in_background, on_battery }),
    stop: () => {
      document.removeEventListener('visibilitychange', onVisibility)
      battery?.removeEventListener('chargingchange', onCharging)
    },
  }
}
