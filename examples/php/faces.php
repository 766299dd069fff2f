<?php
require __DIR__ . '/darkroom.php';

$face = json(call('POST', '/embed?include_attributes=true', ['file' => sample('face.jpg')]));
echo count($face['embedding']), ' ', $face['attributes']['age'], PHP_EOL;

$compared = json(call('POST', '/api/v1/faces/compare?false_match_rate=0.001', [
    'file1' => sample('face.jpg'),
    'file2' => sample('portrait.jpg'),
]));
echo $compared['cosine'], ' ', var_export($compared['same_person'], true), PHP_EOL;
