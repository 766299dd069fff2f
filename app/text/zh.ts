import { benchZh } from '../bench/text/zh'
import { canvasZh } from '../canvas/text/zh'
import { cloudZh } from '../cloud/text/zh'
import { dashboardZh } from '../dashboard/text/zh'
import { folderZh } from '../folder/text/zh'
import { libraryZh } from '../library/text/zh'
import { maskZh } from '../mask/text/zh'
import { modelsZh } from '../models/text/zh'
import { panelZh } from '../panel/text/zh'
import { reviewZh } from '../review/text/zh'
import { sheetsZh } from '../sheets/text/zh'
import { shellZh } from '../shell/text/zh'
import { stripZh } from '../strip/text/zh'
import { vectorsZh } from '../vectors/text/zh'
import { webhooksZh } from '../webhooks/text/zh'
import type { Dictionary } from './dictionary'
import { errorsZh } from './errors/zh'

export const zh: Dictionary = {
  ...benchZh,
  ...canvasZh,
  ...cloudZh,
  ...dashboardZh,
  ...errorsZh,
  ...folderZh,
  ...libraryZh,
  ...maskZh,
  ...modelsZh,
  ...panelZh,
  ...reviewZh,
  ...sheetsZh,
  ...shellZh,
  ...stripZh,
  ...vectorsZh,
  ...webhooksZh,
  add: '添加',
  cancel: '取消',
  chooseFiles: '选择文件',
  chooseFolder: '选择文件夹',
  clear: '清空',
  close: '关闭',
  copied: '已复制',
  copyRefused: '浏览器不允许复制，请改为保存图片。',
  cores: '处理器核心',
  files: { other: '{count} 个文件' },
  hideLayer: '隐藏“{layer}”',
  layers: '图层',
  memory: '内存',
  no: '否',
  notFoundHelp: '此地址没有页面。',
  notFoundTitle: '未找到',
  pageFailed: '页面无法显示',
  pageFailedHelp: '您的文件没有变化。请重试或重新加载页面。',
  private: '私密',
  progress: '进度',
  'reason_device-memory': '图片所需内存超过页面可用的内存。',
  'reason_device-preferred': '发送图片节省的时间很少。',
  'reason_device-quick': '本设备足够快，无需发送任何内容。',
  'reason_no-wasm-simd': '此浏览器版本过旧，无法运行。',
  reason_offline: '没有网络。',
  'reason_private-mode': '私密模式已开启。',
  'reason_server-chosen': '您选择了服务器。',
  'reason_server-home': '三维扫描计算量大，由服务器完成。开启隐私模式可让数据留在本机。',
  'reason_server-much-quicker': '对于这样的工作量，服务器快得多。',
  'reason_server-unreachable': '服务器没有响应。',
  result: '结果',
  showLayer: '显示“{layer}”',
  speedOfReference: '服务器核心的 {percent}',
  stop: '停止',
  storage: '存储',
  timeLeft: '剩余 {time}',
  toWorkbench: '前往工作台',
  tryAgain: '重试',
  undo: '撤销',
  unknown: '未提供',
  yes: '是',
  zoomIn: '放大',
  zoomOut: '缩小',
  loading: '正在加载…',
  quoted: '（{text}）',
}
