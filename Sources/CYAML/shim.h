// libyaml, the reference parser of YAML 1.1 in C: its events are what Sources/Configuration/YAML.swift reads.
#pragma once

#include <yaml.h>
