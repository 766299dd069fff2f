module example.org/darkroom-examples

go 1.19
