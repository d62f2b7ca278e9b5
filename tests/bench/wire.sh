#!/bin/sh
# How long a registry publishes, and what a showroom receives in a day.
exec node tests/bench/wire.mjs
