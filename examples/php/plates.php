<?php
require __DIR__ . '/darkroom.php';

$sent = call('POST', '/api/v1/process-task', [
    'files' => sample('car.jpg'),
    'style' => 'blur',
    'format' => 'jpeg',
]);
$taskId = json($sent)['task_id'];

$task = until(
    fn (array $task) => in_array($task['status'], ['completed', 'failed']),
    fn () => call('GET', '/api/v1/task-status/' . $taskId),
);
if (isset($task['error'])) {
    throw new RuntimeException($task['error']);
}

foreach ($task['results'] as $result) {
    if (isset($result['error'])) {
        throw new RuntimeException($result['filename'] . ': ' . $result['error']);
    }
    $filename = $result['filename'];
    file_put_contents($filename, call('GET', '/tasks_storage/' . $taskId . '/output/' . $filename)[0]);
    echo $filename, PHP_EOL;
}
