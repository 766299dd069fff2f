import { defineConfig, devices } from '@playwright/test'
import { findChromium } from './test/e2e/chromium'

const PORT = Number(process.env.E2E_PORT ?? 8090)
const DATA_DIR = '.build/e2e-data'
const QUIET = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync']

const { executablePath, env } = await findChromium()
const launch = (...args: string[]) => ({ launchOptions: { executablePath, env, args: [...QUIET, ...args] } })

export default defineConfig({
  testDir: 'test/e2e',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 1,
  forbidOnly: !!process.env.CI,
  retries: process.env.CI ? 1 : 0,
  reporter: 'list',
  use: { baseURL: `http://127.0.0.1:${PORT}`, trace: 'retain-on-failure', locale: 'en-US' },
  projects: [
    { name: 'webgpu', use: { ...devices['Desktop Chrome'], ...launch('--enable-unsafe-webgpu') } },
    {
      name: 'no webgpu',
      testMatch: ['device.spec.ts'],
      use: { ...devices['Desktop Chrome'], ...launch('--disable-features=WebGPU') },
    },
    { name: 'phone', testMatch: ['page.spec.ts'], use: { ...devices['Pixel 7'], ...launch() } },
  ],
  webServer: {
    command: `rm -rf ${DATA_DIR} && node .build/server/main.js`,
    env: { PORT: String(PORT), DATA_DIR, MODELS_CACHE: '.build/models', NODE_ENV: 'production', LOG_LEVEL: 'warn' },
    url: `http://127.0.0.1:${PORT}/health/ready`,
    reuseExistingServer: !process.env.CI,
    timeout: 120_000,
  },
})
