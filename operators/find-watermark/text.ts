import type { SpecText } from '../../core/text'

export const text: SpecText = {
  ru: {
    title: 'Поиск водяных знаков',
    summary:
      'Находит наложенный текст, повторяющиеся знаки и логотипы в углах, а знак, общий для нескольких изображений, убирает из них всех.',
    labels: {
      'A photo with words across it': 'Фото с надписью поперёк',
      image: 'Изображение',
      'A picture with a watermark': 'Изображение с водяным знаком',
      mask: 'Маска',
      highlight: 'Отмеченные места',
      Mask: 'Маска',
      Watermarks: 'Водяные знаки',
      watermarks_found: 'Найдено знаков',
      covered: 'Закрыто маской',
      boxes: 'Знаки',
      notes: 'Примечания',
      Kind: 'Вид',
      Score: 'Уверенность',
      Width: 'Ширина',
      Height: 'Высота',
      'No watermark was found. A mark that looks like a part of the scene can be painted over by hand.':
        'Водяной знак не найден. Знак, похожий на часть сцены, можно закрасить вручную.',
      'The model that finds text is not installed here: text was not looked for.':
        'Модель для поиска текста здесь не установлена: текст не искали.',
      image_2: 'Ещё одно с тем же знаком',
      image_3: 'Третье с тем же знаком',
      image_4: 'Четвёртое с тем же знаком',
      image_5: 'Пятое с тем же знаком',
      'From three pictures of different scenes with one mark at the same place, its colour and opacity are estimated':
        'По трём изображениям разных сцен с одним знаком на одном месте оцениваются его цвет и непрозрачность',
      mark: 'Только знак',
      unblended: 'Изображение без знака',
      rest: 'Что осталось заполнить',
      shared: 'Общий знак',
      'shared.pictures': 'Изображений',
      'shared.opacity': 'Непрозрачность',
      'Two pictures are too few to tell a shared mark from the scenes: add a third.':
        'По двум изображениям общий знак не отличить от сцен: добавьте третье.',
      'The pictures share no mark: only the first was searched.':
        'Общего знака у изображений нет: поиск шёл только по первому.',
      'The pictures share no mark.': 'Общего знака у изображений нет.',
      each: 'Любые знаки',
    },
    params: {
      include: {
        title: 'Какой текст учитывать',
        help: 'Только наложенный на изображение или также вывески, этикетки и подписи, которые к нему относятся.',
      },
      search: {
        title: 'Что искать',
        help: 'Любой знак, а для нескольких изображений ещё и вид каждого без общего знака; или только общий знак.',
      },
      threshold: {
        title: 'Наименьшая уверенность',
        help: 'Насколько точно это не часть сцены; ниже — находит более слабые знаки и чаще ошибается.',
      },
      grow: {
        title: 'Поля, пиксели',
        help: 'Насколько маска выходит за знак: к нему относятся мягкие края и следы сжатия.',
      },
    },
  },
  zh: {
    title: '水印查找',
    summary: '找出叠加在图片上的文字、重复的标记和角落里的标志；多张图片共有的水印会从每张图片中去除。',
    labels: {
      'A photo with words across it': '带有斜向文字的照片',
      image: '图片',
      'A picture with a watermark': '带有水印的图片',
      mask: '遮罩',
      highlight: '标记的位置',
      Mask: '遮罩',
      Watermarks: '水印',
      watermarks_found: '找到的水印',
      covered: '遮罩占比',
      boxes: '水印',
      notes: '说明',
      Kind: '类型',
      Score: '可信度',
      Width: '宽',
      Height: '高',
      'No watermark was found. A mark that looks like a part of the scene can be painted over by hand.':
        '未找到水印。看起来像画面一部分的标记可以手动涂抹。',
      'The model that finds text is not installed here: text was not looked for.':
        '此处未安装文字检测模型：未查找文字。',
      image_2: '另一张带同样水印的图片',
      image_3: '第三张带同样水印的图片',
      image_4: '第四张带同样水印的图片',
      image_5: '第五张带同样水印的图片',
      'From three pictures of different scenes with one mark at the same place, its colour and opacity are estimated':
        '用三张不同场景、水印位置相同的图片，可估计水印的颜色和不透明度',
      mark: '单独的水印',
      unblended: '去除水印的图片',
      rest: '仍需填补的部分',
      shared: '共有的水印',
      'shared.pictures': '图片数',
      'shared.opacity': '不透明度',
      'Two pictures are too few to tell a shared mark from the scenes: add a third.':
        '两张图片不足以区分共有水印与场景：请再加一张。',
      'The pictures share no mark: only the first was searched.': '这些图片没有共有的水印：只查找了第一张。',
      'The pictures share no mark.': '这些图片没有共同的标记。',
      each: '任何标记',
    },
    params: {
      include: { title: '包括哪些文字', help: '仅叠加在图片上的文字，或者也包括属于画面的招牌、标签和说明文字。' },
      search: { title: '查找', help: '任何标记，以及多张图片各自去除共同标记后的样子；或仅查找共同标记。' },
      threshold: { title: '最低可信度', help: '需要多大把握认定它不属于画面；越低越能找到淡的水印，误报也越多。' },
      grow: { title: '边距（像素）', help: '遮罩超出水印多少：柔和的边缘和压缩痕迹也属于水印。' },
    },
  },
}
