import type { Translated } from '../../text/dictionary'
import type { reviewEn } from './en'

export const reviewZh: Translated<typeof reviewEn> = {
  review: '检查找到的内容',
  reviewQuad: '{title} {number}，得分 {score}',
  reviewGivenQuad: '{title} {number}，手工标出',
  reviewFreeQuad: '{title} {number}，得分 {score}，在排除区域内',
  reviewResidual: '仍能找到，得分 {score}：点击一并遮盖',
  reviewZone: '排除区域 {number}',
  reviewCorner: '角 {number}',
  reviewKeys: '方向键移动（Shift：10 像素），逗号和句号旋转，Delete 删除，Tab 切换到各角。',
  reviewAdd: '手工标出一个',
  reviewAddZone: '画一个排除区域',
  reviewTurnLeft: '左转 1°',
  reviewTurnRight: '右转 1°',
  reviewDelete: '删除所选',
  reviewUndo: '撤销（此图）',
  reviewRedo: '重做（此图）',
  reviewZonesToAll: '将这些区域用于所有图片',
  reviewZonesUsed: '这些区域现已用于所有图片',
  reviewReset: '恢复为找到的结果',
  reviewDrawHint: '在车牌上拖动。按 Escape 结束。',
  reviewDrawZoneHint: '在要保留的部分上拖动。按 Escape 结束。',
  reviewResiduals: '结果中仍找到 {count} 处',
  reviewAgain: '重新遮盖',
}
