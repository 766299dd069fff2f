<?php
require __DIR__ . '/darkroom.php';

$added = call('POST', '/api/v1/image', [
    'name' => 'page.jpg',
    'file' => sample('page.jpg'),
    'model_name' => 'darkroom-copies',
]);
$id = json($added)['id'];

until(
    fn (array $image) => $image['status'] === 'PROCESSED',
    fn () => call('GET', '/api/v1/image/' . $id),
);

$found = json(call('POST', '/api/v1/image/search?limit=1', ['file' => sample('page-photo.jpg')]));
foreach ($found['matches'] as $match) {
    echo $match['verdict'], ' ', $match['probability'], PHP_EOL;
}
