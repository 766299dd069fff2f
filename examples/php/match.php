<?php
require __DIR__ . '/darkroom.php';

$sent = call('POST', '/api/v1/match/template', [
    'image' => sample('folder.png'),
    'template' => sample('folder-part.png'),
    'threshold' => 0.9,
]);
$uid = json($sent)['uid'];

$task = until(
    fn (array $task) => in_array($task['status'], ['done', 'error']),
    fn () => call('GET', '/api/v1/tasks/' . $uid),
);
if ($task['error'] !== null) {
    throw new RuntimeException($task['error']);
}

echo $task['result_data']['matches_found'], PHP_EOL;
file_put_contents('matches.png', call('GET', '/results/' . $uid . '/matches.png')[0]);
