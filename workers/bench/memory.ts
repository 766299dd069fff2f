const PATIENCE_MS = 30_000 // a browser answers after its next garbage collection, which may be 20 seconds in coming

type Measure = () => Promise<{ readonly bytes: number }>

/** Whether this browser counts the bytes of a page; only Chromium does, on an isolated page. */
export const tellsMemory = (): boolean => 'measureUserAgentSpecificMemory' in performance

/** Bytes that the page and its workers hold. @returns null where the browser does not tell, or not soon */
export async function memoryBytes(signal: AbortSignal): Promise<number | null> {
  if (!('measureUserAgentSpecificMemory' in performance)) return null
  const asked = (performance.measureUserAgentSpecificMemory as Measure)().then(({ bytes }) => bytes)
  return Promise.race([asked, late(signal)]).catch(() => null)
}

function late(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE_MS, null)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve(null)
    })
  })
}
