<?php
// What the examples share: one call of the API, with the key and the files.
declare(strict_types=1);

/** A sample picture to send. */
function sample(string $name): CURLFile
{
    return new CURLFile((getenv('DARKROOM_SAMPLES') ?: 'public/samples') . '/' . $name);
}

/** Sends a form of texts, numbers and files. Answers the body, and the headers in small letters. */
function call(string $method, string $path, ?array $fields = null): array
{
    $headers = [];
    $curl = curl_init((getenv('DARKROOM_SERVER') ?: 'http://127.0.0.1:8080') . $path);
    curl_setopt_array($curl, [
        CURLOPT_CUSTOMREQUEST => $method,
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_HTTPHEADER => getenv('DARKROOM_KEY') ? ['X-API-Key: ' . getenv('DARKROOM_KEY')] : [],
        CURLOPT_HEADERFUNCTION => function ($curl, string $line) use (&$headers): int {
            [$name, $value] = explode(':', $line, 2) + [1 => ''];
            $headers[strtolower(trim($name))] = trim($value);
            return strlen($line);
        },
    ]);
    if ($fields !== null) {
        curl_setopt($curl, CURLOPT_POSTFIELDS, $fields);
    }
    $body = curl_exec($curl);
    $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    if ($body === false || $status >= 400) {
        throw new RuntimeException($body === false ? curl_error($curl) : "$status: $body");
    }
    return [$body, $headers];
}

/** The same, its answer read as JSON. */
function json(array $answer): array
{
    return json_decode($answer[0], true, flags: JSON_THROW_ON_ERROR);
}

/** Asks again and again until it is done. */
function until(callable $isDone, callable $ask): array
{
    while (!$isDone($state = json($ask()))) {
        usleep(300_000);
    }
    return $state;
}
