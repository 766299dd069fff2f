/** How everything that Node runs is bundled: for the oldest Node that is supported, with packages left outside. */
export const FOR_NODE = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.9',
  packages: 'external',
  logLevel: 'warning',
}
