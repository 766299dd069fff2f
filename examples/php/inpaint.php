<?php
require __DIR__ . '/darkroom.php';

// A file 'mask' would say what is to go, white on black; without it a watermark is looked for.
[$picture, $headers] = call('POST', '/api/v1/remove-watermark?engine=classic', [
    'image' => sample('watermarked.jpg'),
]);
file_put_contents('clean.png', $picture);
echo $headers['x-watermark-found'], PHP_EOL;
