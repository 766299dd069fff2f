import type { Translated } from '../../text/dictionary'
import type { stripEn } from './en'

export const stripZh: Translated<typeof stripEn> = {
  addFiles: '添加文件',
  allAsCsv: '全部导出 CSV',
  allAsZip: '全部导出 ZIP',
  batch: '批处理',
  filesDone: { other: '{count} 个完成' },
  filesFailed: { other: '{count} 个未完成' },
  removeFile: '移除 {name}',
  retryFailed: '重试未完成的',
  retryFile: '重试 {name}',
  state_done: '完成',
  state_failed: '失败',
  state_ready: '待运行',
  state_running: '运行中',
  state_stopped: '已停止',
  stopFile: '停止 {name}',
}
